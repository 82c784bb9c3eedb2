//! Finds the possible changes of a response along its type.

use codegen::api::{Api, Field, Text, Type, TypeKind};
use serde_json::{Value, json};

use crate::change::{Change, Kind, Outcome, Step, shown};
use crate::thing::thing;

const NOBODY_KNOWS: &str = "x-nobody-knows";

/// Returns all changes of the value, outer places before inner ones.
pub(crate) fn changes(api: &Api, ty: &Type, value: &Value) -> Vec<Change> {
    let mut walk = Walk { api, path: Vec::new(), found: Vec::new() };
    walk.value(ty, value);
    walk.found
}

struct Walk<'a> {
    api: &'a Api,
    path: Vec<Step>,
    found: Vec<Change>,
}

impl Walk<'_> {
    /// Null contains nothing, but can change to any value of its type.
    fn value(&mut self, ty: &Type, value: &Value) {
        match ty {
            Type::Json => {}
            Type::Nullable(item) => self.value(item, value),
            Type::List(item) => {
                self.wrong(json!({"wrong": true}));
                self.reads(Kind::EmptyList, json!([]), json!([]));
                for (index, element) in value.as_array().into_iter().flatten().enumerate() {
                    self.below(Step::Index(index), |walk| walk.value(item, element));
                }
            }
            Type::Map(item) => {
                self.wrong(json!("wrong"));
                self.reads(Kind::EmptyMapAsList, json!([]), json!({}));
                self.reads(Kind::EmptyMap, json!({}), json!({}));
                if let Some(object) = value.as_object() {
                    let further = some(item);
                    self.below(Step::Key(NOBODY_KNOWS.to_owned()), |walk| {
                        walk.reads(Kind::FurtherKey, further.clone(), further);
                    });
                    for (key, element) in object {
                        self.below(Step::Key(key.clone()), |walk| walk.value(item, element));
                    }
                }
            }
            Type::Named(name) => self.named(name, value),
            Type::IdOr(_, name) => {
                self.wrong(json!("wrong"));
                self.properties(name, value);
            }
            Type::Bool => self.wrong(json!("wrong")),
            _ => self.wrong(json!({"wrong": true})),
        }
    }

    fn named(&mut self, name: &str, value: &Value) {
        match &self.api.types[name].kind {
            TypeKind::Enum { open, .. } => {
                assert!(open, "responses contain only enums that keep unknown values");
                self.wrong(json!(17));
                self.reads(Kind::UnknownValue, json!(NOBODY_KNOWS), json!(NOBODY_KNOWS));
            }
            TypeKind::Answer { .. } => {
                self.wrong(json!(17));
                self.properties(name, value);
            }
            other => panic!("no response of this release contains {other:?}"),
        }
    }

    fn properties(&mut self, name: &str, value: &Value) {
        let TypeKind::Answer { fields, extra } = &self.api.types[name].kind else { panic!("{name} is not a response") };
        assert!(extra.is_none(), "no response of this release declares additional fields");
        if value.is_null() {
            return;
        }
        self.below(Step::Key(NOBODY_KNOWS.to_owned()), |walk| {
            let change = Outcome::Reads(None);
            walk.add(Kind::UnknownProperty, Some(json!({"since": ["tomorrow"]})), change);
        });
        for field in fields {
            self.field(field, value.get(&field.wire));
        }
    }

    fn field(&mut self, field: &Field, value: Option<&Value>) {
        let Some(value) = value else { return };
        let object = shown(&self.path);
        self.below(Step::Key(field.wire.clone()), |walk| {
            // Required fields are written as null, optional ones are omitted.
            let gone = if field.required || field.keeps_null { Some(Value::Null) } else { None };
            let gone = Box::new(walk.change(Kind::Null, gone, Outcome::Reads(None)));
            if field.nullable || !field.required {
                walk.add(Kind::Removed, None, Outcome::Reads(Some(gone.clone())));
                walk.add(Kind::Null, Some(Value::Null), Outcome::Reads(Some(gone)));
            } else {
                let missing = format!("missing field `{}`", field.wire);
                walk.add(Kind::Missing, None, Outcome::Fails { place: object, problem: missing });
                if field.ty != Type::Json {
                    let fails = Outcome::Fails { place: shown(&walk.path), problem: "null".to_owned() };
                    walk.add(Kind::ForbiddenNull, Some(Value::Null), fails);
                }
            }
            walk.value(&field.ty, value);
        });
    }

    fn wrong(&mut self, value: Value) {
        let fails = Outcome::Fails { place: shown(&self.path), problem: "invalid type".to_owned() };
        self.add(Kind::WrongType, Some(value), fails);
    }

    /// The client reads `sent` and writes `again`.
    fn reads(&mut self, kind: Kind, sent: Value, again: Value) {
        let expected = self.change(kind, Some(again), Outcome::Reads(None));
        self.add(kind, Some(sent), Outcome::Reads(Some(Box::new(expected))));
    }

    fn add(&mut self, kind: Kind, value: Option<Value>, outcome: Outcome) {
        let change = self.change(kind, value, outcome);
        self.found.push(change);
    }

    fn change(&self, kind: Kind, value: Option<Value>, outcome: Outcome) -> Change {
        Change { kind, path: self.path.clone(), value, outcome }
    }

    fn below(&mut self, step: Step, then: impl FnOnce(&mut Self)) {
        self.path.push(step);
        then(self);
        self.path.pop();
    }
}

/// A value for another key of a map.
fn some(ty: &Type) -> Value {
    match ty {
        Type::String => json!("nobody's"),
        Type::Text(Text::Color) => json!("#c0ffee"),
        other => panic!("no map of this release contains {other:?}"),
    }
}

#[test]
fn every_place_of_an_answer_is_found() {
    let (api, ty, answer) = thing();
    let found: Vec<String> =
        changes(&api, &ty, &answer).iter().map(|change| format!("{:?} {}", change.kind, shown(&change.path))).collect();
    assert_eq!(
        found,
        [
            "WrongType ",
            "UnknownProperty x-nobody-knows",
            "Removed attr",
            "Null attr",
            "WrongType attr",
            "EmptyMapAsList attr",
            "EmptyMap attr",
            "FurtherKey attr.x-nobody-knows",
            "WrongType attr.x",
            "Removed end",
            "Null end",
            "WrongType end",
            "Missing id",
            "ForbiddenNull id",
            "WrongType id",
            "Removed parent",
            "Null parent",
            "WrongType parent",
            "UnknownProperty parent.x-nobody-knows",
            "Missing parent.name",
            "ForbiddenNull parent.name",
            "WrongType parent.name",
            "Removed parent.uncles",
            "Null parent.uncles",
            "WrongType parent.uncles",
            "EmptyList parent.uncles",
            "Removed state",
            "Null state",
            "WrongType state",
            "UnknownValue state",
            "Missing tags",
            "ForbiddenNull tags",
            "WrongType tags",
            "EmptyList tags",
            "WrongType tags[0]",
            "UnknownValue tags[0]",
            "WrongType tags[1]",
            "UnknownValue tags[1]",
        ]
    );
}
