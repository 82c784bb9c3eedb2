//! A customer: its properties, rates, comments and custom fields.

use generated_client::jiff::SignedDuration;
use generated_client::types::{
    BudgetType, Customer, CustomerPatch, Language, NewComment, NewCustomer, NewCustomerRate, Visibility,
};
use generated_client::{Client, Color, ids};

use super::{Scene, fields};
use crate::made::Made;
use crate::run::Run;

pub(super) async fn create(run: &mut Run, kimai: &Client, made: &Made) -> Option<ids::CustomerId> {
    let name = made.name("customer");
    // Before 2.63, the last three are required.
    let form = NewCustomer::new(&name)
        .comment("made by a test")
        .country("DE".parse().unwrap())
        .currency("EUR".parse().unwrap())
        .timezone("Europe/Berlin".parse().unwrap());
    let customer = run.step("customers.create", kimai.customers().create(form), |customer| {
        assert_eq!(customer.name, name);
        assert_eq!(customer.comment.as_deref(), Some("made by a test"));
        assert_eq!((customer.country.as_str(), customer.currency.as_str()), ("DE", "EUR"));
        assert!(customer.visible && customer.billable);
        "it is visible and billable"
    });
    Some(customer.await?.id)
}

pub(super) async fn change(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    let id = scene.customer;
    properties(run, kimai, id).await;
    properties_of_some_releases(run, kimai, id).await;
    lists(run, kimai, scene).await;
    rates(run, kimai, id).await;
    comments(run, kimai, id).await;
    custom_field(run, kimai, id).await;
}

async fn properties(run: &mut Run, kimai: &Client, id: ids::CustomerId) {
    let patch = CustomerPatch::new()
        .budget(1234.56)
        .budget_type(BudgetType::Month)
        .color("#ff0000".parse().unwrap())
        .comment("changed")
        .company("Acme GmbH")
        .contact("Ada")
        .currency("USD".parse().unwrap())
        .email("ada@example.com")
        .fax("1")
        .homepage("https://example.com")
        .mobile("2")
        .phone("3")
        .time_budget(SignedDuration::from_mins(90))
        .vat_id("DE1");
    run.step("customers.update", kimai.customers().update(id, patch), |found| {
        assert_eq!((found.budget, found.time_budget), (1234.56, SignedDuration::from_mins(90)));
        assert_eq!(found.budget_type, Some(BudgetType::Month));
        assert_eq!(found.color.as_ref().map(Color::as_str), Some("#ff0000"));
        assert_eq!((found.comment.as_deref(), found.company.as_deref()), (Some("changed"), Some("Acme GmbH")));
        assert_eq!((found.contact.as_deref(), found.currency.as_str()), (Some("Ada"), "USD"));
        assert_eq!((found.email.as_deref(), found.fax.as_deref()), (Some("ada@example.com"), Some("1")));
        assert_eq!((found.homepage.as_deref(), found.mobile.as_deref()), (Some("https://example.com"), Some("2")));
        assert_eq!((found.phone.as_deref(), found.vat_id.as_deref()), (Some("3"), Some("DE1")));
        "14 properties are set"
    })
    .await;

    let patch = CustomerPatch::new()
        .clear_budget()
        .clear_budget_type()
        .clear_color()
        .clear_comment()
        .clear_company()
        .clear_contact()
        .clear_email()
        .clear_fax()
        .clear_homepage()
        .clear_mobile()
        .clear_phone()
        .clear_time_budget()
        .clear_vat_id();
    run.step("customers.update", kimai.customers().update(id, patch), |found| {
        assert_eq!((found.budget, found.time_budget), (0.0, SignedDuration::ZERO));
        assert_eq!((&found.budget_type, &found.color), (&None, &None));
        let texts = [&found.comment, &found.company, &found.contact, &found.email, &found.fax];
        assert_eq!(texts, [&None; 5]);
        let texts = [&found.homepage, &found.mobile, &found.phone, &found.vat_id];
        assert_eq!(texts, [&None; 4]);
        assert_eq!(found.currency.as_str(), "USD", "a property that the patch does not have");
        "13 properties are cleared, another one is kept"
    })
    .await;
}

/// A property of a customer.
type Text = fn(&Customer) -> &Option<String>;

