//! Reads the response of an operation, and writes it again.

use generated_client::Download;
use generated_client::error::DecodeError;
use generated_client::operation::{HttpResponse, Operation, Paged, Visitor};
use generated_client::operations;
use serde::Serialize;
use serde_json::Value;

use super::Exchange;

type Read = fn(&HttpResponse) -> Result<Again, DecodeError>;

/// How to read the responses of an operation and write them again.
pub(crate) struct Reader {
    pub(crate) name: &'static str,
    pub(crate) method: String,
    pub(crate) path: &'static str,
    pub(crate) again: Read,
}

/// A response after it was read and written again.
pub(crate) enum Again {
    Json(Value),
    Nothing,
    File(Download),
}

#[derive(Default)]
pub(crate) struct Readers(pub(crate) Vec<Reader>);

impl Readers {
    pub(crate) fn all() -> Self {
        let mut readers = Self::default();
        operations::visit(&mut readers);
        readers
    }

    fn add<O: Operation>(&mut self, again: Read) {
        self.0.push(Reader { name: O::NAME, method: O::METHOD.to_string(), path: O::PATH, again });
    }

    /// Finds the operation with this method and path; fixed text takes precedence over parameters.
    pub(crate) fn find(&self, exchange: &Exchange) -> Option<&Reader> {
        // POST returns objects for any value, even 'false'.
        let full = match exchange.query("full") {
            Some("0" | "false") => exchange.method == "POST",
            other => other.is_some(),
        };
        self.0
            .iter()
            .filter(|reader| reader.method == exchange.method && reader.name.ends_with("_full") == full)
            .filter_map(|reader| Some((parameters(reader.path, exchange.plain_path())?, reader)))
            .min_by_key(|(parameters, _)| *parameters)
            .map(|(_, reader)| reader)
    }
}

/// Returns how many parameters the template needs to match the path.
fn parameters(template: &str, path: &str) -> Option<usize> {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    let fits = template.len() == path.len()
        && template.iter().zip(&path).all(|(segment, text)| segment.starts_with('{') || segment == text);
    fits.then(|| template.iter().filter(|segment| segment.starts_with('{')).count())
}

fn json<O>(response: &HttpResponse) -> Result<Again, DecodeError>
where
    O: Operation,
    O::Output: Serialize,
{
    let value = O::decode(response)?;
    Ok(Again::Json(serde_json::to_value(value).unwrap()))
}

impl Visitor for Readers {
    fn json<O>(&mut self)
    where
        O: Operation,
        O::Output: Serialize,
    {
        self.add::<O>(json::<O>);
    }

    fn page<O>(&mut self)
    where
        O: Paged,
        O::Item: Serialize,
    {
        self.add::<O>(|response| {
            let page = O::decode(response)?;
            Ok(Again::Json(serde_json::to_value(page.items).unwrap()))
        });
    }

    fn empty<O>(&mut self)
    where
        O: Operation<Output = ()>,
    {
        self.add::<O>(|response| O::decode(response).map(|()| Again::Nothing));
    }

    fn download<O>(&mut self)
    where
        O: Operation<Output = Download>,
    {
        self.add::<O>(|response| O::decode(response).map(Again::File));
    }
}
