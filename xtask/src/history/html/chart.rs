//! A line of steps over the releases, as a picture in the page.

use std::fmt::Write as _;

use codegen::Release;
use maud::{Markup, html};

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 190.0;
const LEFT: f64 = 34.0;
const RIGHT: f64 = 10.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 26.0;

/// The least way between two labels of releases.
const APART: f64 = 52.0;

/// About how many lines the scale has.
const LINES: f64 = 4.0;

/// How many there were of something in each release.
pub(super) struct Chart<'a> {
    pub(super) name: &'a str,
    pub(super) releases: &'a [Release],
    pub(super) counts: &'a [usize],
}

impl Chart<'_> {
    pub(super) fn markup(&self) -> Markup {
        let (title, desc) = (format!("chart-{}", self.name), format!("chart-{}-words", self.name));
        let (Some(first), Some(last)) = (self.counts.first(), self.counts.last()) else { return html! {} };
        let step = step(self.most());
        let lines = (0..).map(|line| line * step).take_while(|value| *value < self.most() + step);
        let steps = self.steps();
        let floor = HEIGHT - BOTTOM;
        html! {
            figure {
                figcaption { strong { (last) } " " (self.name) span.muted { ", initially " (first) } }
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby={ (title) " " (desc) } {
                    title id=(title) { "Number of " (self.name) " in each release" }
                    desc id=(desc) { (self.words()) }
                    @for value in lines {
                        line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(round(self.y(value))) y2=(round(self.y(value))) {}
                        text.y x=(LEFT - 6.0) y=(round(self.y(value) + 4.0)) { (value) }
                    }
                    @for (index, release) in self.labels() {
                        line.tick x1=(round(self.x(index))) x2=(round(self.x(index))) y1=(floor) y2=(floor + 5.0) {}
                        text class=(self.anchor(index)) x=(round(self.x(index))) y=(HEIGHT - 6.0) { (release) }
                    }
                    path.area d={ (steps) "V" (floor) "H" (LEFT) "Z" } {}
                    path.line d=(steps) {}
                    circle.end cx=(WIDTH - RIGHT) cy=(round(self.y(*last))) r="3.5" {}
                    @for (index, (release, count)) in self.releases.iter().zip(self.counts).enumerate() {
                        rect.hover x=(round(self.x(index))) y=(TOP) width=(round(self.width())) height=(floor - TOP) {
                            title { (release) ": " (count) " " (self.name) }
                        }
                    }
                }
            }
        }
    }

    /// What the picture shows.
    fn words(&self) -> String {
        let at = |index: Option<usize>| {
            let index = index.unwrap_or_default();
            let release = self.releases.get(index).map(Release::as_str).unwrap_or_default();
            format!("{} in {release}", self.counts.get(index).copied().unwrap_or_default())
        };
        let last = self.counts.len().checked_sub(1);
        let most = self.counts.iter().position(|count| *count == self.most());
        format!("From {} to {}; maximum {}.", at(Some(0)), at(last), at(most))
    }

    fn most(&self) -> usize {
        self.counts.iter().max().copied().unwrap_or_default()
    }

    /// The line: a release has its number until the next one.
    fn steps(&self) -> String {
        let mut path = String::new();
        let mut last = None;
        for (index, count) in self.counts.iter().enumerate() {
            if last.is_none() {
                let _ = write!(path, "M{} {}", round(self.x(index)), round(self.y(*count)));
            } else if last != Some(count) {
                let _ = write!(path, "H{}V{}", round(self.x(index)), round(self.y(*count)));
            }
            last = Some(count);
        }
        path + &format!("H{}", WIDTH - RIGHT)
    }

    /// Releases with a label: the ends, the first of each major version, and what has room between them.
    fn labels(&self) -> Vec<(usize, &Release)> {
        let last = self.releases.len().saturating_sub(1);
        let major = |index: usize| self.releases.get(index).and_then(|release| release.as_str().split('.').next());
        let begins = (1..last).filter(|index| major(*index) != major(index - 1));
        let quarters = (1..4).map(|quarter| last * quarter / 4);
        let mut places: Vec<usize> = Vec::new();
        for index in [0, last].into_iter().chain(begins).chain(quarters) {
            if places.iter().all(|place| (self.x(*place) - self.x(index)).abs() >= APART) {
                places.push(index);
            }
        }
        places.sort_unstable();
        places.into_iter().filter_map(|index| Some((index, self.releases.get(index)?))).collect()
    }

    /// The label of the newest release ends where it begins, so that it stays in the picture.
    fn anchor(&self, index: usize) -> &'static str {
        if index + 1 == self.releases.len() { "last" } else { "middle" }
    }

    /// Where a release begins; the newest has a width as well.
    fn x(&self, index: usize) -> f64 {
        LEFT + self.width() * float(index)
    }

    fn width(&self) -> f64 {
        (WIDTH - LEFT - RIGHT) / float(self.releases.len().max(1))
    }

    fn y(&self, count: usize) -> f64 {
        let top = step(self.most()) * self.most().div_ceil(step(self.most()));
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float(count) / float(top.max(1))
    }
}

/// The way between two lines of the scale: 1, 2 or 5, or these times a power of ten.
fn step(most: usize) -> usize {
    let mut power = 1;
    loop {
        for digit in [1, 2, 5] {
            if float(digit * power) * LINES >= float(most) {
                return digit * power;
            }
        }
        power *= 10;
    }
}

/// Numbers of parts are small.
fn float(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

/// As short as a picture needs it.
fn round(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart<'a>(releases: &'a [Release], counts: &'a [usize]) -> Chart<'a> {
        Chart { name: "operations", releases, counts }
    }

    fn releases(names: &[&str]) -> Vec<Release> {
        names.iter().map(|name| name.parse().unwrap()).collect()
    }

    #[test]
    fn scales_have_round_numbers() {
        assert_eq!([0, 1, 4, 5, 9, 40, 41, 91, 700].map(step), [1, 1, 1, 2, 5, 10, 20, 50, 200]);
    }

    #[test]
    fn the_line_goes_in_steps() {
        let releases = releases(&["1.0", "1.1", "1.2", "2.0.0"]);
        assert_eq!(chart(&releases, &[2, 2, 4, 0]).steps(), "M34 89H192V14H271V164H350");
    }

    #[test]
    fn words_tell_the_ends_and_the_most() {
        let releases = releases(&["1.0", "1.1", "2.0.0"]);
        let words = chart(&releases, &[2, 4, 3]).words();
        assert_eq!(words, "From 2 in 1.0 to 3 in 2.0.0; maximum 4 in 1.1.");
    }

    #[test]
    fn labels_do_not_meet() {
        let names: Vec<String> = (0..50).map(|minor| format!("1.{minor}")).chain(["2.0.0".to_owned()]).collect();
        let releases: Vec<Release> = names.iter().map(|name| name.parse().unwrap()).collect();
        let counts = vec![1; releases.len()];
        let chart = chart(&releases, &counts);
        let labels: Vec<&str> = chart.labels().into_iter().map(|(_, release)| release.as_str()).collect();
        assert_eq!(labels, ["1.0", "1.12", "1.25", "1.37", "2.0.0"]);
    }
}
