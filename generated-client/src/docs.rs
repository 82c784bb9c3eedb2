//! More documentation: [recipes], [what the client promises](promises), [how Kimai behaves](how_kimai_behaves), how to
//! call [plugins](mod@plugins), and what new [versions](mod@versions) may change.

#[doc = include_str!("../docs/how-kimai-behaves.md")]
pub mod how_kimai_behaves {}

#[doc = include_str!("../docs/plugins.md")]
pub mod plugins {}

#[doc = include_str!("../docs/promises.md")]
pub mod promises {}

#[doc = include_str!("../docs/recipes.md")]
pub mod recipes {}

#[doc = include_str!("../docs/versions.md")]
pub mod versions {}
