//! The files of a course folder, before anything is read from them.

use super::media::{self, Media, MediaKind};
use crate::{
    canonical::ContentHash,
    diagnostic::{Diagnostic, Diagnostics, Span},
};
use std::collections::BTreeMap;

/// A course folder: bytes by path, with `/` between folders and none in front.
pub type Files = BTreeMap<String, Vec<u8>>;

/// How much a course may hold. Whoever unpacks an archive checks these before it fills its memory.
pub mod limits {
    /// The most files.
    pub const FILES: usize = 500;
    /// The most bytes of all files together.
    pub const TOTAL: u64 = 200 * 1024 * 1024;
    /// The most bytes of a text file.
    pub const TEXT: u64 = 512 * 1024;
    /// The most bytes of a picture, of a recording or of captions.
    pub const PICTURE: u64 = 5 * 1024 * 1024;
    /// The most bytes of a film.
    pub const FILM: u64 = 100 * 1024 * 1024;
    /// The most folders above a file.
    pub const DEPTH: usize = 6;
    /// The most characters of a path.
    pub const PATH: usize = 200;
    /// The most activities.
    pub const ACTIVITIES: usize = 300;
    /// The most modules.
    pub const MODULES: usize = 100;
    /// The most competencies.
    pub const COMPETENCIES: usize = 100;
}

/// The table of contents.
pub(super) const MANIFEST: &str = "course.toml";

/// Whether a path is something operating systems leave behind, and no part of a course.
#[must_use]
pub fn is_ignored(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.') && part != "." && part != "..")
        || path.starts_with("__MACOSX/")
        || path.rsplit('/').next().is_some_and(|name| matches!(name, "Thumbs.db" | "desktop.ini"))
}

/// Whether a file may lie in a course without being named in it.
pub(super) fn is_companion(path: &str) -> bool {
    matches!(path, "README.md" | "LICENSE" | "LICENSE.md" | "LICENSE.txt")
}

pub(super) fn whole(path: &str) -> Span {
    Span { file: path.to_owned(), line: 0, column: 0, length: 1 }
}

/// Checks names, number, depth, types and sizes.
pub(super) fn check(files: &Files, found: &mut Diagnostics) {
    if files.len() > limits::FILES {
        let message = format!("the course has {} files, and {} are allowed", files.len(), limits::FILES);
        found.push(Diagnostic::error("too-many-files", whole(MANIFEST), message));
    }
    let total: u64 = files.values().map(|bytes| size(bytes)).sum();
    if total > limits::TOTAL {
        let message = format!("the course has {total} bytes, and {} are allowed", limits::TOTAL);
        found.push(Diagnostic::error("too-large", whole(MANIFEST), message));
    }
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for (path, bytes) in files {
        if let Some(other) = names.insert(path.to_lowercase(), path) {
            let message = format!("`{other}` and `{path}` differ only in capital and small letters");
            let problem = Diagnostic::error("same-name", whole(path), message);
            found.push(problem.hint("on many computers they are one file: give one of them another name"));
        }
        let problem = |code, message: String| Diagnostic::error(code, whole(path), message);
        if !is_good_path(path) {
            found.push(
                problem("bad-path", format!("`{path}` cannot be the name of a file here")).hint(bad_path_hint(path)),
            );
            continue;
        }
        let most = match MediaKind::of_path(path) {
            Some(kind) if kind.is_video() => limits::FILM,
            Some(_) => limits::PICTURE,
            None => limits::TEXT,
        };
        if size(bytes) > most {
            let message = format!("the file has {} bytes, and {most} are allowed", bytes.len());
            found.push(problem("too-large", message).hint("make it smaller, or split it"));
        }
        if !is_known_type(path) {
            found.push(problem("file-type", "a course cannot hold this type of file".to_owned()).hint(
                "text: md, quiz, conversation, plan, ack; media: svg, png, jpg, webp, mp4, webm, vtt, mp3, ogg, m4a",
            ));
        }
    }
}

fn bad_path_hint(path: &str) -> String {
    let rules = "use the letters a to z, digits, `-`, `_` and `.`, not too deep and not too long";
    let spaceless = path.replace(' ', "-");
    if is_good_path(&spaceless) { format!("take the spaces out: `{spaceless}`") } else { rules.to_owned() }
}

pub(super) fn size(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

pub(super) fn is_good_path(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    path.len() <= limits::PATH
        && path.split('/').count() <= limits::DEPTH + 1
        && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.chars().all(plain))
}

fn is_known_type(path: &str) -> bool {
    is_text(path) || MediaKind::of_path(path).is_some()
}

/// Whether a file is read as text.
pub(super) fn is_text(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    ["md", "quiz", "conversation", "plan", "ack"].into_iter().any(|ending| has_ending(name, ending))
        || name == MANIFEST
        || is_companion(path)
}

/// Whether a file's name ends with `.ENDING`, in capital or small letters: cameras and older systems write `.PNG`.
pub(super) fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case(ending))
}

/// Every medium, checked for being what its name promises.
pub(super) fn media(files: &Files, found: &mut Diagnostics) -> BTreeMap<String, Media> {
    let mut all = BTreeMap::new();
    for (path, bytes) in files {
        let Some(kind) = MediaKind::of_path(path) else {
            continue;
        };
        if !path.starts_with("media/") {
            let problem = Diagnostic::error("media-place", whole(path), "media belong into the folder `media`");
            found.push(problem.hint(format!("move it to `media/{path}`")));
        }
        if !media::matches(kind, bytes) {
            let message = format!("the content is not {}", kind.media_type());
            found.push(Diagnostic::error("media-type", whole(path), message).hint("save it again in the right format"));
        } else if kind == MediaKind::Svg && size(bytes) <= limits::PICTURE {
            match media::danger(bytes) {
                Ok(None) => {}
                Ok(Some(danger)) => {
                    let message = format!("the drawing contains {danger}");
                    found.push(Diagnostic::error("unsafe-svg", whole(path), message).hint("export it as a plain SVG"));
                }
                Err(why) => {
                    let problem =
                        Diagnostic::error("bad-svg", whole(path), format!("the drawing cannot be read: {why}"));
                    found.push(problem.hint("export it again as a plain SVG"));
                }
            }
        }
        let pixels = media::pixels(kind, bytes);
        if kind.is_image() && pixels.is_none() {
            let problem = Diagnostic::warning("media-size", whole(path), "the picture does not say how large it is");
            found.push(problem.hint("give it a width and a height, so that the page does not jump"));
        }
        all.insert(path.clone(), Media { kind, hash: ContentHash::of(bytes), size: size(bytes), pixels });
    }
    all
}
