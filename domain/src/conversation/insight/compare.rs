//! Two versions of a conversation side by side: what people do at the same places, and how far that changed.
//!
//! Nodes are the same by their name. Choices of a node are the same by the decision they name; of those left, by their
//! words, unless both name a decision. Silence is silence. A figure is given of a side only where at least
//! [`FEWEST`](super::FEWEST) learners stand behind it on that side.

use super::{ChoiceInsight, FEWEST, Insight, NodeInsight};
use crate::{
    conversation::{
        model::{Index, Node, Scenario},
        play::Event,
    },
    percent::Percent,
};

/// One of the two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The one that is looked at.
    Here,
    /// The one it is compared with.
    There,
}

/// A figure of both versions, in percent or points of the score; nothing, where there is none or too few stand behind it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figure {
    /// Of the version that is looked at.
    pub here: Option<f64>,
    /// Of the other.
    pub there: Option<f64>,
}

/// A node, or what is said at one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The node's position in its own version.
    pub node: Index,
    /// What is said there; nothing, when the node itself is meant.
    pub event: Option<Event>,
}

/// The same place in both versions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// In the version that is looked at.
    pub here: Place,
    /// In the other.
    pub there: Place,
    /// Of a node, the share of the runs that came by; of a choice, its share of the decisions there.
    pub share: Figure,
    /// The mean regret: of all decisions at a node, or of a choice.
    pub cost: Figure,
    /// Of a node, the share of the visits at which the run was abandoned; of an ending or a choice, nothing.
    pub left: Figure,
}

/// A version with what is told of its runs.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// What is played.
    pub scenario: &'a Scenario,
    /// How.
    pub insight: &'a Insight,
}

/// Two versions side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The share of the runs that came to an ending.
    pub finished: Figure,
    /// The share of the finished runs that passed.
    pub passed: Figure,
    /// The mean score of the finished runs.
    pub score: Figure,
    /// What is in both, the largest difference first; last what cannot be compared, in the author's order.
    pub places: Vec<Compared>,
    /// What only one of them has, this one first, in the author's order. What is said at such a node is not named again.
    pub only: Vec<(Side, Place)>,
}

impl Figure {
    fn of(here: Option<f64>, there: Option<f64>) -> Self {
        Self { here, there }
    }

    /// How much greater it is here.
    #[must_use]
    pub fn change(self) -> Option<f64> {
        Some(self.here? - self.there?)
    }
}

impl Compared {
    /// The largest of its differences, without sign; nothing, when nothing can be compared.
    #[must_use]
    pub fn size(&self) -> Option<f64> {
        let changes = [self.share, self.cost, self.left].into_iter().filter_map(Figure::change);
        changes.map(f64::abs).max_by(f64::total_cmp)
    }
}

impl<'a> Told<'a> {
    /// Compares this version with another.
    #[must_use]
    pub fn against(self, other: Told<'a>) -> Comparison {
        let mut places = Vec::new();
        let (mut here_only, mut there_only) = (Vec::new(), Vec::new());
        let mut met = vec![false; other.scenario.nodes.len()];
        for (index, node) in (0..).zip(&self.scenario.nodes) {
            let found = (0..).zip(&other.scenario.nodes).find(|(_, it)| it.id == node.id);
            let Some((twin, other_node)) = found else {
                here_only.push((Side::Here, Place { node: index, event: None }));
                continue;
            };
            met[usize::from(twin)] = true;
            let (Some(one), Some(two)) =
                (self.insight.nodes.get(usize::from(index)), other.insight.nodes.get(usize::from(twin)))
            else {
                continue;
            };
            let place = |event| Place { node: index, event };
            let twin_place = |event| Place { node: twin, event };
            places.push(Compared {
                here: place(None),
                there: twin_place(None),
                share: Figure::of(came_by(self.insight, one), came_by(other.insight, two)),
                cost: Figure::of(mean_cost(one), mean_cost(two)),
                left: Figure::of(left(one), left(two)),
            });
            let pairs = pairs((node, one), (other_node, two));
            for (mine, its) in &pairs {
                places.push(Compared {
                    here: place(Some(mine.event)),
                    there: twin_place(Some(its.event)),
                    share: Figure::of(share(one, mine), share(two, its)),
                    cost: Figure::of(cost(one, mine), cost(two, its)),
                    left: Figure::default(),
                });
            }
            let single = |choice: &&ChoiceInsight, mine: bool| {
                !pairs.iter().any(|(one, two)| if mine { one.event } else { two.event } == choice.event)
            };
            let mine = one.choices.iter().filter(|choice| single(choice, true));
            here_only.extend(mine.map(|choice| (Side::Here, place(Some(choice.event)))));
            let its = two.choices.iter().filter(|choice| single(choice, false));
            there_only.extend(its.map(|choice| (Side::There, twin_place(Some(choice.event)))));
        }
        let missing =
            (0..).zip(met).filter(|(_, met)| !met).map(|(node, _)| (Side::There, Place { node, event: None }));
        there_only.extend(missing);
        there_only.sort_by_key(|(_, place)| place.node);
        here_only.append(&mut there_only);
        // Stable: what differs equally stays in the author's order.
        places.sort_by(|one: &Compared, two| two.size().unwrap_or(-1.0).total_cmp(&one.size().unwrap_or(-1.0)));
        let both = |of: fn(&Insight) -> Option<Percent>| {
            Figure::of(of(self.insight).map(Percent::value), of(other.insight).map(Percent::value))
        };
        Comparison {
            finished: both(|insight| {
                let enough = insight.learners >= FEWEST;
                enough.then(|| Percent::of(f64::from(insight.finished), f64::from(insight.runs)))
            }),
            passed: both(|insight| insight.passed),
            score: both(|insight| insight.score),
            places,
            only: here_only,
        }
    }
}

