//! Course folders on disk and in zip archives. Sizes, counts and depths are judged before anything is read or unpacked.

use domain::course::{Files, MediaKind, is_ignored, limits};
use domain::diagnostic::{Diagnostic, Span};
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const MIB: u64 = 1024 * 1024;

/// The most bytes that are read of one file. Texts have a narrower limit; the check tells it with all other findings.
fn most(path: &str) -> u64 {
    if MediaKind::of_path(path).is_some_and(MediaKind::is_video) { limits::FILM } else { limits::PICTURE }
}

/// Why a folder or an archive cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// Reading or writing failed.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is not a folder.
    #[error("{0} is not a folder")]
    NotAFolder(PathBuf),
    /// It is not an archive.
    #[error("this is not a zip archive that can be read")]
    NotAZip(#[source] ZipError),
    /// A path leads outside, or is not plain text.
    #[error("the archive holds a path that does not belong in a course: {0}")]
    BadPath(String),
    /// Entries share their bytes.
    #[error("the archive packs several files into the same bytes")]
    Overlapping,
    /// There are too many files.
    #[error("more than {limit} files", limit = limits::FILES)]
    TooMany,
    /// A file is nested too deeply.
    #[error("{0} is nested more than {limit} folders deep", limit = limits::DEPTH)]
    TooDeep(String),
    /// A file is too large.
    #[error("{path} is larger than {limit} MiB", limit = most(path) / MIB)]
    TooLarge {
        /// Which file.
        path: String,
    },
    /// All files together are too large.
    #[error("the course is larger than {limit} MiB", limit = limits::TOTAL / MIB)]
    TooLargeInAll,
    /// The folder to write to has something in it.
    #[error("{0} exists already and is not empty")]
    NotEmpty(PathBuf),
}

impl FilesError {
    /// The finding that says the same, when it is about the course itself rather than about the machine.
    #[must_use]
    pub fn finding(&self) -> Option<Diagnostic> {
        let (code, file, hint) = match self {
            Self::BadPath(path) => ("bad-path", path.as_str(), "pack the course's folder again, with plain names"),
            Self::Overlapping => ("bad-archive", "course.toml", "pack the course's folder again"),
            Self::TooMany => ("too-many-files", "course.toml", "take out what the course does not use"),
            Self::TooDeep(path) => ("bad-path", path.as_str(), "move it further up"),
            Self::TooLarge { path } => ("too-large", path.as_str(), "make it smaller, or split it"),
            Self::TooLargeInAll => ("too-large", "course.toml", "make films and pictures smaller, or split the course"),
            Self::Io { .. } | Self::NotAFolder(_) | Self::NotAZip(_) | Self::NotEmpty(_) => return None,
        };
        let span = Span { file: file.to_owned(), line: 0, column: 0, length: 1 };
        Some(Diagnostic::error(code, span, self.to_string()).hint(hint))
    }
}

/// Keeps count while files are gathered.
#[derive(Default)]
struct Tally {
    files: usize,
    bytes: u64,
}

impl Tally {
    fn admit(&mut self, path: &str, size: u64) -> Result<(), FilesError> {
        self.files += 1;
        self.bytes = self.bytes.saturating_add(size);
        if self.files > limits::FILES {
            return Err(FilesError::TooMany);
        }
        if path.split('/').count() > limits::DEPTH + 1 {
            return Err(FilesError::TooDeep(path.to_owned()));
        }
        if size > most(path) {
            return Err(FilesError::TooLarge { path: path.to_owned() });
        }
        if self.bytes > limits::TOTAL {
            return Err(FilesError::TooLargeInAll);
        }
        Ok(())
    }
}

/// Reads a course folder.
///
/// # Errors
/// [`FilesError`]: what cannot be read, or is too much.
pub fn read_folder(root: &Path) -> Result<Files, FilesError> {
    if !root.is_dir() {
        return Err(FilesError::NotAFolder(root.to_owned()));
    }
    let mut files = Files::new();
    let mut tally = Tally::default();
    let mut folders = vec![(root.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let failed = |source| FilesError::Io { path: folder.clone(), source };
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if is_ignored(&path) {
                continue;
            }
            let failed = |source| FilesError::Io { path: entry.path(), source };
            let about = entry.metadata().map_err(failed)?;
            if about.is_dir() {
                if path.split('/').count() > limits::DEPTH {
                    return Err(FilesError::TooDeep(path));
                }
                folders.push((entry.path(), path));
            } else if about.is_file() {
                tally.admit(&path, about.len())?;
                files.insert(path, std::fs::read(entry.path()).map_err(failed)?);
            }
        }
    }
    Ok(files)
}

