//! What a course is made of.

use super::media::Media;
use crate::{
    acknowledgement::Acknowledgement,
    canonical::{self, ContentHash},
    conversation::Scenario,
    facts::Fact,
    lesson::Lesson,
    named::{ActivityId, CompetencyId, ModuleId},
    people::Locale,
    quiz::Quiz,
    slug::Slug,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One version of a course, complete but for the bytes of its media.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Package {
    /// Its name, the same through all versions.
    pub id: Slug,
    /// What it is called.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub summary: String,
    /// The language it is written in.
    pub language: Locale,
    /// How long it takes.
    pub minutes: u32,
    /// Who agreed the answer keys.
    pub keys: String,
    /// The site facts its texts name.
    pub facts: Vec<Fact>,
    /// What it makes people better at.
    pub competencies: Vec<Competency>,
    /// Its parts, in order.
    pub modules: Vec<Module>,
    /// Its media by path.
    pub media: BTreeMap<String, Media>,
    /// The facilitator's guide in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide: Option<Lesson>,
    /// The page learners may print, in Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_aid: Option<Lesson>,
}

/// Something a course makes people better at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Competency {
    /// Its name in files.
    pub id: CompetencyId,
    /// What it is called.
    pub name: String,
}

/// A part of a course.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Module {
    /// Its name.
    pub id: ModuleId,
    /// What it is called.
    pub title: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// What there is to do, in order.
    pub activities: Vec<Activity>,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// Its name, stable through all versions: progress hangs on it.
    pub id: ActivityId,
    /// What it is called.
    pub title: String,
    /// How long it takes.
    pub minutes: u32,
    /// Whether the course is complete only with it.
    pub required: bool,
    /// The pair it belongs to: two conversations whose order is drawn for each person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<Slug>,
    /// The file it was read from.
    pub file: String,
    /// The SHA-256 of its body's canonical JSON: changes when, and only when, its content does.
    pub hash: ContentHash,
    /// The content.
    pub body: Body,
}

impl Activity {
    /// What kind it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.body {
            Body::Lesson(_) => Kind::Lesson,
            Body::Quiz(_) => Kind::Quiz,
            Body::Conversation { .. } => Kind::Conversation,
            Body::Acknowledgement(_) => Kind::Acknowledgement,
        }
    }

    /// The folder of its file, against which relative paths are read; empty at the top.
    #[must_use]
    pub fn folder(&self) -> &str {
        folder_of(&self.file)
    }

    /// The conversations it may be played as, the main file first; none when it is no conversation.
    pub fn tellings(&self) -> impl Iterator<Item = Telling<'_>> {
        let (main, variants) = match &self.body {
            Body::Conversation { scenario, variants, .. } => (Some(scenario), variants.as_slice()),
            _ => (None, &[][..]),
        };
        let main = main.map(|scenario| Telling { variant: None, file: &self.file, content: self.hash, scenario });
        main.into_iter().chain(variants.iter().map(Variant::telling))
    }

    /// The conversation of one of its variants, of the main file for none; nothing when it has no such one.
    #[must_use]
    pub fn telling(&self, variant: Option<&Slug>) -> Option<Telling<'_>> {
        self.tellings().find(|telling| telling.variant == variant)
    }
}

impl Variant {
    fn telling(&self) -> Telling<'_> {
        Telling { variant: Some(&self.name), file: &self.file, content: self.hash, scenario: &self.scenario }
    }
}

impl<'a> Telling<'a> {
    /// The folder of its file, against which relative paths are read; empty at the top.
    #[must_use]
    pub fn folder(&self) -> &'a str {
        folder_of(self.file)
    }
}

fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The content of an activity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    /// Something to read or watch.
    Lesson(Lesson),
    /// Questions.
    Quiz(Quiz),
    /// A simulated conversation.
    Conversation {
        /// Whether it certifies.
        mode: Mode,
        /// The conversation.
        scenario: Box<Scenario>,
        /// The same case told otherwise, for further attempts at an assessed one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        variants: Vec<Variant>,
    },
    /// A text to agree to.
    Acknowledgement(Acknowledgement),
}

/// An assessed conversation's case told otherwise: what another attempt plays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Its name, that of its file without folder and ending; stable through all versions, because plays name it.
    pub name: Slug,
    /// The file it was read from.
    pub file: String,
    /// The SHA-256 of the scenario's canonical JSON.
    pub hash: ContentHash,
    /// The conversation.
    pub scenario: Box<Scenario>,
}

/// One of the conversations that an activity may be played as.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Telling<'a> {
    /// Which variant; none is the activity's main file.
    pub variant: Option<&'a Slug>,
    /// The file it was read from.
    pub file: &'a str,
    /// Stands for what is played: plays of the same content can be compared.
    pub content: ContentHash,
    /// The conversation.
    pub scenario: &'a Scenario,
}

/// The kinds of activities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Something to read or watch.
    Lesson,
    /// Questions.
    Quiz,
    /// A simulated conversation.
    Conversation,
    /// A text to agree to.
    Acknowledgement,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Lesson, Self::Quiz, Self::Conversation, Self::Acknowledgement];

    /// The name in files and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lesson => "lesson",
            Self::Quiz => "quiz",
            Self::Conversation => "conversation",
            Self::Acknowledgement => "acknowledgement",
        }
    }
}

/// What a conversation counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Debrief at once, as often as one likes; never certifies.
    Practice,
    /// Must be passed; better answers appear only after passing or after the last attempt.
    Assessed {
        /// How often it may be tried.
        attempts: u32,
    },
}

impl Package {
    /// The canonical JSON: what is stored and hashed.
    #[must_use]
    pub fn json(&self) -> String {
        canonical::json(self)
    }

    /// The SHA-256 of the canonical JSON.
    #[must_use]
    pub fn hash(&self) -> ContentHash {
        ContentHash::of(self.json().as_bytes())
    }

    /// Every activity in order.
    pub fn activities(&self) -> impl Iterator<Item = &Activity> {
        self.modules.iter().flat_map(|module| &module.activities)
    }

    /// The activity of this name.
    #[must_use]
    pub fn activity(&self, id: &ActivityId) -> Option<&Activity> {
        self.activities().find(|activity| activity.id == *id)
    }

    /// The module an activity belongs to.
    #[must_use]
    pub fn module_of(&self, id: &ActivityId) -> Option<&Module> {
        self.modules.iter().find(|module| module.activities.iter().any(|activity| activity.id == *id))
    }

    /// The activities before and after one, through all modules.
    #[must_use]
    pub fn neighbours(&self, id: &ActivityId) -> (Option<&Activity>, Option<&Activity>) {
        let all: Vec<&Activity> = self.activities().collect();
        let Some(at) = all.iter().position(|activity| activity.id == *id) else {
            return (None, None);
        };
        (at.checked_sub(1).map(|before| all[before]), all.get(at + 1).copied())
    }

    /// The activity read from a file: what a link between lessons leads to.
    #[must_use]
    pub fn activity_of_file(&self, file: &str) -> Option<&Activity> {
        self.activities().find(|activity| activity.file == file)
    }
}
