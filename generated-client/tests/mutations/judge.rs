//! Checks that the client reads a changed response as it must.

use serde_json::Value;

use crate::change::{Change, Kind, Outcome, Step, apply};
use crate::support::compare::compare;
use crate::support::readers::{Again, Reader, Readers};
use crate::support::{Exchange, recordings};

/// Returns why the client did not read the changed response as it must.
pub(crate) fn check(reader: &Reader, exchange: &Exchange, original: &Value, change: &Change) -> Option<String> {
    let mut mutant = original.clone();
    apply(&mut mutant, change);
    match &change.outcome {
        Outcome::Reads(written) => {
            let mut expected = original.clone();
            if let Some(written) = written {
                apply(&mut expected, written);
            }
            is_written(reader, exchange, &mutant, &expected)
        }
        Outcome::Fails { place, problem } => match read(reader, exchange, &mutant) {
            Err(error) => (error.path() != place || !error.problem().contains(problem.as_str()))
                .then(|| format!("the error names {:?}: {}", error.path(), error.problem())),
            Ok(_) => Some("it was read".to_owned()),
        },
    }
}

/// Returns how the written response differs from the expected one.
pub(crate) fn is_written(reader: &Reader, exchange: &Exchange, mutant: &Value, expected: &Value) -> Option<String> {
    match read(reader, exchange, mutant) {
        Ok(Again::Json(again)) => {
            let mut differences = Vec::new();
            compare(expected, &again, "", &mut differences);
            (!differences.is_empty()).then(|| format!("{differences:?}"))
        }
        Ok(_) => Some("it was not read as JSON".to_owned()),
        Err(error) => Some(error.to_string()),
    }
}

fn read(reader: &Reader, exchange: &Exchange, body: &Value) -> Result<Again, generated_client::error::DecodeError> {
    (reader.again)(&Exchange { answer: body.to_string(), ..exchange.clone() }.response())
}

#[test]
fn the_check_notices_what_is_lost_and_what_is_not_refused() {
    let readers = Readers::all();
    let exchange = recordings().into_iter().find(|exchange| exchange.path == "/api/version").unwrap();
    let reader = readers.find(&exchange).unwrap();
    let original: Value = serde_json::from_str(&exchange.answer).unwrap();
    let problem = |key: &str, value: &str, outcome| {
        let path = vec![Step::Key(key.to_owned())];
        check(reader, &exchange, &original, &Change { kind: Kind::Null, path, value: Some(value.into()), outcome })
    };
    let fails = |place: &str, problem: &str| Outcome::Fails { place: place.to_owned(), problem: problem.to_owned() };
    assert_eq!(problem("new", "x", Outcome::Reads(None)), None);
    let lost = problem("version", "9.9.9", Outcome::Reads(None)).unwrap();
    assert_eq!(lost, r#"[(".version", "recorded \"2.65.0\", written \"9.9.9\"")]"#);
    assert_eq!(problem("new", "x", fails("new", "")).unwrap(), "it was read");
    assert_eq!(problem("versionId", "x", fails("versionId", "invalid type")), None);
    assert!(
        problem("versionId", "x", fails("version", "invalid type"))
            .unwrap()
            .starts_with("the error names \"versionId\"")
    );
    assert!(problem("versionId", "x", Outcome::Reads(None)).is_some());
}
