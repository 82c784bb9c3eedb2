//! The table of all keywords: the fixed fields of each object, as the specification orders them.

use super::Holds::{List, Map, One, Value, Values};
use super::Treatment::{Compared, Followed, Ignored, NotCompared};
use super::{Holds, Object, Treatment};
use crate::diff::catalogue::Kind as K;

pub(super) type Row = (&'static str, Treatment, Holds);

pub(super) const EXTENSION: &str = "the specification does not say what an extension means";

/// Texts and examples, also where the specification does not have them.
pub(super) const PROSE: [&str; 6] = ["description", "summary", "title", "example", "examples", "externalDocs"];

const TEXT: Treatment = Ignored("a text for people");
const LINK: Treatment = Ignored("a link for people");
const EXAMPLE: Treatment = Ignored("an example");
const OPERATIONS: Treatment = Compared(&[K::Added, K::Removed, K::RemovedAfterDeprecation, K::Moved]);
const PARAMETERS: Treatment = Compared(&[K::Added, K::AddedRequired, K::Removed, K::Renamed, K::Moved]);
const HEADERS: Treatment = Compared(&[K::Added, K::Removed, K::Renamed]);
const BODY: Treatment = Compared(&[K::Added, K::AddedRequired, K::Removed]);
const MEDIA_TYPES: Treatment = Compared(&[K::Added, K::Removed]);
const RESPONSES: Treatment = Compared(&[K::Added, K::Removed, K::Changed]);
const PRESENCE: Treatment = Compared(&[K::BecameRequired, K::BecameOptional]);
const DEPRECATION: Treatment = Compared(&[K::Deprecated, K::Reactivated]);
const LIMIT: Treatment = Compared(&[K::ConstraintTightened, K::ConstraintLoosened]);
const STYLE: Treatment = Compared(&[K::StyleChanged]);
const SERVERS: Treatment = Compared(&[K::ServersChanged]);
const ENCODING: Treatment = Compared(&[K::EncodingChanged]);
const CREDENTIALS: Treatment = Compared(&[K::Added, K::Removed, K::Changed]);
const REQUIREMENTS: Treatment = Compared(&[K::PermissionsChanged, K::AuthenticationChanged, K::AuthenticationWidened]);
const ALTERNATIVES: Treatment = Compared(&[K::AlternativeAdded, K::AlternativeRemoved]);
const DIRECTION: Treatment = Compared(&[K::Added, K::AddedRequired, K::Removed]);
const DISCRIMINATOR: Treatment = Compared(&[K::DiscriminatorChanged]);

/// The keywords of an object.
pub(super) fn rows(object: Object) -> &'static [Row] {
    TABLE.iter().find(|(known, _)| *known == object).map_or(&[], |(_, rows)| *rows)
}

