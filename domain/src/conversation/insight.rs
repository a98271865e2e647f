//! How people play a conversation: all its runs laid over its nodes, without whose they are.
//!
//! A run is followed through the scenario once more. Each arrival at a node is a visit, so a run that comes by twice counts
//! twice; every visit ends in a choice, in silence, in a jump, in an ending, or in the run having stopped there. A run that
//! stopped and that nobody touched for a [`STALE`] is abandoned; until then it is under way.
//!
//! Counts are always given. How long people think and what they score is the learner's own, so a mean or a median is given
//! only where at least [`FEWEST`] learners stand behind it.

mod compare;
mod tally;

use self::tally::Tally;
use super::{
    model::{EndingKind, Index, Scenario},
    play::{Event, Impossible, State},
    solved::Solved,
};
use crate::{percent::Percent, time::Timestamp};

pub use self::compare::{Compared, Comparison, Figure, Place, Side, Told};

/// The fewest learners that a mean is given of.
pub const FEWEST: u32 = 5;

/// The longest that thinking about a reply counts, in milliseconds: whoever takes longer is having coffee.
pub const LONGEST: i64 = 10 * Timestamp::MINUTE;

/// How long after its last sign of life an unfinished run counts as abandoned, in milliseconds.
pub const STALE: i64 = Timestamp::DAY;

/// From which share of the decisions at a node a choice is what most people do.
const POPULAR: f64 = 50.0;

/// From how many points of the score a choice costs much.
const COSTLY: f64 = 10.0;

/// How often a choice must have been on offer before it means something that nobody took it: one that every fifth person
/// takes goes untaken as often by chance once in ten times.
const OFFERED: u32 = 10;

/// One run: what happened in it and when. The learner is a number that means nothing outside of this list.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// Equal for runs of the same person.
    pub learner: u32,
    /// Its number among that person's runs of the conversation, from 1.
    pub number: u32,
    /// When it was begun.
    pub started_at: Timestamp,
    /// The last sign of life.
    pub seen_at: Timestamp,
    /// The score, of a finished run that has one.
    pub score: Option<Percent>,
    /// Whether it passed, of a finished run.
    pub passed: Option<bool>,
    /// What happened, and when.
    pub events: Vec<(Event, Timestamp)>,
}

/// Everything told of a set of runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Insight {
    /// How many runs; those that could not be followed are not among them.
    pub runs: u32,
    /// How many people played them.
    pub learners: u32,
    /// How many came to an ending.
    pub finished: u32,
    /// How many were left unfinished.
    pub abandoned: u32,
    /// How many are still under way.
    pub open: u32,
    /// Runs whose events the scenario does not allow: nothing is counted of them.
    pub unreadable: u32,
    /// How long a finished run took: the sum of the times of its decisions.
    pub time: Option<Typical>,
    /// The mean score of the finished runs.
    pub score: Option<Percent>,
    /// The share of the finished runs that passed.
    pub passed: Option<Percent>,
    /// Every node, in the scenario's order.
    pub nodes: Vec<NodeInsight>,
}

/// How long something takes, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typical {
    /// The mean.
    pub mean: i64,
    /// The median; of an even number the lower of the two in the middle.
    pub median: i64,
}

/// What happened at one node.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeInsight {
    /// How often somebody arrived.
    pub visits: u32,
    /// In how many runs.
    pub runs: u32,
    /// How many people.
    pub learners: u32,
    /// From arriving to the reply, at most [`LONGEST`] each.
    pub dwell: Option<Typical>,
    /// Runs that were abandoned here.
    pub abandoned: u32,
    /// Runs that are under way and stand here.
    pub open: u32,
    /// How often it was the end, and of what kind.
    pub ending: Option<(EndingKind, u32)>,
    /// What can be said, in the author's order, and silence last.
    pub choices: Vec<ChoiceInsight>,
    /// How often it went on to which node, by reply or by itself; each node once.
    pub ways: Vec<Way>,
}

/// What became of one choice, or of silence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChoiceInsight {
    /// Which.
    pub event: Event,
    /// The node it leads to.
    pub target: Index,
    /// How often it was taken.
    pub taken: u32,
    /// How often it was on offer where something was decided.
    pub offered: u32,
    /// The mean regret of taking it, in points of the score.
    pub cost: Option<f64>,
}

/// Going on from one node to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// Where to.
    pub target: Index,
    /// How often.
    pub taken: u32,
}

