//! Invoices and their files.

use futures_util::TryStreamExt as _;
use generated_client::Client;

use super::listed;
use crate::run::Run;

pub(super) async fn read(run: &mut Run, kimai: &Client) {
    let invoices = kimai.invoices().list().size(50).stream().try_collect::<Vec<_>>();
    let Some(invoices) = run.step("invoices.list", invoices, listed).await else { return };
    let ids: Vec<_> = invoices.iter().map(|invoice| invoice.id).collect();
    run.each("invoices.get", &ids, |id| kimai.invoices().get(id), |id, found| assert_eq!(found.id, id)).await;
    run.each(
        "invoices.download",
        &ids,
        |id| kimai.invoices().download(id),
        |_, file| {
            assert!(!file.content.is_empty(), "the file is empty");
        },
    )
    .await;
}
