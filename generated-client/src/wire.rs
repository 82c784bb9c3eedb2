//! How values are written and read where their type alone does not say it.

/// Maps: PHP writes an empty one as `[]` in some places (fact E7).
pub(crate) mod map {
    use std::collections::BTreeMap;
    use std::fmt;
    use std::marker::PhantomData;

    use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

    pub(crate) fn value<'de, D, T>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error>
    where
        D: Deserializer<'de>,
        T: Deserialize<'de>,
    {
        deserializer.deserialize_any(MapVisitor(PhantomData))
    }

    pub(crate) fn option<'de, D, T>(deserializer: D) -> Result<Option<BTreeMap<String, T>>, D::Error>
    where
        D: Deserializer<'de>,
        T: Deserialize<'de>,
    {
        Ok(Option::<Map<T>>::deserialize(deserializer)?.map(|map| map.0))
    }

    pub(crate) struct Map<T>(pub(crate) BTreeMap<String, T>);

    impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            value(deserializer).map(Self)
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
                Some(_) => Err(serde::de::Error::invalid_type(serde::de::Unexpected::Seq, &self)),
            }
        }
    }
}

/// The three shapes in which a request holds a value that is written in a special way.
macro_rules! shapes {
    ($ty:ty, $write:expr) => {
        #[allow(clippy::ptr_arg, reason = "serde passes a reference to the field")]
        pub(crate) fn value<S: serde::Serializer>(value: &$ty, serializer: S) -> Result<S::Ok, S::Error> {
            $write(value, serializer)
        }

        #[allow(clippy::ref_option, reason = "serde passes a reference to the field")]
        pub(crate) fn option<S: serde::Serializer>(value: &Option<$ty>, serializer: S) -> Result<S::Ok, S::Error> {
            match value {
                Some(value) => $write(value, serializer),
                None => serializer.serialize_none(),
            }
        }

        pub(crate) fn patch<S: serde::Serializer>(value: &crate::Patch<$ty>, serializer: S) -> Result<S::Ok, S::Error> {
            match value.value() {
                Some(value) => $write(value, serializer),
                None => serializer.serialize_none(),
            }
        }
    };
}

/// Durations as `H:MM:SS`, because a plain number would be read as hours (fact T7).
pub(crate) mod hours_minutes_seconds {
    shapes!(crate::Duration, crate::time::wire::hms);
}

/// Dates with a time, where the server takes nothing else (fact T6).
pub(crate) mod date_as_date_time {
    shapes!(crate::Date, crate::time::wire::date_as_date_time);
}

/// Numbers that are numbers: JSON writes the others as null, which clears (facts R1, R3).
pub(crate) mod finite {
    use serde::Serializer;
    use serde::ser::Error as _;

    shapes!(f64, write);

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference to the field")]
    fn write<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        if !value.is_finite() {
            return Err(S::Error::custom(format!("{value} is no number that can be sent")));
        }
        serializer.serialize_f64(*value)
    }
}

/// Lists as one text with commas, which is how tags are written (fact R5).
pub(crate) mod comma_separated {
    use serde::Serializer;
    use serde::ser::Error as _;

    shapes!(Vec<String>, write);

    fn write<S: Serializer>(values: &[String], serializer: S) -> Result<S::Ok, S::Error> {
        if values.iter().any(|value| value.trim().is_empty()) {
            return Err(S::Error::custom("the list holds an empty text, which would be lost"));
        }
        if let Some(value) = values.iter().find(|value| value.contains(',')) {
            return Err(S::Error::custom(format!("'{value}' holds a comma, which separates the values")));
        }
        serializer.serialize_str(&values.join(","))
    }
}
