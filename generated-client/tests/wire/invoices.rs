use generated_client::ids::{CustomerId, InvoiceId};
use generated_client::operation::Paged as _;
use generated_client::types::{InvoiceStatus, NewInvoiceMeta};
use serde_json::json;

use crate::{Case, case, check, kimai, local, with_body};

pub(crate) fn cases() -> Vec<Case> {
    let invoices = kimai().invoices();
    let one = InvoiceId::new(1);
    let fields = [
        NewInvoiceMeta::new("location", "Berlin"),
        NewInvoiceMeta::new("kilometers", 7),
        NewInvoiceMeta::new("travel", false),
        NewInvoiceMeta::clear_value("purpose"),
    ];
    vec![
        case(&invoices.list(), "GET /api/invoices"),
        case(
            &invoices
                .list()
                .begin(local("2026-11-01T00:00:00"))
                .customers([CustomerId::new(1), CustomerId::new(2)])
                .end(local("2026-11-30T23:59:59"))
                .page(2)
                .size(1)
                .status([InvoiceStatus::Paid, InvoiceStatus::New]),
            "GET /api/invoices?begin=2026-11-01T00%3A00%3A00&customers%5B%5D=1&customers%5B%5D=2\
             &end=2026-11-30T23%3A59%3A59&page=2&size=1&status%5B%5D=paid&status%5B%5D=new",
        ),
        case(&invoices.list().customers([1]), "GET /api/invoices?customers%5B%5D=1"),
        // The client sends an unknown status; the server decides.
        case(&invoices.list().status(["nosuch"]), "GET /api/invoices?status%5B%5D=nosuch"),
        case(
            &invoices.list().status([InvoiceStatus::Pending, InvoiceStatus::Canceled]),
            "GET /api/invoices?status%5B%5D=pending&status%5B%5D=canceled",
        ),
        case(&invoices.list().size(1).page(1).map(|list| list.at_page(2)), "GET /api/invoices?page=2&size=1"),
        case(&invoices.get(one), "GET /api/invoices/1"),
        with_body(&invoices.update_custom_fields(one, []), "PATCH /api/invoices/1/custom-fields", json!([])),
        with_body(
            &invoices.update_custom_fields(one, fields.clone()),
            "PATCH /api/invoices/1/custom-fields",
            json!([
                {"name": "location", "value": "Berlin"},
                {"name": "kilometers", "value": "7"},
                {"name": "travel", "value": "0"},
                {"name": "purpose", "value": null},
            ]),
        ),
        case(&invoices.download(one), "GET /api/invoices/1/download").with_header("accept: \"*/*\""),
    ]
}

#[test]
fn invoices_as_the_server_takes_them() {
    check(&cases());
}
