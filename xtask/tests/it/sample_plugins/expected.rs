//! What programs and servers must see.

const WIDGET: &str = "/api/widgets/6f1c2d9e-0000-4000-8000-000000000001";

/// What a program prints; `of_kimai` is about operations of Kimai.
pub(crate) fn lines(of_kimai: [&str; 4]) -> Vec<String> {
    let of_plugins = [
        "expense Some(ExpenseId(9)) Some(12.5)",
        "receipt Some(7)",
        "page of 2 tasks, total Some(3)",
        r#"task Some("Write") Some(2026-03-09)"#,
        r#"task Some("Read") None"#,
        r#"task Some("Send") None"#,
        "absence Some(2026-03-09) Some(Vacation)",
        r#"absence Some(2026-03-02) Some(Unknown("parental"))"#,
        "absence on Some(2026-03-02)",
        r#"status "waiting\n""#,
        r#"approved Some(Object {"by": String("anna")})"#,
        r#"approved Some(String("done"))"#,
        "approved None",
        "widgets 1",
        r#"widget Some("6f1c2d9e-0000-4000-8000-000000000001")"#,
        r#"head Some("12")"#,
        "imported 0",
        "GET /api/tasks/{id}: the server returned 404 Not Found: Not found; the object does not exist, or the \
         plugin that adds the operation is not installed on the server",
    ];
    let blocking = [
        r#"blocking, task Some("Write")"#,
        r#"blocking, task Some("Read")"#,
        r#"blocking, task Some("Send")"#,
        r#"blocking, head Some("12")"#,
        "blocking, GET /api/tasks/{id}: the server returned 404 Not Found: Not found; the object does not exist, or the \
         plugin that adds the operation is not installed on the server",
        "blocking, 1 records",
    ];
    of_plugins.into_iter().chain(of_kimai).chain(blocking).map(str::to_owned).collect()
}

/// What a server is asked; `record` is the form for a new record, and `of_kimai` the request that depends on the release.
pub(crate) fn requests(record: &str, of_kimai: Option<&str>) -> Vec<String> {
    let mut requests = vec![
        "GET /api/version".to_owned(),
        r#"POST /api/expenses [content-type: application/json] {"title":"Train","amount":12.5,"note":"to Graz"}"#.to_owned(),
        "POST /api/expenses/9/receipts [content-type: multipart/form-data; boundary=BOUNDARY] --BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n\
         --BOUNDARY\r\nContent-Disposition: form-data; name=\"comment\"\r\n\r\npaper\r\n--BOUNDARY--\r\n"
            .to_owned(),
        "GET /api/tasks?size=2&status=open".to_owned(),
        "GET /api/tasks?size=2&status=open".to_owned(),
        "GET /api/tasks?page=2&size=2&status=open".to_owned(),
        "GET /api/absences?begin=2026-03-01&end=2026-03-31T18%3A00%3A00&order=DESC".to_owned(),
        "GET /api/absences/2026-03-02".to_owned(),
        "GET /api/approvals/3/status".to_owned(),
        "PATCH /api/approvals/3/approve".to_owned(),
        "PATCH /api/approvals/4/approve".to_owned(),
        "PATCH /api/approvals/5/approve".to_owned(),
        "GET /api/widgets?filter%5Bcolor%5D=red&filter%5Bsize%5D%5Bmax%5D=5&filter%5Bsize%5D%5Bmin%5D=1 \
         [cookie: view=compact]"
            .to_owned(),
        format!("GET {WIDGET}"),
        format!("HEAD {WIDGET}"),
        format!("PUT {WIDGET}/image [content-type: application/octet-stream] png"),
        "POST /api/widgets/imports [content-type: application/x-www-form-urlencoded] limit=2&source=a+%26+b".to_owned(),
        "GET /api/tasks/404".to_owned(),
        "GET /api/timesheets?task=5".to_owned(),
        format!("POST /api/timesheets [content-type: application/json] {record}"),
        r#"PATCH /api/timesheets/4 [content-type: application/json] {"taskId":null}"#.to_owned(),
    ];
    requests.extend(of_kimai.map(str::to_owned));
    requests.extend([
        "GET /api/version".to_owned(),
        "GET /api/tasks?size=2&status=open".to_owned(),
        "GET /api/tasks?page=2&size=2&status=open".to_owned(),
        format!("HEAD {WIDGET}"),
        "GET /api/tasks/404".to_owned(),
        "GET /api/timesheets?task=5".to_owned(),
    ]);
    requests
}
