//! The decisions about one course of one person: more time, an exemption, or its end. Several of these forms stand on one
//! page, so their fields have ids of their own.

use crate::context::Refused;
use crate::t;
use crate::ui::{
    Actions, Button, ButtonKind, ButtonSize, Confirm, Disclosure, ErrorSummary, FieldError, Hidden, field_id,
};
use crate::when::today;
use domain::ids::{CourseId, PersonId};
use leptos::prelude::*;

/// What the forms are about.
#[derive(Clone)]
pub struct Case {
    /// Whom.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// Which course.
    pub course: CourseId,
    /// What it is called.
    pub title: String,
}

/// The decisions that are open while the course is due.
pub fn open(case: &Case, refused: &Refused) -> AnyView {
    view! { {extend(case, refused)} {exempt(case, refused)} }.into_any()
}

/// The decision that is open while somebody is exempt.
pub fn exempted(case: &Case) -> AnyView {
    let question = t!("exempt-end-question", course = case.title.clone());
    let (person, course) = (case.person.to_string(), case.course.to_string());
    view! {
        <Confirm open=t!("exempt-end") question=question action="/do/end-exemption" confirm=t!("exempt-end")
            kind=ButtonKind::Primary size=ButtonSize::Small>
            <Hidden name="person" value=person/>
            <Hidden name="course" value=course/>
        </Confirm>
    }
    .into_any()
}

/// One of the forms, open again where it was refused.
struct Form<'a> {
    case: &'a Case,
    name: &'static str,
    refused: Option<&'a Refused>,
}

impl<'a> Form<'a> {
    fn new(name: &'static str, case: &'a Case, refused: &'a Refused) -> Self {
        let this = refused.typed("form") == name && refused.typed("course") == case.course.to_string();
        Self { case, name, refused: this.then_some(refused) }
    }

    /// The id of a field without its `f-`.
    fn key(&self, field: &str) -> String {
        format!("{}-{field}-{}", self.name, self.case.course)
    }

    fn typed(&self, field: &str) -> String {
        self.refused.map(|refused| refused.typed(field)).unwrap_or_default()
    }

    fn problem(&self, field: &str) -> Option<String> {
        self.refused.and_then(|refused| refused.problem(field))
    }

    fn summary(&self) -> AnyView {
        let errors =
            ["due", "reason"].iter().filter_map(|field| Some(FieldError::new(self.key(field), self.problem(field)?)));
        view! { <ErrorSummary title=t!("form-problem") errors=errors.collect()/> }.into_any()
    }

    fn hidden(&self) -> AnyView {
        let (person, course) = (self.case.person.to_string(), self.case.course.to_string());
        view! { <Hidden name="person" value=person/><Hidden name="course" value=course/> }.into_any()
    }

    fn line(
        &self,
        field: &'static str,
        kind: &'static str,
        label: String,
        hint: String,
        least: Option<String>,
    ) -> AnyView {
        let key = self.key(field);
        let problem = self.problem(field);
        let (hint_id, error_id) = (format!("h-{key}"), format!("e-{key}"));
        let described = match (hint.is_empty(), &problem) {
            (true, None) => None,
            (false, None) => Some(hint_id.clone()),
            (true, Some(_)) => Some(error_id.clone()),
            (false, Some(_)) => Some(format!("{hint_id} {error_id}")),
        };
        let invalid = problem.is_some().then_some("true");
        let class = if kind == "date" { "input input-short" } else { "input" };
        let longest = (kind == "text").then_some("500");
        view! {
            <div class="field">
                <label for=field_id(&key)>{label}</label>
                {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
                {problem.map(|problem| view! { <p class="error" id=error_id>{problem}</p> })}
                <input class=class id=field_id(&key) name=field type=kind value=self.typed(field) min=least
                    maxlength=longest required=true aria-describedby=described aria-invalid=invalid autocomplete="off"/>
            </div>
        }
        .into_any()
    }
}

fn extend(case: &Case, refused: &Refused) -> AnyView {
    let form = Form::new("extend", case, refused);
    let least = Some(today().to_string());
    let body = view! {
        <form class="form" method="post" action="/do/extend">
            {form.summary()}
            <p class="small soft">{t!("extend-lead")}</p>
            {form.hidden()}
            {form.line("due", "date", t!("extend-due"), String::new(), least)}
            {form.line("reason", "text", t!("decision-reason"), t!("decision-reason-hint"), None)}
            <Actions><Button label=t!("extend-do") kind=ButtonKind::Secondary/></Actions>
        </form>
    }
    .into_any();
    let open = form.refused.is_some();
    view! { <Disclosure summary=t!("extend-open") open=open>{body}</Disclosure> }.into_any()
}

fn exempt(case: &Case, refused: &Refused) -> AnyView {
    let form = Form::new("exempt", case, refused);
    let body = view! {
        <form class="form" method="post" action="/do/exempt">
            {form.summary()}
            <p class="small soft">{t!("exempt-lead", name = case.name.clone())}</p>
            {form.hidden()}
            {form.line("reason", "text", t!("decision-reason"), t!("decision-reason-hint"), None)}
            <Actions><Button label=t!("exempt-do") kind=ButtonKind::Secondary/></Actions>
        </form>
    }
    .into_any();
    let open = form.refused.is_some();
    view! { <Disclosure summary=t!("exempt-open") open=open>{body}</Disclosure> }.into_any()
}
