//! A conversation to be tried out by its author. Nothing is stored: what was said travels in the address.

use super::edition::Edition;
use crate::api::conversation::{ending_name, ending_words, entry_of, offer_of, prompt};
use crate::context::{services, visit};
use crate::failure::Failure;
use crate::islands::transcript;
use crate::pages::conversation::style;
use crate::pages::debrief;
use crate::t;
use crate::ui::{Button, ButtonKind, Disclosure, Hidden, Icon, IconName, LinkButton};
use domain::conversation::model::Domain;
use domain::conversation::{Event, Scenario, State, choose, replay, scene, turn};
use domain::course::{Activity, Telling};
use leptos::prelude::*;

/// The order of the choices: the same each time, so that an author finds them again.
const SEED: u64 = 0;

/// More decisions than any conversation has.
const MOST: usize = 200;

/// What was said, from an address: positions of choices, and `t` where the time ran out.
#[must_use]
pub fn events(text: &str) -> Vec<Event> {
    let parts = text.split(',').filter(|part| !part.is_empty()).take(MOST);
    parts
        .map_while(|part| if part == "t" { Some(Event::TimedOut) } else { part.parse().ok().map(Event::Chose) })
        .collect()
}

/// The same for an address.
#[must_use]
pub fn written(events: &[Event]) -> String {
    let parts = events.iter().map(|event| match event {
        Event::Chose(index) => index.to_string(),
        Event::TimedOut => "t".to_owned(),
    });
    parts.collect::<Vec<_>>().join(",")
}

/// What a form's button stands for in this state; nothing, when it is not offered.
#[must_use]
pub fn chosen(scenario: &Scenario, state: &State, choice: &str) -> Option<Event> {
    if choice == "t" { Some(Event::TimedOut) } else { choose(scenario, state, SEED, choice) }
}

/// The conversation as far as it was played.
///
/// # Errors
/// [`Failure::NotFound`] for events that cannot have happened.
pub fn view(edition: &Edition, activity: &Activity, telling: Telling<'_>) -> Result<AnyView, Failure> {
    let scenario = telling.scenario;
    let played = events(&visit().query("play").unwrap_or_default());
    let facts = edition.authored.facts();
    let lookup = |key: &str| facts.look_up(key);
    let state = replay(scenario, &played).map_err(|_| Failure::NotFound)?;
    let about = scene(scenario, &lookup);
    let now = turn(scenario, &state, SEED, &lookup);
    let style = style(&about, edition.authored.media_prefix());
    let entries = now
        .earlier
        .iter()
        .chain(&now.fresh)
        .map(|entry| entry_of(entry, &about, edition.authored.media()))
        .collect::<Vec<_>>();
    let lines = transcript(&entries, entries.len(), &style, None, None);
    let page = edition.address(&activity.id, "", telling.variant);
    let end = match now.ending {
        Some(ended) => {
            let look = format!("card ending ending-{}", ending_name(ended.kind));
            Some(
                view! { <section class=look id="reply"><h3>{ending_words(ended.kind)}</h3>{back(&page, &played)}</section> },
            )
        }
        None => None,
    };
    let reply = end.is_none().then(|| {
        let prompt = prompt(&now.choices);
        let offers = now
            .choices
            .into_iter()
            .map(offer_of)
            .map(|offer| {
                let sign = (!offer.sign.is_empty()).then(|| view! { <b class="sign">{offer.sign}</b>" " });
                let class = if sign.is_some() { "choice choice-do" } else { "choice" };
                view! { <button class=class name="choice" value=offer.id>{sign}{offer.text}</button> }
            })
            .collect_view();
        let timer = now.timer.map(|seconds| {
            view! {
                <p class="timer"><Icon name=IconName::Clock/>{t!("talk-left")}" "<span>{t!("play-seconds", seconds = seconds)}</span></p>
            }
        });
        let silence = now.timer.map(|_| view! { <Button label=t!("play-silence") name="choice" value="t" kind=ButtonKind::Quiet/> });
        view! {
            <form class="choices" method="post" action="/do/preview-turn" id="reply">
                <h3>{prompt}</h3>
                {timer}
                <Hidden name="course" value=edition.course.slug.to_string()/>
                <Hidden name="version" value=edition.version.id.to_string()/>
                <Hidden name="activity" value=activity.id.to_string()/>
                {telling.variant.map(|name| view! { <Hidden name="variant" value=name.to_string()/> })}
                <Hidden name="play" value=written(&played)/>
                {offers}
                {silence}
                {(!played.is_empty()).then(|| back(&page, &played))}
            </form>
        }
    });
    let debrief = if end.is_some() { Some(debrief_view(edition, telling, &played)?) } else { None };
    Ok(view! {
        <section class="section">
            <div class="section-head"><h2>{t!("play-title")}</h2></div>
            <div class="conversation">{lines}{remembered(scenario, &state)}{reply}{end}</div>
            {debrief}
        </section>
    }
    .into_any())
}

/// Back by one decision, or to the beginning.
fn back(page: &str, played: &[Event]) -> AnyView {
    let before = written(played.split_last().map_or(&[][..], |(_, before)| before));
    let joint = if page.contains('?') { '&' } else { '?' };
    view! {
        <div class="actions">
            <LinkButton label=t!("play-back") href=format!("{page}{joint}play={before}#reply") kind=ButtonKind::Secondary icon=IconName::Left/>
            <LinkButton label=t!("play-again") href=format!("{page}#reply") kind=ButtonKind::Quiet icon=IconName::Retry/>
        </div>
    }
    .into_any()
}

/// What the conversation remembers now: for its author alone.
fn remembered(scenario: &Scenario, state: &State) -> Option<AnyView> {
    let shown = scenario.variables.iter().zip(&state.values).map(|(variable, value)| {
        let most = match variable.domain {
            Domain::Range { max, .. } => format!(" / {max}"),
            _ => String::new(),
        };
        format!("{} = {}{most}", variable.name, variable.show(*value))
    });
    let shown = shown.collect::<Vec<_>>().join(" · ");
    (!shown.is_empty())
        .then(|| view! { <p class="small soft">{t!("play-remembers")}" "<code>{shown}</code></p> }.into_any())
}

fn debrief_view(edition: &Edition, telling: Telling<'_>, played: &[Event]) -> Result<AnyView, Failure> {
    let scenario = telling.scenario;
    let facts = edition.authored.facts();
    let lookup = |key: &str| facts.look_up(key);
    let solved = services().solved.get(&telling.content, scenario).ok();
    let debrief = solved.and_then(|solved| solved.debrief(played, &lookup).ok()).ok_or(Failure::Internal)?;
    let shown = debrief::view(&edition.authored, &edition.package, scenario, &debrief);
    Ok(view! {
        <Disclosure summary=t!("play-debrief") open=true>{shown}</Disclosure>
    }
    .into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_survives_the_address() {
        let said = [Event::Chose(0), Event::TimedOut, Event::Chose(12)];
        assert_eq!(written(&said), "0,t,12");
        assert_eq!(events("0,t,12"), said);
        assert_eq!(events(""), []);
        assert_eq!(events("1,nonsense,2"), [Event::Chose(1)], "what cannot be read ends it");
    }
}
