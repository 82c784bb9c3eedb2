//! Forms with files as bytes (`multipart/form-data`, RFC 7578).

use bytes::Bytes;
use reqwest::header::HeaderValue;

use super::media_type::is_media_type;
use crate::error::InvalidRequest;
use crate::multipart::Form;

/// Writes the form. Returns its media type, which names the boundary between the parts, and its content.
pub(crate) fn write(form: &Form) -> Result<(HeaderValue, Bytes), InvalidRequest> {
    // Random, so that no content has it.
    let boundary = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
    let content = with_boundary(form, &boundary)?;
    let media_type = format!("multipart/form-data; boundary={boundary}");
    let invalid = |_| InvalidRequest::MediaType { text: media_type.clone() };
    Ok((HeaderValue::from_str(&media_type).map_err(invalid)?, content))
}

fn with_boundary(form: &Form, boundary: &str) -> Result<Bytes, InvalidRequest> {
    let mut body = Vec::new();
    for part in form.parts() {
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&part.name));
        if let Some(name) = &part.file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(name)));
        }
        if let Some(media_type) = &part.media_type {
            if !is_media_type(media_type) {
                return Err(InvalidRequest::MediaType { text: media_type.clone() });
            }
            head.push_str(&format!("\r\nContent-Type: {media_type}"));
        }
        head.push_str("\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok(body.into())
}

/// The name as browsers write it (HTML, section 4.10.21.8), which PHP reads.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Upload;

    #[test]
    fn parts_are_written_as_browsers_do() {
        let mut form = Form::default();
        form.value("title", &"Größe").unwrap();
        form.value("tags[]", &["a"]).unwrap();
        form.file("file", &Upload::new("a \"ü\"\r\n.pdf", "\u{0}\r\n").media_type("application/pdf"));
        let body = with_boundary(&form, "xyz").unwrap();
        assert_eq!(
            std::str::from_utf8(&body).unwrap(),
            "--xyz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nGröße\r\n\
             --xyz\r\nContent-Disposition: form-data; name=\"tags[]\"\r\nContent-Type: application/json\r\n\r\n[\"a\"]\r\n\
             --xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a %22ü%22%0D%0A.pdf\"\r\n\
             Content-Type: application/pdf\r\n\r\n\u{0}\r\n\r\n--xyz--\r\n"
        );
        assert_eq!(with_boundary(&Form::default(), "xyz").unwrap(), "--xyz--\r\n");
    }

    #[test]
    fn each_form_has_a_boundary_of_its_own() {
        let media_type = || write(&Form::default()).unwrap().0.to_str().unwrap().to_owned();
        let (one, other) = (media_type(), media_type());
        assert!(one.starts_with("multipart/form-data; boundary=") && one != other, "{one}");
    }

    #[test]
    fn no_media_type_adds_a_header() {
        let mut form = Form::default();
        form.file("file", &Upload::new("a.txt", "x").media_type("text/plain\r\nx-other: 1"));
        let error = with_boundary(&form, "xyz").unwrap_err();
        assert_eq!(error, InvalidRequest::MediaType { text: "text/plain\r\nx-other: 1".to_owned() });
    }
}
