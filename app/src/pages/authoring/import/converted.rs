//! What came of a story, kept from the upload to the page that shows it.

use crate::pages::authoring::Findings;
use domain::conversation::import::Unconverted;
use domain::conversation::{Imported, Notation, explain, load};
use domain::diagnostic::{Diagnostic, Severity, has_errors};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How many unconverted things are listed at once; the draft names all of them.
const LISTED: usize = 100;

/// How many places are named of each thing.
pub(super) const PLACES: usize = 6;

/// Why nothing could be made of what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Neither file nor text.
    Nothing,
    /// More than is read.
    TooLarge,
    /// Not UTF-8.
    NotText,
    /// Neither Twee nor a published story.
    Neither,
}

impl Unfit {
    /// Its text in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Nothing => "import-nothing",
            Self::TooLarge => "import-too-large",
            Self::NotText => "import-not-text",
            Self::Neither => "import-neither",
        }
    }
}

/// What was found in a story, and the draft made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Converted {
    /// What the draft is called as a file.
    name: String,
    /// Empty, when the story could not be read.
    draft: String,
    /// As the story names it.
    pub title: Option<String>,
    /// The story format it was written for.
    pub format: Option<String>,
    /// The passage it begins with.
    pub start: Option<String>,
    /// How many passages came over.
    pub passages: usize,
    /// How many links between them.
    pub links: usize,
    /// What was not converted, in the order of the source; not more than a page can hold.
    pub left: Vec<Left>,
    /// How much of that there is in all.
    pub left_in_all: usize,
    /// What is wrong with the story itself.
    pub found: Findings,
    /// What stands between the draft and its publication.
    pub to_do: Vec<ToDo>,
}

/// Something that was not converted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// What it is: `macro`.
    pub kind: String,
    /// How it begins: `<<set $seen to true>>`.
    pub begins: String,
    /// Its lines in the story, in order.
    pub lines: Vec<u32>,
    /// The passage it stands in.
    pub passage: String,
}

/// Findings of one kind about the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToDo {
    /// Whether it stops publishing.
    pub error: bool,
    /// What is wrong.
    pub title: String,
    /// How to mend it.
    pub mend: String,
    /// How often.
    pub times: usize,
    /// The first lines of the draft it is about.
    pub lines: Vec<u32>,
}

