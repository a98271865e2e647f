//! Own words where the reply is free: read before they are sent, and taken as a turn once they are confirmed.

use super::conversation as stage;
use crate::context::{Refused, refuse, services, visit};
use crate::failure::Failure;
use crate::live::Offer;
use crate::t;
use domain::conversation::model::Channel;
use domain::conversation::wording::{self, for_others, hear, kept, room};
use domain::conversation::{Event, Scenario, State, choose, turn};
use domain::course::Package;
use domain::facts::Facts;
use domain::ids::RunId;
use domain::phrasing::{Kind, MOST_CHARACTERS, Reading, RuleId, Verdict};
use domain::plain::paragraphs;
use store::{Run, Said, Suggested};

/// The fields of a draft that waits for its confirmation.
const RUN: &str = "run";
const TURN: &str = "turn";
const WORDS: &str = "words";
const PICKED: &str = "picked";

/// What comes before the name of a picked reply that has lain there as a draft, and is to go now. No name begins so.
const SEND: &str = "send:";

/// Own words as they come with a turn.
#[derive(Debug, Clone, Default)]
pub struct Own {
    /// The words; empty when a reply was picked as it stands.
    pub words: String,
    /// The words that were read last; only these can be confirmed.
    pub read: String,
    /// Whether the author may learn from them.
    pub keep: bool,
}

impl Own {
    /// Whether the words are those that were read. A reply that was picked as it stands has none.
    #[must_use]
    pub fn was_read(&self) -> bool {
        tidy(&self.words) == tidy(&self.read)
    }

    /// The words to be read, if there are any.
    #[must_use]
    pub fn draft(&self, turn: u32) -> Option<Draft> {
        (!self.words.is_empty()).then(|| Draft { turn, words: tidy(&self.words), picked: String::new() })
    }
}

/// Own words, or a reply that was picked instead, not said yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The turn that it is for.
    pub turn: u32,
    /// The words; empty where a reply was picked.
    pub words: String,
    /// The name of the reply that was picked; empty for own words.
    pub picked: String,
}

impl Draft {
    /// A reply that was picked.
    #[must_use]
    pub fn of(picked: &str, turn: u32) -> Self {
        Self { turn, words: String::new(), picked: picked.to_owned() }
    }
}

/// The value by which a picked reply goes that lies there as a draft.
#[must_use]
pub fn send(picked: &str) -> String {
    format!("{SEND}{picked}")
}

/// The name of a choice out of what a button sends, and whether it has lain there as a draft.
#[must_use]
pub fn picked(choice: &str) -> (&str, bool) {
    choice.strip_prefix(SEND).map_or((choice, false), |name| (name, true))
}

/// Whether a picked reply lies there before it goes, like own words do: a mail. Where one only picks, the player sees to that.
#[must_use]
pub fn lies_first(package: &Package, scenario: &Scenario, state: &State) -> bool {
    let mail = scenario.nodes.get(usize::from(state.node)).is_some_and(|node| node.channel == Channel::Email);
    mail && room_in(package, scenario, state).is_some()
}

/// What some words do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// They must not be said.
    Blocker,
    /// They are worth a second look.
    Warning,
    /// They do good.
    Good,
}

/// A stretch of the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// What they do, if anything.
    pub mark: Option<Mark>,
}

/// One sentence about the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub mark: Mark,
    /// What sort that is, for those who do not see the colour.
    pub sort: String,
    /// The very words; empty where they are better not repeated.
    pub quote: String,
    /// The sentence.
    pub text: String,
}

/// Own words, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    /// The words.
    pub words: String,
    /// Why they cannot be sent as they are; empty when they can.
    pub problem: String,
    /// The words with what they do, in order; nothing where the rules found nothing.
    pub pieces: Vec<Piece>,
    /// What there is to say about them, what must not be said first.
    pub notes: Vec<Note>,
    /// What they are read as; nothing where that is not clear.
    pub meant: Option<Offer>,
    /// What else they may mean.
    pub others: Vec<Offer>,
}

