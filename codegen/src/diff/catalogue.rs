//! The rules: what can change, its name, and its severity for an existing client.

use super::wording::meaning;

/// Defines an enum whose values have names in reports.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$about])* $variant,)*
        }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name in reports.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

named! {
    /// The severity of a change for an old client with the new server, from the lowest to the highest.
    Severity {
        /// Requests and responses stay the same.
        None = "none",
        /// Everything that worked still works.
        Info = "info",
        /// Something may behave differently.
        Warning = "warning",
        /// Something that worked no longer works.
        Breaking = "breaking",
    }
}

named! {
    /// The part of an API that a change is in.
    Part {
        /// The document as a whole.
        Document = "document",
        /// A way to authenticate.
        Authentication = "authentication",
        /// A schema, by its name only.
        Schema = "schema",
        /// The generated client only.
        Client = "client",
        /// An operation as a whole.
        Operation = "operation",
        /// A parameter of a path.
        PathParameter = "path-parameter",
        /// A parameter of the query, the header or a cookie.
        RequestParameter = "request-parameter",
        /// Whether requests have a body.
        RequestBody = "request-body",
        /// A media type of a request body.
        RequestMediaType = "request-media-type",
        /// A value in a request body.
        RequestProperty = "request-property",
        /// A status of a response.
        ResponseStatus = "response-status",
        /// A media type of a response.
        ResponseMediaType = "response-media-type",
        /// A response header.
        ResponseHeader = "response-header",
        /// A value in a response body.
        ResponseProperty = "response-property",
        /// A response that is not successful.
        ErrorResponse = "error-response",
    }
}

impl Part {
    /// Whether it is in a body, where the names of schemas say more than the place.
    pub(super) fn is_body(self) -> bool {
        matches!(self, Self::RequestProperty | Self::ResponseProperty)
    }

    /// Whether it is in responses only.
    pub(super) fn is_answer(self) -> bool {
        use Part::{ErrorResponse, ResponseHeader, ResponseMediaType, ResponseProperty, ResponseStatus};
        matches!(self, ErrorResponse | ResponseHeader | ResponseMediaType | ResponseProperty | ResponseStatus)
    }
}

named! {
    /// What happened.
    Kind {
        /// It is new.
        Added = "added",
        /// It is new, and requests require it.
        AddedRequired = "added-required",
        /// It is gone.
        Removed = "removed",
        /// It is gone, and was deprecated before.
        RemovedAfterDeprecation = "removed-after-deprecation",
        /// It is somewhere else.
        Moved = "moved",
        /// It has another name.
        Renamed = "renamed",
        /// Something else replaces it.
        Changed = "changed",
        /// It is deprecated.
        Deprecated = "deprecated",
        /// It is no longer deprecated.
        Reactivated = "reactivated",
        /// It is required.
        BecameRequired = "became-required",
        /// It is no longer required.
        BecameOptional = "became-optional",
        /// Its type is another one.
        TypeChanged = "type-changed",
        /// Its type includes the old one.
        TypeWidened = "type-widened",
        /// The old type includes its type.
        TypeNarrowed = "type-narrowed",
        /// Its format is another one.
        FormatChanged = "format-changed",
        /// Its pattern is another one.
        PatternChanged = "pattern-changed",
        /// It is written differently.
        StyleChanged = "style-changed",
        /// Its reserved characters are written differently.
        AllowReservedChanged = "allow-reserved-changed",
        /// Its default is another one.
        DefaultChanged = "default-changed",
        /// It has more possible values.
        ValueAdded = "value-added",
        /// It has fewer possible values.
        ValueRemoved = "value-removed",
        /// It can be null.
        BecameNullable = "became-nullable",
        /// It can no longer be null.
        BecameNotNullable = "became-not-nullable",
        /// A limit is tighter.
        ConstraintTightened = "constraint-tightened",
        /// A limit is looser.
        ConstraintLoosened = "constraint-loosened",
        /// It can have one more shape.
        AlternativeAdded = "alternative-added",
        /// It can have one shape less.
        AlternativeRemoved = "alternative-removed",
        /// It requires other permissions.
        PermissionsChanged = "permissions-changed",
        /// It accepts other credentials.
        AuthenticationChanged = "authentication-changed",
        /// It accepts more credentials.
        AuthenticationWidened = "authentication-widened",
        /// It is sent to other servers.
        ServersChanged = "servers-changed",
        /// Its parts are encoded differently.
        EncodingChanged = "encoding-changed",
        /// Another property, or other values of it, say which of several shapes it has.
        DiscriminatorChanged = "discriminator-changed",
        /// It has other content.
        ContentChanged = "content-changed",
        /// Its operation id is another one.
        IdChanged = "id-changed",
        /// Its tags are other ones.
        TagsChanged = "tags-changed",
        /// A keyword that is not compared in detail has another value.
        NotCompared = "not-compared",
    }
}

