//! One activity: what completes it, where it stands, and what is still missing.

use crate::{
    canonical::ContentHash,
    course::{Activity, Body, Mode},
    named::ActivityId,
    percent::Percent,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What completes an activity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// It was marked as read.
    Read,
    /// A quiz was passed.
    PassQuiz {
        /// The mark that passes.
        pass: Percent,
        /// How often it may be tried; as often as one likes when absent.
        attempts: Option<u32>,
    },
    /// A conversation was played to an ending.
    PlayToEnding,
    /// An assessed conversation was passed.
    PassConversation {
        /// The score that passes.
        pass: Percent,
        /// How often it may be tried.
        attempts: u32,
    },
    /// The text was agreed to.
    Agree,
}

impl Rule {
    /// The rule of an activity.
    #[must_use]
    pub fn of(activity: &Activity) -> Self {
        match &activity.body {
            Body::Lesson(_) => Self::Read,
            Body::Quiz(quiz) => Self::PassQuiz { pass: quiz.pass, attempts: quiz.attempts },
            Body::Conversation { mode: Mode::Practice, .. } => Self::PlayToEnding,
            Body::Conversation { mode: Mode::Assessed { attempts }, scenario, .. } => Self::PassConversation {
                pass: Percent::new(scenario.pass.into()).unwrap_or(Percent::FULL),
                attempts: *attempts,
            },
            Body::Acknowledgement(_) => Self::Agree,
        }
    }

    /// How often it may be tried; as often as one likes when absent.
    #[must_use]
    pub fn attempts(&self) -> Option<u32> {
        match self {
            Self::PassQuiz { attempts, .. } => *attempts,
            Self::PassConversation { attempts, .. } => Some(*attempts),
            _ => None,
        }
    }

    /// The name kept in receipts.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::PassQuiz { .. } => "quiz",
            Self::PlayToEnding => "practice",
            Self::PassConversation { .. } => "assessed",
            Self::Agree => "agree",
        }
    }
}

/// Where an activity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityStatus {
    /// It was never opened.
    #[default]
    NotStarted,
    /// It was begun.
    InProgress,
    /// Its rule is met.
    Completed,
}

impl ActivityStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::NotStarted, Self::InProgress, Self::Completed];

    /// The stored name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
        }
    }
}

/// The text names no status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the status of an activity")]
pub struct UnknownActivityStatus(pub String);

impl FromStr for ActivityStatus {
    type Err = UnknownActivityStatus;

    fn from_str(text: &str) -> Result<Self, UnknownActivityStatus> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| UnknownActivityStatus(text.to_owned()))
    }
}

/// What one person has done of one activity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActivityState {
    /// Which activity.
    pub activity: ActivityId,
    /// Its content when it was begun, and from then on when it was completed.
    pub content: ContentHash,
    /// Where it stands.
    pub status: ActivityStatus,
    /// The mark of the first attempt that was handed in.
    pub first: Option<Percent>,
    /// The best mark.
    pub best: Option<Percent>,
    /// How many attempts were handed in or played to an ending.
    pub attempts: u32,
    /// How many attempts a trainer has given beyond those that the rule allows.
    #[serde(default)]
    pub granted: u32,
    /// When it was begun.
    pub started: Option<Timestamp>,
    /// When its rule was first met.
    pub completed: Option<Timestamp>,
}

/// Something a learner did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Done {
    /// Opened the activity, or began an attempt.
    Begun,
    /// Marked a lesson as read.
    Read,
    /// Handed in a quiz.
    HandedIn {
        /// The mark.
        percent: Percent,
        /// Whether it passes.
        passed: bool,
    },
    /// Played a conversation to an ending.
    Played {
        /// The score; nothing for a conversation without one.
        percent: Option<Percent>,
        /// Whether it passes.
        passed: bool,
    },
    /// Agreed to a text.
    Agreed,
    /// Was given one more attempt by a trainer.
    Granted,
    /// Was found by a trainer to have done enough, without a pass.
    Accepted,
    /// Had an earlier attempt marked anew, which is no attempt of its own.
    Regraded {
        /// The new mark, if there is one.
        percent: Option<Percent>,
        /// Whether it passes now.
        passed: bool,
    },
}

impl ActivityState {
    /// The state of an activity nobody touched.
    #[must_use]
    pub fn fresh(activity: &Activity) -> Self {
        Self {
            activity: activity.id.clone(),
            content: activity.hash,
            status: ActivityStatus::NotStarted,
            first: None,
            best: None,
            attempts: 0,
            granted: 0,
            started: None,
            completed: None,
        }
    }

    /// Whether its rule is met.
    #[must_use]
    pub fn is_completed(&self) -> bool {
        self.status == ActivityStatus::Completed
    }

