//! Draws shapes and text, at a scale.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, register_font};

use crate::colors::Rgb;

/// The name of the font. Programs that show an SVG file use their own font of this kind.
const FONT: &str = "sans-serif";

/// Draws on an area. All lengths are in units of the chart.
pub(crate) struct Pen<'a, DB: DrawingBackend> {
    pub(crate) area: &'a DrawingArea<DB, Shift>,
    pub(crate) medium: Medium,
}

/// What a pen draws on. Each backend has its own idea of the size and the middle of a text.
#[derive(Clone, Copy)]
pub(crate) struct Medium {
    /// The pixels of a unit.
    pub(crate) scale: f64,
    /// How much larger a text must be ordered than it shall be.
    font: f64,
    /// How far a text must be lowered to be in the middle, in parts of its size.
    lower: f64,
}

/// An SVG file.
pub(crate) const SVG: Medium = Medium { scale: 1.0, font: 1.1, lower: 0.0 };

/// A PNG file, with two pixels a unit for sharp text.
pub(crate) const PNG: Medium = Medium { scale: 2.0, font: 1.0, lower: 0.12 };

/// Where a text is, seen from its point.
#[derive(Clone, Copy)]
pub(crate) enum Align {
    Left,
    Center,
    Right,
}

/// How a text looks.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: f64,
    pub(crate) color: Rgb,
}

/// Adds the font that comes with the program.
///
/// # Errors
///
/// Returns an error if the font cannot be read.
pub(crate) fn load_font() -> Result<(), String> {
    register_font(FONT, FontStyle::Normal, epaint_default_fonts::UBUNTU_LIGHT)
        .map_err(|_| "the font cannot be read".to_owned())
}

impl<DB: DrawingBackend> Pen<'_, DB> {
    /// Fills a rectangle.
    pub(crate) fn rectangle(&self, from: (f64, f64), to: (f64, f64), color: Rgb) -> Result<(), String> {
        let corners = [self.pixel(from), self.pixel(to)];
        self.area.draw(&Rectangle::new(corners, rgb(color).filled())).map_err(text_of)
    }

    /// Draws a horizontal line.
    pub(crate) fn line(&self, from: f64, to: f64, y: f64, color: Rgb) -> Result<(), String> {
        let points = [self.pixel((from, y)), self.pixel((to, y))];
        self.area.draw(&PathElement::new(points, rgb(color))).map_err(text_of)
    }

    /// Writes a text, whose vertical middle is at this point.
    pub(crate) fn text(&self, text: &str, (x, y): (f64, f64), align: Align, style: Style) -> Result<(), String> {
        if text.is_empty() {
            return Ok(());
        }
        let side = match align {
            Align::Left => HPos::Left,
            Align::Center => HPos::Center,
            Align::Right => HPos::Right,
        };
        let font = (FONT, style.size * self.medium.scale * self.medium.font).into_font();
        let look = font.color(&rgb(style.color)).pos(Pos::new(side, VPos::Center));
        self.area.draw_text(text, &look, self.pixel((x, y + self.medium.lower * style.size))).map_err(text_of)
    }

    #[allow(clippy::cast_possible_truncation, reason = "the area has a few thousand pixels")]
    fn pixel(&self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.medium.scale).round() as i32, (y * self.medium.scale).round() as i32)
    }
}

/// How wide a text is, at most: programs that show an SVG file may have a wider font than this one.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    // Widths are whole pixels.
    let (width, _) = (FONT, size * 8.0).into_font().box_size(text).unwrap_or_default();
    f64::from(width) / 8.0 * 1.2
}

/// The text, cut to a width.
pub(crate) fn cut(text: &str, size: f64, most: f64) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut letters: Vec<char> = text.chars().collect();
    while letters.pop().is_some() {
        let cut: String = letters.iter().chain(&['…']).collect();
        if width(&cut, size) <= most {
            return cut;
        }
    }
    String::new()
}

fn rgb((red, green, blue): Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

pub(crate) fn text_of(error: impl std::fmt::Display) -> String {
    error.to_string()
}
