//! Numbers of things, in the singular or the plural.

/// A number with its noun, such as `1 operation` or `3 operations`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