impl Kind {
    /// Whether it can change the type of something in Rust, or whether it is there at all.
    pub(super) fn is_of_types(self) -> bool {
        !matches!(
            self,
            Self::AllowReservedChanged
                | Self::DefaultChanged
                | Self::ConstraintTightened
                | Self::ConstraintLoosened
                | Self::PermissionsChanged
                | Self::AuthenticationChanged
                | Self::AuthenticationWidened
                | Self::ServersChanged
                | Self::EncodingChanged
                | Self::ContentChanged
                | Self::IdChanged
                | Self::TagsChanged
                | Self::NotCompared
        )
    }
}

use Kind as K;

/// A rule of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its stable name, such as `request-property-removed`.
    pub id: String,
    /// What it says of a change, such as 'a property of a request body was removed'.
    pub meaning: String,
    /// Its severity.
    pub severity: Severity,
    /// Whether reports list its changes only on request.
    pub is_quiet: bool,
    /// The rules that can apply when the documents are swapped.
    pub opposites: Vec<String>,
    /// The same rule for the other direction, or why there is none.
    pub mirror: Result<String, &'static str>,
}

/// Kinds for the schema of any value.
const OF_VALUES: [Kind; 17] = [
    K::TypeChanged,
    K::TypeWidened,
    K::TypeNarrowed,
    K::FormatChanged,
    K::PatternChanged,
    K::DefaultChanged,
    K::ValueAdded,
    K::ValueRemoved,
    K::BecameNullable,
    K::BecameNotNullable,
    K::ConstraintTightened,
    K::ConstraintLoosened,
    K::AlternativeAdded,
    K::AlternativeRemoved,
    K::StyleChanged,
    K::DiscriminatorChanged,
    K::NotCompared,
];

/// Kinds for things that have names.
const OF_NAMES: [Kind; 8] = [
    K::Added,
    K::AddedRequired,
    K::Removed,
    K::Renamed,
    K::BecameRequired,
    K::BecameOptional,
    K::Deprecated,
    K::Reactivated,
];

/// All rules, by part and kind.
#[must_use]
pub fn catalogue() -> Vec<Rule> {
    let all = Part::ALL.iter().flat_map(|part| Kind::ALL.iter().map(move |kind| (*part, *kind)));
    all.filter(|(part, kind)| exists(*part, *kind)).map(|(part, kind)| rule(part, kind)).collect()
}

/// The name of a rule.
pub(super) fn id(part: Part, kind: Kind) -> String {
    format!("{}-{}", part.as_str(), kind.as_str())
}

fn rule(part: Part, kind: Kind) -> Rule {
    let opposites = opposites(kind).iter().filter(|kind| exists(part, **kind)).map(|kind| id(part, *kind)).collect();
    let mirror = match mirror(part) {
        Ok(other) if exists(other, kind) => Ok(id(other, kind)),
        Ok(_) => Err(alone(kind)),
        Err(reason) => Err(reason),
    };
    Rule {
        id: id(part, kind),
        meaning: meaning(part, kind),
        severity: severity(part, kind),
        is_quiet: is_quiet(part, kind),
        opposites,
        mirror,
    }
}

