//! Permissions in the security requirements of an operation.

use super::Permission;

/// The permissions, without the scheme's own scope. An operation without `security` has that of the document.
///
/// A requirement needs all of its scopes; of several requirements, and of `is_granted('a') or is_granted('b')`, one is
/// enough.
pub(super) fn permissions(
    operation: &openapiv3::Operation,
    of_document: Option<&[openapiv3::SecurityRequirement]>,
) -> Vec<Permission> {
    let security = operation.security.as_deref().or(of_document).unwrap_or_default();
    let requirements: Vec<Vec<&String>> = security
        .iter()
        .map(|requirement| requirement.values().flatten().filter(|scope| *scope != "API").collect())
        .collect();
    match requirements.as_slice() {
        [] => Vec::new(),
        [scopes] => {
            let mut permissions = Vec::new();
            for scope in scopes {
                let permission = Permission(scope.split(" or ").map(granted).collect());
                if !permissions.contains(&permission) {
                    permissions.push(permission);
                }
            }
            permissions
        }
        several if several.iter().any(Vec::is_empty) => Vec::new(),
        several => {
            let all =
                |scopes: &Vec<&String>| scopes.iter().map(|scope| granted(scope)).collect::<Vec<_>>().join(" and ");
            vec![Permission(several.iter().map(all).collect())]
        }
    }
}

/// The permission in `is_granted('…')`; anything else stays as it is.
fn granted(scope: &str) -> String {
    let scope = scope.trim();
    let inner = scope.strip_prefix("is_granted('").and_then(|rest| rest.strip_suffix("')"));
    inner.filter(|inner| !inner.contains('\'')).unwrap_or(scope).to_owned()
}
