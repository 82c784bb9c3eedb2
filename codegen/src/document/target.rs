//! Targets of actions: whether they name what they change.

/// Whether the target, which is a valid JSONPath, reaches schemas and paths by their names. `$.components.schemas.Tag` does,
/// and so does what is no part of one, such as `$.components.schemas`; `$.paths.*` and `$..enum` do not.
pub(super) fn names_its_part(target: &str) -> bool {
    let mut rest = target.trim().strip_prefix('$').unwrap_or(target);
    let mut way: Vec<Vec<String>> = Vec::new();
    loop {
        let needed = match way.first().map(Vec::as_slice) {
            Some([only]) if only == "paths" => 2,
            // The third token is the name of the schema, or that of another component.
            _ => 3,
        };
        if way.len() == needed {
            return true;
        }
        match segment(rest) {
            Segment::End => return true,
            Segment::Names(names, behind) => {
                way.push(names);
                rest = behind;
            }
            Segment::Others => return false,
        }
    }
}

enum Segment<'a> {
    /// Names alone, and what follows.
    Names(Vec<String>, &'a str),
    /// A wildcard, a filter, an index or a descent.
    Others,
    End,
}

fn segment(text: &str) -> Segment<'_> {
    let text = text.trim_start();
    if text.is_empty() {
        return Segment::End;
    }
    if let Some(rest) = text.strip_prefix('.') {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let name = name.trim();
        // Nothing before the next dot: a descent.
        return if name.is_empty() || name == "*" {
            Segment::Others
        } else {
            Segment::Names(vec![name.to_owned()], behind)
        };
    }
    match text.strip_prefix('[') {
        Some(rest) => quoted_names(rest),
        None => Segment::Others,
    }
}

/// `'a', "b"]` and what follows.
fn quoted_names(text: &str) -> Segment<'_> {
    let mut names = Vec::new();
    let mut rest = text.trim_start();
    loop {
        let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '\'' | '"')) else {
            return Segment::Others;
        };
        let mut name = String::new();
        let mut is_escaped = false;
        let inner = rest.strip_prefix(quote).unwrap_or(rest);
        let end = inner.char_indices().find(|(_, c)| {
            let ends = *c == quote && !is_escaped;
            is_escaped = *c == '\\' && !is_escaped;
            if !ends && !is_escaped {
                name.push(*c);
            }
            ends
        });
        let Some((end, _)) = end else { return Segment::Others };
        names.push(name);
        rest = inner.split_at_checked(end + 1).map_or("", |(_, behind)| behind).trim_start();
        if let Some(behind) = rest.strip_prefix(']') {
            return Segment::Names(names, behind);
        }
        match rest.strip_prefix(',') {
            Some(behind) => rest = behind.trim_start(),
            None => return Segment::Others,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_that_name_their_schema_or_path() {
        for target in [
            "$",
            "$.components.schemas",
            "$.components.schemas.Tag",
            "$.components.schemas.Tag.properties.*",
            "$.components.schemas['Tag','Team'].properties[?@.type == 'string']",
            "$[\"components\"]['schemas'][ 'Tag' , \"Team\" ]..description",
            "$.paths['/api/tags'].get.parameters[?@.name=='name']",
            "$.paths['/api/tags','/api/teams'].*",
            "$.info",
        ] {
            assert!(names_its_part(target), "{target}");
        }
    }

    #[test]
    fn targets_that_do_not() {
        for target in [
            "$.components.schemas.*.properties.id",
            "$.components.schemas[*]",
            "$.components.schemas['Tag',*]",
            "$.components.schemas[?@.type == 'object']",
            "$.components.*.Tag",
            "$.paths.*.get",
            "$.paths[?@.get]",
            "$['paths'][*]",
            "$..enum",
            "$.components..color",
            "$.components.schemas..color",
        ] {
            assert!(!names_its_part(target), "{target}");
        }
    }
}
