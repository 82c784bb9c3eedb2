//! The names that generated code uses, and nothing else: with these, it does not depend on where it stands.

pub use std::collections::BTreeMap;

pub use serde::{Deserialize, Deserializer, Serialize};

pub use crate::error::{DecodeError, InvalidRequest};
pub use crate::operation::{Bytes, HeaderMap, HttpRequest, HttpResponse, Method, ObjectStyle, Operation, Paged};
pub use crate::{
    Color, Country, Currency, Download, FieldValue, IdOr, Identified, OneOrMany, Page, Patch, Request, Secret, Select,
    TimeZoneName, Upload,
};
pub use crate::{history, multipart};
pub use {jiff, serde_json};

/// What generated code uses of these modules, which are no part of the public API.
macro_rules! modules {
    ($($name:ident)*) => {$(
        pub mod $name {
            //! See the module of this name in the crate.

            pub use crate::$name::*;
        }
    )*};
}

// A module of generated types must not have the name of a module here: see `group` in the generator.
modules!(enums id one_of wire);
