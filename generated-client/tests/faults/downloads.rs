//! Downloads: piece by piece, and complete or not at all.

use std::fs;
use std::time::Duration;

use generated_client::operation::HttpResponse;
use generated_client::{Auth, Client, DownloadStream, Error, ids};

use crate::server::{Server, Step, answer, head};
use crate::support::{builder, checked, client};

async fn open(kimai: &Client) -> DownloadStream {
    kimai.invoices().download(ids::InvoiceId::new(1)).open().await.unwrap()
}

const PDF: [(&str, &str); 2] =
    [("Content-Type", "application/pdf"), ("Content-Disposition", "attachment; filename=\"../../a b.pdf\"")];

fn pdf() -> Server {
    Server::start(|_| answer(200, &PDF, b"%PDF-1.7 and so on"))
}

fn names(folder: &tempfile::TempDir) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn name_type_and_length_come_first() {
    let server = pdf();
    let download = open(&client(&server)).await;
    assert_eq!(download.file_name(), Some("a b.pdf"));
    assert_eq!((download.media_type(), download.length()), (Some("application/pdf"), Some(18)));
    assert_eq!(server.asked().remove(0).header("accept"), Some("*/*"));
}

/// How Kimai behaves: 'Downloads'.
#[tokio::test]
async fn a_download_is_copied_into_a_writer() {
    let server = pdf();
    let mut written = Vec::new();
    assert_eq!(open(&client(&server)).await.write_to(&mut written).await.unwrap(), 18);
    assert_eq!(written, b"%PDF-1.7 and so on");
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_stays_in_the_folder() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("in/ner");
    fs::create_dir_all(&folder).unwrap();
    let server = pdf();
    let path = open(&client(&server)).await.save_in(&folder).await.unwrap();
    assert_eq!(path, folder.join("a b.pdf"));
    assert_eq!(fs::read(path).unwrap(), b"%PDF-1.7 and so on");
    assert_eq!(names(&outer), ["in"]);
}

#[tokio::test]
async fn a_file_is_replaced_only_where_the_caller_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a b.pdf");
    fs::write(&path, "mine").unwrap();
    let server = pdf();
    let kimai = client(&server);
    let error = open(&kimai).await.save_in(folder.path()).await.unwrap_err();
    assert!(matches!(&error, Error::Write { reason, .. } if reason.kind() == std::io::ErrorKind::AlreadyExists));
    assert!(checked(&error).starts_with("invoices.download: the download could not be written to "), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    assert_eq!(open(&kimai).await.save_to(&path).await.unwrap(), 18);
    assert_eq!(fs::read(&path).unwrap(), b"%PDF-1.7 and so on");
    assert_eq!(names(&folder), ["a b.pdf"]);
}

/// A private file stays private, and a link stays a link.
#[cfg(unix)]
#[tokio::test]
async fn a_replaced_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("private.pdf");
    fs::write(&path, "mine").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    let link = folder.path().join("link.pdf");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let server = pdf();
    open(&client(&server)).await.save_to(&link).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"%PDF-1.7 and so on");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(names(&folder), ["link.pdf", "private.pdf"]);
}

/// After an error, further data would leave a gap.
#[tokio::test]
async fn nothing_comes_after_an_error() {
    let server = Server::start(|_| {
        let parts = [
            b"a\r\n0123456789\r\n".to_vec(),
            b"14\r\n01234567890123456789\r\n".to_vec(),
            b"1\r\nx\r\n0\r\n\r\n".to_vec(),
        ];
        let parts = parts.into_iter().flat_map(|part| [Step::Send(part), Step::Pause(Duration::from_millis(20))]);
        [Step::Send(head(200, &[("Transfer-Encoding", "chunked")]))].into_iter().chain(parts).collect()
    });
    let kimai = client(&server);
    let mut download = kimai.invoices().download(ids::InvoiceId::new(1)).with_max_size(15).open().await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap().len(), 10);
    assert!(matches!(download.chunk().await, Err(Error::TooLarge { .. })));
    for _ in 0..3 {
        assert!(download.chunk().await.is_err());
    }
}

