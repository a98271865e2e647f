//! Own words at a place of a conversation where the reply is free: what they do, what they may mean, what is kept of them.
//!
//! What happens is still one of the author's choices: the one that the learner confirmed. The words stand beside it.

use super::{
    debrief::Debrief,
    model::{Channel, Index, Reply, Scenario},
    play::{Event, State, replay},
    text::{Lookup, fill},
    turn::entries,
    view::{Role, Turn},
};
use crate::phrasing::{
    Context, Finding, Intents, MOST_CHARACTERS, Reading, RuleId, Rules, Verdict, mask_found, mask_personal, masks,
};
use serde::{Deserialize, Serialize};

/// The most characters a public reply may have where the author names no number: as the networks that people know have it.
pub const POST_CHARACTERS: usize = 280;

/// What somebody said in their own words at one turn of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnReply {
    /// The number of events before it.
    pub turn: u32,
    /// The words; in public without personal data.
    pub words: String,
    /// What the rules found in them that must not be said. It fails the run at any score.
    pub blockers: Vec<RuleId>,
}

/// How own words read at the present place of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// What the rules found.
    pub reading: Reading,
    /// Whether the first meaning may be shown as the reading.
    pub verdict: Verdict,
    /// The offered choices that the words may mean, the nearest first, by their positions.
    pub meant: Vec<Index>,
}

/// The most characters that own words may have here; nothing where the reply is not free.
#[must_use]
pub fn room(scenario: &Scenario, state: &State) -> Option<usize> {
    let node = scenario.node(state.node);
    (node.reply == Reply::Free).then(|| match (node.channel, scenario.limit) {
        (Channel::Public, Some(limit)) => usize::from(limit).min(MOST_CHARACTERS),
        (Channel::Public, None) => POST_CHARACTERS,
        _ => MOST_CHARACTERS,
    })
}

/// Reads own words; nothing where the reply is not free.
#[must_use]
pub fn hear(scenario: &Scenario, state: &State, rules: &Rules, facts: Lookup<'_>, words: &str) -> Option<Heard> {
    let node = scenario.node(state.node);
    if node.reply != Reply::Free {
        return None;
    }
    let said: Vec<String> = state
        .trail
        .iter()
        .flat_map(|step| entries(scenario, *step, facts))
        .filter(|entry| entry.role == Role::Them)
        .map(|entry| entry.text)
        .collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let context = Context { public: node.channel == Channel::Public, secrets: &[], said: &said };
    let reading = rules.read(words, &context);
    let examples: Vec<(String, Vec<String>)> = node
        .offered(&state.values)
        .map(|(index, choice)| {
            let texts = std::iter::once(&choice.text).chain(&choice.says);
            (index.to_string(), texts.map(|text| fill(text, facts)).collect())
        })
        .collect();
    let lent: Vec<(&str, Vec<&str>)> =
        examples.iter().map(|(id, texts)| (id.as_str(), texts.iter().map(String::as_str).collect())).collect();
    let intents: Vec<(&str, &[&str])> = lent.iter().map(|(id, texts)| (*id, texts.as_slice())).collect();
    let proposals = Intents::new(&intents).propose(words);
    let meant = proposals.iter().filter_map(|proposal| proposal.id.parse().ok()).collect();
    Some(Heard { reading, verdict: Intents::verdict(&proposals), meant })
}

/// Reads kept words again, for the debrief. What was taken out of them is found at the places where it stood.
#[must_use]
pub fn hear_again(
    scenario: &Scenario,
    events: &[Event],
    rules: &Rules,
    facts: Lookup<'_>,
    own: &OwnReply,
) -> Option<Heard> {
    let before = usize::try_from(own.turn).ok().and_then(|turn| events.get(..turn))?;
    let state = replay(scenario, before).ok()?;
    let mut heard = hear(scenario, &state, rules, facts, &own.words)?;
    let rule = RuleId::RepeatsPersonalDataInPublic;
    let spans = masks(&own.words);
    if own.blockers.contains(&rule) && !heard.reading.has(rule) && !spans.is_empty() {
        let finding = Finding { rule, kind: rule.kind(), spans, sentence: 0..own.words.len() };
        heard.reading.findings.insert(0, finding);
    }
    Some(heard)
}

/// What is kept of own words that were confirmed at the present place: in public no personal data, and what must not be said.
#[must_use]
pub fn kept(scenario: &Scenario, state: &State, heard: &Heard, words: &str) -> OwnReply {
    let public = scenario.node(state.node).channel == Channel::Public;
    let kept = if public { for_others(heard, words) } else { words.to_owned() };
    OwnReply { turn: state.turn, words: kept, blockers: heard.reading.blockers() }
}

/// The words as somebody else may read them: without personal data.
#[must_use]
pub fn for_others(heard: &Heard, words: &str) -> String {
    mask_personal(&mask_found(words, &heard.reading))
}

impl Turn {
    /// Puts own words in the place of the choices that they were read as.
    pub fn in_own_words(&mut self, own: &[OwnReply]) {
        for entry in self.earlier.iter_mut().chain(&mut self.fresh) {
            if let Some(reply) = own.iter().find(|reply| entry.decision == Some(reply.turn)) {
                entry.text.clone_from(&reply.words);
            }
        }
    }
}

impl Debrief {
    /// The same with own words in the place of the choices that they were read as. What must not be said counts as if the
    /// author had written it: the run does not pass.
    #[must_use]
    pub fn in_own_words(mut self, own: &[OwnReply]) -> Self {
        for reply in own {
            let Some(decision) = self.decisions.iter_mut().find(|decision| decision.number == reply.turn) else {
                continue;
            };
            decision.meant = Some(std::mem::replace(&mut decision.reply.text, reply.words.clone()));
            for blocker in reply.blockers.iter().filter_map(|rule| rule.name().parse().ok()) {
                for known in [&mut decision.blockers, &mut self.score.blockers] {
                    if !known.contains(&blocker) {
                        known.push(blocker.clone());
                    }
                }
                self.score.passed = false;
            }
        }
        self
    }
}

#[cfg(test)]
mod tests;
