//! Playing a conversation: starting a run and saying something. Every turn is stored before it is answered.

use super::learning::{Asked, completed};
use super::wording::{self, Draft, Own};
use crate::context::{Services, go, now, services, viewer};
use crate::failure::Failure;
use crate::live::{Ended, Entry, Medium, Offer, Scene, Who};
use crate::pages::opened::Opened;
use crate::pages::{debrief, own_words};
use crate::t;
use domain::conversation::model::{Channel, EndingKind};
use domain::conversation::view::Role;
use domain::conversation::{Event, Scenario, State, choose, is_late, replay, scene, turn};
use domain::course::{Media, Package, Telling};
use domain::facts::Facts;
use domain::ids::RunId;
use domain::time::Timestamp;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Conflict, Prepared, Progressed, Run, StoreError};

/// Starts a conversation, or goes on with the one that is under way.
#[server(prefix = "/do", endpoint = "start-run")]
pub async fn start_run(#[server(default)] course: String, #[server(default)] activity: String) -> Result<(), Failure> {
    let asked = Asked::load(&course, &activity).await?;
    let services = services();
    let started = services
        .db
        .start_run(&asked.opened.enrolment, &asked.opened.package, &asked.activity, now(), &*services.entropy)
        .await;
    match started {
        // A conversation opens at its beginning; one that is under way where it goes on.
        Ok(run) if run.events.is_empty() => go(asked.href()),
        Ok(_) => go(format!("{}#now", asked.href())),
        Err(StoreError::Conflict(Conflict::NoAttemptsLeft)) => go(format!("{}?done=no-attempts", asked.href())),
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// Goes back to a decision of a finished play, as practice that is not scored.
#[server(prefix = "/do", endpoint = "rewind")]
pub async fn rewind(#[server(default)] run: String, #[server(default)] decision: String) -> Result<(), Failure> {
    let viewer = viewer()?;
    let services = services();
    let id: RunId = run.parse().map_err(|_| Failure::NotFound)?;
    let keep: u32 = decision.parse().map_err(|_| Failure::Unreadable)?;
    let run = services.db.run(id, viewer.person).await?.ok_or(Failure::NotFound)?;
    let enrolment = services.db.enrolment_by_id(run.enrolment.ok_or(Failure::NotFound)?).await?;
    let opened = Opened::load(&enrolment.slug).await?;
    if !debrief::may_rewind(&opened, opened.activity(&run.activity)?, &run) {
        return Err(Failure::Forbidden);
    }
    let package = services.packages.get(&services.db, run.version).await?;
    let again = services.db.rewind(id, viewer.person, keep, &package, now(), &*services.entropy).await?;
    go(format!("{}?rewind={}#now", opened.href(&run.activity), again.id));
    Ok(())
}

/// Says something, without scripts: the page is loaded anew at the reply.
#[server(prefix = "/do", endpoint = "take-turn")]
pub async fn take_turn(
    #[server(default)] run: String,
    #[server(default)] turn: String,
    #[server(default)] choice: String,
    #[server(default)] words: String,
    #[server(default)] read: String,
    #[server(default)] keep: String,
) -> Result<(), Failure> {
    let turn = turn.parse().map_err(|_| Failure::Unreadable)?;
    let played = play(&run, turn, &choice, Own { words, read, keep: keep == "yes" }).await?;
    if let Some(draft) = &played.draft {
        wording::keep_draft(&format!("{}#reading", page_of(&played.run).await?), played.run.id, draft).await?;
    } else if played.run.ended_at.is_some() {
        let done = completed(played.progressed.as_ref());
        go(format!("{}/result?run={}{done}", activity_of(&played.run).await?, played.run.id));
    } else {
        go(format!("{}#now", page_of(&played.run).await?));
    }
    Ok(())
}

/// The activity's page.
async fn activity_of(run: &Run) -> Result<String, Failure> {
    let enrolment = run.enrolment.ok_or(Failure::NotFound)?;
    let slug = services().db.enrolment_by_id(enrolment).await?.slug;
    Ok(format!("/courses/{slug}/a/{}", run.activity))
}

/// The page on which a run goes on.
async fn page_of(run: &Run) -> Result<String, Failure> {
    let page = activity_of(run).await?;
    Ok(if run.rewound { format!("{page}?rewind={}", run.id) } else { page })
}

/// Says something for the player in the browser; see [`crate::live::say`].
///
/// # Errors
/// [`Failure::NotFound`] when the run is not the caller's.
pub async fn say_in(run: &str, turn: u32, choice: &str, own: Own) -> Result<Scene, Failure> {
    let played = play(run, turn, choice, own).await?;
    let scenario = scenario(&played.package, &played.run)?;
    let at = (scenario, &played.state);
    Ok(scene_at(&played.run, &played.package, at, &played.facts, now(), played.draft.as_ref()))
}

/// A run after something was said.
struct Played {
    run: Run,
    state: State,
    package: Arc<Package>,
    facts: Arc<Facts>,
    progressed: Option<Progressed>,
    /// Own words that were read and not said, or a reply that lies there first.
    draft: Option<Draft>,
}

/// The conversation that a run plays: the activity's main file, or the variant that was drawn. `package` is that of the
/// run's version.
///
/// # Errors
/// [`Failure::NotFound`] when the package has no such conversation.
pub fn telling<'p>(package: &'p Package, run: &Run) -> Result<Telling<'p>, Failure> {
    let activity = package.activity(&run.activity).ok_or(Failure::NotFound)?;
    activity.telling(run.variant.as_ref()).ok_or(Failure::NotFound)
}

