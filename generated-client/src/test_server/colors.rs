//! The palette of colors.

use serde_json::{Map, Value, json};

/// The colors that Kimai offers by default, by name.
const PALETTE: &[(&str, &str)] = &[
    ("Silver", "#c0c0c0"),
    ("Gray", "#808080"),
    ("Black", "#000000"),
    ("Maroon", "#800000"),
    ("Brown", "#a52a2a"),
    ("Red", "#ff0000"),
    ("Orange", "#ffa500"),
    ("Gold", "#ffd700"),
    ("Yellow", "#ffff00"),
    ("Peach", "#ffdab9"),
    ("Khaki", "#f0e68c"),
    ("Olive", "#808000"),
    ("Lime", "#00ff00"),
    ("Jelly", "#9acd32"),
    ("Green", "#008000"),
    ("Teal", "#008080"),
    ("Aqua", "#00ffff"),
    ("LightBlue", "#add8e6"),
    ("DeepSky", "#00bfff"),
    ("Dodger", "#1e90ff"),
    ("Blue", "#0000ff"),
    ("Navy", "#000080"),
    ("Purple", "#800080"),
    ("Fuchsia", "#ff00ff"),
    ("Violet", "#ee82ee"),
    ("Rose", "#ffe4e1"),
    ("Lavender", "#E6E6FA"),
];

/// The response of `GET /api/config/colors`.
pub(super) fn palette() -> Value {
    let colors: Map<String, Value> = PALETTE.iter().map(|(name, color)| ((*name).to_owned(), json!(color))).collect();
    Value::Object(colors)
}

pub(super) fn is_in_palette(color: &str) -> bool {
    PALETTE.iter().any(|(_, known)| known.eq_ignore_ascii_case(color))
}

/// The color that is shown for an object: its own, or one that depends on its name.
pub(super) fn shown(own: Option<&str>, name: &str) -> String {
    let by_name = || {
        let sum = name.bytes().fold(7_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
        PALETTE.get(sum % PALETTE.len()).map_or("#c0c0c0", |(_, color)| color)
    };
    own.unwrap_or_else(by_name).to_owned()
}
