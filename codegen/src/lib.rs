//! Generates Rust from Kimai's API document.
//!
//! Each stage uses only the one before it:
//!
//! 1. [`document`]: bytes become one well-formed OpenAPI 3.0 document. JSON and YAML are read, damage
//!    is repaired by named rules, overlays correct and document it.
//! 2. [`api`]: the document becomes the model of the API as a client sees it. Whatever can go wrong
//!    with a document goes wrong here, with the JSON pointer of the place.
//! 3. [`history`]: compares the models of all releases.
//! 4. [`additions`]: what a document has and a client does not.
//! 5. [`rust`]: writes the model as Rust files.
//!
//! [`surface`] lists the public items of a client, with the places of the document from which they are made.
//! [`audit`] compares responses with documents, [`intake`] makes a new release a part of the client. [`diff`] compares two
//! documents; [`usage`] finds what a program uses of a client; [`collection`] writes
//! the requests of a release for programs such as Postman; [`yaml`] reads and writes YAML.
//!
//! The crate touches neither the network, nor the file system, nor the clock.

pub mod additions;
pub mod api;
pub mod audit;
pub mod collection;
pub mod diff;
pub mod document;
mod error;
pub mod history;
pub mod intake;
mod json_path;
mod names;
mod pointer;
mod release;
pub mod rust;
pub mod surface;
mod tree;
pub mod usage;
pub mod yaml;

pub use error::{Difference, Error};
pub use pointer::Pointer;
pub use release::{InvalidRelease, Release};
