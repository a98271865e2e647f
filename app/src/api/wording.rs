//! Own words where the reply is free: read before they are sent, and taken as a turn once they are confirmed.

use super::conversation::{page_of, scenario};
use crate::context::{Refused, refuse, services, viewer};
use crate::failure::Failure;
use crate::live::{Heard, Mark, Note, Offer, Piece};
use crate::t;
use domain::conversation::wording::{self, for_others, hear, kept, room};
use domain::conversation::{Event, Scenario, State, choose, replay, turn};
use domain::course::Package;
use domain::facts::Facts;
use domain::ids::RunId;
use domain::phrasing::{Kind, MOST_CHARACTERS, Reading, RuleId, Verdict};
use leptos::prelude::*;
use store::{Run, Said, Suggested};

/// The fields of a draft that waits for its confirmation.
pub const RUN: &str = "run";
/// The turn that it is for.
pub const TURN: &str = "turn";
/// The words.
pub const WORDS: &str = "words";

/// Own words as they come with a turn.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// The words; empty when a reply was picked as it stands.
    pub words: &'a str,
    /// Whether the author may learn from them.
    pub keep: bool,
}

/// Reads own words, without scripts: the draft is kept for a short while, and the page shows how it reads.
#[server(prefix = "/do", endpoint = "read-reply")]
pub async fn read_reply(
    #[server(default)] run: String,
    #[server(default)] turn: String,
    #[server(default)] words: String,
) -> Result<(), Failure> {
    let id: RunId = run.parse().map_err(|_| Failure::NotFound)?;
    let found = services().db.run(id, viewer()?.person).await?.ok_or(Failure::NotFound)?;
    let draft = Refused::default().value(RUN, &run).value(TURN, &turn).value(WORDS, &tidy(&words));
    refuse(&format!("{}#reading", page_of(&found).await?), draft).await
}

/// Reads own words for the player in the browser; see [`crate::live::read`].
///
/// # Errors
/// [`Failure::NotFound`] when the run is not the caller's, [`Failure::Conflict`] when it has gone on or wants no own words.
pub async fn read_in(run: &str, turn: u32, words: &str) -> Result<Heard, Failure> {
    let services = services();
    let id: RunId = run.parse().map_err(|_| Failure::NotFound)?;
    let run = services.db.run(id, viewer()?.person).await?.ok_or(Failure::NotFound)?;
    let facts = crate::pages::opened::facts().await?;
    let package = services.packages.get(&services.db, run.version).await?;
    heard(&run, &package, &facts, turn, words)?.ok_or(Failure::Conflict)
}

/// How own words read at a turn of a run; nothing when the run is not there, or wants no own words there.
///
/// # Errors
/// [`Failure::Internal`] when the stored events do not fit the scenario.
pub fn heard(run: &Run, package: &Package, facts: &Facts, at: u32, words: &str) -> Result<Option<Heard>, Failure> {
    let scenario = scenario(package, &run.activity)?;
    let state = replay(scenario, &run.events).map_err(|_| Failure::Internal)?;
    let rules = services().rules.get(package.language.as_str());
    let (Some(rules), Some(room)) = (rules.as_ref(), room(scenario, &state).filter(|_| at == state.turn)) else {
        return Ok(None);
    };
    let words = tidy(words);
    let problem = problem(&words, room);
    if !problem.is_empty() {
        return Ok(Some(Heard { words, problem, ..Heard::default() }));
    }
    let lookup = |key: &str| facts.look_up(key);
    let Some(heard) = hear(scenario, &state, rules, &lookup, &words) else { return Ok(None) };
    let clear = heard.meant.first().filter(|_| heard.verdict == Verdict::Clear);
    let offers = turn(scenario, &state, run.seed, &lookup).choices;
    let meant =
        |offer: &Offer| choose(scenario, &state, run.seed, &offer.id) == clear.map(|index| Event::Chose(*index));
    let offers = offers.into_iter().map(|offer| Offer { id: offer.id, text: offer.text });
    let (mut first, others): (Vec<_>, Vec<_>) = offers.partition(meant);
    Ok(Some(Heard {
        pieces: pieces(&words, &heard.reading),
        notes: notes(&words, &heard.reading),
        meant: first.pop(),
        others,
        problem,
        words,
    }))
}

/// The most characters of own words at the present place; nothing where one picks, or where the language has no rules.
#[must_use]
pub fn room_in(package: &Package, scenario: &Scenario, state: &State) -> Option<u32> {
    let known = services().rules.get(package.language.as_str()).is_some();
    room(scenario, state).filter(|_| known).and_then(|room| u32::try_from(room).ok())
}

