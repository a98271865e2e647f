//! What completes an activity and a course, and what is still missing. Nothing here ever goes down.

use crate::{
    canonical::ContentHash,
    course::{Activity, Body, Mode, Module, Package},
    named::ActivityId,
    percent::Percent,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, str::FromStr};

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
            Body::Quiz(quiz) => Self::PassQuiz {
                pass: quiz.pass,
                attempts: quiz.attempts,
            },
            Body::Conversation {
                mode: Mode::Practice,
                ..
            } => Self::PlayToEnding,
            Body::Conversation {
                mode: Mode::Assessed { attempts },
                scenario,
            } => Self::PassConversation {
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
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
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
            _ => false,
        };
        if met {
            next.meet(now);
        }
        next
    }

    /// The state after an earlier attempt was marked anew: the better mark stays, and what was completed stays so.
    #[must_use]
    pub fn regraded(&self, percent: Percent, passed: bool, now: Timestamp) -> Self {
        let mut next = self.clone();
        next.best = better(next.best, Some(percent));
        if passed {
            next.meet(now);
        }
        next
    }

    /// How many attempts are left; nothing when there is no limit.
    #[must_use]
    pub fn attempts_left(&self, rule: &Rule) -> Option<u32> {
        rule.attempts()
            .map(|most| most.saturating_sub(self.attempts))
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
    let left = rule
        .attempts()
        .map(|most| most.saturating_sub(state.map_or(0, |state| state.attempts)));
    Some(match (*rule, left) {
        (Rule::Read, _) => Missing::Read,
        (Rule::Agree, _) => Missing::Agree,
        (Rule::PlayToEnding, _) => Missing::PlayToEnding,
        (Rule::PassQuiz { pass, .. } | Rule::PassConversation { pass, .. }, Some(0)) => {
            Missing::NoAttemptLeft { pass, best }
        }
        (Rule::PassQuiz { pass, .. }, left) => Missing::PassQuiz { pass, best, left },
        (Rule::PassConversation { pass, attempts }, left) => Missing::PassConversation {
            pass,
            best,
            left: left.unwrap_or(attempts),
        },
    })
}

/// What one person has done of a course, by activity.
pub type States = BTreeMap<ActivityId, ActivityState>;

/// How far somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// How many required activities are completed.
    pub done: u32,
    /// How many required activities there are.
    pub total: u32,
    /// Where to go on: the first required activity that is not completed, else the first other one.
    pub next: Option<ActivityId>,
}

impl Progress {
    /// Whether every required activity is completed.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.done == self.total
    }

    fn over<'a>(activities: impl Iterator<Item = &'a Activity> + Clone, states: &States) -> Self {
        let completed = |activity: &&Activity| {
            states
                .get(&activity.id)
                .is_some_and(ActivityState::is_completed)
        };
        let required = activities.clone().filter(|activity| activity.required);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let next = required
            .clone()
            .find(|activity| !completed(activity))
            .or_else(|| activities.clone().find(|activity| !completed(activity)));
        Self {
            done: count(required.clone().filter(completed).count()),
            total: count(required.count()),
            next: next.map(|activity| activity.id.clone()),
        }
    }
}

/// The progress in a whole course.
#[must_use]
pub fn course(package: &Package, states: &States) -> Progress {
    Progress::over(
        package.modules.iter().flat_map(|module| &module.activities),
        states,
    )
}

