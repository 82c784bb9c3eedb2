//! Custom fields of invoices. The API cannot make invoices, so that one must be there.

use generated_client::Client;
use generated_client::types::NewInvoiceMeta;

use super::fields::none;
use crate::run::Run;

pub(super) async fn all(run: &mut Run, kimai: &Client) {
    let Some(page) = run.quietly("invoices.list", kimai.invoices().list()).await else { return };
    let fields = page.iter().find_map(|invoice| Some((invoice.id, invoice.meta_fields.first()?)));
    let Some((id, field)) = fields else { return none(run, "invoices.update_custom_fields") };
    // The value that is there, as nothing of others shall change.
    let same = match &field.value {
        Some(value) => NewInvoiceMeta::new(&field.name, value.as_str()),
        None => NewInvoiceMeta::clear_value(&field.name),
    };
    let update = kimai.invoices().update_custom_fields(id, [same]);
    run.step("invoices.update_custom_fields", update, |invoice| {
        let found = invoice.meta(&field.name).unwrap_or_default();
        assert_eq!(found, field.value.as_deref().unwrap_or_default());
        "the value that was there"
    })
    .await;
}
