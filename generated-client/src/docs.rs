//! More documentation: [what the client promises](promises), and [how Kimai behaves](how_kimai_behaves).

#[doc = include_str!("../docs/how-kimai-behaves.md")]
pub mod how_kimai_behaves {}

#[doc = include_str!("../docs/promises.md")]
pub mod promises {}
