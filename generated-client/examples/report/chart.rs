//! Draws a chart: stacked bars, their axes and a legend.

use std::path::Path;

use generated_client::jiff::SignedDuration;
use generated_client::jiff::civil::Weekday;
use plotters::prelude::*;

use crate::clock::hours as written;
use crate::colors::Rgb;
use crate::layout::{Scale, label};
use crate::pen::{Align, Medium, PNG, Pen, SVG, Style, cut, load_font, text_of, width};
use crate::series::{Chart, Series};

const WIDTH: f64 = 1200.0;
const LEFT: f64 = 90.0;
const RIGHT: f64 = WIDTH - 40.0;
const TOP: f64 = 130.0;
const BOTTOM: f64 = TOP + 400.0;
const LEGEND: f64 = BOTTOM + 80.0;
const LEGEND_LINE: f64 = 28.0;
const LEGEND_GAP: f64 = 36.0;
const SWATCH: f64 = 14.0;

const DARK: Rgb = (0x22, 0x22, 0x22);
const GRAY: Rgb = (0x66, 0x66, 0x66);
const LINE: Rgb = (0xdd, 0xdd, 0xdd);
const PAPER: Rgb = (0xff, 0xff, 0xff);
const WEEKEND: Rgb = (0xf5, 0xf5, 0xf5);

const TITLE: Style = Style { size: 34.0, color: DARK };
const SUBTITLE: Style = Style { size: 19.0, color: GRAY };
const LABEL: Style = Style { size: 17.0, color: GRAY };
const VALUE: Style = Style { size: 17.0, color: DARK };

/// Draws a chart as an SVG file.
///
/// # Errors
///
/// Returns why the file cannot be written.
pub(crate) fn svg(chart: &Chart, file: &Path) -> Result<(), String> {
    load_font()?;
    let legend = Legend::new(&chart.series);
    let area = SVGBackend::new(file, size(&legend, SVG)).into_drawing_area();
    draw(chart, &legend, &Pen { area: &area, medium: SVG })
}

