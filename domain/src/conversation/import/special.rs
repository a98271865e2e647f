//! Story formats, and the passages that are no part of the tale in them.

/// The family of a story format: what it takes for a macro.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Harlowe,
    SugarCube,
    Chapbook,
    Snowman,
    /// Everything is looked for.
    Unknown,
}

impl Dialect {
    pub fn of(format: Option<&str>) -> Self {
        let name = format.unwrap_or_default().to_ascii_lowercase();
        let known = [
            ("harlowe", Self::Harlowe),
            ("sugarcube", Self::SugarCube),
            ("chapbook", Self::Chapbook),
            ("snowman", Self::Snowman),
        ];
        known.iter().find(|(word, _)| name.starts_with(word)).map_or(Self::Unknown, |(_, dialect)| *dialect)
    }

    fn may_be(self, other: Self) -> bool {
        self == other || self == Self::Unknown
    }

    /// `$name`.
    pub fn has_variables(self) -> bool {
        matches!(self, Self::Harlowe | Self::SugarCube | Self::Unknown)
    }

    /// `_name`.
    pub fn has_temporaries(self) -> bool {
        matches!(self, Self::Harlowe | Self::SugarCube)
    }

    /// `(name: …)`.
    pub fn has_harlowe_macros(self) -> bool {
        self.may_be(Self::Harlowe)
    }

    /// `{name …}`, and the modifiers and the variables section that come with it.
    pub fn has_inserts(self) -> bool {
        self.may_be(Self::Chapbook)
    }

    /// `/* … */` and `/% … %/`.
    pub fn has_block_comments(self) -> bool {
        self.may_be(Self::SugarCube)
    }
}

/// Why a passage is no part of the tale: what it is, and whether its text is code throughout.
pub(super) fn special(
    name: &str,
    tags: &[String],
    dialect: Dialect,
    script_tags: bool,
) -> Option<(&'static str, bool)> {
    /// Names that Twine 1 and SugarCube keep for themselves.
    const NAMES: [&str; 15] = [
        "PassageDone",
        "PassageFooter",
        "PassageHeader",
        "PassageReady",
        "StoryAuthor",
        "StoryBanner",
        "StoryCaption",
        "StoryDisplayTitle",
        "StoryIncludes",
        "StoryInit",
        "StoryInterface",
        "StoryMenu",
        "StorySettings",
        "StoryShare",
        "StorySubtitle",
    ];
    let tagged = |known: &[&str]| tags.iter().any(|tag| known.contains(&tag.as_str()));
    if script_tags && tagged(&["script"]) {
        return Some(("script passage", true));
    }
    if script_tags && tagged(&["stylesheet"]) {
        return Some(("stylesheet passage", true));
    }
    if tagged(&["Twine.audio", "Twine.image", "Twine.private", "Twine.video", "Twine.vtt"]) {
        return Some(("media passage", true));
    }
    if dialect.may_be(Dialect::SugarCube) && tagged(&["widget", "init"]) {
        return Some(("passage of macros", false));
    }
    let harlowe = ["header", "footer", "startup", "debug-header", "debug-footer", "debug-startup"];
    if dialect.may_be(Dialect::Harlowe) && tagged(&harlowe) {
        return Some(("header or footer passage", false));
    }
    (dialect.may_be(Dialect::SugarCube) && NAMES.contains(&name)).then_some(("special passage", false))
}
