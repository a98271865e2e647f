use leptos::prelude::*;

use super::{Icon, IconName, some};

/// How a notice is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    /// Good to know.
    #[default]
    Info,
    /// It worked.
    Good,
    /// Something needs care.
    Warn,
    /// It did not work.
    Bad,
}

/// Something the page says once: saved, not saved, look out.
#[component]
pub fn Notice(
    /// How it is meant.
    #[prop(optional)]
    kind: NoticeKind,
    /// The heading, one line.
    #[prop(optional, into)]
    title: String,
    /// Says it aloud when the page opens: the outcome of what was just done.
    #[prop(optional)]
    live: bool,
    /// The rest.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (class, icon) = match kind {
        NoticeKind::Info => ("notice", IconName::Info),
        NoticeKind::Good => ("notice notice-good", IconName::Check),
        NoticeKind::Warn => ("notice notice-warn", IconName::Warning),
        NoticeKind::Bad => ("notice notice-bad", IconName::Warning),
    };
    let role = live.then_some(if kind == NoticeKind::Bad { "alert" } else { "status" });
    view! {
        <div class=class role=role>
            <Icon name=icon/>
            <div class="notice-body">
                {some(title).map(|title| view! { <p class="notice-title">{title}</p> })}
                {children.map(|children| children())}
            </div>
        </div>
    }
}
