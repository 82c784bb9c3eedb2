//! A change to a response, and how the client must read it.

use serde_json::{Value, json};

/// The kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// An object gets an unknown field.
    UnknownProperty,
    /// A map gets another key.
    FurtherKey,
    /// An enum gets an unknown value.
    UnknownValue,
    /// An optional field is removed.
    Removed,
    /// An optional or nullable field becomes null.
    Null,
    /// A list becomes empty.
    EmptyList,
    /// A map becomes `[]`, as PHP writes empty maps.
    EmptyMapAsList,
    /// A map becomes `{}`.
    EmptyMap,
    /// A value becomes a value of another JSON type.
    WrongType,
    /// A required field is removed.
    Missing,
    /// A field that is never null becomes null.
    ForbiddenNull,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// What the client must do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// It reads the response, and writes the recorded response with only this change.
    Reads(Option<Box<Change>>),
    /// It names the place and the problem.
    Fails { place: String, problem: String },
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change {
    pub(crate) kind: Kind,
    pub(crate) path: Vec<Step>,
    /// The new value; `None` removes the place.
    pub(crate) value: Option<Value>,
    pub(crate) outcome: Outcome,
}

impl Change {
    /// The place without the indices of lists.
    pub(crate) fn place(&self) -> String {
        self.path
            .iter()
            .map(|step| match step {
                Step::Key(key) => format!(".{key}"),
                Step::Index(_) => "[]".to_owned(),
            })
            .collect()
    }

    /// Whether the change has an effect: the value may already be null, or an empty list.
    pub(crate) fn alters(&self, answer: &Value) -> bool {
        let there = self.path.iter().try_fold(answer, |place, step| match step {
            Step::Key(key) => place.get(key),
            Step::Index(index) => place.get(index),
        });
        there != self.value.as_ref()
    }
}

/// The place as the client's errors show it.
pub(crate) fn shown(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) if text.is_empty() => text.push_str(key),
            Step::Key(key) => text.push_str(&format!(".{key}")),
            Step::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}

/// Makes the change, if its place still exists.
pub(crate) fn apply(answer: &mut Value, change: &Change) {
    let Some((last, way)) = change.path.split_last() else {
        *answer = change.value.clone().unwrap_or(Value::Null);
        return;
    };
    let mut place = answer;
    for step in way {
        let next = match step {
            Step::Key(key) => place.get_mut(key),
            Step::Index(index) => place.get_mut(index),
        };
        let Some(next) = next else { return };
        place = next;
    }
    match (last, place, change.value.clone()) {
        (Step::Key(key), Value::Object(object), Some(value)) => drop(object.insert(key.clone(), value)),
        (Step::Key(key), Value::Object(object), None) => drop(object.remove(key)),
        (Step::Index(index), Value::Array(items), value) => {
            if let Some(item) = items.get_mut(*index) {
                *item = value.unwrap_or(Value::Null);
            }
        }
        _ => {}
    }
}

#[test]
fn changes_are_made_where_they_belong() {
    let change = |path: &[Step], value: Option<Value>| {
        let mut answer = json!({"a": [{"b": 1}, {"b": 2}]});
        let outcome = Outcome::Reads(None);
        apply(&mut answer, &Change { kind: Kind::Null, path: path.to_vec(), value, outcome });
        answer
    };
    let (a, b) = (Step::Key("a".to_owned()), Step::Key("b".to_owned()));
    assert_eq!(change(&[a.clone(), Step::Index(1), b.clone()], None), json!({"a": [{"b": 1}, {}]}));
    assert_eq!(change(&[a.clone(), Step::Index(1)], Some(json!(3))), json!({"a": [{"b": 1}, 3]}));
    assert_eq!(change(std::slice::from_ref(&b), Some(json!(3))), json!({"a": [{"b": 1}, {"b": 2}], "b": 3}));
    assert_eq!(change(&[b.clone(), a.clone()], Some(json!(3))), json!({"a": [{"b": 1}, {"b": 2}]}));
    assert_eq!(change(&[], Some(json!(3))), json!(3));
    let alters = |path: &[Step], value: Option<Value>| {
        let change = Change { kind: Kind::Null, path: path.to_vec(), value, outcome: Outcome::Reads(None) };
        change.alters(&json!({"a": [null, []]}))
    };
    assert!(!alters(&[a.clone(), Step::Index(0)], Some(Value::Null)));
    assert!(!alters(&[a.clone(), Step::Index(1)], Some(json!([]))));
    assert!(!alters(std::slice::from_ref(&b), None));
    assert!(alters(&[a.clone(), Step::Index(1)], Some(Value::Null)));
    assert!(alters(std::slice::from_ref(&a), None));
    assert!(alters(std::slice::from_ref(&b), Some(Value::Null)));
    assert_eq!(shown(&[Step::Index(3), a.clone(), b.clone(), Step::Index(0)]), "[3].a.b[0]");
    assert_eq!(shown(&[a, b]), "a.b");
}
