use generated_client::ids::{CommentId, CustomerId, CustomerRateId, InvoiceTemplateId, TeamId, UserId};
use generated_client::jiff::SignedDuration;
use generated_client::types::{
    BudgetType, CustomerOrderBy, CustomerPatch, Language, MetaField, NewComment, NewCustomer, NewCustomerRate, Order,
    Visibility,
};
use serde_json::{Value, json};

use crate::{Case, case, check, kimai, value, with_body};

const CUSTOMER: CustomerId = CustomerId::new(4);

pub(crate) fn cases() -> Vec<Case> {
    let customers = kimai().customers();
    let comment = CommentId::new(2);
    let mut cases = vec![
        case(&customers.get(CUSTOMER), "GET /api/customers/4"),
        case(&customers.delete(CUSTOMER), "DELETE /api/customers/4"),
        case(&customers.comments(CUSTOMER), "GET /api/customers/4/comments"),
        with_body(
            &customers.create_comment(CUSTOMER, NewComment::new("Bitte **prüfen**")),
            "POST /api/customers/4/comments",
            json!({"message": "Bitte **prüfen**"}),
        ),
        with_body(
            &customers.create_comment(CUSTOMER, NewComment::new("Bitte **prüfen**").pinned(false)),
            "POST /api/customers/4/comments",
            json!({"message": "Bitte **prüfen**", "pinned": false}),
        ),
        case(&customers.delete_comment(CUSTOMER, comment), "DELETE /api/customers/4/comments/2"),
        case(&customers.toggle_comment_pin(CUSTOMER, comment), "PATCH /api/customers/4/comments/2/pin"),
        with_body(
            &customers.update_meta(CUSTOMER, MetaField::new("travel", "0")),
            "PATCH /api/customers/4/meta",
            json!({"name": "travel", "value": "0"}),
        ),
        case(&customers.rates(CUSTOMER), "GET /api/customers/4/rates"),
        with_body(
            &customers.create_rate(CUSTOMER, NewCustomerRate::new(50.5)),
            "POST /api/customers/4/rates",
            json!({"rate": 50.5}),
        ),
        with_body(
            &customers.create_rate(
                CUSTOMER,
                NewCustomerRate::new(50.5).internal_rate(20.25).is_fixed(false).user(UserId::new(4)),
            ),
            "POST /api/customers/4/rates",
            json!({"rate": 50.5, "internalRate": 20.25, "isFixed": false, "user": 4}),
        ),
        case(&customers.delete_rate(CUSTOMER, CustomerRateId::new(2)), "DELETE /api/customers/4/rates/2"),
        create_team(),
    ];
    cases.extend(lists());
    cases.extend(creations());
    cases.extend(changes());
    cases
}

fn create_team() -> Case {
    case(&kimai().customers().create_team(CUSTOMER), "POST /api/customers/4/team")
}

fn lists() -> [Case; 5] {
    let customers = kimai().customers();
    [
        case(&customers.list(), "GET /api/customers"),
        case(
            &customers.list().order(Order::Desc).order_by(CustomerOrderBy::Id).term("Zürich").visible(Visibility::All),
            "GET /api/customers?order=DESC&orderBy=id&term=Z%C3%BCrich&visible=3",
        ),
        case(&customers.list().order_by(CustomerOrderBy::Name), "GET /api/customers?orderBy=name"),
        // Here 'full' accepts only 0 and 1.
        case(&customers.list().full(), "GET /api/customers?full=1"),
        case(
            &customers
                .list()
                .order(Order::Asc)
                .order_by(CustomerOrderBy::Name)
                .term("Zürich")
                .visible(Visibility::Hidden)
                .full(),
            "GET /api/customers?order=ASC&orderBy=name&term=Z%C3%BCrich&visible=2&full=1",
        ),
    ]
}

/// The fields that both full bodies contain.
fn common() -> Value {
    json!({
        "name": "Müller & Söhne GmbH 162940",
        "address": "Hauptstraße 1\n50667 Köln",
        "addressLine1": "Hauptstraße 1",
        "addressLine2": "Hinterhaus",
        "addressLine3": "3. Stock",
        "billable": true,
        "budget": 1234.5,
        "budgetType": "month",
        "buyerReference": "B-7",
        "city": "Köln",
        "color": "#ff0000",
        "comment": "geändert",
        "company": "Müller",
        "contact": "Frau Müller",
        "country": "DE",
        "currency": "EUR",
        "email": "a@example.com",
        "fax": "+49 221 2",
        "homepage": "https://example.com/?a=1&b=2",
        "invoiceEmail": "rechnung@example.com",
        "invoiceTemplate": 3,
        "invoiceText": "Danke",
        "language": "de_CH",
        "mobile": "+49 170 1",
        "number": "C2940",
        "phone": "+49 221 1",
        "postCode": "50667",
        "timeBudget": "10:30:00",
        "timezone": "Europe/Berlin",
        "vatId": "DE123456789",
        "visible": true,
    })
}

