use serde::{Deserialize, Serialize};

use super::text;

/// A color, such as `#ff0000`.
///
/// A server accepts only the colors of its palette, which `config().colors()` lists. Values of responses are kept
/// unchecked, including capital letters: two colors are equal if their text is; to compare the color itself, use
/// [`rgb`](Self::rgb).
///
/// ```
/// use generated_client::Color;
///
/// let red = Color::from_rgb(255, 0, 0);
/// assert_eq!(red.as_str(), "#ff0000");
/// assert_eq!("#FF0000".parse::<Color>()?.rgb(), red.rgb());
/// assert!("red".parse::<Color>().is_err());
/// # Ok::<(), generated_client::ValueError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Color(String);

text!(Color, "color", |text: &str| parts(text).is_some(), "expected `#` and six hexadecimal digits, such as #ff0000");

impl Color {
    /// The color with these amounts of red, green and blue.
    #[must_use]
    pub fn from_rgb(red: u8, green: u8, blue: u8) -> Self {
        Self(format!("#{red:02x}{green:02x}{blue:02x}"))
    }

    /// The amounts of red, green and blue; `None` if the server did not send `#rrggbb`.
    #[must_use]
    pub fn rgb(&self) -> Option<(u8, u8, u8)> {
        parts(&self.0)
    }
}

fn parts(text: &str) -> Option<(u8, u8, u8)> {
    let digits = text.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some((red, green, blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_color_is_six_hexadecimal_digits() {
        assert_eq!("#03A9F4".parse::<Color>().unwrap().rgb(), Some((3, 169, 244)));
        for text in ["", "#", "ff0000", "#ff000", "#ff00000", "#gg0000", "#+f0000", "red", "#ü0000"] {
            assert!(text.parse::<Color>().is_err(), "{text:?}");
        }
        assert_eq!(format!("{:?}", Color::from_rgb(1, 2, 255)), "Color(#0102ff)");
    }

    #[test]
    fn responses_are_kept_unchecked() {
        let color: Color = serde_json::from_str("\"Tomato\"").unwrap();
        assert_eq!(color.rgb(), None);
        assert_eq!(serde_json::to_string(&color).unwrap(), "\"Tomato\"");
    }
}
