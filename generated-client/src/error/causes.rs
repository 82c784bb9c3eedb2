//! Why a server may refuse a property (fact R2).

/// What is known of single properties.
const PROPERTIES: [(&str, &str); 4] = [
    ("begin", "the tracking modes punch and duration_fixed_begin do not take it (fact R15)"),
    ("end", "the tracking modes punch and duration_fixed_begin do not take it (fact R15)"),
    ("break", "it is taken where breaks are switched on, since 2.30 (fact R2)"),
    ("teams", "it is taken when something is created, not when it is changed (fact R2)"),
];

/// Why the server may not take this property.
pub(super) fn of(property: &str) -> String {
    let known = PROPERTIES.iter().find(|(name, _)| *name == property);
    let cause = known.map_or(
        "it is newer than the server, or needs a permission that the user does not have (fact R2)",
        |(_, cause)| cause,
    );
    format!("`{property}`: {cause}")
}
