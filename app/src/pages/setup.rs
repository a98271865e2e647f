//! The first day of a site: what there is to do before people can learn, in any order. It stays until it is done.

mod offers;
mod steps;

pub use offers::Look;

use crate::context::{services, visit};
use crate::failure::Failure;
use crate::pages::opened::facts;
use crate::pages::page;
use crate::shell::Frame;
use crate::t;
use crate::ui::{Crumb, Crumbs, Disclosure, Icon, IconName, Notice, NoticeKind, PageHeader, Progress};
use domain::facts::{Fact, Facts};
use leptos::prelude::*;
use std::sync::Arc;
use store::SetUp;

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What the organisation is called.
    Name,
    /// Where a day ends.
    Zone,
    /// What courses name.
    Facts,
    /// Whether mail arrives.
    Mail,
    /// Something to learn.
    Course,
    /// Somebody to learn it.
    People,
    /// Somebody who can help when the admin cannot.
    Admin,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not yet.
    ToDo,
    /// Done.
    Done,
    /// The admin said why it is not needed now.
    Aside,
}

impl Step {
    const ALL: [Self; 7] = [Self::Name, Self::Zone, Self::Facts, Self::Mail, Self::Course, Self::People, Self::Admin];

    /// The name in addresses.
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Zone => "zone",
            Self::Facts => "facts",
            Self::Mail => "mail",
            Self::Course => "course",
            Self::People => "people",
            Self::Admin => "admin",
        }
    }

    fn title(self) -> String {
        match self {
            Self::Name => t!("setup-name"),
            Self::Zone => t!("setup-zone"),
            Self::Facts => t!("setup-facts"),
            Self::Mail => t!("setup-mail"),
            Self::Course => t!("setup-course"),
            Self::People => t!("setup-people"),
            Self::Admin => t!("setup-admin"),
        }
    }
}

/// The mark of a test mail as it is kept in the setting, until the admin says whether it arrived.
#[must_use]
pub fn mail_mark(mark: &str) -> String {
    format!("test:{mark}")
}

/// How far the site is.
pub struct State {
    known: Arc<Facts>,
    set_up: SetUp,
}

impl State {
    /// Asks the database.
    ///
    /// # Errors
    /// [`Failure`] when it fails.
    pub async fn read() -> Result<Self, Failure> {
        Ok(Self { known: facts().await?, set_up: services().db.set_up().await? })
    }

    fn standing(&self, step: Step) -> Standing {
        let at = &self.set_up;
        let (done, aside) = match step {
            Step::Name => (self.known.get(Fact::CompanyName).is_some(), false),
            Step::Zone => (at.zone.is_some(), false),
            Step::Facts => (self.known.unset(&Fact::ALL).is_empty(), false),
            Step::Mail => (at.mail.as_deref() == Some("arrived"), at.mail_aside.is_some()),
            Step::Course => (at.courses > 0, false),
            Step::People => (at.people > 0, false),
            Step::Admin => (at.admins > 1, at.admin_aside.is_some()),
        };
        match (done, aside) {
            (true, _) => Standing::Done,
            (false, true) => Standing::Aside,
            (false, false) => Standing::ToDo,
        }
    }

    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.left() == 0
    }

    fn left(&self) -> usize {
        Step::ALL.iter().filter(|step| self.standing(**step) == Standing::ToDo).count()
    }

    /// What was set aside, with the reason given.
    #[must_use]
    pub fn aside(&self) -> Vec<(String, String)> {
        let reasons = [(Step::Mail, &self.set_up.mail_aside), (Step::Admin, &self.set_up.admin_aside)];
        let set = reasons.into_iter().filter(|(step, _)| self.standing(*step) == Standing::Aside);
        set.filter_map(|(step, reason)| Some((step.title(), reason.clone()?))).collect()
    }
}

/// The page of the set-up.
#[component]
pub fn Setup() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let state = State::read().await?;
    let list = list(&state).await?;
    let left = state.left();
    Ok(view! {
        <Frame title=t!("setup-title")>
            <Crumbs label=t!("crumbs") items=vec![Crumb::new("/site", t!("site-title"))]/>
            {head(&state)}
            <div class="stack">
                {(left == 0).then(|| view! { <Notice kind=NoticeKind::Good title=t!("setup-all-done")><p>{t!("setup-all-done-text")}</p></Notice> })}
                {list}
            </div>
        </Frame>
    }
    .into_any())
}

/// The set-up as an admin's home page.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn home(state: &State) -> Result<AnyView, Failure> {
    let list = list(state).await?;
    Ok(view! { {head(state)} <div class="stack">{list}</div> }.into_any())
}

