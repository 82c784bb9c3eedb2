use generated_client::ids::{ActivityId, CustomerId, ProjectId, TimesheetId};
use generated_client::types::{ActionView, Language};

use crate::{Case, case, check, kimai};

pub(crate) fn cases() -> Vec<Case> {
    let actions = kimai().actions();
    vec![
        case(
            &actions.activity(ActivityId::new(6), ActionView::Index, Language::En),
            "GET /api/actions/activity/6/index/en",
        ),
        case(
            &actions.customer(CustomerId::new(4), ActionView::Index, Language::En),
            "GET /api/actions/customer/4/index/en",
        ),
        case(
            &actions.project(ProjectId::new(5), ActionView::Index, Language::En),
            "GET /api/actions/project/5/index/en",
        ),
        case(
            &actions.timesheet(TimesheetId::new(180), ActionView::Custom, Language::De),
            "GET /api/actions/timesheet/180/custom/de",
        ),
        case(
            &actions.timesheet(TimesheetId::new(1), ActionView::Index, Language::PtBr),
            "GET /api/actions/timesheet/1/index/pt_BR",
        ),
    ]
}

#[test]
fn actions_as_the_server_takes_them() {
    check(&cases());
}
