//! What the server answers.

use crate::crates::server::Answer;

const RECORD: &str = r#"{"activity":7,"begin":"2026-03-01T08:30:00+0100","billable":true,"break":0,
    "description":"train","duration":0,"end":null,"exported":false,"fixedRate":null,"hourlyRate":null,"id":4,
    "internalRate":null,"metaFields":[],"project":5,"rate":0,"tags":[],"user":1"#;

const TEAM: &str = r##"{"id":1,"name":"Team","color":"#ffffff","color-safe":"#ffffff","members":[],"customers":[],"projects":[],"activities":[]}"##;

/// The answer of a server of this release, which has all plugins.
pub(crate) fn answer(asked: &str, release: &str) -> Answer {
    let json = |body: &str| (200, "Content-Type: application/json\r\n", body.to_owned());
    let text = |body: &str| (200, "Content-Type: text/plain; charset=utf-8\r\n", body.to_owned());
    let page = |headers, body: &str| (200, headers, body.to_owned());
    match asked {
        "GET /api/version" => json(&format!(r#"{{"version":"{release}","versionId":26000,"copyright":"Kimai"}}"#)),

        "POST /api/expenses" => json(r#"{"id":9,"title":"Train","amount":12.5}"#),
        "POST /api/expenses/9/receipts" => {
            (201, "Content-Type: application/json\r\n", r#"{"id":3,"size":7}"#.to_owned())
        }

        "GET /api/tasks?size=2&status=open" => page(
            "Content-Type: application/json\r\nX-Page: 1\r\nX-Total-Count: 3\r\nX-Total-Pages: 2\r\nX-Per-Page: 2\r\n",
            r#"[{"id":5,"name":"Write","due":"2026-03-09"},{"id":6,"name":"Read","due":null}]"#,
        ),
        "GET /api/tasks?page=2&size=2&status=open" => page(
            "Content-Type: application/json\r\nX-Page: 2\r\nX-Total-Count: 3\r\nX-Total-Pages: 2\r\nX-Per-Page: 2\r\n",
            r#"[{"id":7,"name":"Send"}]"#,
        ),

        "GET /api/absences?begin=2026-03-01&end=2026-03-31T18%3A00%3A00&order=DESC" => {
            json(r#"[{"date":"2026-03-09","type":"vacation"},{"date":"2026-03-02","type":"parental"}]"#)
        }
        "GET /api/absences/2026-03-02" => json(r#"{"date":"2026-03-02"}"#),

        "GET /api/approvals/3/status" => text("waiting\n"),
        "PATCH /api/approvals/3/approve" => json(r#"{"by":"anna"}"#),
        "PATCH /api/approvals/4/approve" => text("done"),
        "PATCH /api/approvals/5/approve" => (200, "", String::new()),

        "GET /api/widgets?filter%5Bcolor%5D=red&filter%5Bsize%5D%5Bmax%5D=5&filter%5Bsize%5D%5Bmin%5D=1" => {
            json(r#"[{"id":"6f1c2d9e-0000-4000-8000-000000000001"}]"#)
        }
        "GET /api/widgets/6f1c2d9e-0000-4000-8000-000000000001" => {
            json(r#"{"id":"6f1c2d9e-0000-4000-8000-000000000001","title":"One"}"#)
        }
        "HEAD /api/widgets/6f1c2d9e-0000-4000-8000-000000000001" => page("X-Revision: 12\r\n", ""),
        "PUT /api/widgets/6f1c2d9e-0000-4000-8000-000000000001/image" => (204, "", String::new()),
        "POST /api/widgets/imports" => json("[]"),

        "GET /api/timesheets?task=5" => json(&format!("[{RECORD},\"taskId\":5}}]")),
        "POST /api/timesheets" => json(&format!("{RECORD},\"taskId\":5}}")),
        "PATCH /api/timesheets/4" => json(&format!("{RECORD},\"taskId\":null}}")),
        "POST /api/activities/7/team" => json(TEAM),
        "GET /api/tags/popular" => json(r#"["urgent"]"#),
        _ => (404, "Content-Type: application/json\r\n", r#"{"code":404,"message":"Not found"}"#.to_owned()),
    }
}
