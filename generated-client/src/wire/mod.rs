//! How values are written and read where their type alone does not say it.
//!
//! A [`Wire`] says how one value is written; [`Value`], [`Given`], [`Nullable`] and [`Changed`] say where a request holds
//! it. Together they stand in `#[serde(with = "…")]` of the generated types: `Given::<HoursMinutesSeconds>`.

mod encodings;
pub(crate) mod map;

pub(crate) use encodings::{CommaSeparated, DateAsDateTime, Finite, HoursMinutesSeconds, Plain};

use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Patch;

/// A way to write a value and to read it again.
pub(crate) trait Wire<T> {
    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// A property that is always sent.
pub(crate) struct Value<W>(PhantomData<W>);

impl<W> Value<W> {
    pub(crate) fn serialize<T, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
    where
        W: Wire<T>,
    {
        W::write(value, serializer)
    }

    pub(crate) fn deserialize<'de, T, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>
    where
        W: Wire<T>,
    {
        W::read(deserializer)
    }
}

/// A property that is left out or has a value: null would mean something else (fact R3).
pub(crate) struct Given<W>(PhantomData<W>);

impl<W> Given<W> {
    #[allow(clippy::ref_option, reason = "serde passes a reference to the field")]
    pub(crate) fn serialize<T, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error>
    where
        W: Wire<T>,
    {
        write_or_null::<W, T, S>(value.as_ref(), serializer)
    }

    pub(crate) fn deserialize<'de, T, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        W: Wire<T>,
    {
        W::read(deserializer).map(Some)
    }
}

/// A property that is left out or written as its type is.
pub(crate) type Sent = Given<Plain>;

/// A property that is always sent, as null too.
pub(crate) struct Nullable<W>(PhantomData<W>);

impl<W> Nullable<W> {
    #[allow(clippy::ref_option, reason = "serde passes a reference to the field")]
    pub(crate) fn serialize<T, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error>
    where
        W: Wire<T>,
    {
        write_or_null::<W, T, S>(value.as_ref(), serializer)
    }

    pub(crate) fn deserialize<'de, T, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        W: Wire<T>,
    {
        Ok(Option::<Read<W, T>>::deserialize(deserializer)?.map(|read| read.value))
    }
}

/// A property that is kept, cleared or set (fact R1).
pub(crate) struct Changed<W>(PhantomData<W>);

impl<W> Changed<W> {
    pub(crate) fn serialize<T, S: Serializer>(value: &Patch<T>, serializer: S) -> Result<S::Ok, S::Error>
    where
        W: Wire<T>,
    {
        write_or_null::<W, T, S>(value.value(), serializer)
    }

    pub(crate) fn deserialize<'de, T, D: Deserializer<'de>>(deserializer: D) -> Result<Patch<T>, D::Error>
    where
        W: Wire<T>,
    {
        Ok(Nullable::<W>::deserialize(deserializer)?.map_or(Patch::Clear, Patch::Set))
    }
}

fn write_or_null<W: Wire<T>, T, S: Serializer>(value: Option<&T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => W::write(value, serializer),
        None => serializer.serialize_none(),
    }
}

/// What `W` reads, for serde to find below an option.
struct Read<W, T> {
    value: T,
    way: PhantomData<W>,
}

impl<'de, W: Wire<T>, T> Deserialize<'de> for Read<W, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        W::read(deserializer).map(|value| Self { value, way: PhantomData })
    }
}

impl<T: Serialize + for<'de> Deserialize<'de>> Wire<T> for Plain {
    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests;