fn creations() -> [Case; 2] {
    let customers = kimai().customers();
    let full = NewCustomer::new("Müller & Söhne GmbH 162940")
        .address("Hauptstraße 1\n50667 Köln")
        .address_line1("Hauptstraße 1")
        .address_line2("Hinterhaus")
        .address_line3("3. Stock")
        .billable(true)
        .budget(1234.5)
        .budget_type(BudgetType::Month)
        .buyer_reference("B-7")
        .city("Köln")
        .color(value("#ff0000"))
        .comment("geändert")
        .company("Müller")
        .contact("Frau Müller")
        .country(value("DE"))
        .currency(value("EUR"))
        .email("a@example.com")
        .fax("+49 221 2")
        .homepage("https://example.com/?a=1&b=2")
        .invoice_email("rechnung@example.com")
        .invoice_template(InvoiceTemplateId::new(3))
        .invoice_text("Danke")
        .language(Language::DeCh)
        .mobile("+49 170 1")
        .number("C2940")
        .phone("+49 221 1")
        .post_code("50667")
        .teams([TeamId::new(2), TeamId::new(3)])
        .time_budget(SignedDuration::from_mins(630))
        .timezone(value("Europe/Berlin"))
        .vat_id("DE123456789")
        .visible(true);
    let mut expected = common();
    // Accepted by POST only.
    expected["teams"] = json!([2, 3]);
    [
        with_body(
            &customers.create(NewCustomer::new("Ohne Land")),
            "POST /api/customers",
            json!({"name": "Ohne Land", "billable": true, "visible": true}),
        ),
        with_body(&customers.create(full.clone()), "POST /api/customers", expected),
    ]
}

fn changes() -> [Case; 3] {
    let customers = kimai().customers();
    let full = CustomerPatch::new()
        .name("Müller & Söhne GmbH 162940")
        .address("Hauptstraße 1\n50667 Köln")
        .address_line1("Hauptstraße 1")
        .address_line2("Hinterhaus")
        .address_line3("3. Stock")
        .billable(true)
        .budget(1234.5)
        .budget_type(BudgetType::Month)
        .buyer_reference("B-7")
        .city("Köln")
        .color(value("#ff0000"))
        .comment("geändert")
        .company("Müller")
        .contact("Frau Müller")
        .country(value("DE"))
        .currency(value("EUR"))
        .email("a@example.com")
        .fax("+49 221 2")
        .homepage("https://example.com/?a=1&b=2")
        .invoice_email("rechnung@example.com")
        .invoice_template(InvoiceTemplateId::new(3))
        .invoice_text("Danke")
        .language(Language::DeCh)
        .mobile("+49 170 1")
        .number("C2940")
        .phone("+49 221 1")
        .post_code("50667")
        .time_budget(SignedDuration::from_mins(630))
        .timezone(value("Europe/Berlin"))
        .vat_id("DE123456789")
        .visible(true);
    [
        with_body(&customers.update(CUSTOMER, CustomerPatch::new()), "PATCH /api/customers/4", json!({})),
        with_body(&customers.update(CUSTOMER, full.clone()), "PATCH /api/customers/4", common()),
        cleared(),
    ]
}

fn cleared() -> Case {
    let patch = CustomerPatch::new()
        .clear_address()
        .clear_address_line1()
        .clear_address_line2()
        .clear_address_line3()
        .clear_budget()
        .clear_budget_type()
        .clear_buyer_reference()
        .clear_city()
        .clear_color()
        .clear_comment()
        .clear_company()
        .clear_contact()
        .clear_email()
        .clear_fax()
        .clear_homepage()
        .clear_invoice_email()
        .clear_invoice_template()
        .clear_invoice_text()
        .clear_mobile()
        .clear_number()
        .clear_phone()
        .clear_post_code()
        .clear_time_budget()
        .clear_vat_id();
    with_body(
        &kimai().customers().update(CUSTOMER, patch.clone()),
        "PATCH /api/customers/4",
        json!({
            "address": null,
            "addressLine1": null,
            "addressLine2": null,
            "addressLine3": null,
            "budget": null,
            "budgetType": null,
            "buyerReference": null,
            "city": null,
            "color": null,
            "comment": null,
            "company": null,
            "contact": null,
            "email": null,
            "fax": null,
            "homepage": null,
            "invoiceEmail": null,
            "invoiceTemplate": null,
            "invoiceText": null,
            "mobile": null,
            "number": null,
            "phone": null,
            "postCode": null,
            "timeBudget": null,
            "vatId": null,
        }),
    )
}

#[test]
fn customers_as_the_server_takes_them() {
    check(&cases());
}
