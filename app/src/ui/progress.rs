use leptos::prelude::*;

/// How far: a bar with its name and the same in words.
#[component]
pub fn Progress(
    /// What progresses.
    #[prop(into)]
    label: String,
    /// How many are done.
    done: u32,
    /// How many there are. None at all counts as none done.
    total: u32,
    /// The same in words, for example "3 of 9".
    #[prop(into)]
    text: String,
    /// The name is clear from what stands around it: only assistive technology hears it.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let complete = total > 0 && done >= total;
    view! {
        <div class=if complete { "progress progress-done" } else { "progress" }>
            <span class=hide_label.then_some("visually-hidden") aria-hidden="true">{label.clone()}</span>
            <span class="progress-text">{text}</span>
            <progress max=total.max(1).to_string() value=done.min(total).to_string() aria-label=label></progress>
        </div>
    }
}