/// Whether reports list its changes only on request: clients of the API do not notice them, or handle them alike.
pub(super) fn is_quiet(part: Part, kind: Kind) -> bool {
    part == Part::ErrorResponse
        || matches!(kind, K::IdChanged | K::TagsChanged)
        || severity(part, kind) == Severity::None
}

/// Whether there is such a rule.
pub(super) fn exists(part: Part, kind: Kind) -> bool {
    match part {
        Part::Document => kind == K::NotCompared,
        Part::Authentication => matches!(kind, K::Added | K::Removed | K::Changed | K::NotCompared),
        Part::Schema => kind == K::Renamed,
        Part::Client => kind == K::Changed,
        Part::Operation => matches!(
            kind,
            K::Added
                | K::Removed
                | K::RemovedAfterDeprecation
                | K::Moved
                | K::Deprecated
                | K::Reactivated
                | K::PermissionsChanged
                | K::AuthenticationChanged
                | K::AuthenticationWidened
                | K::ServersChanged
                | K::IdChanged
                | K::TagsChanged
                | K::NotCompared
        ),
        Part::PathParameter => OF_VALUES.contains(&kind) || matches!(kind, K::Deprecated | K::Reactivated),
        Part::RequestBody => {
            let is_of_body = matches!(kind, K::Added | K::AddedRequired | K::Removed | K::NotCompared);
            is_of_body || matches!(kind, K::BecameRequired | K::BecameOptional)
        }
        Part::RequestMediaType | Part::ResponseMediaType => {
            matches!(kind, K::Added | K::Removed | K::EncodingChanged | K::NotCompared)
        }
        Part::ResponseStatus => matches!(kind, K::Added | K::Removed | K::Changed | K::NotCompared),
        Part::ErrorResponse => matches!(kind, K::Added | K::Removed | K::ContentChanged),
        Part::RequestParameter => {
            let is_of_requests = matches!(kind, K::Moved | K::AllowReservedChanged);
            is_of_requests || OF_VALUES.contains(&kind) || OF_NAMES.contains(&kind)
        }
        Part::ResponseHeader => (OF_VALUES.contains(&kind) || OF_NAMES.contains(&kind)) && kind != K::AddedRequired,
        Part::RequestProperty => (OF_VALUES.contains(&kind) && kind != K::StyleChanged) || OF_NAMES.contains(&kind),
        Part::ResponseProperty => {
            ((OF_VALUES.contains(&kind) && kind != K::StyleChanged) || OF_NAMES.contains(&kind))
                && kind != K::AddedRequired
        }
    }
}

/// Its severity.
pub(super) fn severity(part: Part, kind: Kind) -> Severity {
    use Severity::{Breaking, Info, Warning};
    let is_answer = part.is_answer();
    match kind {
        _ if part == Part::Schema => Severity::None,
        K::Changed if part == Part::Client => Severity::None,
        _ if part == Part::ErrorResponse => Info,
        K::ContentChanged | K::IdChanged | K::TagsChanged => Info,
        // What it means for clients is not known.
        K::NotCompared | K::ServersChanged => Warning,
        K::EncodingChanged if is_answer => Warning,
        K::EncodingChanged | K::DiscriminatorChanged => Breaking,
        K::Added | K::Reactivated => Info,
        // Servers reject unknown properties, and ignore unknown filters, so that they
        // return everything.
        K::AddedRequired | K::Removed | K::Moved | K::Renamed | K::Changed | K::TypeChanged | K::StyleChanged => {
            Breaking
        }
        K::RemovedAfterDeprecation | K::Deprecated | K::PermissionsChanged => Warning,
        K::AuthenticationChanged => Breaking,
        K::BecameRequired | K::BecameNotNullable | K::ConstraintTightened | K::TypeNarrowed | K::AlternativeRemoved => {
            if is_answer {
                Info
            } else {
                Breaking
            }
        }
        // Responses do not always contain what a document requires.
        K::BecameOptional if is_answer => Warning,
        K::BecameNullable | K::TypeWidened | K::AlternativeAdded if is_answer => Breaking,
        K::BecameOptional | K::BecameNullable | K::TypeWidened | K::AlternativeAdded => Info,
        K::ConstraintLoosened | K::AuthenticationWidened => Info,
        K::ValueAdded if is_answer => Warning,
        K::ValueRemoved if is_answer => Info,
        K::ValueAdded => Info,
        K::ValueRemoved => Breaking,
        K::DefaultChanged if is_answer => Info,
        K::PatternChanged if is_answer => Info,
        K::FormatChanged | K::PatternChanged | K::AllowReservedChanged | K::DefaultChanged => Warning,
    }
}

