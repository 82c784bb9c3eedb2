//! Edits of the text of an overlay, which keep its comments and its form.
//!
//! After each edit, the text is read again: only the intended change is accepted.

use std::ops::Range;

use crate::document::Overlay;
use crate::{Error, Release};

/// An action whose range was changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Limited {
    pub(super) text: String,
    pub(super) before: Option<String>,
    pub(super) after: String,
}

/// Limits an action, which is counted from 1, to releases before this one.
pub(super) fn limit(file: &str, text: &str, action: usize, release: &Release) -> Result<Limited, Error> {
    let overlay = Overlay::parse(file, text)?;
    let before = overlay.range(action).map(str::to_owned);
    let bound = format!("<{release}");
    let after = before.as_ref().map_or_else(|| bound.clone(), |before| format!("{before}, {bound}"));
    let edited = item(text, action).and_then(|item| with_range(text, item, &after));
    let is_meant = |edited: &String| {
        Overlay::parse(file, edited)
            .is_ok_and(|changed| changed.range(action) == Some(&after) && overlay.is_same_but(&changed, action))
    };
    match edited.filter(is_meant) {
        Some(text) => Ok(Limited { text, before, after }),
        None => Err(Error::OverlayFile {
            file: file.to_owned(),
            problem: format!(
                "action {action} does not fit {release}, and its range cannot be written by machine: add x-kimai: \"{after}\" to it"
            ),
        }),
    }
}

/// Adds a schema to the targets that name another one; the text and how many targets it changes.
pub(super) fn add_schema(
    file: &str,
    text: &str,
    release: &Release,
    old: &str,
    new: &str,
) -> Result<(String, usize), Error> {
    let mut text = text.to_owned();
    let mut changed = 0;
    let overlay = Overlay::parse(file, &text)?;
    for action in overlay.actions_for(release) {
        let Some(target) = overlay.target(action) else { continue };
        let wanted = with_schema(target, old, new);
        if wanted == target {
            continue;
        }
        let edited = item(&text, action).and_then(|item| {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            let key = lines.get(item.clone())?;
            let end = item.start + target_lines(key);
            let before: String = lines.get(..item.start)?.concat();
            let target: String = lines.get(item.start..end)?.concat();
            let rest: String = lines.get(end..)?.concat();
            Some(format!("{before}{}{rest}", with_schema(&target, old, new)))
        });
        let is_meant = |edited: &String| {
            Overlay::parse(file, edited).is_ok_and(|changed| {
                changed.target(action) == Some(&wanted) && changed.range(action) == overlay.range(action)
            })
        };
        if let Some(edited) = edited.filter(is_meant) {
            text = edited;
            changed += 1;
        }
    }
    Ok((text, changed))
}

/// Adds actions at the end.
pub(super) fn append(file: &str, text: &str, actions: &str) -> Result<String, Error> {
    let edited = format!("{}\n{actions}", text.trim_end());
    let before = Overlay::parse(file, text)?;
    match Overlay::parse(file, &edited) {
        Ok(after) if after.len() > before.len() => Ok(edited),
        _ => Err(Error::OverlayFile {
            file: file.to_owned(),
            problem: format!("nothing can be added at its end by machine; add to its actions:\n{actions}"),
        }),
    }
}

/// Takes an action away.
pub(super) fn without(file: &str, text: &str, action: usize) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let item = item(text, action)?;
    let edited = format!("{}{}", lines.get(..item.start)?.concat(), lines.get(item.end..)?.concat());
    let before = Overlay::parse(file, text).ok()?;
    Overlay::parse(file, &edited).is_ok_and(|after| after.len() + 1 == before.len()).then_some(edited)
}

