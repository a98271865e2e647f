//! A finished run talked over.

use super::{model::EndingKind, score::Score, view::Entry};
use crate::{percent::Percent, slug::Slug};
use serde::{Deserialize, Serialize};

/// A finished run talked over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Debrief {
    /// What the conversation is called.
    pub title: String,
    /// The decisions, in order.
    pub decisions: Vec<Decision>,
    /// What was said after the last decision.
    pub closing: Vec<Entry>,
    /// How it ended.
    pub ending: EndingKind,
    /// What to take away from this ending; may be empty.
    pub takeaway: String,
    /// The score, with each competency's.
    pub score: Score,
    /// What was promised, in order.
    pub commitments: Vec<Promise>,
    /// How each variable moved over the whole run.
    pub moved: Vec<Moved>,
    /// Whether better answers are shown where there were any.
    pub shows_better: bool,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Which one in the run, from 0: the number of events before it. A rewind keeps that many.
    pub number: u32,
    /// The node it was made at.
    pub node: Slug,
    /// The name it shares with the same decision on other channels.
    pub decision: Option<Slug>,
    /// What was said before it, since the decision before.
    pub lines: Vec<Entry>,
    /// What the learner said or did, or that nothing was.
    pub reply: Entry,
    /// The choice that own words were read as, in its author's words; nothing when it was picked as it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meant: Option<String>,
    /// The rationale; may be empty for silence.
    pub why: String,
    /// How it was rated, in every respect that this node rates.
    pub ratings: Vec<Rated>,
    /// The regret: by how many points of the score the best that could still be reached fell. Nothing when unscored.
    pub cost: Option<Percent>,
    /// By how many points of the score the worst reply that was offered would have lowered it. Nothing when unscored.
    pub stake: Option<Percent>,
    /// Whether it turned here: before it, the conversation could still end in success, and after it no longer. It may have cost
    /// nothing: points tell how good a reply is, the ending also what is still possible.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub turned: bool,
    /// The blockers it met.
    pub blockers: Vec<Slug>,
    /// What it promised.
    pub commitments: Vec<Promise>,
    /// What would have been better. Nothing when nothing was, or when it is not shown yet.
    pub better: Option<Better>,
    /// How each variable moved that this decision changed.
    pub moved: Vec<Moved>,
}

/// A rating of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    /// The competency's name in the course.
    pub competency: Slug,
    /// From -2 to 2.
    pub value: i8,
}

/// The best choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Better {
    /// The words; nothing when silence was best.
    pub text: Option<String>,
    /// Whether it is done and not said.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
    /// Its rationale.
    pub why: String,
    /// What they would then have said: the first lines.
    pub then: Vec<Entry>,
}

/// How a variable moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Its name.
    pub variable: String,
    /// Its value before, as people write it.
    pub before: String,
    /// Its value after.
    pub after: String,
    /// By how much; nothing when it is not a number.
    pub by: Option<i32>,
}

/// Something promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What kind of promise.
    pub kind: Slug,
    /// How much, until when; may be empty.
    pub detail: String,
}

impl Debrief {
    /// The same without better answers: for an assessed run that has not passed while another attempt is open.
    #[must_use]
    pub fn without_better(mut self) -> Self {
        self.shows_better = false;
        for decision in &mut self.decisions {
            decision.better = None;
        }
        self
    }

    /// What an assessed run may show: everything after passing or after the last attempt, else no better answers.
    #[must_use]
    pub fn assessed(self, last_attempt: bool) -> Self {
        if self.score.passed || last_attempt { self } else { self.without_better() }
    }
}
