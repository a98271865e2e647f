use leptos::prelude::*;

use super::{Icon, IconName, some};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do on this page.
    #[default]
    Primary,
    /// Something else one may do.
    Secondary,
    /// Hardly a button: cancel, clear.
    Quiet,
    /// Takes something away, for good.
    Danger,
    /// Leads to a dangerous thing without being it.
    DangerQuiet,
}

/// How large a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// 44 px high.
    #[default]
    Normal,
    /// In rows of a table or list.
    Small,
    /// As wide as its container.
    Wide,
}

pub(crate) fn class(kind: ButtonKind, size: ButtonSize) -> String {
    let kind = match kind {
        ButtonKind::Primary => "btn",
        ButtonKind::Secondary => "btn btn-secondary",
        ButtonKind::Quiet => "btn btn-quiet",
        ButtonKind::Danger => "btn btn-danger",
        ButtonKind::DangerQuiet => "btn btn-danger-quiet",
    };
    let size = match size {
        ButtonSize::Normal => "",
        ButtonSize::Small => " btn-small",
        ButtonSize::Wide => " btn-wide",
    };
    format!("{kind}{size}")
}

/// A button; it submits its form unless `button_type` says otherwise.
#[component]
pub fn Button(
    /// What it does, as a verb.
    #[prop(into)]
    label: String,
    /// How much it asks to be pressed.
    #[prop(optional)]
    kind: ButtonKind,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// Name that is sent with the form.
    #[prop(optional, into)]
    name: String,
    /// Value that is sent with the form; meaningful with a name.
    #[prop(optional, into)]
    value: String,
    /// A sign before the words.
    #[prop(optional_no_strip, into)]
    icon: Option<IconName>,
    /// Id of the form it belongs to, when it stands outside.
    #[prop(optional, into)]
    form: String,
    /// Cannot be pressed now.
    #[prop(optional)]
    disabled: bool,
    /// `submit` (when left out), `button` or `reset`.
    #[prop(optional, into)]
    button_type: String,
) -> impl IntoView {
    let value = (!name.is_empty()).then_some(value);
    view! {
        <button
            class=class(kind, size)
            type=some(button_type).unwrap_or_else(|| "submit".into())
            name=some(name)
            value=value
            form=some(form)
            disabled=disabled
        >
            {icon.map(|name| view! { <Icon name/> })}
            {label}
        </button>
    }
}

/// A link that looks like a button, for going somewhere.
#[component]
pub fn LinkButton(
    /// Where it leads, in words.
    #[prop(into)]
    label: String,
    /// The address.
    #[prop(into)]
    href: String,
    /// How much it asks to be pressed.
    #[prop(optional)]
    kind: ButtonKind,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// A sign before the words.
    #[prop(optional_no_strip, into)]
    icon: Option<IconName>,
    /// The address gives a file to keep.
    #[prop(optional)]
    download: bool,
) -> impl IntoView {
    view! {
        <a class=class(kind, size) href=href download=download.then_some("")>
            {icon.map(|name| view! { <Icon name/> })}
            {label}
        </a>
    }
}

/// A row of buttons; on a phone each takes the whole width.
#[component]
pub fn Actions(
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="actions">{children()}</div> }
}
