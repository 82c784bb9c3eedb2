//! How values are written and read where their type alone does not say it.
//!
//! A [`Wire`] is the encoding of a value; [`Value`], [`Given`], [`Nullable`] and [`Changed`] say how a field holds it.
//! The generated types combine both in `#[serde(with = "…")]`, as in `Given::<HoursMinutesSeconds>`. Dates, times and
//! durations always have an encoding, because jiff's own is not Kimai's.

mod composed;
mod durations;
mod encodings;
mod text;
mod times;

pub use composed::{ListOf, Map, MapOf, OrNull};
pub use durations::{HoursMinutesSeconds, Seconds};
pub use encodings::{CommaSeparated, Finite, Plain};
pub use text::{write_date, write_local_date_time, write_utc};
pub use times::{DateAsDateTime, DateOnly, LocalDateTime, OffsetDateTime};

use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Patch;

/// A way to write a value and to read it again.
pub trait Wire<T> {
    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// A field that is always written.
pub struct Value<W>(PhantomData<W>);

impl<W> Value<W> {
    pub fn serialize<T, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
    where
        W: Wire<T>,
    {
        W::write(value, serializer)
    }

    pub fn deserialize<'de, T, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>
    where
        W: Wire<T>,
    {
        W::read(deserializer)
    }
}

/// An optional field that is omitted or has a value: null would mean something else.
pub struct Given<W>(PhantomData<W>);

impl<W> Given<W> {
    #[allow(clippy::ref_option, reason = "serde passes a reference to the field")]
    pub fn serialize<T, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error>
    where
        W: Wire<T>,
    {
        write_or_null::<W, T, S>(value.as_ref(), serializer)
    }

    pub fn deserialize<'de, T, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        W: Wire<T>,
    {
        W::read(deserializer).map(Some)
    }
}

/// An optional field with the encoding of its type.
pub type Sent = Given<Plain>;

/// An optional field that is written as null if it is empty.
pub struct Nullable<W>(PhantomData<W>);

impl<W> Nullable<W> {
    #[allow(clippy::ref_option, reason = "serde passes a reference to the field")]
    pub fn serialize<T, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error>
    where
        W: Wire<T>,
    {
        write_or_null::<W, T, S>(value.as_ref(), serializer)
    }

    pub fn deserialize<'de, T, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        W: Wire<T>,
    {
        Ok(Option::<Read<W, T>>::deserialize(deserializer)?.map(Read::into_value))
    }
}

/// A field of a patch: kept, cleared or set.
pub struct Changed<W>(PhantomData<W>);

impl<W> Changed<W> {
    pub fn serialize<T, S: Serializer>(value: &Patch<T>, serializer: S) -> Result<S::Ok, S::Error>
    where
        W: Wire<T>,
    {
        write_or_null::<W, T, S>(value.value(), serializer)
    }

    pub fn deserialize<'de, T, D: Deserializer<'de>>(deserializer: D) -> Result<Patch<T>, D::Error>
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

/// A value that `W` reads, as a type of its own for serde.
pub struct Read<W, T> {
    value: T,
    encoding: PhantomData<W>,
}

impl<W, T> Read<W, T> {
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<'de, W: Wire<T>, T> Deserialize<'de> for Read<W, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        W::read(deserializer).map(|value| Self { value, encoding: PhantomData })
    }
}

/// A value that `W` writes, as a type of its own for serde.
pub struct Written<'a, W, T> {
    value: &'a T,
    encoding: PhantomData<W>,
}

impl<'a, W, T> Written<'a, W, T> {
    pub fn new(value: &'a T) -> Self {
        Self { value, encoding: PhantomData }
    }
}

impl<W: Wire<T>, T> Serialize for Written<'_, W, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        W::write(self.value, serializer)
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
mod property_tests;

#[cfg(test)]
mod tests;

#[cfg(test)]
mod time_tests;
