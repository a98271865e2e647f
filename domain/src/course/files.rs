//! The files of a course folder, before anything is read from them.

use super::media::{self, Media, MediaKind};
use crate::{
    canonical::ContentHash,
    diagnostic::{Diagnostic, Span},
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
pub(super) fn check(files: &Files, found: &mut Vec<Diagnostic>) {
    if files.len() > limits::FILES {
        let message = format!("the course has {} files, and {} are allowed", files.len(), limits::FILES);
        found.push(Diagnostic::error("too-many-files", whole(MANIFEST), message));
    }
    let total: u64 = files.values().map(|bytes| size(bytes)).sum();
    if total > limits::TOTAL {
        let message = format!("the course has {total} bytes, and {} are allowed", limits::TOTAL);
        found.push(Diagnostic::error("too-large", whole(MANIFEST), message));
    }
    for (path, bytes) in files {
        let problem = |code, message: String| Diagnostic::error(code, whole(path), message);
        if !is_good_path(path) {
            found.push(
                problem("bad-path", format!("`{path}` cannot be the name of a file here"))
                    .hint("use letters, digits, `-`, `_` and `.`, not too deep and not too long"),
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

fn size(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

pub(super) fn is_good_path(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    path.len() <= limits::PATH
        && path.split('/').count() <= limits::DEPTH + 1
        && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.chars().all(plain))
}

fn is_known_type(path: &str) -> bool {
    let text =
        path.rsplit_once('.').is_some_and(|(_, end)| matches!(end, "md" | "quiz" | "conversation" | "plan" | "ack"));
    path == MANIFEST || text || is_companion(path) || MediaKind::of_path(path).is_some()
}

/// Every medium, checked for being what its name promises.
pub(super) fn media(files: &Files, found: &mut Vec<Diagnostic>) -> BTreeMap<String, Media> {
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
        }
        if kind == MediaKind::Svg
            && let Some(danger) = std::str::from_utf8(bytes).ok().and_then(media::danger)
        {
            let message = format!("the drawing contains {danger}");
            found.push(Diagnostic::error("unsafe-svg", whole(path), message).hint("export it as a plain SVG"));
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
