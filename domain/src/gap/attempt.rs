//! One person's attempt at one conversation, as far as the gap cares.

use crate::{
    conversation::{Channel, Decided, Event, Impossible, Scenario, decided},
    ids::SubjectId,
    percent::Percent,
    phrasing::RuleId,
    slug::Slug,
    time::Timestamp,
};
use std::collections::HashMap;

/// A finished run of a conversation that belongs to a family.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// Whose: a random stand-in, only to tell people apart.
    pub person: SubjectId,
    /// The case.
    pub family: Slug,
    /// The channel the conversation opens on.
    pub channel: Channel,
    /// Its score.
    pub score: Percent,
    /// When it came to an ending.
    pub at: Timestamp,
    /// Its blockers, and what was promised at each decision.
    pub decided: Decided,
}

impl Attempt {
    /// A finished run as an attempt; nothing when its conversation belongs to no family.
    ///
    /// # Errors
    /// [`Impossible`] for events that the scenario does not allow.
    pub fn of(
        person: SubjectId,
        scenario: &Scenario,
        score: Percent,
        at: Timestamp,
        events: &[Event],
    ) -> Result<Option<Self>, Impossible> {
        let Some(family) = scenario.family.clone() else { return Ok(None) };
        let decided = decided(scenario, events)?;
        Ok(Some(Self { person, family, channel: scenario.channel, score, at, decided }))
    }

    /// With what rules found in own words, which is as much of a blocker as one that the author named.
    #[must_use]
    pub fn with_found(mut self, rules: impl IntoIterator<Item = RuleId>) -> Self {
        self.decided.blockers.extend(rules.into_iter().filter_map(|rule| rule.name().parse().ok()));
        self
    }
}

/// The earliest attempt of each person at each family on each channel; of two at the same moment the one given first.
#[must_use]
pub fn first_attempts(attempts: &[Attempt]) -> Vec<&Attempt> {
    let mut firsts: HashMap<(SubjectId, &Slug, Channel), &Attempt> = HashMap::new();
    for attempt in attempts {
        let key = (attempt.person, &attempt.family, attempt.channel);
        let first = firsts.entry(key).or_insert(attempt);
        if attempt.at < first.at {
            *first = attempt;
        }
    }
    let mut firsts: Vec<&Attempt> = firsts.into_values().collect();
    // In a fixed order, so that sums of the same attempts are the same to the last digit.
    firsts.sort_by(|a, b| (&a.family, a.person, a.channel).cmp(&(&b.family, b.person, b.channel)));
    firsts
}
