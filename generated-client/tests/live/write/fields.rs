//! Custom fields, which an administrator defines.

use generated_client::Error;
use generated_client::types::MetaField;

use crate::run::Run;

/// A value that fields of most types take: text, number, checkbox.
const VALUE: i32 = 1;

/// Sets and clears the first custom field of an object.
pub(super) async fn change<T, F>(
    run: &mut Run,
    operation: &str,
    name: Option<&str>,
    update: impl Fn(MetaField) -> F,
    value: for<'a> fn(&'a T, &str) -> Option<&'a str>,
) where
    F: IntoFuture<Output = Result<T, Error>>,
{
    let Some(name) = name else { return none(run, operation) };
    let set = async {
        match update(MetaField::new(name, VALUE)).await {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.is_validation() => Ok(None),
            Err(error) => Err(error),
        }
    };
    run.step(operation, set, |found| match found {
        Some(found) => {
            assert_eq!(value(found, name), Some("1"));
            "the custom field is 1"
        }
        None => "the custom field is of a type that does not take 1",
    })
    .await;
    run.step(operation, update(MetaField::clear_value(name)), |found| {
        assert_eq!(value(found, name).unwrap_or_default(), "");
        "the custom field is cleared"
    })
    .await;
}

pub(super) fn none(run: &mut Run, operation: &str) {
    run.log.skipped(&format!("{operation}: the server shows no custom field for it"));
}
