//! The names that generated code uses.

pub(crate) use std::collections::BTreeMap;

pub(crate) use serde::{Deserialize, Deserializer, Serialize};

pub(crate) use crate::error::{DecodeError, InvalidRequest};
pub(crate) use crate::operation::{HttpRequest, HttpResponse, Method, Operation, Paged, history};
pub(crate) use crate::{
    Color, Country, Currency, Date, DateTime, Download, Duration, FieldValue, IdOr, Identified, LocalDateTime,
    OneOrMany, Page, Patch, Request, Secret, Select, TimeZone, Upload,
};
