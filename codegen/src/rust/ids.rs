//! A type for the ids of each kind of object.

use std::fmt::Write as _;

use heck::ToSnakeCase as _;

use super::files::Source;
use crate::api::Api;

pub(super) fn write(api: &Api, files: &mut Source) {
    let place = files.place;
    let things = place.ids_defined(api);
    if things.is_empty() && !place.is_client() {
        return;
    }
    let mut text = String::from("//! The ids of the objects on a server, with a type for each kind of object.\n\n");
    let _ = writeln!(text, "use {};\n", place.runtime());
    if let Some(all) = place.all_of_client("ids") {
        let _ = writeln!(text, "#[doc(no_inline)]\npub use {all};\n");
    }
    text.push_str("id::ids! {\n");
    for thing in things {
        let words = thing.to_snake_case().replace('_', " ");
        let article = if words.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        let _ = writeln!(text, "    /// The id of {article} {words}.\n    {thing}Id;");
    }
    text.push_str("}\n");
    files.text("ids.rs", &text);
}