const TABLE: &[(Object, &[Row])] = &[
    (
        Object::Document,
        &[
            ("openapi", Ignored("the version of the notation"), Value),
            ("info", Ignored("texts about the document"), One(Object::Info)),
            ("servers", SERVERS, List(Object::Server)),
            ("paths", OPERATIONS, One(Object::Paths)),
            ("components", Followed, One(Object::Components)),
            ("security", REQUIREMENTS, List(Object::SecurityRequirement)),
            ("tags", Ignored("texts about the tags of operations"), List(Object::Tag)),
            ("externalDocs", LINK, One(Object::ExternalDocumentation)),
        ],
    ),
    (
        Object::Info,
        &[
            ("title", TEXT, Value),
            ("description", TEXT, Value),
            ("termsOfService", LINK, Value),
            ("contact", TEXT, One(Object::Contact)),
            ("license", TEXT, One(Object::License)),
            ("version", Ignored("the version of the document, not of the API"), Value),
        ],
    ),
    (Object::Contact, &[("name", TEXT, Value), ("url", LINK, Value), ("email", TEXT, Value)]),
    (Object::License, &[("name", TEXT, Value), ("url", LINK, Value)]),
    (
        Object::Server,
        &[("url", SERVERS, Value), ("description", TEXT, Value), ("variables", SERVERS, Map(Object::ServerVariable))],
    ),
    (Object::ServerVariable, &[("enum", SERVERS, Values), ("default", SERVERS, Value), ("description", TEXT, Value)]),
    (
        Object::Components,
        &[
            ("schemas", Followed, Map(Object::Schema)),
            ("responses", Followed, Map(Object::Response)),
            ("parameters", Followed, Map(Object::Parameter)),
            ("examples", EXAMPLE, Map(Object::Example)),
            ("requestBodies", Followed, Map(Object::RequestBody)),
            ("headers", Followed, Map(Object::Header)),
            ("securitySchemes", Followed, Map(Object::SecurityScheme)),
            ("links", NotCompared, Map(Object::Link)),
            ("callbacks", NotCompared, Map(Object::Callback)),
        ],
    ),
    (Object::Paths, &[("{path}", OPERATIONS, One(Object::PathItem))]),
    (
        Object::PathItem,
        &[
            ("$ref", Followed, Value),
            ("summary", TEXT, Value),
            ("description", TEXT, Value),
            ("get", OPERATIONS, One(Object::Operation)),
            ("put", OPERATIONS, One(Object::Operation)),
            ("post", OPERATIONS, One(Object::Operation)),
            ("delete", OPERATIONS, One(Object::Operation)),
            ("options", OPERATIONS, One(Object::Operation)),
            ("head", OPERATIONS, One(Object::Operation)),
            ("patch", OPERATIONS, One(Object::Operation)),
            ("trace", OPERATIONS, One(Object::Operation)),
            ("servers", SERVERS, List(Object::Server)),
            ("parameters", PARAMETERS, List(Object::Parameter)),
        ],
    ),
    (
        Object::Operation,
        &[
            ("tags", Compared(&[K::TagsChanged]), Values),
            ("summary", TEXT, Value),
            ("description", TEXT, Value),
            ("externalDocs", LINK, One(Object::ExternalDocumentation)),
            ("operationId", Compared(&[K::IdChanged]), Value),
            ("parameters", PARAMETERS, List(Object::Parameter)),
            ("requestBody", BODY, One(Object::RequestBody)),
            ("responses", RESPONSES, One(Object::Responses)),
            ("callbacks", NotCompared, Map(Object::Callback)),
            ("deprecated", DEPRECATION, Value),
            ("security", REQUIREMENTS, List(Object::SecurityRequirement)),
            ("servers", SERVERS, List(Object::Server)),
        ],
    ),
    (Object::ExternalDocumentation, &[("description", TEXT, Value), ("url", LINK, Value)]),
    (
        Object::Parameter,
        &[
            ("name", PARAMETERS, Value),
            ("in", PARAMETERS, Value),
            ("description", TEXT, Value),
            ("required", PRESENCE, Value),
            ("deprecated", DEPRECATION, Value),
            ("allowEmptyValue", LIMIT, Value),
            ("style", STYLE, Value),
            ("explode", STYLE, Value),
            ("allowReserved", Compared(&[K::AllowReservedChanged]), Value),
            ("schema", Followed, One(Object::Schema)),
            ("example", EXAMPLE, Value),
            ("examples", EXAMPLE, Map(Object::Example)),
            ("content", STYLE, Map(Object::MediaType)),
        ],
    ),
    (
        Object::RequestBody,
        &[
            ("description", TEXT, Value),
            ("content", MEDIA_TYPES, Map(Object::MediaType)),
            ("required", PRESENCE, Value),
        ],
    ),
    (
        Object::MediaType,
        &[
            ("schema", Followed, One(Object::Schema)),
            ("example", EXAMPLE, Value),
            ("examples", EXAMPLE, Map(Object::Example)),
            ("encoding", ENCODING, Map(Object::Encoding)),
        ],
    ),
    (
        Object::Encoding,
        &[
            ("contentType", ENCODING, Value),
            ("headers", ENCODING, Map(Object::Header)),
            ("style", ENCODING, Value),
            ("explode", ENCODING, Value),
            ("allowReserved", ENCODING, Value),
        ],
    ),
    (
        Object::Responses,
        &[("default", RESPONSES, One(Object::Response)), ("{status}", RESPONSES, One(Object::Response))],
    ),
    (
        Object::Response,
        &[
            ("description", TEXT, Value),
            ("headers", HEADERS, Map(Object::Header)),
            ("content", MEDIA_TYPES, Map(Object::MediaType)),
            ("links", NotCompared, Map(Object::Link)),
        ],
    ),
    (Object::Callback, &[("{expression}", NotCompared, One(Object::PathItem))]),
    (
        Object::Example,
        &[
            ("summary", EXAMPLE, Value),
            ("description", EXAMPLE, Value),
            ("value", EXAMPLE, Value),
            ("externalValue", EXAMPLE, Value),
        ],
    ),
    (
        Object::Link,
        &[
            ("operationRef", NotCompared, Value),
            ("operationId", NotCompared, Value),
            ("parameters", NotCompared, Value),
            ("requestBody", NotCompared, Value),
            ("description", TEXT, Value),
            ("server", NotCompared, One(Object::Server)),
        ],
    ),
    (
        Object::Header,
        &[
            ("description", TEXT, Value),
            ("required", PRESENCE, Value),
            ("deprecated", DEPRECATION, Value),
            ("style", Ignored("headers have a single style"), Value),
            ("explode", STYLE, Value),
            ("schema", Followed, One(Object::Schema)),
            ("example", EXAMPLE, Value),
            ("examples", EXAMPLE, Map(Object::Example)),
            ("content", STYLE, Map(Object::MediaType)),
        ],
    ),
    (Object::Tag, &[("name", TEXT, Value), ("description", TEXT, Value), ("externalDocs", LINK, Value)]),
    (Object::Reference, &[("$ref", Followed, Value)]),
    (Object::Schema, SCHEMA),
    (Object::Discriminator, &[("propertyName", DISCRIMINATOR, Value), ("mapping", DISCRIMINATOR, Value)]),
    (
        Object::Xml,
        &[
            ("name", NotCompared, Value),
            ("namespace", NotCompared, Value),
            ("prefix", NotCompared, Value),
            ("attribute", NotCompared, Value),
            ("wrapped", NotCompared, Value),
        ],
    ),
    (
        Object::SecurityScheme,
        &[
            ("type", CREDENTIALS, Value),
            ("description", TEXT, Value),
            ("name", CREDENTIALS, Value),
            ("in", CREDENTIALS, Value),
            ("scheme", CREDENTIALS, Value),
            ("bearerFormat", Ignored("a hint for people"), Value),
            ("flows", NotCompared, One(Object::OAuthFlows)),
            ("openIdConnectUrl", CREDENTIALS, Value),
        ],
    ),
    (
        Object::OAuthFlows,
        &[
            ("implicit", NotCompared, One(Object::OAuthFlow)),
            ("password", NotCompared, One(Object::OAuthFlow)),
            ("clientCredentials", NotCompared, One(Object::OAuthFlow)),
            ("authorizationCode", NotCompared, One(Object::OAuthFlow)),
        ],
    ),
    (
        Object::OAuthFlow,
        &[
            ("authorizationUrl", NotCompared, Value),
            ("tokenUrl", NotCompared, Value),
            ("refreshUrl", NotCompared, Value),
            ("scopes", NotCompared, Value),
        ],
    ),
    (Object::SecurityRequirement, &[("{name}", REQUIREMENTS, Values)]),
];

