//! Makes the view of a run that a browser may have, and takes its answer back.

use super::{
    model::{Channel, Index, Node, Party, Reply, Scenario},
    play::{Event, State, Trail},
    text::{Lookup, fill},
    view::{Audience, Ended, Entry, Offer, Person, Role, Scene, Turn},
};
use sha2::{Digest, Sha256};

/// What is known before the first turn.
#[must_use]
pub fn scene(scenario: &Scenario, facts: Lookup<'_>) -> Scene {
    let person = |party: &Party| Person {
        name: fill(&party.name, facts),
        role: party.role.as_ref().map(|role| fill(role, facts)),
        handle: party.handle.as_ref().map(|handle| fill(handle, facts)),
    };
    Scene {
        title: fill(&scenario.title, facts),
        briefing: fill(&scenario.briefing, facts),
        channel: scenario.channel,
        subject: scenario.subject.as_ref().map(|subject| fill(subject, facts)),
        reach: scenario.reach,
        limit: scenario.limit,
        worked: scenario.worked,
        you: person(&scenario.parties[0]),
        them: person(&scenario.parties[1]),
        others: scenario.parties[2..].iter().map(person).collect(),
    }
}

/// The conversation as it stands. `seed` is the run's secret: it shuffles the choices and hides which is which.
#[must_use]
pub fn turn(scenario: &Scenario, state: &State, seed: u64, facts: Lookup<'_>) -> Turn {
    let node = scenario.node(state.node);
    let last = state.trail.iter().rposition(|step| matches!(step, Trail::Took(..)));
    let (earlier, fresh) = state.trail.split_at(last.map_or(0, |last| last + 1));
    let known = state.trail.iter().filter(|step| matches!(step, Trail::Took(..))).count();
    // What was forgotten is counted all the same.
    let mut number = state.turn.saturating_sub(u32::try_from(known).unwrap_or(u32::MAX));
    let mut entries = |trail: &[Trail]| -> Vec<Entry> {
        let mut told = Vec::new();
        for step in trail {
            let from = told.len();
            told.extend(entries(scenario, *step, facts));
            if matches!(step, Trail::Took(..)) {
                told[from..].iter_mut().for_each(|entry| entry.decision = Some(number));
                number = number.saturating_add(1);
            }
        }
        told
    };
    let mut choices: Vec<Offer> = node
        .offered(&state.values)
        .map(|(index, choice)| Offer {
            id: opaque(seed, state.turn, index),
            text: fill(&choice.text, facts),
            done: choice.done,
        })
        .collect();
    // The names are as good as random, so their order is a shuffle.
    choices.sort_by(|a, b| a.id.cmp(&b.id));
    Turn {
        number: state.turn,
        earlier: entries(earlier),
        fresh: entries(fresh),
        channel: node.channel,
        audience: audience(scenario, node, facts),
        choices,
        free: node.reply == Reply::Free,
        timer: node.timer().map(|timer| timer.seconds),
        ending: state.ending(scenario).map(|ending| Ended { kind: ending.kind, debrief: !ending.debrief.is_empty() }),
    }
}

/// The event that a choice's opaque name stands for; nothing, when it is not offered in this turn.
#[must_use]
pub fn choose(scenario: &Scenario, state: &State, seed: u64, id: &str) -> Option<Event> {
    scenario
        .node(state.node)
        .offered(&state.values)
        .map(|(index, _)| index)
        .find(|index| opaque(seed, state.turn, *index) == id)
        .map(Event::Chose)
}

/// SHA-256 of the secret, the turn and the position: 64 bits of it, in hexadecimal.
fn opaque(seed: u64, turn: u32, index: Index) -> String {
    let mut hash = Sha256::new();
    hash.update(b"colloquy choice\0");
    hash.update(seed.to_le_bytes());
    hash.update(turn.to_le_bytes());
    hash.update(index.to_le_bytes());
    hex::encode(&hash.finalize()[..8])
}

fn audience(scenario: &Scenario, node: &Node, facts: Lookup<'_>) -> Audience {
    if !node.audience.is_empty() {
        let name = |index: &Index| fill(&scenario.parties[usize::from(*index)].name, facts);
        return Audience::Named(node.audience.iter().map(name).collect());
    }
    let others = || scenario.parties[1..].iter().map(|party| fill(&party.name, facts)).collect();
    match node.channel {
        Channel::Public => Audience::Everyone,
        Channel::DirectMessage | Channel::Phone | Channel::Email => Audience::Private,
        Channel::Board => Audience::Named(others()),
    }
}

/// What one step adds to the transcript.
pub(super) fn entries(scenario: &Scenario, step: Trail, facts: Lookup<'_>) -> Vec<Entry> {
    match step {
        Trail::Reached(index) => said(scenario, scenario.node(index), facts),
        Trail::Took(index, event) => {
            let node = scenario.node(index);
            let (role, text) = match event {
                Event::Chose(choice) => match node.choices().get(usize::from(choice)) {
                    Some(choice) if choice.done => (Role::Did, choice.text.as_str()),
                    choice => (Role::You, choice.map_or("", |it| it.text.as_str())),
                },
                Event::TimedOut => (Role::Silence, ""),
            };
            vec![Entry {
                speaker: fill(&scenario.you().name, facts),
                role,
                channel: node.channel,
                text: fill(text, facts),
                hold: None,
                audio: None,
                decision: None,
            }]
        }
    }
}

/// What is said on arriving at a node.
pub(super) fn said(scenario: &Scenario, node: &Node, facts: Lookup<'_>) -> Vec<Entry> {
    node.lines
        .iter()
        .map(|line| Entry {
            speaker: line
                .speaker
                .map(|index| fill(&scenario.parties[usize::from(index)].name, facts))
                .unwrap_or_default(),
            role: match line.speaker {
                None if line.hold.is_some() => Role::Hold,
                None => Role::Note,
                Some(0) => Role::You,
                Some(_) => Role::Them,
            },
            channel: node.channel,
            text: fill(&line.text, facts),
            hold: line.hold,
            audio: line.audio.clone(),
            decision: None,
        })
        .collect()
}