/// The same without what is known of it.
///
/// # Errors
/// As [`telling`].
pub fn scenario<'p>(package: &'p Package, run: &Run) -> Result<&'p Scenario, Failure> {
    telling(package, run).map(|telling| telling.scenario)
}

/// Takes a turn, or only judges the clock when nothing was chosen. A turn that was already taken stays as it was, and own
/// words that nobody has read are a draft, as is a picked reply that lies there first.
async fn play(run: &str, turn: u32, choice: &str, own: Own) -> Result<Played, Failure> {
    let viewer = viewer()?;
    let services = services();
    let id: RunId = run.parse().map_err(|_| Failure::NotFound)?;
    let run = services.db.run(id, viewer.person).await?.ok_or(Failure::NotFound)?;
    let facts = crate::pages::opened::facts().await?;
    let package = services.packages.get(&services.db, run.version).await?;
    let (picked, sure) = wording::picked(choice);
    let (scenario, content) = telling(&package, &run).map(|telling| (telling.scenario, telling.content))?;
    let state = state_of(&run, scenario)?;
    let lies = !sure && !picked.is_empty() && own.words.is_empty() && wording::lies_first(&package, scenario, &state);
    let choice = if own.was_read() && !lies { picked } else { "" };
    let Some(event) = event(&services, &run, scenario, &state, turn, choice)? else {
        let draft = if lies { Some(Draft::of(picked, turn)) } else { own.draft(turn) };
        let draft = draft.filter(|_| choice.is_empty() && turn == state.turn);
        return Ok(Played { run, state, package, facts, progressed: None, draft });
    };
    let said = wording::said(&package, scenario, &state, &facts, event, &own)?;
    let mut after = state.clone();
    after.apply(scenario, event).map_err(|_| Failure::Conflict)?;
    let ends = after.ending(scenario).is_some();
    let solved = if ends { services.solved.get(&content, scenario).ok() } else { None };
    let prepared = Prepared { package: &package, state: Some(state.clone()), solved };
    let taken = services.db.take_turn(id, viewer.person, turn, said, prepared, now(), &*services.entropy).await?;
    let run = taken.0;
    // What happened may be something else: time ran out meanwhile, or the turn was taken twice at once.
    let state = if run.events.last() == Some(&event) && run.events.len() == turn as usize + 1 {
        after
    } else {
        state_of(&run, scenario)?
    };
    Ok(Played { run, state, package, facts, progressed: Some(taken.1), draft: None })
}

/// How far a run is.
fn state_of(run: &Run, scenario: &Scenario) -> Result<State, Failure> {
    replay(scenario, &run.events).map_err(|problem| {
        tracing::error!(run = %run.id, %problem, "a stored run does not fit its scenario");
        Failure::Internal
    })
}

/// What happens: the choice, or that time ran out first. Nothing when the turn is over already.
fn event(
    services: &Services,
    run: &Run,
    scenario: &Scenario,
    state: &State,
    turn: u32,
    choice: &str,
) -> Result<Option<Event>, Failure> {
    if run.ended_at.is_some() || turn < state.turn {
        return Ok(None);
    }
    if turn > state.turn {
        return Err(Failure::Conflict);
    }
    if run.deadline_at.is_some_and(|deadline| is_late(deadline, services.clock.now())) {
        return Ok(Some(Event::TimedOut));
    }
    if choice.is_empty() {
        return Ok(None);
    }
    choose(scenario, state, run.seed, choice).map(Some).ok_or(Failure::Conflict)
}

/// A run as its player may see it, with how a `draft` reads that is for this turn.
///
/// # Errors
/// [`Failure::Internal`] when the stored events do not fit the scenario, [`Failure::NotFound`] when `package` has none.
pub fn scene_of(
    run: &Run,
    package: &Package,
    facts: &Facts,
    now: Timestamp,
    draft: Option<&Draft>,
) -> Result<Scene, Failure> {
    let scenario = scenario(package, run)?;
    Ok(scene_at(run, package, (scenario, &state_of(run, scenario)?), facts, now, draft))
}

