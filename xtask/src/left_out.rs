//! What a document of one's own has and the client does not.

use codegen::api::LeftOut;

use crate::count::counted;
use crate::error::Error;

/// The parts, a line each, and their number.
pub(crate) fn lines(left_out: &[LeftOut]) -> Vec<String> {
    let line = |part: &LeftOut| format!("left out   {}", reason(part));
    let mut lines: Vec<String> = left_out.iter().map(line).collect();
    if !left_out.is_empty() {
        lines.push(format!("summary    {} left out", sum(left_out)));
    }
    lines
}

/// The error for `--strict`, if anything is left out.
pub(crate) fn refuse(name: &str, left_out: &[LeftOut]) -> Result<(), Error> {
    if left_out.is_empty() {
        return Ok(());
    }
    let reasons: Vec<String> = left_out.iter().map(reason).collect();
    let reasons = format!("\n  {}", reasons.join("\n  "));
    Err(Error::LeftOut { name: name.to_owned(), sum: sum(left_out), reasons })
}

fn reason(part: &LeftOut) -> String {
    let reason = part.reason.to_string();
    let place = part.pointer.to_string();
    // The reason may be elsewhere, in a schema that several operations use.
    if reason.starts_with(&place) { reason } else { format!("{place}: {reason}") }
}

fn sum(left_out: &[LeftOut]) -> String {
    let operations = left_out.iter().filter(|part| part.is_operation).count();
    let parameters = left_out.len() - operations;
    let parts = [
        (operations > 0).then(|| counted(operations, "operation", "operations")),
        (parameters > 0).then(|| counted(parameters, "optional parameter", "optional parameters")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}
