//! The key of a quiz with its reasons: for authors, folded away below the questions.

use super::edition::Edition;
use crate::t;
use crate::ui::{Disclosure, Icon, IconName};
use domain::quiz::{Item, ItemOption, Key, Quiz};
use leptos::prelude::*;

/// The key of every question, in the order of the file.
#[must_use]
pub fn view(edition: &Edition, folder: &str, quiz: &Quiz) -> AnyView {
    let items = quiz.items.iter().map(|item| item_view(edition, folder, item)).collect_view();
    let lead = t!("key-lead", keys = edition.package.keys.clone());
    view! {
        <Disclosure summary=t!("key-title")>
            <p class="soft">{lead}</p>
            <ol class="stack">{items}</ol>
        </Disclosure>
    }
    .into_any()
}

fn item_view(edition: &Edition, folder: &str, item: &Item) -> AnyView {
    let stem = edition.authored.part(folder, &item.stem);
    let options = item.options.iter().map(|option| option_view(edition, folder, option)).collect_view();
    let why = item.why.as_ref().map(|why| {
        let html = edition.authored.part(folder, why);
        view! { <div class="prose prose-small" inner_html=html.to_string()></div> }
    });
    let competency = item.competency.as_ref().map(|id| {
        let known = edition.package.competencies.iter().find(|known| known.id == *id);
        t!("key-competency", name = known.map_or_else(|| id.to_string(), |known| known.name.clone()))
    });
    view! {
        <li class="question">
            <p class="small soft"><code>{item.id.to_string()}</code>" "{competency}</p>
            <div class="question-stem" inner_html=stem.to_string()></div>
            <div class="options">{options}</div>
            {why}
        </li>
    }
    .into_any()
}

fn option_view(edition: &Edition, folder: &str, option: &ItemOption) -> AnyView {
    let text = edition.authored.phrase(folder, &option.text);
    let (class, icon, verdict) = match option.key {
        Key::Right => ("option option-right", Some(IconName::Check), t!("key-right")),
        Key::Wrong => ("option option-plain", None, t!("key-wrong")),
        Key::Rated(rating) => {
            let words = t!(&format!("rating-{}", rating.value()));
            ("option option-plain", None, t!("key-rated", rating = words))
        }
    };
    let why = option.why.as_ref().map(|why| {
        let html = edition.authored.phrase(folder, why);
        view! { <p class="option-why" inner_html=html.to_string()></p> }
    });
    view! {
        <div class=class>
            {icon.map(|icon| view! { <Icon name=icon/> })}
            <div inner_html=text.to_string()></div>
            <p class="option-verdict">{verdict}</p>
            {why}
        </div>
    }
    .into_any()
}
