//! An answer in one's own words: written, looked at, and sent once the reading of it is confirmed.

use super::escaped;
use crate::live::{Heard, Mark, Note, Piece};
use leptos::html;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The words around own words, from the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWords {
    /// The name of the field.
    pub label: String,
    /// That nothing is sent yet.
    pub hint: String,
    /// The button that reads.
    pub look: String,
    /// What to say about too many characters.
    pub over: String,
    /// What unfolds the author's replies.
    pub instead: String,
    /// The heading over the reading.
    pub reading: String,
    /// Before what the words are read as.
    pub read_as: String,
    /// The button that sends them as that.
    pub confirm: String,
    /// Before the other meanings.
    pub others: String,
    /// What to say when no meaning is clear.
    pub unsure: String,
    /// What lets the author learn from the words.
    pub keep: String,
    /// The link back to the words.
    pub change: String,
}

/// What goes on its way: a choice, and the own words that it stands for.
#[derive(Debug, Clone, Default)]
pub(super) struct Sent {
    /// The choice by its name; empty to ask how things stand.
    pub choice: String,
    /// The own words; empty when the choice was picked as it stands.
    pub words: String,
    /// Whether the author may learn from them.
    pub keep: bool,
}

/// Where a turn stands: what forms send along.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Which play.
    pub run: String,
    /// Which turn.
    pub turn: u32,
    /// The most characters.
    pub room: u32,
}

fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Blocker => "mark mark-blocker",
        Mark::Warning => "mark mark-warning",
        Mark::Good => "mark mark-good",
    }
}

/// Words with what they do.
pub fn marked(pieces: &[Piece]) -> AnyView {
    let pieces = pieces.iter().map(|piece| match piece.mark {
        Some(mark) => view! { <mark class=class(mark)>{piece.text.clone()}</mark> }.into_any(),
        None => piece.text.clone().into_any(),
    });
    pieces.collect_view().into_any()
}

/// What there is to say about own words; nothing for no words.
pub fn notes(notes: &[Note]) -> Option<AnyView> {
    let items = notes.iter().map(|note| {
        let quote = (!note.quote.is_empty()).then(|| view! { <q>{note.quote.clone()}</q>" " });
        view! { <li class=class(note.mark)><b>{note.sort.clone()}</b>" "{quote}{note.text.clone()}</li> }
    });
    let items = items.collect_view();
    (!notes.is_empty()).then(|| view! { <ul class="own-notes">{items}</ul> }.into_any())
}

/// The field, with the count of its characters.
pub(super) fn field(
    place: &Place,
    words: &OwnWords,
    draft: RwSignal<String>,
    read: impl Fn() + 'static,
    head: AnyView,
) -> AnyView {
    let room = place.room;
    let count = move || draft.with(|draft| draft.trim().chars().count());
    let over = move || count() > room as usize;
    let too_long = words.over.clone();
    view! {
        <form class="own" method="post" action="/do/read-reply" on:submit=move |event| {
            event.prevent_default();
            read();
        }>
            {head}
            <input type="hidden" name="run" value=place.run.clone()/>
            <input type="hidden" name="turn" value=place.turn.to_string()/>
            <div class="field">
                <label for="own-words">{words.label.clone()}</label>
                <p class="hint" id="own-hint">{words.hint.clone()}</p>
                <textarea class="input" id="own-words" name="words" rows="3" aria-describedby="own-hint own-count"
                    on:input=move |event| draft.set(event_target_value(&event))
                    inner_html=escaped(&draft.get_untracked())></textarea>
                <p class="own-count">
                    <span id="own-count">{move || format!("{} / {room}", count())}</span>
                    " "<span class="bad strong" role="status">{move || over().then(|| too_long.clone())}</span>
                </p>
            </div>
            <div class="actions"><button class="btn">{words.look.clone()}</button></div>
        </form>
    }
    .into_any()
}

/// How the words read, and what they may mean.
pub(super) fn reading(
    place: &Place,
    words: &OwnWords,
    heard: &Heard,
    heading: NodeRef<html::H3>,
    send: impl Fn(Sent) + Copy + 'static,
) -> AnyView {
    let keep = RwSignal::new(false);
    let change = view! { <p><a href="#own-words">{words.change.clone()}</a></p> };
    let title = view! { <h3 id="reading" tabindex="-1" node_ref=heading>{words.reading.clone()}</h3> };
    if !heard.problem.is_empty() {
        return view! { <section class="reading" aria-labelledby="reading">{title}<p class="error">{heard.problem.clone()}</p>{change}</section> }
            .into_any();
    }
    let own = StoredValue::new(heard.words.clone());
    let say = move |event: leptos::ev::MouseEvent, choice: String| {
        event.prevent_default();
        send(Sent { choice, words: own.get_value(), keep: keep.get_untracked() });
    };
    let shown =
        (!heard.pieces.is_empty()).then(|| view! { <blockquote class="said">{marked(&heard.pieces)}</blockquote> });
    let others = heard.others.iter().cloned().map(|offer| {
        let id = offer.id.clone();
        view! { <button class="choice" name="choice" value=offer.id on:click=move |event| say(event, id.clone())>{offer.text}</button> }
    });
    let others = others.collect_view();
    let meant = match heard.meant.clone() {
        Some(offer) => {
            let id = offer.id.clone();
            view! {
                <p>{words.read_as.clone()}</p>
                <blockquote class="said">{offer.text}</blockquote>
                <div class="actions">
                    <button class="btn" name="choice" value=offer.id on:click=move |event| say(event, id.clone())>{words.confirm.clone()}</button>
                </div>
                <p>{words.others.clone()}</p>
                {others}
            }
            .into_any()
        }
        None => view! {
            <p>{words.unsure.clone()}</p>
            <label class="check">
                <input type="checkbox" name="keep" value="yes" on:change=move |event| keep.set(event_target_checked(&event))/>
                <span>{words.keep.clone()}</span>
            </label>
            {others}
        }
        .into_any(),
    };
    view! {
        <section class="reading" aria-labelledby="reading">
            {title}
            {shown}
            {notes(&heard.notes)}
            <form class="choices" method="post" action="/do/take-turn">
                <input type="hidden" name="run" value=place.run.clone()/>
                <input type="hidden" name="turn" value=place.turn.to_string()/>
                <input type="hidden" name="words" value=heard.words.clone()/>
                {meant}
            </form>
            {change}
        </section>
    }
    .into_any()
}