/// A target that also selects another schema.
fn with_schema(target: &str, old: &str, new: &str) -> String {
    const SCHEMAS: &str = "components.schemas";
    let Some((before, rest)) = target.split_once(SCHEMAS) else { return target.to_owned() };
    let plain = format!(".{old}");
    if let Some(behind) = rest.strip_prefix(&plain)
        && !behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'))
    {
        return format!("{before}{SCHEMAS}['{old}','{new}']{behind}");
    }
    let Some(list) = rest.strip_prefix('[') else { return target.to_owned() };
    let Some((names, behind)) = list.split_once(']') else { return target.to_owned() };
    let (quoted, added) = (format!("'{old}'"), format!("'{new}'"));
    if names.contains(&added) || !names.contains(&quoted) {
        return target.to_owned();
    }
    format!("{before}{SCHEMAS}[{}]{behind}", names.replacen(&quoted, &format!("{quoted},{added}"), 1))
}

/// The lines of an action, without comments and empty lines behind it.
fn item(text: &str, action: usize) -> Option<Range<usize>> {
    let lines: Vec<&str> = text.lines().collect();
    let list = lines.iter().position(|line| line.trim_end() == "actions:")?;
    let is_item = |line: &str| line.trim_start().starts_with("- ");
    let first = list + 1 + lines.iter().skip(list + 1).position(|line| is_item(line))?;
    let depth = indent(lines.get(first)?);
    let starts: Vec<usize> = (first..lines.len())
        .filter(|index| lines.get(*index).is_some_and(|line| is_item(line) && indent(line) == depth))
        .collect();
    let start = *starts.get(action.checked_sub(1)?)?;
    let mut end = starts.get(action).copied().unwrap_or(lines.len());
    while end > start + 1
        && lines.get(end - 1).is_some_and(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
    {
        end -= 1;
    }
    Some(start..end)
}

/// How many lines of an item are its target, which is the first key.
fn target_lines(item: &[&str]) -> usize {
    let depth = item.first().map_or(0, |first| key_depth(first));
    1 + item.iter().skip(1).take_while(|line| line.trim().is_empty() || indent(line) > depth).count()
}

/// The text with this range in the item.
fn with_range(text: &str, item: Range<usize>, range: &str) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let of_item = lines.get(item.clone())?;
    let first = of_item.first()?;
    let depth = key_depth(first);
    let is_range = |(index, line): (usize, &String)| {
        let at_key = if index == 0 { key_depth(line) == depth } else { indent(line) == depth };
        at_key && line.get(depth..).is_some_and(|key| key.starts_with("x-kimai:"))
    };
    if let Some(index) = of_item.iter().enumerate().position(is_range) {
        let line = lines.get_mut(item.start + index)?;
        let (key, value) = line.split_once("x-kimai:")?;
        let comment = value.find(" #").map_or("", |start| value.get(start..).unwrap_or_default()).trim_end();
        *line = format!("{key}x-kimai: \"{range}\"{comment}");
    } else {
        let of_item: Vec<&str> = of_item.iter().map(String::as_str).collect();
        let place = item.start + target_lines(&of_item);
        lines.insert(place, format!("{}x-kimai: \"{range}\"", " ".repeat(depth)));
    }
    let mut edited = lines.join("\n");
    if text.ends_with('\n') {
        edited.push('\n');
    }
    Some(edited)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Where the keys of an item begin, behind its dash.
fn key_depth(line: &str) -> usize {
    let dash = indent(line);
    let behind = line.get(dash..).unwrap_or_default();
    dash + behind.len() - behind.trim_start_matches('-').trim_start_matches(' ').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n";

    fn limited(actions: &str, action: usize) -> Result<String, String> {
        let text = format!("{HEAD}{actions}");
        let limited = limit("test.yaml", &text, action, &"2.66.0".parse().unwrap());
        limited.map(|limited| limited.text.strip_prefix(HEAD).unwrap().to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_range_gets_an_upper_bound() {
        let actions = "\n  # First\n\n  - target: $.a\n    x-kimai: \">=2.0\"  # why\n    remove: true\n  # Second\n  - target: $.b\n    x-kimai: '>=1.2'\n    remove: true\n";
        assert_eq!(limited(actions, 1).unwrap(), actions.replace("\">=2.0\"  #", "\">=2.0, <2.66.0\" #"));
        assert_eq!(limited(actions, 2).unwrap(), actions.replace("'>=1.2'", "\">=1.2, <2.66.0\""));
    }

    #[test]
    fn an_action_without_a_range_gets_one_behind_its_target() {
        let actions = "  - target: >-\n      $.a['b',\n      'c']\n    description: x\n    remove: true\n\n  # End\n  - target: $.b\n    update:\n      - x-kimai\n";
        assert_eq!(limited(actions, 1).unwrap(), actions.replace("'c']\n", "'c']\n    x-kimai: \"<2.66.0\"\n"));
        assert_eq!(limited(actions, 2).unwrap(), actions.replace("$.b\n", "$.b\n    x-kimai: \"<2.66.0\"\n"));
        let last = "  - remove: true\n    target: $.a\n";
        assert_eq!(limited(last, 1).unwrap(), "  - remove: true\n    x-kimai: \"<2.66.0\"\n    target: $.a\n");
    }

    #[test]
    fn what_cannot_be_edited_is_an_error_that_says_what_to_write() {
        assert_eq!(
            limited("  - {target: $.a, remove: true}\n", 1).unwrap_err(),
            "overlay test.yaml: action 1 does not fit 2.66.0, and its range cannot be written by machine: add x-kimai: \
             \"<2.66.0\" to it"
        );
    }

    #[test]
    fn targets_name_a_renamed_schema_too() {
        for (target, expected) in [
            ("$.components.schemas.Tag", "$.components.schemas['Tag','Label']"),
            ("$.components.schemas.Tag.properties.id", "$.components.schemas['Tag','Label'].properties.id"),
            ("$.components.schemas['A','Tag'].properties", "$.components.schemas['A','Tag','Label'].properties"),
            ("$.components.schemas.TagEntity", "$.components.schemas.TagEntity"),
            ("$.components.schemas.*.properties.Tag", "$.components.schemas.*.properties.Tag"),
            ("$.components.schemas['A'].properties['Tag']", "$.components.schemas['A'].properties['Tag']"),
            ("$.paths['/api/tags'].get", "$.paths['/api/tags'].get"),
        ] {
            assert_eq!(with_schema(target, "Tag", "Label"), expected);
        }
        let text = format!(
            "{HEAD}  - target: $.components.schemas.Tag # why\n    x-kimai: \"<2.0\"\n    remove: true\n  - target: >-\n      $.components.schemas['A',\n      'Tag']\n    remove: true\n"
        );
        let (edited, count) = add_schema("test.yaml", &text, &"2.66.0".parse().unwrap(), "Tag", "Label").unwrap();
        assert_eq!((edited, count), (text.replace("      'Tag']", "      'Tag','Label']"), 1));
    }

    #[test]
    fn an_action_goes_without_the_others() {
        let text = format!("{HEAD}  - target: $.a\n    remove: true\n  # why\n  - target: $.b\n    remove: true\n");
        assert_eq!(without("test.yaml", &text, 1).unwrap(), text.replace("  - target: $.a\n    remove: true\n", ""));
        assert_eq!(without("test.yaml", &text, 2).unwrap(), text.replace("  - target: $.b\n    remove: true\n", ""));
        assert_eq!(without("test.yaml", &text, 3), None);
    }

    #[test]
    fn actions_are_added_at_the_end_of_a_list_of_lines() {
        let text = format!("{HEAD}  - target: $.a\n    remove: true\n\n");
        let action = "  - target: $.b\n    remove: true\n";
        assert_eq!(append("test.yaml", &text, action).unwrap(), format!("{}\n{action}", text.trim_end()));
        assert!(
            append(
                "test.json",
                "{\"overlay\": \"1.0.0\", \"info\": {\"title\": \"t\", \"version\": \"1\"}, \"actions\": []}",
                action
            )
            .is_err()
        );
    }
}
