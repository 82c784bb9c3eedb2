//! Several requests in one call, on both clients.

use generated_client::blocking::Client;
use generated_client::test_server::{CustomField, FieldOwner, TestServer};
use generated_client::types::{MetaField, NewTag};
use generated_client::{ids, in_turn};

fn asked(server: &TestServer) -> Vec<&'static str> {
    let asked = server.requests().iter().filter_map(|request| request.operation).collect();
    server.clear_requests();
    asked
}

#[test]
fn a_tag_is_created_once() {
    let server = TestServer::start().unwrap();
    let kimai = Client::connect(server.url(), server.auth()).unwrap();
    asked(&server);
    let tag = |name: &'static str| {
        let create = kimai.tags().create(NewTag::new(name));
        kimai.tags().find().name(name).find_or_create(move |tag| tag.name == name, create).send().unwrap()
    };
    assert_eq!(tag("urgent").id, ids::TagId::new(1));
    assert_eq!(asked(&server), ["tags.find"]);
    // 'urgent' contains it, but is another tag.
    let created = tag("urge");
    assert_eq!((created.id, created.visible), (ids::TagId::new(4), Some(true)));
    assert_eq!(asked(&server), ["tags.find", "tags.create"]);
    assert_eq!(tag("urge").id, created.id);
    assert_eq!(asked(&server), ["tags.find"]);
}

#[test]
fn several_custom_fields_take_a_request_each() {
    let server = TestServer::start().unwrap();
    for name in ["location", "travel"] {
        server.define_custom_field(FieldOwner::Timesheet, CustomField::text(name));
    }
    let kimai = Client::connect(server.url(), server.auth()).unwrap();
    asked(&server);
    let set = |names: [&str; 3]| {
        in_turn(names.map(|name| kimai.timesheets().update_meta(ids::TimesheetId::new(1), MetaField::new(name, "1"))))
            .send()
    };
    // The first error ends it.
    assert_eq!(set(["location", "nosuch", "travel"]).unwrap_err().status().unwrap().as_u16(), 404);
    assert_eq!(asked(&server), ["timesheets.update_meta"; 2]);
    let records = set(["location", "travel", "location"]).unwrap();
    let values = |index: usize| records[index].meta_fields.iter().map(|field| field.value.clone()).collect::<Vec<_>>();
    assert_eq!(values(2), values(1));
    assert_ne!(values(1), values(0));
    assert_eq!(asked(&server), ["timesheets.update_meta"; 3]);
}

#[tokio::test]
async fn the_async_client_does_the_same() {
    let server = TestServer::start().unwrap();
    let kimai = generated_client::Client::connect(server.url(), server.auth()).await.unwrap();
    asked(&server);
    let search = kimai.tags().find().name("new");
    let tag = search.find_or_create(|tag| tag.name == "new", kimai.tags().create(NewTag::new("new"))).await.unwrap();
    assert_eq!(tag.name, "new");
    assert_eq!(asked(&server), ["tags.find", "tags.create"]);
    let users = [1, 2].map(|id| kimai.users().get(ids::UserId::new(id)));
    let names: Vec<String> = in_turn(users).await.unwrap().into_iter().map(|user| user.username).collect();
    assert_eq!(names, ["susan_super", "anna_admin"]);
}
