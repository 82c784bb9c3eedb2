use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An object with an id.
pub trait Identified {
    /// Type of the id.
    type Id: Copy + From<u64> + Into<u64> + fmt::Debug + PartialEq;

    /// Returns the id.
    fn id(&self) -> Self::Id;
}

/// An object or its id: the release of the server decides which it sends.
///
/// ```
/// use generated_client::{IdOr, Identified};
///
/// #[derive(serde::Deserialize)]
/// struct User {
///     id: u64,
/// }
///
/// impl Identified for User {
///     type Id = u64;
///
///     fn id(&self) -> u64 {
///         self.id
///     }
/// }
///
/// for text in ["5", r#"{"id": 5}"#] {
///     let user: IdOr<User> = serde_json::from_str(text)?;
///     assert_eq!(user.id(), 5);
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum IdOr<T: Identified> {
    /// The id.
    Id(T::Id),
    /// The object.
    Object(Box<T>),
}

impl<T: Identified> IdOr<T> {
    /// Returns the id, which is always known.
    pub fn id(&self) -> T::Id {
        match self {
            Self::Id(id) => *id,
            Self::Object(object) => object.id(),
        }
    }

    /// Returns the object, if the server sent it.
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

impl<T: Identified + Serialize> Serialize for IdOr<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => serializer.serialize_u64((*id).into()),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}

impl<'de, T: Identified + DeserializeOwned> Deserialize<'de> for IdOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);

        impl<'de, T: Identified + DeserializeOwned> Visitor<'de> for Either<T> {
            type Value = IdOr<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object or its id")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
                Ok(IdOr::Id(number.into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(members)).map(|object| IdOr::Object(Box::new(object)))
            }
        }

        deserializer.deserialize_any(Either(PhantomData))
    }
}
