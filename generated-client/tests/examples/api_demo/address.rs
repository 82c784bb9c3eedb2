//! The program's options, and the files that it serves.

use std::net::TcpListener;

use generated_client::KIMAI_RELEASE;
use serde_json::json;

use super::super::run;
use super::Demo;

const PATHS: [&str; 5] = ["/", "/style.css", "/views.css", "/script.js", "/icon.svg"];

#[test]
fn the_page_suggests_the_given_address_as_text() {
    let demo = Demo::start(&["--url", "https://kimai.example.com/\"><b>&amp;"]);
    assert_eq!(demo.open()["url"], json!("https://kimai.example.com/\"><b>&amp;"));
    assert_eq!(demo.open()["users"], json!([]));
    let page = demo.get("/").send().unwrap().text().unwrap();
    assert!(!page.contains("<b>"), "{page}");
    let port = demo.port().to_owned();
    assert_eq!(demo.end(), format!("Open http://127.0.0.1:{port}/ in a browser; Ctrl+C stops it.\n"));
}

#[test]
fn what_is_no_address_of_kimai_is_refused_and_a_password_in_it_is_not_printed() {
    let said = run("api_demo", &["--port", "0", "--url", "https://anna:canary@kimai.example.com"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert_eq!(
        said.err,
        "error: --url: the base URL cannot be used: it contains a user name or password; pass them to Auth\n"
    );
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = run("api_demo", &["--port", &port]);
    assert_eq!(said.code, Some(1));
    let expected = format!("error: cannot serve on port {port}: ");
    assert!(
        said.err.starts_with(&expected) && said.err.ends_with("; choose another one with --port\n"),
        "{}",
        said.err
    );
}

#[test]
fn the_demo_has_four_users_and_only_their_names_are_sent() {
    let demo = Demo::start(&["--demo"]);
    let page = demo.open();
    let names: Vec<_> = page["users"].as_array().unwrap().iter().map(|user| user["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["susan_super", "anna_admin", "tony_teamlead", "john_user"]);
    assert_eq!(page["users"][2], json!({"name": "tony_teamlead", "role": "ROLE_TEAMLEAD", "timeZone": "UTC"}));
    for name in names {
        let number = demo.number();
        let welcome = demo.ask("/sign-in", &number, &json!({"with": "demo", "user": name}));
        assert_eq!((&welcome["release"], &welcome["user"]), (&json!(KIMAI_RELEASE), &json!(name)));
        assert_eq!(welcome["url"], json!(format!("{}/api/", page["url"].as_str().unwrap())));
        let me = super::shown(&demo.call(&number, "users.me"));
        assert!(me.contains(&format!("\"username\": \"{name}\"")), "{me}");
    }
    let nobody = demo.ask("/sign-in", &demo.number(), &json!({"with": "demo", "user": "nobody"}));
    assert_eq!(nobody["problem"]["title"], json!("There is no such user"));
    let kimai = page["url"].as_str().unwrap().to_owned();
    assert!(demo.end().ends_with(&format!("This is a demo: Kimai {KIMAI_RELEASE} in memory, on {kimai}\n")));
}

#[test]
fn every_response_forbids_what_the_page_does_not_need() {
    let demo = Demo::start(&[]);
    let mut responses: Vec<_> = PATHS.map(|path| demo.get(path).send().unwrap()).into();
    responses.push(demo.get("/nothing").send().unwrap());
    responses.push(demo.get("/").header("host", "kimai.example.com").send().unwrap());
    responses.push(demo.post("/call", "unknown", &json!("system.ping")).send().unwrap());
    for response in responses {
        let header = |name: &str| response.headers().get(name).unwrap().to_str().unwrap();
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'; "), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("x-frame-options"), "DENY");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin");
        assert!(!response.headers().contains_key("set-cookie"));
        assert!(!response.headers().contains_key("access-control-allow-origin"));
    }
}

#[test]
fn the_page_has_nothing_inline_and_nothing_from_elsewhere() {
    let demo = Demo::start(&[]);
    let page = demo.get("/").send().unwrap().text().unwrap();
    for (position, _) in page.match_indices("<script") {
        assert!(page[position..].starts_with("<script src=\"/script.js\" defer></script>"));
    }
    for inline in ["<style", " style=", " onclick=", " onload=", "javascript:"] {
        assert!(!page.contains(inline), "{inline}");
    }
    for path in PATHS {
        let text = demo.get(path).send().unwrap().text().unwrap();
        let text =
            text.replace("http://www.w3.org/2000/svg", "").replace("placeholder=\"https://kimai.example.com\"", "");
        assert!(!text.contains("//kimai") && !text.contains("http:") && !text.contains("https:"), "{path}");
        assert!(!text.contains("innerHTML") && !text.contains("url("), "{path}");
    }
}
