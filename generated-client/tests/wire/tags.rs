use generated_client::ids::TagId;
use generated_client::types::TagEditForm;
use serde_json::json;

use crate::{Case, case, check, kimai, with_body};

pub(crate) fn cases() -> Vec<Case> {
    let tags = kimai().tags();
    let mut cases = vec![
        case(&tags.find(), "GET /api/tags/find"),
        case(&tags.find().name("urgent"), "GET /api/tags/find?name=urgent"),
        // An empty name finds all tags, no name finds none (fact R11).
        case(&tags.find().name(""), "GET /api/tags/find?name="),
        with_body(&tags.create(&TagEditForm::new("versteckt")), "POST /api/tags", json!({"name": "versteckt"})),
        with_body(
            &tags.create(&TagEditForm::new("urgent162940").color("#00ff00").visible(true)),
            "POST /api/tags",
            json!({"name": "urgent162940", "color": "#00ff00", "visible": true}),
        ),
        case(&tags.delete(TagId::new(5)), "DELETE /api/tags/5"),
    ];
    cases.extend(lists());
    cases
}

#[expect(deprecated, reason = "the document deprecates it, servers still answer")]
fn lists() -> [Case; 2] {
    let tags = kimai().tags();
    [case(&tags.list(), "GET /api/tags"), case(&tags.list().name("urgent"), "GET /api/tags?name=urgent")]
}

#[test]
fn tags_as_the_server_takes_them() {
    check(&cases());
}
