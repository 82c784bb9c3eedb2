//! Client certificates: the client has none.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Upgrade;
use crate::Pointer;

impl Upgrade {
    pub(super) fn security(&mut self, root: &mut Map<String, Value>) {
        let mut removed = BTreeSet::new();
        if let Some(Value::Object(components)) = root.get_mut("components")
            && let Some(Value::Object(schemes)) = components.get_mut("securitySchemes")
        {
            schemes.retain(|name, scheme| {
                let is_mutual = scheme.get("type").is_some_and(|kind| kind == "mutualTLS");
                if is_mutual {
                    removed.insert(name.clone());
                }
                !is_mutual
            });
        }
        let place = Pointer::root().join("components").join("securitySchemes");
        for name in &removed {
            self.note(&place.join(name), "client certificates (mutualTLS) are not supported: it is ignored");
        }
        if removed.is_empty() {
            return;
        }
        self.requirements(root, &Pointer::root(), &removed);
        let Some(Value::Object(paths)) = root.get_mut("paths") else { return };
        for (path, item) in paths {
            let Value::Object(item) = item else { continue };
            for (method, operation) in item {
                if let Value::Object(operation) = operation {
                    let place = Pointer::root().join("paths").join(path).join(method);
                    self.requirements(operation, &place, &removed);
                }
            }
        }
    }

    fn requirements(&mut self, object: &mut Map<String, Value>, place: &Pointer, removed: &BTreeSet<String>) {
        let Some(Value::Array(requirements)) = object.get_mut("security") else { return };
        let place = place.join("security");
        let mut index = 0;
        requirements.retain(|requirement| {
            let scheme = requirement.as_object().and_then(|names| names.keys().find(|name| removed.contains(*name)));
            if let Some(scheme) = scheme {
                let text = format!("'{scheme}' needs a client certificate, which is not supported: it is ignored");
                self.note(&place.index(index), text);
            }
            index += 1;
            scheme.is_none()
        });
    }
}