fn head(state: &State) -> AnyView {
    let title = match state.known.get(Fact::CompanyName) {
        Some(name) => t!("setup-title-of", name = name.to_owned()),
        None => t!("setup-title"),
    };
    let all = Step::ALL.len();
    let done = u32::try_from(all - state.left()).unwrap_or_default();
    let total = u32::try_from(all).unwrap_or_default();
    let text = t!("setup-done-of", done = done, total = total);
    view! {
        <PageHeader title=title lead=t!("setup-lead")/>
        <Progress label=t!("setup-progress") done=done total=total text=text hide_label=true/>
    }
    .into_any()
}

/// Every step with its state; the one that is asked for, or else the first that is open, has its form. When most is done,
/// what is done is folded away.
async fn list(state: &State) -> Result<AnyView, Failure> {
    let asked = visit().query("step");
    let asked = Step::ALL.into_iter().find(|step| asked.as_deref() == Some(step.name()));
    let open = asked.or_else(|| Step::ALL.into_iter().find(|step| state.standing(*step) == Standing::ToDo));
    let mut lines = vec![];
    let mut folded = vec![];
    for step in Step::ALL {
        let body = if open == Some(step) { Some(steps::body(step, state).await?) } else { None };
        let settled = body.is_none() && state.standing(step) != Standing::ToDo;
        let line = line(step, state, body);
        if settled && state.left() <= 2 { folded.push(line) } else { lines.push(line) }
    }
    let count = i64::try_from(folded.len()).unwrap_or_default();
    let fold = (!folded.is_empty()).then(|| {
        view! { <Disclosure summary=t!("setup-folded", count = count)><ol class="setup">{folded.into_iter().collect_view()}</ol></Disclosure> }
    });
    let open = (!lines.is_empty()).then(|| view! { <ol class="setup">{lines.into_iter().collect_view()}</ol> });
    Ok(view! {
        {open}
        {fold}
        <p class="small soft">{t!("setup-any-order")}</p>
    }
    .into_any())
}

fn line(step: Step, state: &State, body: Option<AnyView>) -> AnyView {
    let standing = state.standing(step);
    let (class, icon, said) = match (standing, body.is_some()) {
        (_, true) => ("setup-now", IconName::Half, t!("setup-said-now")),
        (Standing::Done, false) => ("setup-done", IconName::Done, t!("setup-said-done")),
        (Standing::Aside, false) => ("setup-aside", IconName::Circle, t!("setup-said-aside")),
        (Standing::ToDo, false) => ("setup-todo", IconName::Circle, t!("setup-said-todo")),
    };
    let title = step.title();
    let act = body.is_none().then(|| {
        let (label, kind) = match standing {
            Standing::ToDo => (t!("setup-open"), "btn btn-secondary btn-small"),
            _ => (t!("setup-change"), "btn btn-quiet btn-small"),
        };
        let name = format!(": {title}");
        view! { <a class=kind href=format!("/setup?step={}#step", step.name())>{label}<span class="visually-hidden">{name}</span></a> }
    });
    let id = body.is_some().then_some("step");
    view! {
        <li class=class id=id>
            <Icon name=icon/>
            <div class="setup-text">
                <h2><span class="visually-hidden">{said}" "</span>{title}</h2>
                <p>{steps::value(step, state)}</p>
            </div>
            {act}
            {body.map(|body| view! { <div class="setup-body">{body}</div> })}
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(known: Facts, set_up: SetUp) -> State {
        State { known: Arc::new(known), set_up }
    }

    #[test]
    fn it_is_done_when_each_step_is_done_or_set_aside_for_a_reason() {
        let fresh = state(Facts::default(), SetUp { admins: 1, ..SetUp::default() });
        assert_eq!(fresh.left(), 7);
        let begun = SetUp { zone: Some("UTC".into()), admins: 1, courses: 1, people: 2, ..SetUp::default() };
        let most = state(Facts::examples(), begun.clone());
        assert_eq!(most.left(), 2, "email and the second admin");
        // A test that was sent says nothing yet; neither does one that got lost.
        for said in ["test:abc", "lost"] {
            assert_eq!(state(Facts::examples(), SetUp { mail: Some(said.into()), ..begun.clone() }).left(), 2);
        }
        let aside = SetUp { mail: Some("arrived".into()), admin_aside: Some("A team of one".into()), ..begun };
        let done = state(Facts::examples(), aside);
        assert!(done.is_complete());
        assert_eq!(done.aside(), [(Step::Admin.title(), "A team of one".to_owned())]);
    }
}
