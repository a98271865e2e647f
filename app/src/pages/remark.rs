//! The small form by which learners speak back: "I disagree", or "something is wrong here".

use crate::context::visit;
use crate::t;
use crate::ui::{ChoiceOption, Choices, Hidden, Icon, IconName, TextArea};
use domain::remark::{RemarkKind, RemarkText};
use leptos::prelude::*;

/// The field of the words.
pub const FIELD: &str = "text";
/// The field of the kind.
pub const KIND: &str = "kind";

/// What the remark is about.
pub enum Subject {
    /// A decision of a play: the run, and which decision, from 0.
    Decision(String, u32),
    /// A question of an attempt: the attempt, and which question.
    Item(String, String),
    /// An activity of a course as a whole.
    Whole(String, String),
}

/// A field's name: several of these forms stand on one page, and every field there has a name of its own.
#[must_use]
pub fn name(field: &str, place: &str) -> String {
    if place.is_empty() { field.to_owned() } else { format!("{field}.{place}") }
}

/// The form, folded away until it is wanted or was refused.
#[must_use]
pub fn form(subject: &Subject) -> AnyView {
    let (fields, place, about) = match subject {
        Subject::Decision(run, number) => {
            let about = t!("debrief-decision", number = i64::from(*number) + 1);
            (vec![("run", run.clone())], number.to_string(), about)
        }
        Subject::Item(attempt, item) => (vec![("attempt", attempt.clone())], item.clone(), String::new()),
        Subject::Whole(course, activity) => {
            (vec![("course", course.clone()), ("activity", activity.clone())], String::new(), String::new())
        }
    };
    let refused = visit().refused;
    let field = name(FIELD, &place);
    let (typed, error) = (refused.typed(&field), refused.problem(&field).unwrap_or_default());
    let kind = name(KIND, &place);
    let before = refused.typed(&kind);
    let whole = matches!(subject, Subject::Whole(..));
    let kinds = RemarkKind::ALL
        .into_iter()
        .filter(|kind| !whole || *kind == RemarkKind::Problem)
        .enumerate()
        .map(|(index, kind)| {
            let chosen = if before.is_empty() { index == 0 } else { before == kind.name() };
            ChoiceOption::new(kind.name(), t!(&format!("remark-{kind}"))).checked(chosen)
        })
        .collect::<Vec<_>>();
    let fields = fields.into_iter().map(|(name, value)| view! { <Hidden name=name value=value/> }).collect_view();
    let question = if whole {
        view! { <Hidden name=kind.clone() value=RemarkKind::Problem.name()/> }.into_any()
    } else {
        view! { <Choices legend=t!("remark-kind") name=kind.clone() options=kinds/> }.into_any()
    };
    let open = !(error.is_empty() && typed.is_empty());
    let most = u32::try_from(RemarkText::MOST).unwrap_or(0);
    let hidden = (!about.is_empty()).then(|| view! { <span class="visually-hidden">" – "{about}</span> });
    view! {
        <details class="remark" open=open>
            <summary><Icon name=IconName::Flag/>{t!("remark-open")}{hidden}</summary>
            <form method="post" action="/do/remark" class="stack">
                {fields}
                <Hidden name="place" value=place.clone()/>
                {question}
                <TextArea label=t!("remark-text") name=field value=typed error=error hint=t!("remark-hint") rows=3 maxlength=most/>
                <div class="actions"><button class="btn btn-secondary btn-small">{t!("remark-send")}</button></div>
            </form>
        </details>
    }
    .into_any()
}