const SCHEMA: &[Row] = &[
    ("title", TEXT, Value),
    ("multipleOf", LIMIT, Value),
    ("maximum", LIMIT, Value),
    ("exclusiveMaximum", LIMIT, Value),
    ("minimum", LIMIT, Value),
    ("exclusiveMinimum", LIMIT, Value),
    ("maxLength", LIMIT, Value),
    ("minLength", LIMIT, Value),
    ("pattern", Compared(&[K::PatternChanged, K::ValueAdded, K::ValueRemoved]), Value),
    ("maxItems", LIMIT, Value),
    ("minItems", LIMIT, Value),
    ("uniqueItems", LIMIT, Value),
    ("maxProperties", LIMIT, Value),
    ("minProperties", LIMIT, Value),
    ("required", PRESENCE, Values),
    ("enum", Compared(&[K::ValueAdded, K::ValueRemoved]), Values),
    ("type", Compared(&[K::TypeChanged, K::TypeWidened, K::TypeNarrowed]), Value),
    ("allOf", Followed, List(Object::Schema)),
    ("oneOf", ALTERNATIVES, List(Object::Schema)),
    ("anyOf", ALTERNATIVES, List(Object::Schema)),
    ("not", LIMIT, One(Object::Schema)),
    ("items", Compared(&[K::TypeWidened, K::TypeNarrowed]), One(Object::Schema)),
    ("properties", Compared(&[K::Added, K::AddedRequired, K::Removed, K::Renamed]), Map(Object::Schema)),
    (
        "additionalProperties",
        Compared(&[K::ConstraintTightened, K::ConstraintLoosened, K::TypeWidened, K::TypeNarrowed]),
        One(Object::Schema),
    ),
    ("description", TEXT, Value),
    ("format", Compared(&[K::FormatChanged]), Value),
    ("default", Compared(&[K::DefaultChanged]), Value),
    ("nullable", Compared(&[K::BecameNullable, K::BecameNotNullable]), Value),
    ("discriminator", DISCRIMINATOR, One(Object::Discriminator)),
    ("readOnly", DIRECTION, Value),
    ("writeOnly", DIRECTION, Value),
    ("xml", NotCompared, One(Object::Xml)),
    ("externalDocs", LINK, One(Object::ExternalDocumentation)),
    ("example", EXAMPLE, Value),
    ("deprecated", DEPRECATION, Value),
];
