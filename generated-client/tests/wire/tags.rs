use generated_client::ids::TagId;
use generated_client::types::NewTag;
use serde_json::json;

use crate::{Case, case, check, kimai, value, with_body};

pub(crate) fn cases() -> Vec<Case> {
    let tags = kimai().tags();
    let mut cases = vec![
        case(&tags.find(), "GET /api/tags/find"),
        case(&tags.find().name("urgent"), "GET /api/tags/find?name=urgent"),
        // An empty name finds all tags; without a name, the list is empty.
        case(&tags.find().name(""), "GET /api/tags/find?name="),
        // If it were omitted, the tag would be hidden.
        with_body(
            &tags.create(NewTag::new("später162940")),
            "POST /api/tags",
            json!({"name": "später162940", "visible": true}),
        ),
        with_body(
            &tags.create(NewTag::new("urgent162940").color(value("#00ff00")).visible(false)),
            "POST /api/tags",
            json!({"name": "urgent162940", "color": "#00ff00", "visible": false}),
        ),
        case(&tags.delete(TagId::new(5)), "DELETE /api/tags/5"),
    ];
    cases.extend(lists());
    cases
}

#[expect(deprecated, reason = "deprecated by Kimai, but still available")]
fn lists() -> [Case; 2] {
    let tags = kimai().tags();
    [case(&tags.list(), "GET /api/tags"), case(&tags.list().name("urgent"), "GET /api/tags?name=urgent")]
}

#[test]
fn tags_as_the_server_takes_them() {
    check(&cases());
}
