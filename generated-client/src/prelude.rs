//! The names that generated code uses.

pub(crate) use std::collections::BTreeMap;

pub(crate) use serde::{Deserialize, Deserializer, Serialize};

pub(crate) use crate::error::{DecodeError, InvalidRequest};
pub(crate) use crate::history;
pub(crate) use crate::operation::{Bytes, HeaderMap, HttpRequest, HttpResponse, Method, ObjectStyle, Operation, Paged};
pub(crate) use crate::{
    Color, Country, Currency, Download, FieldValue, IdOr, Identified, OneOrMany, Page, Patch, Request, Secret, Select,
    TimeZoneName, Upload,
};
