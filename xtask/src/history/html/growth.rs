//! How the API grew: a picture for each kind of parts, and its numbers.

use codegen::Release;
use codegen::history::{History, Kind, Life};
use maud::{Markup, html};

use super::chart::Chart;

const KINDS: [(Kind, &str); 3] =
    [(Kind::Operation, "operations"), (Kind::Parameter, "parameters"), (Kind::Property, "properties")];

pub(super) fn section(history: &History) -> Markup {
    let releases = history.releases();
    let counts = KINDS.map(|(kind, _)| counts(history, kind));
    html! {
        @if releases.len() > 1 {
            section.growth aria-labelledby="growth" {
                h2 id="growth" { "Growth" }
                div.charts {
                    @for ((_, name), counts) in KINDS.iter().zip(&counts) {
                        (Chart { name, releases, counts }.markup())
                    }
                }
                (numbers(releases, &counts))
            }
        }
    }
}

/// How many parts of a kind each release has.
fn counts(history: &History, kind: Kind) -> Vec<usize> {
    let lives: Vec<&Life> =
        history.lives().filter(|(subject, _)| Kind::of(subject) == Some(kind)).map(|(_, life)| life).collect();
    history.releases().iter().map(|release| lives.iter().filter(|life| life.covers(release)).count()).collect()
}

/// The numbers of the releases in which one of them is another one.
fn numbers(releases: &[Release], counts: &[Vec<usize>; 3]) -> Markup {
    let mut rows: Vec<(&Release, Vec<usize>)> = Vec::new();
    for (index, release) in releases.iter().enumerate() {
        let row: Vec<usize> = counts.iter().filter_map(|counts| counts.get(index)).copied().collect();
        if rows.last().is_none_or(|(_, last)| *last != row) {
            rows.push((release, row));
        }
    }
    html! {
        details.numbers {
            summary { "The numbers" }
            table {
                thead {
                    tr {
                        th scope="col" { "from" }
                        @for (_, name) in KINDS { th scope="col" { (name) } }
                    }
                }
                tbody {
                    @for (release, row) in rows.iter().rev() {
                        tr { th scope="row" { (release) } @for count in row { td { (count) } } }
                    }
                }
            }
        }
    }
}
