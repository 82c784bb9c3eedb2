//! Every successful answer that a real Kimai 2.65.0 gave is read, written again, and is still the same.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use generated_client::Download;
use generated_client::operation::{HttpResponse, Operation, Paged, Visitor};
use generated_client::operations;
use serde::Serialize;
use serde_json::Value;
use support::{Exchange, recordings};

/// Properties which servers send and the document does not have, by operation and path. There are none.
const NOT_IN_THE_DOCUMENT: [(&str, &str); 0] = [];

/// How to read the answers of an operation and write them again.
struct Reader {
    name: &'static str,
    method: String,
    path: &'static str,
    again: fn(&HttpResponse) -> Result<Again, String>,
}

/// What reading and writing leaves of an answer.
enum Again {
    Json(Value),
    Nothing,
    File(Download),
}

#[derive(Default)]
struct Readers(Vec<Reader>);

impl Readers {
    fn all() -> Self {
        let mut readers = Self::default();
        operations::visit(&mut readers);
        readers
    }

    fn add<O: Operation>(&mut self, again: fn(&HttpResponse) -> Result<Again, String>) {
        self.0.push(Reader { name: O::NAME, method: O::METHOD.to_string(), path: O::PATH, again });
    }

    /// The operation with this method and path; fixed text comes before parameters.
    fn find(&self, exchange: &Exchange) -> Option<&Reader> {
        // POST expands on any value, even on 'false' (fact R8).
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

/// How many parameters the template needs to match the path.
fn parameters(template: &str, path: &str) -> Option<usize> {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    let fits = template.len() == path.len()
        && template.iter().zip(&path).all(|(segment, text)| segment.starts_with('{') || segment == text);
    fits.then(|| template.iter().filter(|segment| segment.starts_with('{')).count())
}

fn json<O>(response: &HttpResponse) -> Result<Again, String>
where
    O: Operation,
    O::Output: Serialize,
{
    let value = O::decode(response).map_err(|error| error.to_string())?;
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
            let page = O::decode(response).map_err(|error| error.to_string())?;
            Ok(Again::Json(serde_json::to_value(page.items).unwrap()))
        });
    }

    fn empty<O>(&mut self)
    where
        O: Operation<Output = ()>,
    {
        self.add::<O>(|response| O::decode(response).map(|()| Again::Nothing).map_err(|error| error.to_string()));
    }

    fn download<O>(&mut self)
    where
        O: Operation<Output = Download>,
    {
        self.add::<O>(|response| O::decode(response).map(Again::File).map_err(|error| error.to_string()));
    }
}

#[test]
fn all_88_operations_are_there() {
    let readers = Readers::all();
    let operations: BTreeSet<(&str, &str)> = readers.0.iter().map(|r| (r.method.as_str(), r.path)).collect();
    assert_eq!(operations.len(), 88);
    // Four of them have a variant with another answer (facts R8, R9).
    assert_eq!(readers.0.len(), 92);
}

#[test]
fn every_recorded_success_is_read_without_loss() {
    let readers = Readers::all();
    let mut replayed = 0;
    let mut seen = BTreeSet::new();
    let mut failures = Vec::new();
    let mut unknown = BTreeSet::new();
    for exchange in recordings().iter().filter(|exchange| (200..300).contains(&exchange.status)) {
        let Some(reader) = readers.find(exchange) else {
            failures.push(format!("{}: no operation", exchange.title()));
            continue;
        };
        replayed += 1;
        seen.insert(reader.name);
        match (reader.again)(&exchange.response()) {
            Ok(Again::Json(again)) => {
                let recorded: Value = serde_json::from_str(&exchange.answer).unwrap();
                let mut differences = Vec::new();
                compare(&recorded, &again, "", &mut differences);
                for (path, problem) in differences {
                    let place = NOT_IN_THE_DOCUMENT.iter().find(|known| **known == (reader.name, path.as_str()));
                    match place {
                        Some(known) => drop(unknown.insert(*known)),
                        None => failures.push(format!("{}: {path}: {problem}", exchange.title())),
                    }
                }
            }
            Ok(Again::Nothing) => assert_eq!(exchange.answer, "", "{}", exchange.title()),
            Ok(Again::File(file)) => {
                assert_eq!(file.content, exchange.answer.as_bytes());
                assert_eq!(file.media_type.as_deref(), exchange.headers.get("Content-Type").map(String::as_str));
                assert!(exchange.headers["Content-Disposition"].ends_with(file.file_name.as_deref().unwrap()));
            }
            Err(error) => failures.push(format!("{}: {error}", exchange.title())),
        }
    }
    println!("replayed {replayed} recorded answers of {} operations", seen.len());
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(unknown, BTreeSet::from(NOT_IN_THE_DOCUMENT), "an entry that is not needed any more");
    assert_eq!(replayed, 300);
    assert_eq!(seen.len(), 87);
}

/// Both ways: what the client lost, and what it made up.
fn compare(recorded: &Value, again: &Value, path: &str, differences: &mut Vec<(String, String)>) {
    match (recorded, again) {
        (Value::Object(recorded), Value::Object(again)) => {
            for (key, value) in recorded {
                let place = format!("{path}.{key}");
                match again.get(key) {
                    Some(again) => compare(value, again, &place, differences),
                    None => differences.push((place, format!("lost: {value}"))),
                }
            }
            for (key, value) in again.iter().filter(|(key, _)| !recorded.contains_key(*key)) {
                differences.push((format!("{path}.{key}"), format!("made up: {value}")));
            }
        }
        (Value::Array(recorded), Value::Array(again)) => {
            if recorded.len() != again.len() {
                differences.push((path.to_owned(), "another number of elements".to_owned()));
            }
            for (recorded, again) in recorded.iter().zip(again) {
                compare(recorded, again, &format!("{path}[]"), differences);
            }
        }
        (recorded, again) if recorded == again => {}
        // 60 and 60.0 are one number.
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => {}
        (recorded, again) => differences.push((path.to_owned(), format!("recorded {recorded}, written {again}"))),
    }
}

#[test]
fn the_comparison_finds_what_is_lost_and_what_is_made_up() {
    let mut differences = Vec::new();
    let recorded = serde_json::json!({"a": 1, "b": [{"c": null}], "d": "x"});
    let again = serde_json::json!({"a": 1.0, "b": [{"e": 2}], "d": "y"});
    compare(&recorded, &again, "", &mut differences);
    let differences: Vec<String> = differences.into_iter().map(|(path, problem)| format!("{path} {problem}")).collect();
    assert_eq!(differences, [".b[].c lost: null", ".b[].e made up: 2", ".d recorded \"x\", written \"y\""]);
}