/// The progress in one module.
#[must_use]
pub fn module(module: &Module, states: &States) -> Progress {
    Progress::over(module.activities.iter(), states)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{acknowledgement::Acknowledgement, lesson::Lesson, people::Locale};
    use proptest::prelude::*;

    fn percent(value: f64) -> Percent {
        Percent::new(value).unwrap()
    }

    fn activity(id: &str, required: bool) -> Activity {
        let body = if id.starts_with("agree") {
            Body::Acknowledgement(Acknowledgement {
                title: "x".into(),
                statement: "y".into(),
                text: "z".into(),
            })
        } else {
            Body::Lesson(Lesson {
                title: None,
                text: "x".into(),
            })
        };
        Activity {
            id: id.parse().unwrap(),
            title: id.into(),
            minutes: 1,
            required,
            file: format!("{id}.md"),
            hash: ContentHash::of(id.as_bytes()),
            body,
        }
    }

    fn package() -> Package {
        let module = |id: &str, activities| Module {
            id: id.parse().unwrap(),
            title: id.into(),
            summary: String::new(),
            activities,
        };
        Package {
            id: "course".parse().unwrap(),
            title: "Course".into(),
            summary: "x".into(),
            language: Locale::default(),
            minutes: 4,
            keys: "nobody".into(),
            facts: vec![],
            competencies: vec![],
            modules: vec![
                module("one", vec![activity("a", true), activity("b", false)]),
                module("two", vec![activity("c", true), activity("agree", true)]),
            ],
            media: BTreeMap::new(),
            guide: None,
            job_aid: None,
        }
    }

    const RULES: [Rule; 5] = [
        Rule::Read,
        Rule::PassQuiz {
            pass: Percent::FULL,
            attempts: Some(2),
        },
        Rule::PlayToEnding,
        Rule::PassConversation {
            pass: Percent::FULL,
            attempts: 2,
        },
        Rule::Agree,
    ];

    #[test]
    fn each_rule_is_met_by_its_own_deed_only() {
        let deeds = [
            Done::Begun,
            Done::Read,
            Done::HandedIn {
                percent: percent(90.0),
                passed: true,
            },
            Done::Played {
                percent: Some(percent(90.0)),
                passed: true,
            },
            Done::Agreed,
            Done::HandedIn {
                percent: percent(10.0),
                passed: false,
            },
            Done::Played {
                percent: None,
                passed: false,
            },
        ];
        let expected = [
            [false, true, false, false, false, false, false],
            [false, false, true, false, false, false, false],
            [false, false, false, true, false, false, true],
            [false, false, false, true, false, false, false],
            [false, false, false, false, true, false, false],
        ];
        for (rule, row) in RULES.iter().zip(expected) {
            for (deed, met) in deeds.iter().zip(row) {
                let state =
                    ActivityState::fresh(&activity("a", true)).after(rule, *deed, Timestamp(9));
                assert_eq!(state.is_completed(), met, "{rule:?} {deed:?}");
                assert_eq!(missing(rule, Some(&state)).is_none(), met);
                assert_eq!(state.started, Some(Timestamp(9)));
                assert_eq!(state.completed, met.then_some(Timestamp(9)));
            }
        }
    }

    #[test]
    fn what_is_missing_counts_attempts() {
        let rule = RULES[1];
        let fresh = ActivityState::fresh(&activity("a", true));
        assert_eq!(
            missing(&rule, None),
            Some(Missing::PassQuiz {
                pass: Percent::FULL,
                best: None,
                left: Some(2)
            })
        );
        let tried = fresh.after(
            &rule,
            Done::HandedIn {
                percent: percent(40.0),
                passed: false,
            },
            Timestamp(1),
        );
        let best = Some(percent(40.0));
        assert_eq!(
            missing(&rule, Some(&tried)),
            Some(Missing::PassQuiz {
                pass: Percent::FULL,
                best,
                left: Some(1)
            })
        );
        let again = tried.after(
            &rule,
            Done::HandedIn {
                percent: percent(30.0),
                passed: false,
            },
            Timestamp(2),
        );
        assert_eq!(
            missing(&rule, Some(&again)),
            Some(Missing::NoAttemptLeft {
                pass: Percent::FULL,
                best
            })
        );
        assert_eq!((again.first, again.attempts), (best, 2));
        let mended = again.regraded(percent(100.0), true, Timestamp(3));
        assert_eq!(missing(&rule, Some(&mended)), None);
        assert_eq!((mended.first, mended.best), (best, Some(Percent::FULL)));
        let worse = mended.regraded(percent(0.0), false, Timestamp(4));
        assert_eq!(worse, mended, "regrading keeps the better mark");
    }

    #[test]
    fn only_required_activities_count_and_come_first() {
        let package = package();
        let mut states = States::new();
        let mut complete = |id: &str| {
            let activity = package.activity(&id.parse().unwrap()).unwrap();
            let rule = Rule::of(activity);
            let deed = if rule == Rule::Agree {
                Done::Agreed
            } else {
                Done::Read
            };
            states.insert(
                activity.id.clone(),
                ActivityState::fresh(activity).after(&rule, deed, Timestamp(1)),
            );
            let progress = course(&package, &states);
            (
                progress.done,
                progress.next.map(|id| id.to_string()),
                progress.done == progress.total,
            )
        };
        assert_eq!(complete("c"), (1, Some("a".into()), false));
        assert_eq!(complete("a"), (2, Some("agree".into()), false));
        assert_eq!(complete("agree"), (3, Some("b".into()), true));
        assert_eq!(complete("b"), (3, None, true));
        let first = module(&package.modules[0], &States::new());
        assert_eq!(
            (first.done, first.total, first.is_complete()),
            (0, 1, false)
        );
    }

    proptest! {
        #[test]
        fn nothing_ever_goes_down(
            rule in prop::sample::select(RULES.to_vec()),
            deeds in prop::collection::vec((0u8..8, 0u8..=100, any::<bool>()), 0..20),
        ) {
            let mut state = ActivityState::fresh(&activity("a", true));
            for (at, (kind, mark, passed)) in (1..).zip(deeds) {
                let mark = percent(mark.into());
                let now = Timestamp(at);
                let next = match kind {
                    0 => state.after(&rule, Done::Begun, now),
                    1 => state.after(&rule, Done::Read, now),
                    2 => state.after(&rule, Done::Agreed, now),
                    3 | 4 => state.after(&rule, Done::HandedIn { percent: mark, passed }, now),
                    5 => state.after(&rule, Done::Played { percent: None, passed }, now),
                    6 => state.after(&rule, Done::Played { percent: Some(mark), passed }, now),
                    _ => state.regraded(mark, passed, now),
                };
                prop_assert!(next.status >= state.status);
                prop_assert!(next.attempts >= state.attempts);
                prop_assert!(next.best.map(Percent::value) >= state.best.map(Percent::value));
                prop_assert!(state.started.is_none() || next.started == state.started);
                prop_assert!(state.completed.is_none() || next.completed == state.completed);
                prop_assert!(state.attempts == 0 || next.first == state.first);
                prop_assert_eq!(next.completed.is_some(), next.is_completed());
                state = next;
            }
        }

        #[test]
        fn a_course_never_goes_back(order in Just(["a", "b", "c", "agree"].to_vec()).prop_shuffle(), repeats in 0usize..4) {
            let package = package();
            let mut states = States::new();
            let mut last = 0;
            for id in order.iter().chain(order.iter().take(repeats)) {
                let activity = package.activity(&id.parse().unwrap()).unwrap();
                let old = states.get(&activity.id).cloned().unwrap_or_else(|| ActivityState::fresh(activity));
                let deed = if *id == "agree" { Done::Agreed } else { Done::Read };
                states.insert(activity.id.clone(), old.after(&Rule::of(activity), deed, Timestamp(1)));
                let progress = course(&package, &states);
                prop_assert!(progress.done >= last && progress.done <= progress.total);
                prop_assert_eq!(progress.is_complete(), progress.done == 3);
                last = progress.done;
            }
        }
    }
}