/// A turn with the own words that came with it. Where none are wanted, they are left out.
///
/// # Errors
/// [`Failure::Unreadable`] for more words than there is room for: the page does not offer to send them.
pub fn said(
    package: &Package,
    scenario: &Scenario,
    state: &State,
    facts: &Facts,
    event: Event,
    own: Own<'_>,
) -> Result<Said, Failure> {
    let words = tidy(own.words);
    let Event::Chose(choice) = event else { return Ok(event.into()) };
    let rules = services().rules.get(package.language.as_str());
    let (Some(rules), Some(room)) = (rules.as_ref(), room(scenario, state).filter(|_| !words.is_empty())) else {
        return Ok(event.into());
    };
    if !problem(&words, room).is_empty() {
        return Err(Failure::Unreadable);
    }
    let lookup = |key: &str| facts.look_up(key);
    let heard = hear(scenario, state, rules, &lookup, &words).ok_or(Failure::Internal)?;
    let node = scenario.nodes.get(usize::from(state.node)).ok_or(Failure::Internal)?.id.clone();
    let unclear = own.keep && heard.verdict != Verdict::Clear;
    let suggested = unclear.then(|| Suggested { node, choice, words: for_others(&heard, &words) });
    Ok(Said { event, own: Some(kept(scenario, state, &heard, &words)), suggested })
}

/// The kept words of a run, read again for its debrief, by turn.
#[must_use]
pub fn heard_again(run: &Run, package: &Package, scenario: &Scenario, facts: &Facts) -> Vec<(u32, Heard)> {
    let rules = services().rules.get(package.language.as_str());
    let Some(rules) = rules.as_ref() else { return Vec::new() };
    let lookup = |key: &str| facts.look_up(key);
    run.replies
        .iter()
        .filter_map(|own| {
            let reading = wording::hear_again(scenario, &run.events, rules, &lookup, own)?.reading;
            let (pieces, notes) = (pieces(&own.words, &reading), notes(&own.words, &reading));
            Some((own.turn, Heard { words: own.words.clone(), pieces, notes, ..Heard::default() }))
        })
        .collect()
}

/// Words as they are read and kept: line breaks as everywhere, none around, and not endlessly many.
fn tidy(words: &str) -> String {
    let words: String = words.replace("\r\n", "\n").chars().take(4 * MOST_CHARACTERS).collect();
    words.trim().to_owned()
}

/// Why words cannot be sent, in words; empty when they can.
fn problem(words: &str, room: usize) -> String {
    match words.chars().count() {
        0 => t!("own-empty"),
        count if count > room => t!("own-too-long", most = u32::try_from(room).unwrap_or(u32::MAX)),
        _ => String::new(),
    }
}

fn mark(kind: Kind) -> Mark {
    match kind {
        Kind::Blocker => Mark::Blocker,
        Kind::Warning => Mark::Warning,
        Kind::Good => Mark::Good,
    }
}

/// The words cut where something was found.
fn pieces(words: &str, reading: &Reading) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |text: Option<&str>, mark| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            pieces.push(Piece { text: text.to_owned(), mark });
        }
    };
    let mut done = 0;
    for (place, kind) in reading.marks() {
        push(words.get(done..place.start), None);
        done = place.end;
        push(words.get(place), Some(mark(kind)));
    }
    if done > 0 {
        push(words.get(done..), None);
    }
    pieces
}

/// One sentence for each rule that found something, what must not be said first.
fn notes(words: &str, reading: &Reading) -> Vec<Note> {
    let found = RuleId::ALL.into_iter().filter(|rule| reading.has(*rule));
    found
        .map(|rule| {
            // Data that stand in public are not said once more.
            let quoted = rule != RuleId::RepeatsPersonalDataInPublic;
            let findings = reading.findings.iter().filter(|finding| quoted && finding.rule == rule);
            let quote = findings.flat_map(|finding| &finding.spans).filter_map(|span| words.get(span.clone()));
            let mark = mark(rule.kind());
            Note {
                mark,
                sort: match mark {
                    Mark::Blocker => t!("own-blocker"),
                    Mark::Warning => t!("own-warning"),
                    Mark::Good => t!("own-good"),
                },
                quote: quote.collect::<Vec<_>>().join(" … "),
                text: t!(&format!("rule-{rule}")),
            }
        })
        .collect()
}
