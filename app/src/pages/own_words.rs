//! An answer in one's own words: the field, how its words read, what they may mean, and a reply picked instead that lies there
//! before it goes. The player puts this HTML into the page.

use crate::api::wording::{Heard, Mark, Note, Piece, send};
use crate::live::Offer;
use crate::t;
use crate::ui::{Disclosure, Hidden, TextArea};
use leptos::prelude::*;

/// Where a turn stands: what its forms send along.
#[derive(Debug, Clone)]
pub struct Place {
    /// Which play.
    pub run: String,
    /// Which turn.
    pub turn: u32,
    /// The most characters.
    pub room: u32,
}

impl Place {
    fn fields(&self) -> impl IntoView + use<> {
        view! {
            <Hidden name="run" value=self.run.clone()/>
            <Hidden name="turn" value=self.turn.to_string()/>
        }
    }
}

/// The HTML of the whole area. Everything in it is escaped here: it is put into the page as it stands.
#[must_use]
pub fn html(place: &Place, offers: Vec<Offer>, heard: Option<Heard>, picked: Option<Offer>) -> String {
    let field = field(place, heard, picked.is_some());
    let picked = picked.map(|offer| draft(place, offer));
    let fields = place.fields();
    view! {
        {field}
        {picked}
        <div class="instead">
            <Disclosure summary=t!("own-instead")>
                <form class="choices" method="post" action="/do/take-turn">
                    {fields}
                    {choices(offers)}
                </form>
            </Disclosure>
        </div>
    }
    .into_any()
    .to_html()
}

/// The field and what was found in it. One form: what is confirmed is what stands in the field, where it is what was read.
fn field(place: &Place, heard: Option<Heard>, picked: bool) -> impl IntoView + use<> {
    let value = heard.as_ref().map(|heard| heard.words.clone()).unwrap_or_default();
    // One button stands out at a time.
    let further = picked || heard.as_ref().is_some_and(|heard| heard.problem.is_empty());
    let look = if further { "btn btn-secondary" } else { "btn" };
    view! {
        <form class="own" method="post" action="/do/take-turn">
            {place.fields()}
            <TextArea label=t!("own-label") name="words" value=value hint=t!("own-hint", most = place.room) rows=4 required=true/>
            <p class="own-count" id="own-count" data-most=place.room.to_string()></p>
            <div class="actions"><button class=look>{t!("own-look")}</button></div>
            {heard.map(reading)}
        </form>
    }
}

fn choices(offers: Vec<Offer>) -> impl IntoView {
    let button = |offer: Offer| view! { <button class="choice" name="choice" value=offer.id>{offer.text}</button> };
    offers.into_iter().map(button).collect_view()
}

