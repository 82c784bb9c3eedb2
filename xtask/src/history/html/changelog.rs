//! What each release changed, with filters.

use codegen::history::{Event, Kind, ReleaseChanges};
use maud::{Markup, html};

use crate::history::lines::{Line, counts, happened, lines};
use crate::html::{Choice, cleared, operation, search, select, shown};

pub(super) fn markup(releases: &[ReleaseChanges]) -> Markup {
    let all: Vec<Line> = releases.iter().flat_map(|release| lines(&release.changes)).collect();
    let count = |is: &dyn Fn(&Line) -> bool| all.iter().filter(|line| is(line)).count();
    let kinds: Vec<Choice> = Kind::ALL
        .iter()
        .map(|kind| Choice { value: kind.as_str(), label: kind.as_str(), count: count(&|line| line.kind == *kind) })
        .filter(|choice| choice.count > 0)
        .collect();
    let events: Vec<Choice> = Event::ALL
        .iter()
        .map(|event| Choice {
            value: event.as_str(),
            label: happened(*event),
            count: count(&|line| line.event == *event),
        })
        .filter(|choice| choice.count > 0)
        .collect();
    html! {
        form.bar.js-only data-filters autocomplete="off" {
            (search("path, type, name"))
            (select("kind", "Of", "all", &kinds))
            (select("event", "What", "all", &events))
            div.state { (shown(all.len(), "line", "lines")) (cleared()) }
        }
        @for release in releases {
            @let id = format!("release-{}", release.release.as_str().replace('.', "-"));
            section.release data-group aria-labelledby=(id) {
                h2 id=(id) { (release.release) }
                p.muted { (counts(&release.changes)) }
                ul.changes.compact { @for line in lines(&release.changes) { (item(&line)) } }
            }
        }
    }
}

fn item(line: &Line) -> Markup {
    html! {
        li.change data-item data-kind=(line.kind.as_str()) data-event=(line.event.as_str()) {
            span class={ "badge event-" (line.event.as_str()) } { (line.kind.as_str()) " " (happened(line.event)) }
            " " (operation(&line.text))
            @if line.more > 0 {
                details { summary { "and " (line.more) " more" } code { (line.rest.join(", ")) } }
            }
        }
    }
}