/// The choices of a node that are the same in both versions.
fn pairs<'i>(
    here: (&Node, &'i NodeInsight),
    there: (&Node, &'i NodeInsight),
) -> Vec<(&'i ChoiceInsight, &'i ChoiceInsight)> {
    let mut pairs: Vec<(&ChoiceInsight, &ChoiceInsight)> = Vec::new();
    let same: [fn(Said<'_>, Said<'_>) -> bool; 2] = [
        |one, two| one.silence && two.silence || one.decision.is_some() && one.decision == two.decision,
        |one, two| {
            !one.silence && !two.silence && one.words == two.words && (one.decision.is_none() || two.decision.is_none())
        },
    ];
    for same in same {
        for mine in &here.1.choices {
            if pairs.iter().any(|(one, _)| one.event == mine.event) {
                continue;
            }
            let its = there.1.choices.iter().find(|its| {
                let free = !pairs.iter().any(|(_, two)| two.event == its.event);
                free && same(said(here.0, mine), said(there.0, its))
            });
            pairs.extend(its.map(|its| (mine, its)));
        }
    }
    pairs.sort_by_key(|(mine, _)| here.1.choices.iter().position(|choice| choice.event == mine.event));
    pairs
}

/// What a choice is told by.
#[derive(Clone, Copy)]
struct Said<'s> {
    silence: bool,
    decision: Option<&'s str>,
    words: &'s str,
}

fn said<'s>(node: &'s Node, choice: &ChoiceInsight) -> Said<'s> {
    let found = match choice.event {
        Event::TimedOut => None,
        Event::Chose(index) => node.choices().get(usize::from(index)),
    };
    Said {
        silence: choice.event == Event::TimedOut,
        decision: found.and_then(|choice| choice.outcome.decision.as_ref()).map(crate::slug::Slug::as_str),
        words: found.map_or("", |choice| choice.text.as_str()),
    }
}

fn came_by(insight: &Insight, node: &NodeInsight) -> Option<f64> {
    let enough = insight.learners >= FEWEST;
    enough.then(|| Percent::of(f64::from(node.runs), f64::from(insight.runs)).value())
}

fn left(node: &NodeInsight) -> Option<f64> {
    let enough = node.learners >= FEWEST && node.ending.is_none();
    enough.then(|| Percent::of(f64::from(node.abandoned), f64::from(node.visits)).value())
}

/// Whether enough people decided something here: how long they took is known only then.
fn decided(node: &NodeInsight) -> bool {
    node.dwell.is_some()
}

fn share(node: &NodeInsight, choice: &ChoiceInsight) -> Option<f64> {
    node.share(choice).filter(|_| decided(node)).map(Percent::value)
}

fn cost(node: &NodeInsight, choice: &ChoiceInsight) -> Option<f64> {
    choice.cost.filter(|_| decided(node))
}

fn mean_cost(node: &NodeInsight) -> Option<f64> {
    let costs = || node.choices.iter().filter_map(|choice| Some((f64::from(choice.taken), choice.cost?)));
    let taken: f64 = costs().map(|(taken, _)| taken).sum();
    (decided(node) && taken > 0.0).then(|| costs().map(|(taken, cost)| taken * cost).sum::<f64>() / taken)
}