/// Keeps a draft for a short while, without scripts: the page at `to` shows how it reads.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn keep_draft(to: &str, run: RunId, draft: &Draft) -> Result<(), Failure> {
    let kept = Refused::default().value(RUN, &run.to_string()).value(TURN, &draft.turn.to_string());
    refuse(to, kept.value(WORDS, &draft.words).value(PICKED, &draft.picked)).await
}

/// The draft of a run that came back to be confirmed.
#[must_use]
pub fn kept_draft(run: RunId) -> Option<Draft> {
    let kept = visit().refused;
    let turn = kept.typed(TURN).parse().ok().filter(|_| kept.typed(RUN) == run.to_string())?;
    let draft = Draft { turn, words: kept.typed(WORDS), picked: kept.typed(PICKED) };
    // A reply that was picked and came after its session had ended has neither.
    Some(draft).filter(|draft| kept.unsent.is_none() || !(draft.words.is_empty() && draft.picked.is_empty()))
}

/// How a draft reads; nothing when the run is not at its turn, or wants no own words there. `state` is how far the run is.
#[must_use]
pub fn heard(
    run: &Run,
    package: &Package,
    (scenario, state): (&Scenario, &State),
    facts: &Facts,
    draft: &Draft,
) -> Option<Heard> {
    let rules = services().rules.get(package.language.as_str());
    let (Some(rules), Some(room)) = (rules.as_ref(), room(scenario, state).filter(|_| draft.turn == state.turn)) else {
        return None;
    };
    let words = tidy(&draft.words);
    let problem = problem(&words, room);
    if !problem.is_empty() {
        return Some(Heard { words, problem, ..Heard::default() });
    }
    let lookup = |key: &str| facts.look_up(key);
    let heard = hear(scenario, state, rules, &lookup, &words)?;
    let clear = heard.meant.first().filter(|_| heard.verdict == Verdict::Clear);
    let offers = turn(scenario, state, run.seed, &lookup).choices;
    let meant = |offer: &Offer| choose(scenario, state, run.seed, &offer.id) == clear.map(|index| Event::Chose(*index));
    let offers = offers.into_iter().map(stage::offer_of);
    let (mut first, others): (Vec<_>, Vec<_>) = offers.partition(meant);
    Some(Heard {
        pieces: pieces(&words, &heard.reading),
        notes: notes(&words, &heard.reading),
        meant: first.pop(),
        others,
        problem,
        words,
    })
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
    own: &Own,
) -> Result<Said, Failure> {
    let words = tidy(&own.words);
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

/// The kept words of a run, read again for its debrief, by turn. What a trainer overturned is not found in them any more.
#[must_use]
pub fn heard_again(run: &Run, package: &Package, scenario: &Scenario, facts: &Facts) -> Vec<(u32, Heard)> {
    let rules = services().rules.get(package.language.as_str());
    let Some(rules) = rules.as_ref() else { return Vec::new() };
    let lookup = |key: &str| facts.look_up(key);
    run.replies
        .iter()
        .zip(run.standing_replies())
        .filter_map(|(own, standing)| {
            let mut reading = wording::hear_again(scenario, &run.events, rules, &lookup, own)?.reading;
            let gone = |rule: RuleId| own.blockers.contains(&rule) && !standing.blockers.contains(&rule);
            reading.findings.retain(|finding| !gone(finding.rule));
            let (pieces, notes) = (pieces(&own.words, &reading), notes(&own.words, &reading));
            Some((own.turn, Heard { words: own.words.clone(), pieces, notes, ..Heard::default() }))
        })
        .collect()
}

/// Words as they are read and kept: line breaks as everywhere, none around, and not endlessly many.
fn tidy(words: &str) -> String {
    let words: String = words.chars().take(4 * MOST_CHARACTERS).collect();
    paragraphs(&words)
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