fn opposites(kind: Kind) -> &'static [Kind] {
    match kind {
        K::Added | K::AddedRequired => &[K::Removed, K::RemovedAfterDeprecation],
        K::Removed | K::RemovedAfterDeprecation => &[K::Added, K::AddedRequired],
        K::Moved => &[K::Moved],
        K::Renamed => &[K::Renamed],
        K::Changed => &[K::Changed],
        K::Deprecated => &[K::Reactivated],
        K::Reactivated => &[K::Deprecated],
        K::BecameRequired => &[K::BecameOptional],
        K::BecameOptional => &[K::BecameRequired],
        K::TypeChanged => &[K::TypeChanged],
        K::TypeWidened => &[K::TypeNarrowed],
        K::TypeNarrowed => &[K::TypeWidened],
        K::FormatChanged => &[K::FormatChanged],
        K::PatternChanged => &[K::PatternChanged],
        K::StyleChanged => &[K::StyleChanged],
        K::AllowReservedChanged => &[K::AllowReservedChanged],
        K::DefaultChanged => &[K::DefaultChanged],
        K::ValueAdded => &[K::ValueRemoved],
        K::ValueRemoved => &[K::ValueAdded],
        K::BecameNullable => &[K::BecameNotNullable],
        K::BecameNotNullable => &[K::BecameNullable],
        // Of two multiples, neither may have the other in it.
        K::ConstraintTightened => &[K::ConstraintLoosened, K::ConstraintTightened],
        K::ConstraintLoosened => &[K::ConstraintTightened],
        K::AlternativeAdded => &[K::AlternativeRemoved],
        K::AlternativeRemoved => &[K::AlternativeAdded],
        K::PermissionsChanged => &[K::PermissionsChanged],
        K::AuthenticationChanged => &[K::AuthenticationChanged, K::AuthenticationWidened],
        K::AuthenticationWidened => &[K::AuthenticationChanged],
        K::ServersChanged => &[K::ServersChanged],
        K::EncodingChanged => &[K::EncodingChanged],
        K::DiscriminatorChanged => &[K::DiscriminatorChanged],
        K::ContentChanged => &[K::ContentChanged],
        K::IdChanged => &[K::IdChanged],
        K::TagsChanged => &[K::TagsChanged],
        K::NotCompared => &[K::NotCompared],
    }
}

/// The part in the other direction.
fn mirror(part: Part) -> Result<Part, &'static str> {
    match part {
        Part::RequestParameter => Ok(Part::ResponseHeader),
        Part::ResponseHeader => Ok(Part::RequestParameter),
        Part::RequestProperty => Ok(Part::ResponseProperty),
        Part::ResponseProperty => Ok(Part::RequestProperty),
        Part::RequestMediaType => Ok(Part::ResponseMediaType),
        Part::ResponseMediaType => Ok(Part::RequestMediaType),
        Part::Schema | Part::Client => Err("names are not part of requests and responses"),
        Part::Document | Part::Authentication | Part::Operation => Err("it applies to requests and responses alike"),
        Part::PathParameter => Err("responses have no path"),
        Part::RequestBody => Err("its media types say whether a response has a body"),
        Part::ResponseStatus | Part::ErrorResponse => Err("requests have no status"),
    }
}

/// Why a kind has no mirror, although its part has one.
fn alone(kind: Kind) -> &'static str {
    match kind {
        K::Moved => "a response header cannot move",
        K::AllowReservedChanged => "the values of response headers are never percent-encoded",
        K::AddedRequired => "clients do not send what is added to a response",
        _ => "the other direction has no such rule",
    }
}