#[tokio::test]
async fn without_a_name_it_needs_one() {
    let folder = tempfile::tempdir().unwrap();
    for disposition in ["inline", "attachment; filename=\"..\"", "attachment; filename=\"///\""] {
        let server = Server::start(move |_| answer(200, &[("Content-Disposition", disposition)], "x"));
        let error = open(&client(&server)).await.save_in(folder.path()).await.unwrap_err();
        assert!(checked(&error).ends_with("the server sent no file name; choose one with save_to"), "{error}");
    }
    assert!(names(&folder).is_empty());
}

/// The old file is unchanged, and no other file remains.
#[tokio::test]
async fn what_breaks_off_leaves_nothing_behind() {
    let broken: [fn() -> Vec<Step>; 3] = [
        || vec![Step::Send(head(200, &[("Content-Length", "1000000")])), Step::Send(vec![7; 5000]), Step::Reset],
        || vec![Step::Send(head(200, &[("Content-Length", "1000000")])), Step::Send(vec![7; 5000]), Step::Close],
        || vec![Step::Send(head(200, &[("Content-Length", "1000000")])), Step::Send(vec![7; 5000]), Step::Stall],
    ];
    for steps in broken {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("invoice.pdf");
        fs::write(&path, "before").unwrap();
        let server = Server::start(move |_| steps());
        let kimai = builder(server.url()).read_timeout(Duration::from_millis(100)).build().unwrap();
        let error = open(&kimai).await.save_to(&path).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{}", checked(&error));
        assert_eq!((names(&folder), fs::read(&path).unwrap()), (vec!["invoice.pdf".to_owned()], b"before".to_vec()));
    }
}

#[tokio::test]
async fn what_is_dropped_half_way_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(|_| vec![Step::Send(head(200, &[("Content-Length", "9")])), Step::Stall]);
    let saving = open(&client(&server)).await.save_to(folder.path().join("invoice.pdf"));
    assert!(tokio::time::timeout(Duration::from_millis(100), saving).await.is_err());
    // The temporary file is removed by the last task that uses it.
    for _ in 0..50 {
        if names(&folder).is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{:?}", names(&folder));
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_replaces_a_private_one_is_never_readable_by_others() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("private.pdf");
    fs::write(&path, "mine").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    let server = Server::start(|_| vec![Step::Send(head(200, &[("Content-Length", "9")])), Step::Stall]);
    let saving = tokio::spawn(open(&client(&server)).await.save_to(path));
    let part = loop {
        tokio::time::sleep(Duration::from_millis(10)).await;
        if let Some(part) = names(&folder).into_iter().find(|name| name.starts_with(".download-")) {
            break part;
        }
    };
    assert_eq!(fs::metadata(folder.path().join(part)).unwrap().permissions().mode() & 0o077, 0);
    saving.abort();
}

/// Without a name, the program must choose one; otherwise errors would contain the name.
#[tokio::test]
async fn a_credential_is_not_a_file_name() {
    let server = Server::start(|_| answer(200, &[("Content-Disposition", "attachment; filename=canary1234.pdf")], "x"));
    let kimai = Client::builder(server.url(), Auth::bearer("canary1234")).build().unwrap();
    let file = open(&kimai).await;
    assert_eq!(file.file_name(), None);
    let folder = tempfile::tempdir().unwrap();
    let error = file.save_in(folder.path()).await.unwrap_err();
    assert!(matches!(error, Error::Write { .. }), "{}", checked(&error));
}

#[tokio::test]
async fn a_folder_that_is_not_there() {
    let server = pdf();
    let error = open(&client(&server)).await.save_to("/nosuch/folder/a.pdf").await.unwrap_err();
    assert!(matches!(error, Error::Write { .. }), "{}", checked(&error));
}

#[tokio::test]
async fn the_size_limit_holds_for_files_too() {
    let folder = tempfile::tempdir().unwrap();
    let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000)).into_bytes();
    let server = Server::start(move |_| {
        vec![Step::Send(head(200, &[("Transfer-Encoding", "chunked")])), Step::Repeat(chunk.clone(), 1000)]
    });
    let request = client(&server);
    let request = request.invoices().download(ids::InvoiceId::new(1)).with_max_size(100_000);
    let error = request.open().await.unwrap().save_to(folder.path().join("a.pdf")).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { limit: 100_000, operation: "invoices.download" }), "{error}");
    assert!(names(&folder).is_empty());
}