/// Writes a course as a folder, which must not exist yet or be empty.
///
/// # Errors
/// [`FilesError`]: what cannot be written.
pub fn write_folder(root: &Path, files: &Files) -> Result<(), FilesError> {
    let io = |path: &Path, source| FilesError::Io { path: path.to_owned(), source };
    if root.exists() && std::fs::read_dir(root).map_err(|source| io(root, source))?.next().is_some() {
        return Err(FilesError::NotEmpty(root.to_owned()));
    }
    for (path, bytes) in files {
        let target = root.join(plain(path)?);
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder).map_err(|source| io(folder, source))?;
        }
        std::fs::write(&target, bytes).map_err(|source| io(&target, source))?;
    }
    Ok(())
}

/// A path of plain names that stays below its root.
fn plain(path: &str) -> Result<PathBuf, FilesError> {
    let candidate = Path::new(path);
    let good = !path.is_empty()
        && !path.contains(['\\', '\0', ':'])
        && candidate.components().all(|part| matches!(part, Component::Normal(_)));
    if good { Ok(candidate.to_owned()) } else { Err(FilesError::BadPath(path.to_owned())) }
}

/// Reads a zip archive of a course folder; folders around everything are taken off.
///
/// # Errors
/// [`FilesError`]: it is no archive, or too much, or a path leads outside.
pub fn read_zip(bytes: &[u8]) -> Result<Files, FilesError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(FilesError::NotAZip)?;
    // A few kilobytes that many entries share could be unpacked a thousand times.
    if archive.has_overlapping_entries().map_err(FilesError::NotAZip)? {
        return Err(FilesError::Overlapping);
    }
    // First the directory of the archive alone: nothing is unpacked before all of it is in bounds.
    let mut listed = vec![];
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(FilesError::NotAZip)?;
        // Some programs write folders as Windows does.
        let path = entry.name().map_err(FilesError::NotAZip)?.replace('\\', "/");
        if entry.is_dir() || path.ends_with('/') || is_ignored(&path) {
            continue;
        }
        plain(&path)?;
        listed.push((index, path, entry.size()));
    }
    let wrapper = wrapper(listed.iter().map(|(_, path, _)| path.as_str())).to_owned();
    let mut tally = Tally::default();
    let mut files = Files::new();
    for (_, path, size) in &mut listed {
        path.drain(..wrapper.len());
        tally.admit(path, *size)?;
    }
    let mut left = limits::TOTAL;
    for (index, path, _) in listed {
        let entry = archive.by_index(index).map_err(FilesError::NotAZip)?;
        // The directory may lie about sizes: what is really unpacked is counted too.
        let mut content = vec![];
        let room = most(&path).min(left);
        let failed = |source| FilesError::Io { path: path.clone().into(), source };
        entry.take(room + 1).read_to_end(&mut content).map_err(failed)?;
        let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
        if size > room {
            return Err(if room < most(&path) { FilesError::TooLargeInAll } else { FilesError::TooLarge { path } });
        }
        left -= size;
        files.insert(path, content);
    }
    Ok(files)
}

/// The folders around everything, with their slash, where the table of contents is not at the top.
fn wrapper<'p>(mut paths: impl Iterator<Item = &'p str> + Clone) -> &'p str {
    let manifests = paths.clone().filter(|path| *path == "course.toml" || path.ends_with("/course.toml"));
    let found = manifests.min_by_key(|path| path.split('/').count());
    let prefix = found.and_then(|path| path.strip_suffix("course.toml")).unwrap_or_default();
    if paths.all(|path| path.starts_with(prefix)) { prefix } else { "" }
}

