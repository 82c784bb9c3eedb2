use crate::{Case, case, check, kimai};

pub(crate) fn cases() -> Vec<Case> {
    let config = kimai().config();
    vec![
        case(&config.colors(), "GET /api/config/colors"),
        case(&config.i18n(), "GET /api/config/i18n"),
        case(&config.timesheet(), "GET /api/config/timesheet"),
    ]
}

#[test]
fn config_as_the_server_takes_it() {
    check(&cases());
}