    /// The state after something was done at `now`. What does not fit the rule only begins the activity.
    #[must_use]
    pub fn after(&self, rule: &Rule, done: Done, now: Timestamp) -> Self {
        let mut next = self.clone();
        next.started = next.started.or(Some(now));
        next.status = next.status.max(ActivityStatus::InProgress);
        let met = match (rule, done) {
            (Rule::Read, Done::Read) | (Rule::Agree, Done::Agreed) => true,
            (Rule::PassQuiz { .. }, Done::HandedIn { percent, passed }) => {
                next.attempt(Some(percent));
                passed
            }
            (Rule::PlayToEnding, Done::Played { percent, .. }) => {
                next.attempt(percent);
                true
            }
            (Rule::PassConversation { .. }, Done::Played { percent, passed }) => {
                next.attempt(percent);
                passed
            }
            (Rule::PassQuiz { .. } | Rule::PassConversation { .. }, Done::Granted) => {
                next.granted = next.granted.saturating_add(1);
                false
            }
            (Rule::PassQuiz { .. } | Rule::PassConversation { .. }, Done::Accepted) => true,
            (_, Done::Regraded { percent, passed }) => return next.regraded(percent, passed, now),
            _ => false,
        };
        if met {
            next.meet(now);
        }
        next
    }

    /// The state after an earlier attempt was marked anew: the better mark stays, and what was completed stays so.
    #[must_use]
    pub fn regraded(&self, percent: Option<Percent>, passed: bool, now: Timestamp) -> Self {
        let mut next = self.clone();
        next.best = better(next.best, percent);
        if passed {
            next.meet(now);
        }
        next
    }

    /// How many attempts are left; nothing when there is no limit.
    #[must_use]
    pub fn attempts_left(&self, rule: &Rule) -> Option<u32> {
        rule.attempts().map(|most| most.saturating_add(self.granted).saturating_sub(self.attempts))
    }

    /// Whether everything about it may be shown: it is completed, or no attempt is to come that could be a copy.
    #[must_use]
    pub fn is_over(&self, rule: &Rule) -> bool {
        self.is_completed() || self.attempts_left(rule) == Some(0)
    }

    fn attempt(&mut self, percent: Option<Percent>) {
        if self.attempts == 0 {
            self.first = percent;
        }
        self.attempts = self.attempts.saturating_add(1);
        self.best = better(self.best, percent);
    }

    fn meet(&mut self, now: Timestamp) {
        self.status = ActivityStatus::Completed;
        self.completed = self.completed.or(Some(now));
    }
}

fn better(old: Option<Percent>, new: Option<Percent>) -> Option<Percent> {
    match (old, new) {
        (Some(old), Some(new)) if new.value() > old.value() => Some(new),
        (None, new) => new,
        (old, _) => old,
    }
}

/// What is still missing for an activity to be completed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Missing {
    /// To be read.
    Read,
    /// A quiz to be passed.
    PassQuiz {
        /// The mark that passes.
        pass: Percent,
        /// The best mark so far.
        best: Option<Percent>,
        /// How many attempts are left; nothing when there is no limit.
        left: Option<u32>,
    },
    /// A conversation to be played to an ending.
    PlayToEnding,
    /// A conversation to be passed.
    PassConversation {
        /// The score that passes.
        pass: Percent,
        /// The best score so far.
        best: Option<Percent>,
        /// How many attempts are left.
        left: u32,
    },
    /// Every attempt was used without passing: a trainer decides.
    NoAttemptLeft {
        /// The mark that passes.
        pass: Percent,
        /// The best mark.
        best: Option<Percent>,
    },
    /// To be agreed to.
    Agree,
}

/// What is still missing, if anything.
#[must_use]
pub fn missing(rule: &Rule, state: Option<&ActivityState>) -> Option<Missing> {
    if state.is_some_and(ActivityState::is_completed) {
        return None;
    }
    let best = state.and_then(|state| state.best);
    let left = state.map_or_else(|| rule.attempts(), |state| state.attempts_left(rule));
    Some(match (*rule, left) {
        (Rule::Read, _) => Missing::Read,
        (Rule::Agree, _) => Missing::Agree,
        (Rule::PlayToEnding, _) => Missing::PlayToEnding,
        (Rule::PassQuiz { pass, .. } | Rule::PassConversation { pass, .. }, Some(0)) => {
            Missing::NoAttemptLeft { pass, best }
        }
        (Rule::PassQuiz { pass, .. }, left) => Missing::PassQuiz { pass, best, left },
        (Rule::PassConversation { pass, attempts }, left) => {
            Missing::PassConversation { pass, best, left: left.unwrap_or(attempts) }
        }
    })
}
