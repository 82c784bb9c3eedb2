//! Projects and activities by id or name.

use generated_client::blocking::Client;
use generated_client::ids::{ActivityId, ProjectId};

use crate::exit::Failure;

/// How many candidates an error names.
const SHOWN: usize = 20;

/// Finds a project in which time can be recorded today.
pub(crate) fn project(kimai: &Client, wanted: &str) -> Result<ProjectId, Failure> {
    let projects = kimai.projects().list().send()?;
    let candidates = projects.into_iter().map(|project| Candidate {
        id: project.id,
        name: project.name,
        of: Some(project.parent_title),
    });
    find("project", wanted, &candidates.collect::<Vec<_>>())
}

/// Finds an activity of a project, or one of all projects.
pub(crate) fn activity(kimai: &Client, project: ProjectId, wanted: &str) -> Result<ActivityId, Failure> {
    let activities = kimai.activities().list().project(project).send()?;
    let candidates = activities.into_iter().map(|activity| Candidate {
        id: activity.id,
        name: activity.name,
        of: activity.parent_title,
    });
    find("activity", wanted, &candidates.collect::<Vec<_>>())
}

struct Candidate<I> {
    id: I,
    name: String,
    /// The customer of a project, the project of an activity.
    of: Option<String>,
}

fn find<I: Copy + Into<u64>>(kind: &str, wanted: &str, candidates: &[Candidate<I>]) -> Result<I, Failure> {
    if let Ok(id) = wanted.parse::<u64>()
        && let Some(candidate) = candidates.iter().find(|candidate| candidate.id.into() == id)
    {
        return Ok(candidate.id);
    }
    let lower = wanted.to_lowercase();
    let exact = |candidate: &&Candidate<I>| candidate.name == wanted;
    let similar = |candidate: &&Candidate<I>| candidate.name.to_lowercase() == lower;
    for found in [candidates.iter().filter(exact).collect::<Vec<_>>(), candidates.iter().filter(similar).collect()] {
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one.id),
            several => {
                let problem = format!("there is more than one {kind} '{wanted}'; use the id");
                return Err(failure(&problem, several));
            }
        }
    }
    let contains = |candidate: &&Candidate<I>| candidate.name.to_lowercase().contains(&lower);
    let close: Vec<_> = candidates.iter().filter(contains).collect();
    let shown = if close.is_empty() { candidates.iter().collect() } else { close };
    if shown.is_empty() {
        return Err(Failure::usage(format!("there is no {kind} '{wanted}', nor any other")));
    }
    Err(failure(&format!("there is no {kind} '{wanted}'; use the name or the id of one of these"), &shown))
}

fn failure<I: Copy + Into<u64>>(problem: &str, candidates: &[&Candidate<I>]) -> Failure {
    let mut message = format!("{problem}:");
    for Candidate { id, name, of } in candidates.iter().take(SHOWN) {
        let of = of.as_ref().map(|of| format!(" ({of})")).unwrap_or_default();
        message.push_str(&format!("\n  {}  {name}{of}", (*id).into()));
    }
    if let Some(more) = candidates.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        message.push_str(&format!("\n  and {more} more"));
    }
    Failure::usage(message)
}