/// A large file over a slow connection takes longer than the time limit of a call.
#[tokio::test]
async fn a_download_takes_its_time() {
    let server = Server::start(|_| {
        let mut steps = vec![Step::Send(head(200, &[("Content-Length", "10")]))];
        steps.extend((0..10).flat_map(|_| [Step::Send(b"x".to_vec()), Step::Pause(Duration::from_millis(60))]));
        steps
    });
    let kimai = builder(server.url()).timeout(Duration::from_millis(400)).no_retries().build().unwrap();
    let mut written = Vec::new();
    assert_eq!(open(&kimai).await.write_to(&mut written).await.unwrap(), 10);
    // Read into memory, the time limit applies.
    let error = kimai.invoices().download(ids::InvoiceId::new(1)).await.unwrap_err();
    assert!(matches!(&error, Error::Transport(error) if error.is_timeout()), "{error}");
}

#[tokio::test]
async fn opening_is_refused_and_retried_like_any_call() {
    let server = Server::answers(vec![answer(503, &[], ""), vec![Step::Reset], answer(200, &PDF, "x")]);
    open(&client(&server)).await;
    assert_eq!(server.asked().len(), 3);
    let server = Server::start(|_| answer(404, &[], r#"{"code":404,"message":"Not Found"}"#));
    let error = client(&server).invoices().download(ids::InvoiceId::new(1)).open().await.unwrap_err();
    assert!(error.is_not_found());
}

/// A server that keeps every download open.
fn endless() -> Server {
    Server::start(|_| vec![Step::Send(head(200, &[("Content-Length", "9")])), Step::Stall])
}

/// An open download is a request under way: others wait until it is dropped.
#[tokio::test]
async fn open_downloads_count_as_requests_under_way() {
    for most in [1, 2] {
        let server = endless();
        let kimai = builder(server.url()).max_concurrency(most).build().unwrap();
        let mut held = Vec::new();
        for _ in 0..most {
            held.push(open(&kimai).await);
        }
        let mut further = std::pin::pin!(open(&kimai));
        assert!(tokio::time::timeout(Duration::from_millis(100), &mut further).await.is_err());
        assert_eq!(server.asked().len(), most);
        held.pop();
        tokio::time::timeout(Duration::from_secs(5), further).await.unwrap();
        assert_eq!(server.asked().len(), most + 1);
    }
}

/// A download at its end is not under way, even if the program keeps it.
#[tokio::test]
async fn a_download_that_was_read_to_its_end_lets_others_go_on() {
    let server = pdf();
    let kimai = builder(server.url()).max_concurrency(1).build().unwrap();
    let mut held = open(&kimai).await;
    while held.chunk().await.unwrap().is_some() {}
    tokio::time::timeout(Duration::from_secs(5), open(&kimai)).await.unwrap();
    drop(held);
}

/// So is one that failed.
#[tokio::test]
async fn a_download_that_failed_lets_others_go_on() {
    let server = endless();
    let kimai = builder(server.url()).max_concurrency(1).read_timeout(Duration::from_millis(100)).build().unwrap();
    let mut held = open(&kimai).await;
    held.chunk().await.unwrap_err();
    tokio::time::timeout(Duration::from_secs(5), open(&kimai)).await.unwrap();
    drop(held);
}

#[test]
fn an_answer_of_ones_own_can_be_read_as_a_file() {
    let headers = [("content-disposition", "attachment; filename=\"M\u{fc}ller.pdf\"")];
    let latin1 = headers.map(|(name, value)| {
        let bytes: Vec<u8> = value.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        (name.parse().unwrap(), generated_client::operation::HeaderValue::from_bytes(&bytes).unwrap())
    });
    let answer = HttpResponse::new(generated_client::operation::StatusCode::OK, latin1.into_iter().collect(), "x");
    assert_eq!(answer.download().unwrap().file_name.as_deref(), Some("Müller.pdf"));
}