/// What an author should look at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Finding {
    /// Most people do this, and it costs much.
    PopularMistake {
        /// At which node.
        node: Index,
        /// What they do.
        event: Event,
        /// The share of the decisions there.
        share: Percent,
        /// The mean regret, in points of the score.
        cost: f64,
    },
    /// Nobody says this.
    NeverTaken {
        /// At which node.
        node: Index,
        /// What nobody says.
        event: Event,
        /// How often it was on offer.
        offered: u32,
    },
}

impl Insight {
    /// Follows every run through the scenario. `solved` is what regrets are known from; without it there are none.
    #[must_use]
    pub fn of(scenario: &Scenario, solved: Option<&Solved>, tracks: &[Track], now: Timestamp) -> Self {
        let mut tally = Tally::new(scenario);
        for track in tracks {
            match follow(scenario, solved, track) {
                Ok((state, decisions)) => tally.add(track, &state, &decisions, now),
                Err(_) => tally.unreadable += 1,
            }
        }
        tally.told()
    }

    /// What an author should look at: what costs people most first, then what nobody says.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let all = || {
            let nodes = (0..).zip(&self.nodes);
            nodes.flat_map(|(index, node)| node.choices.iter().map(move |choice| (index, node, choice)))
        };
        let mut mistakes: Vec<(f64, Finding)> = all()
            .filter_map(|(index, node, choice)| {
                let (share, cost) = (node.share(choice)?, choice.cost?);
                let popular = node.learners >= FEWEST && share.value() >= POPULAR && cost >= COSTLY;
                let finding = Finding::PopularMistake { node: index, event: choice.event, share, cost };
                popular.then_some((cost * f64::from(choice.taken), finding))
            })
            .collect();
        mistakes.sort_by(|one, other| other.0.total_cmp(&one.0));
        let never = all()
            .filter(|(_, node, choice)| {
                let often = node.learners >= FEWEST && choice.offered >= OFFERED;
                often && choice.taken == 0 && choice.event != Event::TimedOut
            })
            .map(|(node, _, choice)| Finding::NeverTaken { node, event: choice.event, offered: choice.offered });
        mistakes.into_iter().map(|(_, finding)| finding).chain(never).collect()
    }
}

impl NodeInsight {
    /// How often something was decided here.
    #[must_use]
    pub fn decisions(&self) -> u32 {
        self.choices.iter().map(|choice| choice.taken).sum()
    }

    /// The share a choice has of the decisions here; nothing, before anything was decided.
    #[must_use]
    pub fn share(&self, choice: &ChoiceInsight) -> Option<Percent> {
        let all = self.decisions();
        (all > 0).then(|| Percent::of(f64::from(choice.taken), f64::from(all)))
    }
}

/// A decision of one run.
struct Decision {
    node: Index,
    event: Event,
    offered: Vec<Event>,
    /// In points of the score.
    cost: Option<f64>,
    /// In milliseconds.
    dwell: i64,
}

/// Plays a run again, noting each decision.
fn follow(scenario: &Scenario, solved: Option<&Solved>, track: &Track) -> Result<(State, Vec<Decision>), Impossible> {
    let mut state = State::start(scenario)?;
    let mut decisions = Vec::with_capacity(track.events.len());
    let mut arrived = track.started_at;
    for (event, at) in &track.events {
        let said = scenario.node(state.node).offered(&state.values).map(|(index, _)| Event::Chose(index));
        let timer = state.timer(scenario);
        // Silence is written down when somebody comes back; it was over when the time was.
        let most = match (event, timer) {
            (Event::TimedOut, Some(timer)) => i64::from(timer.seconds).saturating_mul(Timestamp::SECOND).min(LONGEST),
            _ => LONGEST,
        };
        decisions.push(Decision {
            node: state.node,
            event: *event,
            offered: said.chain(timer.map(|_| Event::TimedOut)).collect(),
            cost: solved.and_then(|solved| solved.cost(&state, *event)),
            dwell: at.since(arrived).clamp(0, most),
        });
        state.apply(scenario, *event)?;
        arrived = *at;
    }
    Ok((state, decisions))
}

impl Solved {
    /// The regret of an event in a state, in points of the score; nothing, when the scenario is unscored.
    fn cost(&self, state: &State, event: Event) -> Option<f64> {
        let (best, worst) = self.range();
        let regret = self.regret(state.node, &state.values, event);
        // Sums of small whole numbers: exact in a double.
        #[expect(clippy::cast_precision_loss)]
        let cost = (best > worst).then(|| regret as f64 * 100.0 / (best - worst) as f64);
        cost
    }
}
