//! Reads everything: all lists, and what their ids lead to.

mod catalog;
mod invoices;
mod people;
mod records;
mod system;

use generated_client::Client;

use crate::run::Run;

pub(crate) async fn everything(run: &mut Run, kimai: &Client) {
    system::read(run, kimai).await;
    people::read(run, kimai).await;
    catalog::read(run, kimai).await;
    records::read(run, kimai).await;
    invoices::read(run, kimai).await;
}

#[allow(clippy::ptr_arg, reason = "steps pass what the request returned")]
fn listed<T>(list: &Vec<T>) -> String {
    format!("{} listed", list.len())
}
