//! What the past of one person consists of.

use super::ReportRow;
use crate::{Ruled, StoredReceipt, Verdict};
use domain::{
    assignment::Day,
    ids::{AttemptId, CourseId, EnrolmentId, RunId, SubjectId, VersionId},
    named::ActivityId,
    percent::Percent,
    time::Timestamp,
};

/// Everything there is about one person's learning.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonHistory {
    /// Where they stand now, by course.
    pub standing: Vec<ReportRow>,
    /// Each time they took a course, the latest first.
    pub enrolments: Vec<EnrolmentPast>,
    /// Extensions and exemptions, the latest first.
    pub exceptions: Vec<ExceptionPast>,
    /// Their receipts, the latest first.
    pub receipts: Vec<StoredReceipt>,
}

/// One time a person took a course.
#[derive(Debug, Clone, PartialEq)]
pub struct EnrolmentPast {
    /// Which one.
    pub id: EnrolmentId,
    /// Which course.
    pub course: CourseId,
    /// What that version of it is called.
    pub title: String,
    /// Which version.
    pub version: VersionId,
    /// Its number.
    pub number: Option<u32>,
    /// Which time round, from 1.
    pub cycle: u32,
    /// When it was begun.
    pub started_at: Timestamp,
    /// When they were last at it.
    pub seen_at: Timestamp,
    /// When it was completed.
    pub completed_at: Option<Timestamp>,
    /// What was done in it, by time of beginning.
    pub activities: Vec<ActivityPast>,
    /// Attempts at its quizzes, by time of beginning.
    pub attempts: Vec<AttemptPast>,
    /// Assessed plays of its conversations, by time of beginning. Practice belongs to the learner alone.
    pub runs: Vec<RunPast>,
    /// What trainers decided where no attempt was left, by time.
    pub rulings: Vec<Ruled>,
}

/// What became of one activity.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityPast {
    /// Which one.
    pub activity: ActivityId,
    /// How many attempts were handed in.
    pub attempts: u32,
    /// The mark of the first.
    pub first: Option<Percent>,
    /// The best mark.
    pub best: Option<Percent>,
    /// When it was begun.
    pub started_at: Timestamp,
    /// When it was completed.
    pub completed_at: Option<Timestamp>,
}

/// An attempt at a quiz.
#[derive(Debug, Clone, PartialEq)]
pub struct AttemptPast {
    /// Which one.
    pub id: AttemptId,
    /// At which activity.
    pub activity: ActivityId,
    /// Which attempt, from 1.
    pub number: u32,
    /// When it was begun.
    pub started_at: Timestamp,
    /// When it was handed in.
    pub submitted_at: Option<Timestamp>,
    /// Its mark.
    pub percent: Option<Percent>,
    /// Whether the mark was enough.
    pub passed: Option<bool>,
}

/// A play of a conversation that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct RunPast {
    /// Which one.
    pub id: RunId,
    /// Of which activity.
    pub activity: ActivityId,
    /// Which play, from 1.
    pub number: u32,
    /// When it was begun.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Its score.
    pub score: Option<Percent>,
    /// Whether the score was enough and nothing stood in the way.
    pub passed: Option<bool>,
    /// When it was judged anew for the last time, and what it had been judged to be first.
    pub regraded: Option<(Timestamp, Verdict)>,
}

/// The kinds of exceptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExceptionKind {
    /// Another due day.
    Extension(Day),
    /// Excused.
    Exemption,
}

/// An extension or an exemption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionPast {
    /// For which course.
    pub course: CourseId,
    /// Which of the two.
    pub kind: ExceptionKind,
    /// Why.
    pub reason: String,
    /// Since when.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: Option<SubjectId>,
    /// Until when; nothing while it is in force.
    pub ended_at: Option<Timestamp>,
}
