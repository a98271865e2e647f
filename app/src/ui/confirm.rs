use leptos::prelude::*;

use super::button::{ButtonKind, ButtonSize, class};

/// Asks before it does: the question opens where the button was. Needs no script.
#[component]
pub fn Confirm(
    /// The button that opens the question.
    #[prop(into)]
    open: String,
    /// The question, and what will happen.
    #[prop(into)]
    question: String,
    /// Where the answer is posted.
    #[prop(into)]
    action: String,
    /// The button that does it, as a verb.
    #[prop(into)]
    confirm: String,
    /// `Danger` when something is taken away; `Primary` for the rest.
    #[prop(default = ButtonKind::Danger)]
    kind: ButtonKind,
    /// Size of the button that opens the question.
    #[prop(optional)]
    size: ButtonSize,
    /// Hidden inputs and fields that go along.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let danger = kind == ButtonKind::Danger;
    let opener = class(if danger { ButtonKind::DangerQuiet } else { ButtonKind::Secondary }, size);
    view! {
        <details class=if danger { "confirm" } else { "confirm confirm-calm" }>
            <summary class=opener>{open}</summary>
            <form class="confirm-body" method="post" action=action>
                <p>{question}</p>
                {children.map(|children| children())}
                <div class="actions">
                    <button class=class(kind, ButtonSize::Normal) type="submit">{confirm}</button>
                </div>
            </form>
        </details>
    }
}

/// Something that can be opened where it stands.
#[component]
pub fn Disclosure(
    /// The line that opens it.
    #[prop(into)]
    summary: String,
    /// Open from the start.
    #[prop(optional)]
    open: bool,
    /// What is inside.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary>{summary}</summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
}
