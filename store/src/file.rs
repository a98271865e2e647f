//! The file of an SQLite database: there, writable, and private to its owner.

use crate::{Result, StoreError};
use std::{
    fs::OpenOptions,
    io::{self, ErrorKind},
    path::Path,
};

/// Makes the file when it is missing, and takes it away from everyone but its owner. SQLite gives its write-ahead log
/// the same permissions.
///
/// # Errors
/// [`StoreError::Unusable`], in words for whoever starts the server.
pub(crate) fn keep_private(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| unusable(path, &error))?;
    #[cfg(unix)]
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        close_to_others(Path::new(&name));
    }
    Ok(())
}

/// Takes group and everyone off a file that an earlier release or another program left open to them.
#[cfg(unix)]
fn close_to_others(path: &Path) {
    use std::{fs::Permissions, os::unix::fs::PermissionsExt as _};
    let Ok(about) = std::fs::metadata(path) else { return };
    let mode = about.permissions().mode();
    if mode & 0o077 == 0 {
        return;
    }
    if let Err(error) = std::fs::set_permissions(path, Permissions::from_mode(mode & !0o077)) {
        tracing::warn!(%error, "other users of this machine can read the database");
    }
}

fn unusable(path: &Path, error: &io::Error) -> StoreError {
    let file = path.display();
    StoreError::Unusable(match error.kind() {
        ErrorKind::NotFound => format!("there is no such folder for {file}; make it, or name another"),
        ErrorKind::IsADirectory => format!("{file} is a folder; name a file"),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            format!("{file} cannot be written ({error}); let this user write there, or name another folder")
        }
        ErrorKind::StorageFull => format!("there is no room for {file}: the disk is full"),
        _ => format!("{file} cannot be opened ({error})"),
    })
}