fn scene_at(
    run: &Run,
    package: &Package,
    (scenario, state): (&Scenario, &State),
    facts: &Facts,
    now: Timestamp,
    draft: Option<&Draft>,
) -> Scene {
    let lookup = |key: &str| facts.look_up(key);
    let about = scene(scenario, &lookup);
    let mut now_on = turn(scenario, state, run.seed, &lookup);
    now_on.in_own_words(&run.replies);
    let entries =
        now_on.earlier.iter().chain(&now_on.fresh).map(|entry| entry_of(entry, &about, &package.media)).collect();
    let prompt = prompt(&now_on.choices);
    let offers: Vec<_> = now_on.choices.into_iter().map(offer_of).collect();
    let (offers, own) = match wording::room_in(package, scenario, state) {
        Some(room) => {
            let draft = draft.filter(|draft| draft.turn == state.turn);
            let picked = draft.and_then(|draft| offers.iter().find(|offer| offer.id == draft.picked).cloned());
            let words = draft.filter(|draft| draft.picked.is_empty());
            let heard = words.and_then(|words| wording::heard(run, package, (scenario, state), facts, words));
            let place = own_words::Place { run: run.id.to_string(), turn: now_on.number, room };
            (Vec::new(), own_words::html(&place, offers, heard, picked))
        }
        None => (offers, String::new()),
    };
    Scene {
        run: run.id.to_string(),
        turn: now_on.number,
        medium: medium(now_on.channel),
        subject: about.subject.clone().unwrap_or_default(),
        entries,
        prompt,
        offers,
        own,
        left: run.deadline_at.map(|deadline| deadline.since(now).max(0)),
        // A clock that was set back has not waited yet: below nought would be a call on hold.
        elapsed: (run.ended_at.unwrap_or(now).since(run.started_at) / Timestamp::SECOND).max(0),
        ended: now_on
            .ending
            .map(|ended| Ended { kind: ending_name(ended.kind).into(), heading: ending_words(ended.kind) }),
    }
}

/// Something that can be said or done, for the player.
#[must_use]
pub fn offer_of(offer: domain::conversation::view::Offer) -> Offer {
    let sign = if offer.done { t!("talk-do") } else { String::new() };
    Offer { id: offer.id, text: offer.text, sign }
}

/// The heading over what can be said or done.
#[must_use]
pub fn prompt(offers: &[domain::conversation::view::Offer]) -> String {
    let done = offers.iter().filter(|offer| offer.done).count();
    match done {
        0 => t!("talk-prompt"),
        done if done == offers.len() => t!("talk-prompt-do"),
        _ => t!("talk-prompt-both"),
    }
}

/// The words of a choice on a line among others: what is done says so.
#[must_use]
pub fn worded(words: String, done: bool) -> String {
    if done { t!("talk-do-what", what = words) } else { words }
}

/// One line for the transcript.
#[must_use]
pub fn entry_of(
    entry: &domain::conversation::view::Entry,
    about: &domain::conversation::Scene,
    media: &BTreeMap<String, Media>,
) -> Entry {
    let who = match entry.role {
        Role::You => Who::Me,
        Role::Them if entry.speaker == about.them.name => Who::Them,
        Role::Them => Who::Party,
        Role::Note | Role::Hold | Role::Silence => Who::Stage,
        Role::Did => Who::Did,
    };
    let people = [&about.you, &about.them];
    let person = people.into_iter().chain(&about.others).find(|person| person.name == entry.speaker);
    let detail = person.and_then(|person| match entry.channel {
        Channel::Public => person.handle.clone().or(person.role.clone()),
        _ => person.role.clone(),
    });
    Entry {
        who,
        name: if who == Who::Did { t!("talk-did") } else { entry.speaker.clone() },
        detail: detail.unwrap_or_default(),
        medium: medium(entry.channel),
        text: match entry.role {
            Role::Silence => t!("talk-silence"),
            Role::Hold => held(entry.hold.unwrap_or_default(), &entry.text),
            _ => entry.text.clone(),
        },
        // Pages know media by their content, not by their place in the course.
        audio: entry.audio.as_ref().and_then(|path| media.get(path)).map(Media::file_name).unwrap_or_default(),
        hold: entry.hold.unwrap_or_default(),
    }
}

/// A call on hold, and what is heard meanwhile.
fn held(seconds: u32, heard: &str) -> String {
    let held = t!("talk-hold", seconds = seconds);
    if heard.is_empty() { held } else { format!("{held} {heard}") }
}

/// How people talk on a channel.
#[must_use]
pub fn medium(channel: Channel) -> Medium {
    match channel {
        Channel::Public => Medium::Public,
        Channel::DirectMessage => Medium::Chat,
        Channel::Phone => Medium::Phone,
        Channel::Email => Medium::Mail,
        Channel::Board => Medium::Board,
    }
}

/// The name of an ending, for its look.
#[must_use]
pub fn ending_name(kind: EndingKind) -> &'static str {
    match kind {
        EndingKind::Success => "success",
        EndingKind::Neutral => "neutral",
        EndingKind::Failure => "failure",
    }
}

/// An ending in words.
#[must_use]
pub fn ending_words(kind: EndingKind) -> String {
    t!(&format!("ending-{}", ending_name(kind)))
}
