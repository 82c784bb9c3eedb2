//! What items are in the generated code.

/// What an item is in the generated code. Its type, method and name are as the code writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// An id.
    Id {
        /// Its name: `TagId`.
        name: String,
    },
    /// Another type.
    Type {
        /// Its name: `Tag`.
        name: String,
    },
    /// A value of an enum, or an alternative.
    Variant {
        /// The type.
        ty: String,
        /// The name.
        name: String,
    },
    /// A field.
    Field {
        /// The type.
        ty: String,
        /// The name.
        name: String,
    },
    /// That a type has an id.
    Identified {
        /// The type.
        ty: String,
    },
    /// A function of a type which makes a value.
    Constructor {
        /// The type.
        ty: String,
        /// The name.
        name: String,
    },
    /// A method of a form or a patch.
    Setter {
        /// The type.
        ty: String,
        /// The name.
        name: String,
    },
    /// A method of a response that finds a value in one of its lists.
    Lookup {
        /// The type.
        ty: String,
        /// The name.
        name: String,
    },
    /// A method of a handle.
    Method {
        /// The module of the handle.
        resource: String,
        /// The name.
        name: String,
    },
    /// A setting of a request.
    Setting {
        /// The module of the handle.
        resource: String,
        /// The method that makes the request.
        method: String,
        /// The name.
        name: String,
    },
}
