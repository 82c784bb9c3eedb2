use generated_client::ids::ExportTemplateId;

use crate::{Case, case, check, kimai};

pub(crate) fn cases() -> Vec<Case> {
    vec![case(&kimai().export().delete_template(ExportTemplateId::new(3)), "DELETE /api/export/3")]
}

#[test]
fn export_as_the_server_takes_it() {
    check(&cases());
}
