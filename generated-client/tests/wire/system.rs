use crate::{Case, case, check, kimai};

pub(crate) fn cases() -> Vec<Case> {
    let system = kimai().system();
    vec![
        case(&system.ping(), "GET /api/ping"),
        case(&system.plugins(), "GET /api/plugins"),
        case(&system.version(), "GET /api/version"),
    ]
}

#[test]
fn system_as_the_server_takes_it() {
    check(&cases());
}
