//! `securityDefinitions` become `securitySchemes`.

use serde_json::{Map, Value, json};

use super::Upgrade;
use crate::Pointer;

impl Upgrade {
    pub(super) fn security_schemes(&mut self, mut schemes: Value, place: &Pointer) -> Value {
        if let Value::Object(schemes) = &mut schemes {
            for (name, scheme) in schemes {
                if let Value::Object(scheme) = scheme {
                    self.security_scheme(scheme, &place.join(name));
                }
            }
        }
        schemes
    }

    fn security_scheme(&mut self, scheme: &mut Map<String, Value>, place: &Pointer) {
        match scheme.get("type").and_then(Value::as_str) {
            Some("basic") => {
                scheme.insert("type".to_owned(), json!("http"));
                scheme.insert("scheme".to_owned(), json!("basic"));
            }
            Some("oauth2") => {
                let name = match scheme.remove("flow").as_ref().and_then(Value::as_str) {
                    Some("implicit") => "implicit",
                    Some("password") => "password",
                    Some("application") => "clientCredentials",
                    Some("accessCode") => "authorizationCode",
                    _ => {
                        self.note(&place.join("flow"), "unknown OAuth flow: it is ignored");
                        scheme.insert("flows".to_owned(), json!({}));
                        return;
                    }
                };
                let mut flow = Map::new();
                for key in ["authorizationUrl", "tokenUrl", "scopes"] {
                    if let Some(value) = scheme.remove(key) {
                        flow.insert(key.to_owned(), value);
                    }
                }
                flow.entry("scopes").or_insert_with(|| json!({}));
                scheme.insert("flows".to_owned(), json!({name: flow}));
            }
            _ => {}
        }
    }
}
