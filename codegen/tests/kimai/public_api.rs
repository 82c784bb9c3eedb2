//! What the public API of the client must not contain.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use codegen::api::TypeKind;
use codegen::history::History;
use codegen::rust::{self, Files};
use syn::{Fields, FnArg, ImplItem, Item, Visibility};

use crate::{API, NEWEST};

static FILES: LazyLock<Files> = LazyLock::new(|| rust::generate(&NEWEST, &History::default()).unwrap());

/// All items, with the file in which they stand.
fn items() -> impl Iterator<Item = (&'static str, Item)> {
    FILES.iter().flat_map(|(name, text)| {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        file.items.into_iter().map(|item| (name.as_str(), item))
    })
}

/// The arguments of all public methods: the method, the name, the type.
fn arguments() -> Vec<(String, String, String)> {
    let mut arguments = Vec::new();
    for (file, item) in items() {
        let Item::Impl(block) = item else { continue };
        if block.trait_.is_some() {
            continue;
        }
        let subject = tokens(&block.self_ty);
        for item in block.items {
            let ImplItem::Fn(method) = item else { continue };
            if !matches!(method.vis, Visibility::Public(_)) {
                continue;
            }
            for input in &method.sig.inputs {
                if let FnArg::Typed(argument) = input {
                    let place = format!("{file}: {subject}::{}", method.sig.ident);
                    arguments.push((place, tokens(&argument.pat), tokens(&argument.ty)));
                }
            }
        }
    }
    arguments
}

fn tokens(item: &impl quote::ToTokens) -> String {
    item.to_token_stream().to_string().replace(' ', "")
}

#[test]
fn no_argument_is_optional() {
    let all = arguments();
    assert!(all.len() > 400, "{}", all.len());
    let optional: Vec<_> = all.iter().filter(|(_, _, ty)| ty.contains("Option<")).collect();
    assert!(optional.is_empty(), "{optional:?}");
}

#[test]
fn arguments_cannot_be_mixed_up() {
    let mut calls: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (place, _, ty) in arguments() {
        calls.entry(place).or_default().push(ty);
    }
    for (place, types) in &calls {
        let kinds: BTreeSet<&String> = types.iter().collect();
        assert!(types.len() - kinds.len() <= 1 && types.len() <= 4, "{place} {types:?}");
    }
}

#[test]
fn what_is_text_is_text() {
    let mut texts = BTreeSet::new();
    for (_, item) in items() {
        let Item::Struct(def) = item else { continue };
        let Fields::Named(fields) = def.fields else { continue };
        for field in fields.named {
            if tokens(&field.ty).contains("String") && !tokens(&field.ty).starts_with("BTreeMap") {
                texts.extend(field.ident.map(|name| name.to_string()));
            }
        }
    }
    for (_, name, ty) in arguments() {
        if ty.contains("String") || ty.contains("str") {
            texts.insert(name);
        }
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let no_ids_dates_enums_or_durations = [
        "account_number",
        "address",
        "address_line1",
        "address_line2",
        "address_line3",
        "alias",
        "avatar",
        "buyer_reference",
        "city",
        "class",
        "comment",
        "company",
        "contact",
        "copyright",
        "default_begin_time",
        "description",
        "email",
        "fax",
        "homepage",
        "initials",
        "invoice_email",
        "invoice_filename",
        "invoice_number",
        "invoice_text",
        "message",
        "mobile",
        "name",
        "number",
        "order_number",
        "parent_title",
        "phone",
        "post_code",
        "tags",
        "term",
        "title",
        "url",
        "username",
        "value",
        "vat_id",
        "version",
    ];
    assert_eq!(texts, no_ids_dates_enums_or_durations);
}

/// The types with a method that finds a value by its name, and the field in which it does.
#[test]
fn custom_fields_and_preferences_are_found_by_their_names() {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for def in API.types.values() {
        let TypeKind::Answer { fields, .. } = &def.kind else { continue };
        for field in fields {
            if let Some(lookup) = &field.lookup {
                found.entry(format!("{}() of {}", lookup.method, field.name)).or_default().push(def.name.clone());
            }
        }
    }
    let types = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let with_custom_fields = [
        "Activity",
        "ActivityExpanded",
        "ActivityRef",
        "ActivitySummary",
        "Customer",
        "CustomerRef",
        "CustomerSummary",
        "CustomerSummaryExpanded",
        "Invoice",
        "InvoiceSummary",
        "Project",
        "ProjectExpanded",
        "ProjectRef",
        "ProjectSummary",
        "Timesheet",
        "TimesheetExpanded",
        "TimesheetSummary",
        "TimesheetSummaryExpanded",
    ];
    let expected = BTreeMap::from([
        ("meta() of meta_fields".to_owned(), types(&with_custom_fields)),
        ("preference() of preferences".to_owned(), types(&["User"])),
    ]);
    assert_eq!(found, expected);
    let lists = API.types.values().flat_map(|def| match &def.kind {
        TypeKind::Answer { fields, .. } => fields.as_slice(),
        _ => &[],
    });
    assert_eq!(lists.filter(|field| field.wire == "metaFields").count(), with_custom_fields.len());
}
