//! Documents of other APIs than Kimai's are generated, and the clients are called.

use std::fs;

use crate::crates::server::{Answer, Server};
use crate::crates::{Crates, run};
use crate::support::{Copy, copy_folder};

const PETS: &str = include_str!("fixtures/pets.yaml");
const GAUGES: &str = include_str!("fixtures/gauges.yaml");

/// All that the command says of a document that is not Kimai's before what it generated.
const NOT_KIMAI: &str = "release    none: the document has fewer than a quarter of the operations of any known release of \
    Kimai, so it gets no corrections and no history (say the release with --kimai if it is Kimai's)\n\
    repaired   nothing\n";

fn json(body: &str) -> Answer {
    (200, "Content-Type: application/json\r\n", body.to_owned())
}

fn pets(asked: &str) -> Answer {
    let rex = r#"{"id":10,"name":"Rex","photoUrls":["rex.jpg"],"status":"available","tags":[{"id":1,"name":"big"}]}"#;
    match asked {
        "GET /api/v3/pet/10" | "POST /api/v3/pet" => json(rex),
        "GET /api/v3/pet/findByStatus?status=available" => json(&format!("[{rex}]")),
        "GET /api/v3/pet/findByTags?tags=big&tags=old" => json("[]"),
        "DELETE /api/v3/pet/10" => (200, "", String::new()),
        "POST /api/v3/pet/10/uploadImage?additionalMetadata=front" => {
            json(r#"{"code":200,"type":"image","message":"6 bytes"}"#)
        }
        "GET /api/v3/store/inventory" => json(r#"{"available":3,"sold":1}"#),
        "GET /api/v3/user/login?password=a%26b&username=anna" => json("\"session:1\""),
        _ => (404, "Content-Type: application/json\r\n", r#"{"code":404,"message":"No such animal"}"#.to_owned()),
    }
}

fn gauges(asked: &str) -> Answer {
    match asked {
        "GET /v2/gauges?above=1.5&river=Mur" => json(
            r#"[{"id":1,"river":"Mur","kind":"gauge","place":{"lat":47.1,"lon":15.4,"town":"Graz"}},
                {"id":2,"river":null,"kind":"gauge","place":{"lat":47.1,"lon":15.4,"town":null}}]"#,
        ),
        "POST /v2/gauges/1/readings" => {
            (201, "Content-Type: application/json\r\n", r#"{"level":2.25,"note":null,"unit":"m"}"#.to_owned())
        }
        "PUT /v2/gauges/1/photo" => (204, "", String::new()),
        _ => (404, "", String::new()),
    }
}

#[test]
fn clients_of_other_apis_are_generated_and_called() {
    let copy = Copy::with_all_snapshots();
    let crates = Crates::new("petstore", &["pet-client", "gauge-client", "shop"]);
    for (client, name, text) in [("pet-client", "petstore.yaml", PETS), ("gauge-client", "gauges.yaml", GAUGES)] {
        let spec = copy.write(name, text);
        let said = copy.ok(&["regenerate", "--spec", &spec, "--out", client]);
        assert!(said.contains(NOT_KIMAI), "{said}");
        assert!(!said.contains("corrected") && !said.contains("compared") && !said.contains("left out"), "{said}");
        let files = copy.files(client);
        assert!(!files.values().any(|text| text.contains("history::History") || text.contains("Since Kimai")));
        let generated = crates.add_client(client);
        fs::remove_dir_all(&generated).unwrap();
        copy_folder(&copy.path(client), &generated);
    }
    crates.add_program("shop", &["pet-client", "gauge-client"], &[("main.rs", include_str!("fixtures/petstore.rs"))]);
    crates.build(&["shop"]);

    let (pets, gauges) = (Server::start(pets), Server::start(gauges));
    let said = run("shop", &[&pets.address, &gauges.address]);
    assert_eq!(
        said,
        [
            r#"pet Some("Rex") Some(Available) Some(["rex.jpg"])"#,
            "created Some(PetId(10))",
            r#"available Some("Rex")"#,
            "tagged 0",
            "deleted None",
            r#"stored Some("6 bytes")"#,
            r#"inventory {"available": 3, "sold": 1}"#,
            r#"session "session:1""#,
            "GET /api/v3/pet/{petId}: the server returned 404 Not Found: No such animal",
            r#"gauge Some("Mur") Some(Gauge) Some("Graz")"#,
            "gauge None Some(Gauge) None",
            "reading Some(2.25) None Some(M)",
            r#"blocking, pet Some("Rex")"#,
        ]
    );
    assert_eq!(
        pets.asked(),
        [
            "GET /api/v3/pet/10",
            "POST /api/v3/pet [content-type: application/json] {\"name\":\"Rex\",\"photoUrls\":[\"rex.jpg\"],\
             \"status\":\"pending\"}",
            "GET /api/v3/pet/findByStatus?status=available",
            "GET /api/v3/pet/findByTags?tags=big&tags=old",
            "DELETE /api/v3/pet/10 [api_key: key]",
            "POST /api/v3/pet/10/uploadImage?additionalMetadata=front [content-type: application/octet-stream] pixels",
            "GET /api/v3/store/inventory",
            "GET /api/v3/user/login?password=a%26b&username=anna",
            "GET /api/v3/pet/404",
            "GET /api/v3/pet/10",
        ]
    );
    assert_eq!(
        gauges.asked(),
        [
            "GET /v2/gauges?above=1.5&river=Mur",
            "POST /v2/gauges/1/readings [content-type: application/json] {\"level\":2.25,\"quality\":\"good\"}",
            "PUT /v2/gauges/1/photo [content-type: image/jpeg] pixels",
        ]
    );
}

/// Kimai has types with these names, but they are not here.
#[test]
fn types_keep_their_names() {
    let copy = Copy::with_all_snapshots();
    let spec =
        copy.write("petstore.json", &codegen::yaml::read::<serde_json::Value>("pets.yaml", PETS).unwrap().to_string());
    let said = copy.ok(&["regenerate", "--spec", &spec, "--out", "pets"]);
    assert!(!said.contains("another type is called"), "{said}");
    assert!(said.contains("\ngenerated  9 operations, 10 types, 4 kinds of ids\n"), "{said}");
    let store = copy.read("pets/operations/store.rs");
    assert!(store.contains("    type Output = types::Order;\n"), "{store}");
}
