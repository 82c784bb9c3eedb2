//! Files that are written completely or not at all.

use std::path::Path;

use crate::exit::Failure;

/// Replaces a file with what `write` writes to a temporary one beside it, whose name has this end.
///
/// # Errors
///
/// Returns what failed. The file is then as it was.
pub(crate) fn save<T>(file: &Path, end: &str, write: impl FnOnce(&Path) -> Result<T, Failure>) -> Result<T, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::refused(format!("cannot write {}: {error}", file.display()));
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let part = builder.prefix(".part-").suffix(end).tempfile_in(folder).map_err(|error| failed(&error))?;
    let result = write(part.path())?;
    part.persist(file).map_err(|error| failed(&error.error))?;
    Ok(result)
}