/// A picked reply as it would go.
fn draft(place: &Place, offer: Offer) -> AnyView {
    view! {
        <section class="reading" aria-labelledby="reading">
            <h3 id="reading" tabindex="-1">{t!("talk-draft")}</h3>
            <form class="choices" method="post" action="/do/take-turn">
                {place.fields()}
                <blockquote class="said own-meant">{offer.text}</blockquote>
                <p class="draft">
                    <button class="btn" name="choice" value=send(&offer.id)>{t!("talk-send")}</button>
                    <a class="btn btn-secondary" href="#f-words">{t!("talk-change")}</a>
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// How the words read, and what they may mean.
fn reading(heard: Heard) -> AnyView {
    let found = found(&heard);
    let problem = !heard.problem.is_empty();
    let shown = (!heard.pieces.is_empty())
        .then(|| view! { <blockquote class="said own-said">{marked(&heard.pieces)}</blockquote> });
    let meant = (!problem).then(|| meant(heard.meant, heard.others));
    view! {
        <section class="reading" id="own-reading" aria-labelledby="reading">
            <input type="hidden" name="read" id="own-read" value=heard.words/>
            <h3 id="reading" tabindex="-1">{t!("own-reading")}</h3>
            <p id="found" class=if problem { "error" } else { "soft" }>{found}</p>
            {shown}
            {notes(&heard.notes)}
            {meant}
            <p><a href="#f-words">{t!("own-change")}</a></p>
        </section>
    }
    .into_any()
}

/// What was found, in one line.
fn found(heard: &Heard) -> String {
    if !heard.problem.is_empty() {
        return heard.problem.clone();
    }
    let marks =
        [(Mark::Blocker, "own-found-blocker"), (Mark::Warning, "own-found-warning"), (Mark::Good, "own-found-good")];
    let counted = marks.map(|(mark, key)| (heard.notes.iter().filter(|note| note.mark == mark).count(), key));
    let parts = counted.into_iter().filter(|(count, _)| *count > 0);
    let parts = parts.map(|(count, key)| t!(key, count = i64::try_from(count).unwrap_or(i64::MAX)));
    let parts = parts.collect::<Vec<_>>();
    if parts.is_empty() { t!("own-found-none") } else { parts.join(" · ") }
}

/// What the words are read as, to be confirmed, and what else they may mean.
fn meant(meant: Option<Offer>, others: Vec<Offer>) -> AnyView {
    let Some(offer) = meant else {
        return view! {
            <p>{t!("own-unsure")}</p>
            <label class="check">
                <input type="checkbox" id="own-keep" name="keep" value="yes"/>
                <span>{t!("own-keep")}</span>
            </label>
            <div class="choices">{choices(others)}</div>
        }
        .into_any();
    };
    let others = (!others.is_empty()).then(|| {
        view! {
            <p>{t!("own-others")}</p>
            <div class="choices">{choices(others)}</div>
        }
    });
    view! {
        <p>{t!("own-as")}</p>
        <blockquote class="said own-meant">{offer.text}</blockquote>
        <div class="actions"><button class="btn" name="choice" value=offer.id>{t!("own-confirm")}</button></div>
        {others}
    }
    .into_any()
}

fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Blocker => "found found-blocker",
        Mark::Warning => "found found-warning",
        Mark::Good => "found found-good",
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

/// What there is to say about own words; nothing where the rules found nothing.
pub fn notes(notes: &[Note]) -> Option<AnyView> {
    let items = notes.iter().map(|note| {
        let quote = (!note.quote.is_empty()).then(|| view! { <q>{note.quote.clone()}</q>" " });
        view! { <li class=class(note.mark)><b>{note.sort.clone()}</b>" "{quote}{note.text.clone()}</li> }
    });
    let items = items.collect_view();
    (!notes.is_empty()).then(|| view! { <ul class="own-notes">{items}</ul> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(id: &str, text: &str) -> Offer {
        Offer { id: id.into(), text: text.into(), sign: String::new() }
    }

    #[test]
    fn nothing_in_it_is_taken_for_html() {
        let evil = "\"><img src=x onerror=alert(1)></textarea><script>";
        let piece = |mark| Piece { text: evil.into(), mark };
        let heard = Heard {
            words: evil.into(),
            pieces: vec![piece(None), piece(Some(Mark::Blocker))],
            notes: vec![Note { mark: Mark::Blocker, sort: evil.into(), quote: evil.into(), text: evil.into() }],
            meant: Some(offer(evil, evil)),
            others: vec![offer(evil, evil)],
            ..Heard::default()
        };
        let place = Place { run: evil.into(), turn: 0, room: 280 };
        for heard in [None, Some(heard.clone()), Some(Heard { problem: evil.into(), ..heard })] {
            let shown = Owner::new().with(|| html(&place, vec![offer(evil, evil)], heard, Some(offer(evil, evil))));
            assert!(!shown.contains("<img") && !shown.contains("<script"), "{shown}");
            assert_eq!(shown.matches("</textarea>").count(), 1, "{shown}");
            // No attribute ends before its time.
            assert!(!shown.contains("\"><img") && !shown.contains("=\"\">"), "{shown}");
        }
    }

    #[test]
    fn what_was_found_is_said_in_one_line() {
        let note = |mark| Note { mark, sort: String::new(), quote: String::new(), text: String::new() };
        let notes = vec![note(Mark::Blocker), note(Mark::Good), note(Mark::Good)];
        let line = found(&Heard { notes, ..Heard::default() });
        assert_eq!(line, "1 thing that must not be sent · 2 good things");
        assert_eq!(found(&Heard::default()), "Nothing in it stands out.");
    }
}
