//! Lessons and acknowledgements: what a learner does with one click.

use crate::context::{go, now, services};
use crate::failure::Failure;
use crate::pages::opened::Opened;
use domain::canonical::ContentHash;
use domain::course::Body;
use domain::named::ActivityId;
use domain::slug::Slug;
use leptos::prelude::*;
use store::Progressed;

/// The activity a form is about, in the caller's own enrolment.
pub struct Asked {
    /// The course.
    pub opened: Opened,
    /// Which activity.
    pub activity: ActivityId,
}

impl Asked {
    /// Opens the course and finds the activity.
    ///
    /// # Errors
    /// [`Failure::NotFound`] when either does not exist.
    pub async fn load(course: &str, activity: &str) -> Result<Self, Failure> {
        let slug: Slug = course.parse().map_err(|_| Failure::NotFound)?;
        let activity: ActivityId = activity.parse().map_err(|_| Failure::NotFound)?;
        let opened = Opened::load(&slug).await?;
        opened.activity(&activity)?;
        Ok(Self { opened, activity })
    }

    /// The activity's page.
    #[must_use]
    pub fn href(&self) -> String {
        self.opened.href(&self.activity)
    }

    /// Where to go when the activity is done: to the next one, or to the receipt once the course is complete.
    fn onward(&self, progressed: &Progressed) -> String {
        match (progressed.receipt, self.opened.package.neighbours(&self.activity).1) {
            (Some(receipt), _) if self.opened.enrolment.completed_at.is_none() => {
                format!("/receipts/{receipt}?done=course")
            }
            (_, Some(next)) => self.opened.href(&next.id),
            (_, None) => self.opened.home(),
        }
    }
}

/// The part of an address that says the course was completed by this.
#[must_use]
pub fn completed(progressed: Option<&Progressed>) -> String {
    let receipt = progressed.and_then(|progressed| progressed.receipt);
    receipt.map(|receipt| format!("&receipt={receipt}")).unwrap_or_default()
}

/// Marks a lesson as read and goes on.
#[server(prefix = "/do", endpoint = "finish-lesson")]
pub async fn finish_lesson(
    #[server(default)] course: String,
    #[server(default)] activity: String,
) -> Result<(), Failure> {
    let asked = Asked::load(&course, &activity).await?;
    let Body::Lesson(_) = asked.opened.activity(&asked.activity)?.body else { return Err(Failure::NotFound) };
    let services = services();
    let Opened { enrolment, package, .. } = &asked.opened;
    let progressed = services.db.finish_lesson(enrolment, package, &asked.activity, now(), &*services.entropy).await?;
    go(asked.onward(&progressed));
    Ok(())
}

/// Agrees to a text. The hash says which text the person saw: a fact that changed meanwhile shows them the new one.
#[server(prefix = "/do", endpoint = "agree")]
pub async fn agree(
    #[server(default)] course: String,
    #[server(default)] activity: String,
    #[server(default)] text: String,
) -> Result<(), Failure> {
    let asked = Asked::load(&course, &activity).await?;
    let Body::Acknowledgement(body) = &asked.opened.activity(&asked.activity)?.body else {
        return Err(Failure::NotFound);
    };
    let exact = body.exact(asked.opened.authored.facts());
    if text.parse::<ContentHash>().ok() != Some(exact.hash) {
        go(asked.href());
        return Ok(());
    }
    let services = services();
    let Opened { enrolment, package, .. } = &asked.opened;
    let progressed =
        services.db.acknowledge(enrolment, package, &asked.activity, &exact, now(), &*services.entropy).await?;
    go(asked.onward(&progressed));
    Ok(())
}