impl Converted {
    /// Reads a story and makes a draft of it. `file` is what it was sent as, empty for a text that was pasted.
    ///
    /// # Errors
    /// Why it is no story.
    pub fn of(bytes: &[u8], file: &str) -> Result<Self, Unfit> {
        if bytes.trim_ascii().is_empty() {
            return Err(Unfit::Nothing);
        }
        if bytes.len() > Imported::MOST {
            return Err(Unfit::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Unfit::NotText)?;
        let story = Notation::of(text).ok_or(Unfit::Neither)?.read(text).named(file);
        let read = !has_errors(&story.diagnostics);
        let draft = if read { story.draft() } else { String::new() };
        let name = name(file, story.title.as_deref());
        let left = left(&story.unconverted);
        let to_do = if read { to_do(&load(&draft, &name).1.diagnostics) } else { Vec::new() };
        Ok(Self {
            name,
            draft,
            passages: story.passages.len(),
            links: story.passages.iter().map(|passage| passage.links.len()).sum(),
            left_in_all: left.len(),
            left: left.into_iter().take(LISTED).collect(),
            found: Findings::of(&story.diagnostics, file.to_owned(), 1),
            to_do,
            title: story.title,
            format: story.format,
            start: story.start,
        })
    }

    /// What was kept of an earlier one.
    #[must_use]
    pub fn kept(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    /// What the draft is called as a file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The draft; nothing, when the story could not be read.
    #[must_use]
    pub fn draft(&self) -> Option<&str> {
        (!self.draft.is_empty()).then_some(self.draft.as_str())
    }
}

/// A file name after the story's file, else after its title.
fn name(file: &str, title: Option<&str>) -> String {
    let file = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain = [stem, title.unwrap_or_default()].into_iter().map(plain).find(|name| !name.is_empty());
    format!("{}.conversation", plain.unwrap_or_else(|| "draft".to_owned()))
}

/// Small letters and digits of a text, with hyphens for whatever else there is.
fn plain(text: &str) -> String {
    let letters = text.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { ' ' });
    let spaced: String = letters.take(80).collect::<String>().to_ascii_lowercase();
    spaced.split_whitespace().collect::<Vec<_>>().join("-")
}

/// What is called by more than one word; the source's own words follow.
const KINDS: [&str; 12] = [
    "computed link",
    "header or footer passage",
    "link to another site",
    "link without an end",
    "link without a target",
    "media passage",
    "passage of macros",
    "script of the story:",
    "script passage",
    "special passage",
    "stylesheet of the story:",
    "stylesheet passage",
];

impl From<&Unconverted> for Left {
    fn from(it: &Unconverted) -> Self {
        let whole = KINDS.iter().find(|kind| it.what.strip_prefix(**kind).is_some_and(|rest| rest.starts_with(' ')));
        let at = whole.map_or_else(|| it.what.find(' ').unwrap_or(it.what.len()), |kind| kind.len());
        let (kind, begins) = it.what.split_at(at);
        Self {
            kind: kind.trim_end_matches(':').to_owned(),
            begins: begins.trim().to_owned(),
            lines: vec![it.line],
            passage: it.passage.clone().unwrap_or_default(),
        }
    }
}

/// What was not converted: the same thing in one passage once, with all of its lines. What became a link is not among it.
fn left(list: &[Unconverted]) -> Vec<Left> {
    let mut places: HashMap<(&str, Option<&str>), usize> = HashMap::new();
    let mut out: Vec<Left> = Vec::new();
    for it in list.iter().filter(|it| !it.is_link()) {
        let at = *places.entry((&it.what, it.passage.as_deref())).or_insert(out.len());
        match out.get_mut(at) {
            Some(known) => known.lines.push(it.line),
            None => out.push(Left::from(it)),
        }
    }
    out
}

/// The findings by what they are about: errors first, then the most frequent.
fn to_do(found: &[Diagnostic]) -> Vec<ToDo> {
    let mut codes: Vec<(&str, ToDo)> = Vec::new();
    for it in found {
        let at = codes.iter().position(|(code, _)| *code == it.code).unwrap_or_else(|| {
            let (title, mend) = match explain(it.code) {
                Some(about) => (about.title.to_owned(), about.mend.to_owned()),
                None => (it.message.clone(), it.hint.clone().unwrap_or_default()),
            };
            let error = it.severity == Severity::Error;
            codes.push((it.code, ToDo { error, title, mend, times: 0, lines: Vec::new() }));
            codes.len() - 1
        });
        let group = &mut codes[at].1;
        group.times += 1;
        if it.span.line > 0 && group.lines.len() < PLACES && group.lines.last() != Some(&it.span.line) {
            group.lines.push(it.span.line);
        }
    }
    let mut list: Vec<ToDo> = codes.into_iter().map(|(_, group)| group).collect();
    list.sort_by_key(|group| (!group.error, std::cmp::Reverse(group.times)));
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_draft_is_named_after_its_file() {
        for (file, title, expected) in [
            ("Night Shift.twee", Some("Other"), "night-shift.conversation"),
            ("C:\\stories\\a.b.html", None, "a-b.conversation"),
            ("", Some("The  call: Ünder"), "the-call-nder.conversation"),
            ("../../etc/passwd", None, "passwd.conversation"),
            ("\"; x=\r\n.html", None, "x.conversation"),
            ("日本.twee", None, "draft.conversation"),
        ] {
            assert_eq!(name(file, title), expected, "{file}");
        }
    }

    #[test]
    fn what_was_left_is_told_apart_from_the_words_of_the_source() {
        for (what, kind, begins) in [
            ("macro <<set $seen to true>>", "macro", "<<set $seen to true>>"),
            ("variable $trust", "variable", "$trust"),
            ("link to another site https://a.example", "link to another site", "https://a.example"),
            ("special passage StoryInit", "special passage", "StoryInit"),
            ("computed link [[a|$b]]", "computed link", "[[a|$b]]"),
            ("image night.png", "image", "night.png"),
            ("script", "script", ""),
        ] {
            let left = Left::from(&Unconverted { what: what.into(), line: 3, passage: None });
            assert_eq!((left.kind.as_str(), left.begins.as_str()), (kind, begins), "{what}");
        }
    }

    #[test]
    fn what_was_left_is_named_once_in_a_passage() {
        let story = ":: Start\n<p>a</p>\n<p>b</p>\n<<link \"On\" \"One\">><</link>>\n\n:: One\n<p>c</p>\n";
        let converted = Converted::of(story.as_bytes(), "s.twee").unwrap();
        let left: Vec<_> = converted.left.iter().map(|it| (it.begins.as_str(), it.lines.as_slice())).collect();
        assert_eq!(left, [("<p>", &[2, 3][..]), ("<p>", &[7])]);
        assert_eq!((converted.left_in_all, converted.links), (2, 1));
    }

    #[test]
    fn findings_of_one_kind_are_one_thing_to_do() {
        let story = ":: Start\n[[a->One]]\n[[b->Two]]\n\n:: One\nx\n\n:: Two\ny\n\n:: Away\nz\n";
        let converted = Converted::of(story.as_bytes(), "s.twee").unwrap();
        let reasons = converted.to_do.iter().find(|it| it.times == 2).unwrap();
        assert!(reasons.error && reasons.lines.len() == 2, "{:?}", converted.to_do);
        for line in &reasons.lines {
            let index = usize::try_from(*line).unwrap() - 1;
            assert!(converted.draft().unwrap().lines().nth(index).unwrap().starts_with("- "));
        }
        let kinds: Vec<bool> = converted.to_do.iter().map(|it| it.error).collect();
        assert!(kinds.is_sorted_by(|one, other| one >= other), "errors first: {kinds:?}");
        let kept = serde_json::to_string(&converted).unwrap();
        assert_eq!(Converted::kept(&kept), Some(converted));
    }
}
