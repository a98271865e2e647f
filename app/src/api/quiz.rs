//! Taking a quiz. Every answer is stored before it is acknowledged.

use super::learning::{Asked, completed};
use crate::context::{Refused, go, now, refuse, services, viewer};
use crate::failure::Failure;
use domain::course::{Body, Package};
use domain::ids::AttemptId;
use domain::named::ItemId;
use domain::quiz::{self, AnswerProblem, ItemKind, Layout, Quiz};
use domain::time::Timestamp;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Attempt, Conflict, StoreError};

/// Begins an attempt, or goes on with the one that is under way.
#[server(prefix = "/do", endpoint = "start-quiz")]
pub async fn start_quiz(#[server(default)] course: String, #[server(default)] activity: String) -> Result<(), Failure> {
    let asked = Asked::load(&course, &activity).await?;
    let services = services();
    let started = services
        .db
        .start_attempt(&asked.opened.enrolment, &asked.opened.package, &asked.activity, now(), &*services.entropy)
        .await;
    match started {
        Ok(_) | Err(StoreError::Conflict(Conflict::NoAttemptsLeft)) => go(asked.href()),
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// An attempt of the caller, with the quiz it is at.
struct Taken {
    attempt: Attempt,
    package: Arc<Package>,
}

impl Taken {
    async fn load(id: &str) -> Result<Self, Failure> {
        let viewer = viewer()?;
        let services = services();
        let id: AttemptId = id.parse().map_err(|_| Failure::NotFound)?;
        let attempt = services.db.attempt_alone(id, viewer.person).await?.ok_or(Failure::NotFound)?;
        let package = services.packages.get(&services.db, attempt.version).await?;
        Ok(Self { attempt, package })
    }

    fn quiz(&self) -> Result<&Quiz, Failure> {
        match self.package.activity(&self.attempt.activity).map(|activity| &activity.body) {
            Some(Body::Quiz(quiz)) => Ok(quiz),
            _ => Err(Failure::NotFound),
        }
    }

    /// Stores the answer to one question that was given at `given`, from the pairs of its fields.
    async fn save(
        &self,
        item: &ItemId,
        values: &[(String, String)],
        given: Timestamp,
    ) -> Result<Result<(), AnswerProblem>, Failure> {
        let quiz = self.quiz()?;
        let question = quiz.item(item).ok_or(Failure::NotFound)?;
        let order = quiz::order(quiz, self.attempt.seed);
        let place = order.iter().find(|place| place.item == *item).ok_or(Failure::NotFound)?;
        // The fields of ratings and of several choices are named q.ITEM.PLACE, that of one choice q.ITEM.
        let pairs: Vec<(&str, &str)> =
            values.iter().map(|(name, value)| (name.rsplit('.').next().unwrap_or_default(), value.as_str())).collect();
        match quiz::answer(question, place, &pairs) {
            Ok(answer) => {
                let person = viewer()?.person;
                Ok(Ok(services().db.answer(self.attempt.id, person, item, &answer, given).await?))
            }
            Err(problem) => Ok(Err(problem)),
        }
    }

    fn page(&self) -> String {
        format!("/courses/{}/a/{}", self.attempt.course, self.attempt.activity)
    }
}

/// Stores one answer for the island; see [`crate::live::save_answer`].
///
/// # Errors
/// [`Failure::Unreadable`] when the values are no answer.
pub async fn save_in(attempt: &str, item: &str, values: &[(String, String)], given: i64) -> Result<(), Failure> {
    let taken = Taken::load(attempt).await?;
    let item: ItemId = item.parse().map_err(|_| Failure::NotFound)?;
    // Nothing was given later than now, whatever the clock of the browser says.
    taken.save(&item, values, Timestamp(given).min(now())).await?.map_err(|_| Failure::Unreadable)
}

/// Stores the answers of a page and goes on to the next question or to the review.
///
/// The fields of a question are named after it, so all fields but the two known ones are taken as they come.
#[server(prefix = "/do", endpoint = "answer")]
pub async fn answer(
    #[server(default)] attempt: String,
    #[server(default)] at: String,
    #[server(flatten)] fields: BTreeMap<String, String>,
) -> Result<(), Failure> {
    let taken = Taken::load(&attempt).await?;
    let page = taken.page();
    let quiz = taken.quiz()?;
    let at: usize = at.parse().unwrap_or(1);
    let order = quiz::order(quiz, taken.attempt.seed);
    let asked: Vec<&ItemId> = match quiz.layout {
        Layout::One => order.get(at.saturating_sub(1)).map(|place| &place.item).into_iter().collect(),
        Layout::All => order.iter().map(|place| &place.item).collect(),
    };
    let mut refused = Refused::default();
    for item in asked {
        let values = of_item(&fields, item);
        // Of several options none may be ticked any more, which takes an earlier answer back.
        let several = quiz.item(item).is_some_and(|question| question.kind == ItemKind::Multiple);
        if values.is_empty() && !several {
            continue;
        }
        if let Err(problem) = taken.save(item, &values, now()).await? {
            refused = refused.error(item.as_str(), problem.code());
        }
    }
    if !refused.errors.is_empty() {
        return refuse(&format!("{page}?q={at}"), refused).await;
    }
    let more = quiz.layout == Layout::One && at < order.len();
    go(if more { format!("{page}?q={}", at + 1) } else { format!("{page}/review") });
    Ok(())
}

/// The fields of one question.
fn of_item(all: &BTreeMap<String, String>, item: &ItemId) -> Vec<(String, String)> {
    all.iter()
        .filter(|(name, _)| {
            let mut parts = name.split('.');
            parts.next() == Some("q") && parts.next() == Some(item.as_str())
        })
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// Hands the attempt in. Handing in twice changes nothing.
#[server(prefix = "/do", endpoint = "submit-quiz")]
pub async fn submit_quiz(#[server(default)] attempt: String) -> Result<(), Failure> {
    let taken = Taken::load(&attempt).await?;
    let services = services();
    let person = viewer()?.person;
    let (attempt, progressed) =
        services.db.submit_attempt(taken.attempt.id, person, &taken.package, now(), &*services.entropy).await?;
    let done = completed(Some(&progressed));
    go(format!("{}/result?attempt={}{done}", taken.page(), attempt.id));
    Ok(())
}
