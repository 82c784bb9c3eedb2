//! Encodings of lists, maps and elements that may be null, made of the encoding of what they hold.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serializer};

use super::{Read, Wire, Written};

/// A list with elements of this encoding.
pub struct ListOf<W>(PhantomData<W>);

impl<W: Wire<T>, T> Wire<Vec<T>> for ListOf<W> {
    fn write<S: Serializer>(values: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(values.iter().map(Written::<W, T>::new))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        Ok(Vec::<Read<W, T>>::deserialize(deserializer)?.into_iter().map(Read::into_value).collect())
    }
}

/// A value of this encoding, or null.
pub struct OrNull<W>(PhantomData<W>);

impl<W: Wire<T>, T> Wire<Option<T>> for OrNull<W> {
    fn write<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        super::write_or_null::<W, T, S>(value.as_ref(), serializer)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        Ok(Option::<Read<W, T>>::deserialize(deserializer)?.map(Read::into_value))
    }
}

/// A map with values of this encoding.
pub struct MapOf<W>(PhantomData<W>);

impl<W: Wire<T>, T> Wire<BTreeMap<String, T>> for MapOf<W> {
    fn write<S: Serializer>(values: &BTreeMap<String, T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(values.iter().map(|(key, value)| (key, Written::<W, T>::new(value))))
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error> {
        let Map(map) = Map::<Read<W, T>>::deserialize(deserializer)?;
        Ok(map.into_iter().map(|(key, read)| (key, read.into_value())).collect())
    }
}

/// Reads a map. PHP writes an empty one as `[]` in some places.
pub struct Map<T>(pub(crate) BTreeMap<String, T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MapVisitor(PhantomData)).map(Self)
    }
}

struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for MapVisitor<T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, or an empty array in its place")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((key, value)) = members.next_entry()? {
            map.insert(key, value);
        }
        Ok(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        match elements.next_element::<IgnoredAny>()? {
            None => Ok(BTreeMap::new()),
            Some(_) => Err(A::Error::invalid_type(Unexpected::Seq, &self)),
        }
    }
}
