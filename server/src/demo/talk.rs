//! How invented people get through a conversation.

use super::dice::Dice;
use domain::conversation::model::Index;
use domain::conversation::{Channel, Event, Scenario, Score, Solved, play::State};
use domain::percent::Percent;

/// Nobody says more than this.
const LONGEST: usize = 60;

/// How many ways of answering somebody weighs on a channel before settling for one: what makes the demonstration's people
/// handle a case better in public than on the phone.
pub fn care(channel: Channel) -> usize {
    match channel {
        Channel::Public => 12,
        Channel::DirectMessage => 9,
        Channel::Phone => 3,
        _ => 7,
    }
}

/// The best of so many plays by chance, with its score.
pub fn best_of(solved: &Solved, plays: usize, dice: &mut Dice) -> Option<(Vec<Event>, Score)> {
    (0..plays).filter_map(|_| by_chance(solved, dice)).max_by(|(_, a), (_, b)| mark(a).total_cmp(&mark(b)))
}

/// A play by chance that passes, or the best of many.
pub fn passing(solved: &Solved, dice: &mut Dice) -> Option<(Vec<Event>, Score)> {
    let mut best: Option<(Vec<Event>, Score)> = None;
    for _ in 0..4000 {
        let Some((events, score)) = by_chance(solved, dice) else { continue };
        if best.as_ref().is_none_or(|(_, found)| mark(&score) > mark(found)) {
            best = Some((events, score));
        }
        if best.as_ref().is_some_and(|(_, found)| found.passed) {
            break;
        }
    }
    best
}

/// A play by chance that does not pass; nothing when none is found.
pub fn failing(solved: &Solved, dice: &mut Dice) -> Option<Vec<Event>> {
    (0..400).filter_map(|_| by_chance(solved, dice)).find(|(_, score)| !score.passed).map(|(events, _)| events)
}

/// Whatever passes is better than whatever does not, and people try not to cross a line.
fn mark(score: &Score) -> f64 {
    let crossed = u32::try_from(score.blockers.len()).unwrap_or(u32::MAX);
    let passed = if score.passed { 100.0 } else { 0.0 };
    score.percent.map_or(0.0, Percent::value) + passed - 20.0 * f64::from(crossed)
}

/// One way through a conversation, and its score; nothing when it leads nowhere in time.
fn by_chance(solved: &Solved, dice: &mut Dice) -> Option<(Vec<Event>, Score)> {
    let events = wander(solved.scenario(), dice)?;
    let score = solved.score(&events).ok()?;
    Some((events, score))
}

fn wander(scenario: &Scenario, dice: &mut Dice) -> Option<Vec<Event>> {
    let mut state = State::start(scenario).ok()?;
    let mut events = vec![];
    while state.ending(scenario).is_none() {
        // What a browser would be shown takes longer to make, and there are thousands of plays to look at.
        let node = scenario.nodes.get(usize::from(state.node))?;
        let offered: Vec<Index> = node.offered(&state.values).map(|(place, _)| place).collect();
        let event = Event::Chose(*offered.get(dice.below(offered.len()))?);
        state.apply(scenario, event).ok()?;
        events.push(event);
        if events.len() > LONGEST {
            return None;
        }
    }
    Some(events)
}
