//! Many changes to one response at once, as a server of a distant release would make them.

use serde_json::{Value, json};

use crate::change::{Change, Kind, Outcome, apply};
use crate::thing::thing;
use crate::walk::changes;

/// The changes made everywhere at once. A field cannot be both absent and null, nor a map both empty and larger.
pub(crate) const COMPOUNDS: [&[Kind]; 4] = [
    &[Kind::UnknownProperty, Kind::UnknownValue, Kind::FurtherKey],
    &[Kind::UnknownProperty, Kind::UnknownValue, Kind::Removed, Kind::EmptyMapAsList],
    &[Kind::UnknownProperty, Kind::UnknownValue, Kind::Null, Kind::EmptyMap],
    &[Kind::UnknownProperty, Kind::UnknownValue, Kind::Removed, Kind::EmptyMapAsList, Kind::EmptyList],
];

/// Returns the response with all changes of these kinds, and what the client must write.
pub(crate) fn compound(original: &Value, changes: &[Change], kinds: &[Kind]) -> (Value, Value) {
    let (mut mutant, mut expected) = (original.clone(), original.clone());
    // Inner places come first, while they still exist.
    for change in changes.iter().rev().filter(|change| kinds.contains(&change.kind)) {
        let Outcome::Reads(written) = &change.outcome else { continue };
        // An empty list in place of the whole response would undo the other changes.
        if change.kind == Kind::EmptyList && change.path.is_empty() {
            continue;
        }
        apply(&mut mutant, change);
        if let Some(written) = written {
            apply(&mut expected, written);
        }
    }
    (mutant, expected)
}

#[test]
fn changes_of_everything_reach_all_places() {
    let (api, ty, answer) = thing();
    let changes = changes(&api, &ty, &answer);
    let unknown = json!({"since": ["tomorrow"]});
    let compounds = COMPOUNDS.map(|kinds| compound(&answer, &changes, kinds));
    let tags = ["x-nobody-knows", "x-nobody-knows"];
    let attr = json!({"x": "y", "x-nobody-knows": "nobody's"});
    let further = json!({
        "id": 1, "end": null, "tags": tags, "attr": attr, "state": "x-nobody-knows", "x-nobody-knows": unknown,
        "parent": {"name": "p", "uncles": null, "x-nobody-knows": unknown}
    });
    let written = json!({
        "id": 1, "end": null, "tags": tags, "attr": attr, "state": "x-nobody-knows",
        "parent": {"name": "p", "uncles": null}
    });
    let removed = json!({"id": 1, "tags": tags, "x-nobody-knows": unknown});
    let null = json!({
        "id": 1, "end": null, "tags": tags, "attr": null, "parent": null, "state": null, "x-nobody-knows": unknown
    });
    let gone = json!({"id": 1, "end": null, "tags": tags, "state": null});
    let empty = json!({"id": 1, "tags": [], "x-nobody-knows": unknown});
    let nothing = json!({"id": 1, "end": null, "tags": [], "state": null});
    assert_eq!(compounds, [(further, written), (removed, gone.clone()), (null, gone), (empty, nothing)]);
}
