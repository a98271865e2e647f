//! Mind the gap: how differently people handle the same case on two channels.
//!
//! Conversations that tell the same case on several channels are a *family*. For two channels, each person who has
//! played a family on both gives one paired difference: the score of their first attempt on the one channel less that on
//! the other. From these come three figures, all of them about a group of people and never about one of them:
//!
//! * **The difference.** In each family the mean over its people; then the mean over families with a t interval
//!   ([`interval`]). Families are what the interval is over, because the question is whether the next case would show
//!   the same, and a hundred more people tell nothing more about that. A percentile bootstrap over so few families covers
//!   too little.
//! * **The commitments.** Of the decisions with the same name on both channels, how many ended in another promise.
//! * **The breaches.** How many runs met a blocker, for each channel.
//!
//! Under [`PEOPLE`] people or [`FAMILIES`] families there is no figure at all, so that no page can show one.
//!
//! Whoever plays a case again on another channel has learnt from the first time. With an order drawn for each person that
//! cancels out, and [`Order`] shows whether it was drawn.

mod attempt;
pub mod interval;
mod pairs;
mod student;

pub use attempt::{Attempt, first_attempts};
pub use interval::{Interval, Share};

use crate::conversation::Channel;
use pairs::Pairs;
use std::collections::BTreeSet;

/// The least number of people a figure may be about.
pub const PEOPLE: u32 = 15;
/// The least number of families an interval may be over.
pub const FAMILIES: u32 = 4;
/// The least number of families with which a gap may be called closed.
pub const FAMILIES_TO_CLOSE: u32 = 8;
/// A difference of scores within this, either way, is as good as none. Scores are from 0 to 1.
pub const BAND: f64 = 0.05;

/// What was found for a pair of channels.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The two channels; a difference is the first less the second.
    pub channels: (Channel, Channel),
    /// How many people have played at least one family on both.
    pub people: u32,
    /// How many families at least one person has played on both.
    pub families: u32,
    /// What may be said.
    pub verdict: Verdict,
    /// The figures; none where there is too little to tell.
    pub figures: Option<Figures>,
}

/// The figures for a pair of channels.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The mean paired difference of scores, from -1 to 1, with its 95 % interval over families.
    pub difference: Interval,
    /// Decisions made on both channels, and how many of them ended in another promise. Nothing when no decision has the
    /// same name on both.
    pub commitments: Option<Share>,
    /// Runs with a blocker, on each channel.
    pub breaches: (Share, Share),
    /// Which channel came first.
    pub order: Order,
}

/// Which channel people played first, as a check: an order drawn for each person makes learning cancel out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Order {
    /// How often the first channel came first: person × family.
    pub first: u32,
    /// How often the second did.
    pub second: u32,
    /// The mean difference where the first channel came first; none where it would be about too few people.
    pub when_first: Option<f64>,
    /// The mean difference where the second channel came first; likewise.
    pub when_second: Option<f64>,
}

impl Order {
    /// Whether each order happened at least a third of the time. Where not, learning from the first play is part of the
    /// difference.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        let all = self.first.saturating_add(self.second);
        self.first.min(self.second).saturating_mul(3) >= all
    }
}

/// What may be said about a pair of channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing yet: there are only so many.
    TooFew {
        /// People.
        people: u32,
        /// Families.
        families: u32,
    },
    /// There is a difference: the interval lies on one side of zero.
    Open,
    /// There is none that matters: enough families, and the interval lies within the band.
    Closed,
    /// The interval has room for a difference and for none.
    Unclear,
}

impl Verdict {
    /// What may be said of a difference found with so many people and families.
    #[must_use]
    pub fn of(people: u32, families: u32, difference: Interval) -> Self {
        let Interval { low, high, .. } = difference;
        if people < PEOPLE || families < FAMILIES {
            Self::TooFew { people, families }
        } else if families >= FAMILIES_TO_CLOSE && low >= -BAND && high <= BAND {
            Self::Closed
        } else if low > 0.0 || high < 0.0 {
            Self::Open
        } else {
            Self::Unclear
        }
    }
}

/// The gap for every two channels that any person has played a family on, in the order of the channels.
///
/// Of several attempts by a person at a family on one channel the earliest counts.
#[must_use]
pub fn gaps(attempts: &[Attempt]) -> Vec<Gap> {
    let firsts = first_attempts(attempts);
    let channels: BTreeSet<Channel> = firsts.iter().map(|attempt| attempt.channel).collect();
    let mut gaps = Vec::new();
    for (place, one) in channels.iter().enumerate() {
        for other in channels.iter().skip(place + 1) {
            let pairs = Pairs::of(&firsts, *one, *other);
            if !pairs.is_empty() {
                gaps.push(gap((*one, *other), &pairs));
            }
        }
    }
    gaps
}

fn gap(channels: (Channel, Channel), pairs: &Pairs) -> Gap {
    let (people, families) = (pairs.people(), pairs.families());
    let enough = people >= PEOPLE && families >= FAMILIES;
    let Some(difference) = interval::mean(&pairs.differences(|_| true)).filter(|_| enough) else {
        return Gap { channels, people, families, verdict: Verdict::TooFew { people, families }, figures: None };
    };
    let figures = Figures {
        difference,
        commitments: interval::share(&pairs.commitments()),
        breaches: (
            interval::share(&pairs.breaches(|pair| pair.one)).unwrap_or_default(),
            interval::share(&pairs.breaches(|pair| pair.other)).unwrap_or_default(),
        ),
        order: pairs.order(),
    };
    Gap { channels, people, families, verdict: Verdict::of(people, families, difference), figures: Some(figures) }
}