/// Packs a course as a zip archive. The same files always give the same bytes.
///
/// # Errors
/// [`FilesError::NotAZip`] when packing fails.
pub fn write_zip(files: &Files) -> Result<Vec<u8>, FilesError> {
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (path, bytes) in files {
        writer.start_file(path.as_str(), options).map_err(FilesError::NotAZip)?;
        writer.write_all(bytes).map_err(|source| FilesError::Io { path: path.into(), source })?;
    }
    Ok(writer.finish().map_err(FilesError::NotAZip)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Files {
        [("course.toml", "format = 1\n"), ("a/b.md", "# Hello\n")]
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
            .into()
    }

    fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(vec![]));
        for (path, bytes) in entries {
            writer.start_file(*path, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_folder_and_an_archive_give_back_the_same_files() {
        let folder = tempfile::tempdir().unwrap();
        write_folder(folder.path(), &sample()).unwrap();
        assert_eq!(read_folder(folder.path()).unwrap(), sample());
        assert_eq!(read_zip(&write_zip(&sample()).unwrap()).unwrap(), sample());
        assert!(matches!(write_folder(folder.path(), &sample()), Err(FilesError::NotEmpty(_))));
    }

    #[test]
    fn one_folder_around_everything_is_taken_off_and_litter_left_out() {
        let bytes =
            zipped(&[("mine/course.toml", b"format = 1\n"), ("mine/a/b.md", b"# Hello\n"), ("__MACOSX/x", b"y")]);
        assert_eq!(read_zip(&bytes).unwrap(), sample());
    }

    #[test]
    fn archives_of_windows_and_of_a_folder_in_a_folder_are_read() {
        for around in ["mine\\", "mine/course/", "a/b\\c/"] {
            let paths = ["course.toml", "a\\b.md"].map(|path| format!("{around}{path}"));
            let bytes = zipped(&[(&paths[0], b"format = 1\n"), ("__MACOSX/x", b"y"), (&paths[1], b"# Hello\n")]);
            assert_eq!(read_zip(&bytes).unwrap(), sample(), "{around}");
        }
    }

    /// Every entry of the directory points at the bytes of one.
    #[test]
    fn entries_that_share_their_bytes_are_refused() {
        let bytes = zipped(&[("course.toml", b"format = 1\n"), ("a.md", &[b'a'; 900]), ("b.md", &[b'a'; 900])]);
        let signature = *b"PK\x01\x02";
        let at: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(&signature)).collect();
        assert_eq!(at.len(), 3);
        // The place of the entry's bytes stands 42 bytes behind the signature (APPNOTE.TXT, 4.3.12).
        let mut shared = bytes.clone();
        shared.copy_within(at[1] + 42..at[1] + 46, at[2] + 42);
        assert!(read_zip(&bytes).is_ok());
        assert!(matches!(read_zip(&shared), Err(FilesError::Overlapping)), "{:?}", read_zip(&shared));
    }

    #[test]
    fn hostile_archives_are_refused() {
        for path in ["../evil", "/etc/passwd", "a/../../evil", "..\\evil", "a\\..\\..\\evil", "c:evil", "c:\\evil"] {
            let bytes = zipped(&[(path, b"x")]);
            assert!(matches!(read_zip(&bytes), Err(FilesError::BadPath(_) | FilesError::NotAZip(_))), "{path}");
        }
        assert!(matches!(read_zip(b"not a zip"), Err(FilesError::NotAZip(_))));
        let deep = format!("{}x.md", "d/".repeat(limits::DEPTH + 1));
        assert!(matches!(read_zip(&zipped(&[(&deep, b"x")])), Err(FilesError::TooDeep(_))));
        let many: Vec<String> = (0..=limits::FILES).map(|number| format!("{number}.md")).collect();
        let entries: Vec<(&str, &[u8])> = many.iter().map(|path| (path.as_str(), &b"x"[..])).collect();
        assert!(matches!(read_zip(&zipped(&entries)), Err(FilesError::TooMany)));
    }

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        let size = usize::try_from(limits::PICTURE + 1).unwrap();
        let bytes = zipped(&[("course.toml", &vec![0; size])]);
        assert!(bytes.len() < 100_000, "it is small when packed: {}", bytes.len());
        assert!(matches!(read_zip(&bytes), Err(FilesError::TooLarge { .. })));
    }
}