/// Draws a chart as a PNG file.
///
/// # Errors
///
/// Returns why the file cannot be written.
pub(crate) fn png(chart: &Chart, file: &Path) -> Result<(), String> {
    load_font()?;
    let legend = Legend::new(&chart.series);
    let area = BitMapBackend::new(file, size(&legend, PNG)).into_drawing_area();
    draw(chart, &legend, &Pen { area: &area, medium: PNG })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the size of a picture")]
fn size(legend: &Legend, medium: Medium) -> (u32, u32) {
    let height = LEGEND + LEGEND_LINE * number(legend.lines) + 16.0;
    ((WIDTH * medium.scale).round() as u32, (height * medium.scale).round() as u32)
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

fn draw<DB: DrawingBackend>(chart: &Chart, legend: &Legend, pen: &Pen<'_, DB>) -> Result<(), String> {
    pen.area.fill(&WHITE).map_err(text_of)?;
    pen.text(&cut(&chart.title, TITLE.size, RIGHT - LEFT), (LEFT, 48.0), Align::Left, TITLE)?;
    pen.text(&cut(&chart.subtitle, SUBTITLE.size, RIGHT - LEFT), (LEFT, 86.0), Align::Left, SUBTITLE)?;
    let totals = chart.totals();
    let scale = Scale::new(totals.iter().copied().max().unwrap_or_default());
    grid(chart, &scale, pen)?;
    bars(chart, &totals, &scale, pen)?;
    legend.draw(&chart.series, pen)?;
    pen.area.present().map_err(text_of)
}

/// The width of a day.
fn slot(chart: &Chart) -> f64 {
    (RIGHT - LEFT) / number(chart.days.len().max(1))
}

fn is_weekend(chart: &Chart, position: usize) -> bool {
    let day = chart.days.get(position);
    day.is_some_and(|day| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
}

fn y(scale: &Scale, time: SignedDuration) -> f64 {
    BOTTOM - (BOTTOM - TOP) * scale.at(time)
}

/// Weekends, the lines of the hours, and the labels of both axes.
fn grid<DB: DrawingBackend>(chart: &Chart, scale: &Scale, pen: &Pen<'_, DB>) -> Result<(), String> {
    let slot = slot(chart);
    for position in 0..chart.days.len() {
        let left = LEFT + slot * number(position);
        // In a long time, weekends would be stripes.
        if slot > 6.0 && is_weekend(chart, position) {
            pen.rectangle((left, TOP), (left + slot, BOTTOM), WEEKEND)?;
        }
        if let Some((first, second)) = label(&chart.days, position, slot, |text| width(text, LABEL.size) + 8.0) {
            let center = left + slot / 2.0;
            pen.text(&first, (center, BOTTOM + 18.0), Align::Center, LABEL)?;
            let start = center - width(&first, LABEL.size) / 2.0;
            pen.text(&second, (start, BOTTOM + 42.0), Align::Left, LABEL)?;
        }
    }
    for step in 0..=scale.steps {
        let y = BOTTOM - (BOTTOM - TOP) * f64::from(step) / f64::from(scale.steps);
        pen.line(LEFT, RIGHT, y, if step == 0 { GRAY } else { LINE })?;
        pen.text(&scale.label(step), (LEFT - 12.0, y), Align::Right, LABEL)?;
    }
    Ok(())
}

fn bars<DB: DrawingBackend>(
    chart: &Chart,
    totals: &[SignedDuration],
    scale: &Scale,
    pen: &Pen<'_, DB>,
) -> Result<(), String> {
    let slot = slot(chart);
    let half = (slot * if slot > 6.0 { 0.7 } else { 0.95 }).min(90.0) / 2.0;
    let has_values = width("10:00", VALUE.size) < slot;
    for (position, total) in totals.iter().enumerate() {
        let center = LEFT + slot * (number(position) + 0.5);
        let mut below = SignedDuration::ZERO;
        for series in &chart.series {
            let time = series.times.get(position).copied().unwrap_or_default();
            let (bottom, top) = (y(scale, below), y(scale, below + time));
            below += time;
            // A thin gap separates the parts of a bar.
            let gap = if bottom - top > 3.0 { 1.0 } else { 0.0 };
            if bottom > top {
                pen.rectangle((center - half, top + gap), (center + half, bottom), series.color)?;
            }
        }
        if has_values && !total.is_zero() {
            let (text, middle) = (written(*total), y(scale, *total) - 14.0);
            // The lines of the hours end before the text.
            let half = width(&text, VALUE.size) / 2.0;
            let behind = if is_weekend(chart, position) && middle > TOP { WEEKEND } else { PAPER };
            pen.rectangle((center - half, middle - 8.0), (center + half, middle + 8.0), behind)?;
            pen.text(&text, (center, middle), Align::Center, VALUE)?;
        }
    }
    Ok(())
}

/// Names and hours, in as many columns as there is room for.
struct Legend {
    names: Vec<String>,
    times: Vec<String>,
    /// The width of a column.
    column: f64,
    lines: usize,
}

impl Legend {
    fn new(series: &[Series]) -> Self {
        let whole = RIGHT - LEFT;
        let widest = |texts: &[String]| texts.iter().map(|text| width(text, VALUE.size)).fold(0.0, f64::max);
        let times: Vec<String> = series.iter().map(|series| format!("{} h", written(series.total))).collect();
        let rest = SWATCH + 10.0 + 20.0 + widest(&times);
        let names: Vec<String> = series.iter().map(|series| cut(&series.label, VALUE.size, whole - rest)).collect();
        let column = rest + widest(&names);
        let fits = |columns: &usize| number(*columns) * (column + LEGEND_GAP) - LEGEND_GAP <= whole;
        let columns = (1..=3).rev().find(fits).unwrap_or(1);
        let lines = series.len().div_ceil(columns).max(1);
        Self { names, times, column, lines }
    }

    fn draw<DB: DrawingBackend>(&self, series: &[Series], pen: &Pen<'_, DB>) -> Result<(), String> {
        for (position, ((series, name), time)) in series.iter().zip(&self.names).zip(&self.times).enumerate() {
            let left = LEFT + number(position / self.lines) * (self.column + LEGEND_GAP);
            let middle = LEGEND + LEGEND_LINE * number(position % self.lines);
            let half = SWATCH / 2.0;
            pen.rectangle((left, middle - half), (left + SWATCH, middle + half), series.color)?;
            pen.text(name, (left + SWATCH + 10.0, middle), Align::Left, VALUE)?;
            pen.text(time, (left + self.column, middle), Align::Right, VALUE)?;
        }
        Ok(())
    }
}
