//! Pictures, films and recordings.

use crate::canonical::ContentHash;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A media file of a course, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// What it is.
    pub kind: MediaKind,
    /// The SHA-256 of its bytes: its name where bytes are kept, and in addresses.
    pub hash: ContentHash,
    /// How many bytes.
    pub size: u64,
    /// Width and height in pixels, where the file says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pixels: Option<(u32, u32)>,
}

/// The kinds of media a course may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// A drawing.
    Svg,
    /// A picture without loss.
    Png,
    /// A photograph.
    Jpeg,
    /// A picture of either kind.
    Webp,
    /// A film.
    Mp4,
    /// A film.
    Webm,
    /// Captions of a film.
    Vtt,
    /// A recording.
    Mp3,
    /// A recording.
    Ogg,
    /// A recording.
    M4a,
}

impl MediaKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Svg,
        Self::Png,
        Self::Jpeg,
        Self::Webp,
        Self::Mp4,
        Self::Webm,
        Self::Vtt,
        Self::Mp3,
        Self::Ogg,
        Self::M4a,
    ];

    /// The kind a file's name promises.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        // Cameras and older systems write `.JPG`.
        match path.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "svg" => Some(Self::Svg),
            "png" => Some(Self::Png),
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "webp" => Some(Self::Webp),
            "mp4" => Some(Self::Mp4),
            "webm" => Some(Self::Webm),
            "vtt" => Some(Self::Vtt),
            "mp3" => Some(Self::Mp3),
            "ogg" => Some(Self::Ogg),
            "m4a" => Some(Self::M4a),
            _ => None,
        }
    }

    /// The ending of names in addresses.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
            Self::Vtt => "vtt",
            Self::Mp3 => "mp3",
            Self::Ogg => "ogg",
            Self::M4a => "m4a",
        }
    }

    /// The media type it is served as.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
            Self::Vtt => "text/vtt; charset=utf-8",
            Self::Mp3 => "audio/mpeg",
            Self::Ogg => "audio/ogg",
            Self::M4a => "audio/mp4",
        }
    }

    /// Whether it is a film.
    #[must_use]
    pub fn is_video(self) -> bool {
        matches!(self, Self::Mp4 | Self::Webm)
    }

    /// Whether it is a recording.
    #[must_use]
    pub fn is_audio(self) -> bool {
        matches!(self, Self::Mp3 | Self::Ogg | Self::M4a)
    }

    /// Whether it is a picture.
    #[must_use]
    pub fn is_image(self) -> bool {
        matches!(self, Self::Svg | Self::Png | Self::Jpeg | Self::Webp)
    }
}

impl Media {
    /// Where the captions of a film lie: beside it, with the ending `vtt`.
    #[must_use]
    pub fn captions<'m>(media: &'m BTreeMap<String, Self>, film: &str) -> Option<(&'m String, &'m Self)> {
        let (stem, _) = film.rsplit_once('.')?;
        [format!("{stem}.vtt"), format!("{stem}.VTT")].iter().find_map(|path| media.get_key_value(path))
    }

    /// Its name in addresses: the hash and an ending, so that it may be cached for ever.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.{}", self.hash, self.kind.extension())
    }
}

#[cfg(feature = "authoring")]
mod sniff;
#[cfg(feature = "authoring")]
mod svg;
#[cfg(feature = "authoring")]
pub(super) use sniff::{matches, pixels};
#[cfg(feature = "authoring")]
pub(super) use svg::danger;