/// Each in a step of its own, which is skipped where the release lacks the property.
async fn properties_of_some_releases(run: &mut Run, kimai: &Client, id: ids::CustomerId) {
    let new = CustomerPatch::new;
    let texts: [(_, Text, _, _); 8] = [
        ("address", |found| &found.address, new().address("Street 1"), new().clear_address()),
        ("address line 1", |found| &found.address_line1, new().address_line1("Street 1"), new().clear_address_line1()),
        ("address line 2", |found| &found.address_line2, new().address_line2("House B"), new().clear_address_line2()),
        ("address line 3", |found| &found.address_line3, new().address_line3("Floor 2"), new().clear_address_line3()),
        (
            "buyer reference",
            |found| &found.buyer_reference,
            new().buyer_reference("B-1"),
            new().clear_buyer_reference(),
        ),
        ("city", |found| &found.city, new().city("Berlin"), new().clear_city()),
        (
            "invoice email",
            |found| &found.invoice_email,
            new().invoice_email("a@example.com"),
            new().clear_invoice_email(),
        ),
        ("post code", |found| &found.post_code, new().post_code("10115"), new().clear_post_code()),
    ];
    for (what, text, set, clear) in texts {
        let both = async {
            let found = kimai.customers().update(id, set).await?;
            assert!(text(&found).is_some(), "it is not set");
            let found = kimai.customers().update(id, clear).await?;
            assert_eq!(text(&found), &None);
            Ok(())
        };
        run.step("customers.update", both, |()| format!("{what} is set and cleared")).await;
    }
    run.step("customers.update", kimai.customers().update(id, new().language(Language::De)), |found| {
        assert_eq!(found.language, Some(Language::De));
        "language is set"
    })
    .await;
    // No response shows this text.
    let both = async {
        kimai.customers().update(id, new().invoice_text("Thank you")).await?;
        kimai.customers().update(id, new().clear_invoice_text()).await
    };
    run.step("customers.update", both, |_| "invoice text is set and cleared").await;
}

async fn lists(run: &mut Run, kimai: &Client, scene: &Scene<'_>) {
    let name = scene.made.name("customer");
    run.step("customers.list", kimai.customers().list().term(&name), |list| {
        assert_eq!(list.iter().map(|found| found.id).collect::<Vec<_>>(), [scene.customer]);
        "it is found by its name"
    })
    .await;
    run.step("customers.list_full", kimai.customers().list().term(&name).full(), |list| {
        assert_eq!(list.iter().map(|found| found.id).collect::<Vec<_>>(), [scene.customer]);
        "it is found by its name"
    })
    .await;
    let hide = kimai.customers().update(scene.customer, CustomerPatch::new().visible(false));
    run.step("customers.update", hide, |found| {
        assert!(!found.visible);
        "it is hidden"
    })
    .await;
    run.step("customers.list", kimai.customers().list().visible(Visibility::Hidden), |list| {
        assert!(list.iter().any(|found| found.id == scene.customer));
        "it is among the hidden ones"
    })
    .await;
    let show = kimai.customers().update(scene.customer, CustomerPatch::new().visible(true));
    run.step("customers.update", show, |found| {
        assert!(found.visible);
        "it is visible again"
    })
    .await;
}

async fn rates(run: &mut Run, kimai: &Client, id: ids::CustomerId) {
    let form = NewCustomerRate::new(75.5).internal_rate(50.25).is_fixed(false);
    let rate = run.step("customers.create_rate", kimai.customers().create_rate(id, form), |rate| {
        assert_eq!((rate.rate, rate.internal_rate, rate.is_fixed), (75.5, Some(50.25), false));
        assert!(rate.user.is_none());
        "75.50, and 50.25 internally"
    });
    let Some(rate) = rate.await else { return };
    run.step("customers.rates", kimai.customers().rates(id), |rates| {
        assert_eq!(rates.iter().map(|found| found.id).collect::<Vec<_>>(), [rate.id]);
        "it is listed"
    })
    .await;
    run.step("customers.delete_rate", kimai.customers().delete_rate(id, rate.id), |()| "it is deleted").await;
    run.step("customers.rates", kimai.customers().rates(id), |rates| {
        assert_eq!(rates.len(), 0);
        "none is left"
    })
    .await;
}

async fn comments(run: &mut Run, kimai: &Client, id: ids::CustomerId) {
    let create = kimai.customers().create_comment(id, NewComment::new("call back"));
    let comment = run.step("customers.create_comment", create, |comment| {
        assert_eq!((comment.message.as_str(), comment.pinned), ("call back", false));
        "it is not pinned"
    });
    let Some(comment) = comment.await else { return };
    run.step("customers.toggle_comment_pin", kimai.customers().toggle_comment_pin(id, comment.id), |comment| {
        assert!(comment.pinned);
        "it is pinned"
    })
    .await;
    run.step("customers.comments", kimai.customers().comments(id), |comments| {
        assert_eq!(comments.iter().map(|found| (found.id, found.pinned)).collect::<Vec<_>>(), [(comment.id, true)]);
        "it is listed"
    })
    .await;
    run.step("customers.delete_comment", kimai.customers().delete_comment(id, comment.id), |()| "it is deleted").await;
}

async fn custom_field(run: &mut Run, kimai: &Client, id: ids::CustomerId) {
    let Some(customer) = run.quietly("customers.get", kimai.customers().get(id)).await else { return };
    let name = customer.meta_fields.first().map(|field| field.name.as_str());
    let update = |field| kimai.customers().update_meta(id, field);
    fields::change(run, "customers.update_meta", name, update, Customer::meta).await;
}
