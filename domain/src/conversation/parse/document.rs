//! A source as read: the model's parts with their words, places and comments, before targets are looked up.

use super::piece::Piece;
use crate::{
    conversation::{
        condition::Condition,
        model::{Channel, Commitment, Effect, EndingKind, Index, Party, Variable},
    },
    slug::Slug,
};
use std::collections::HashSet;

/// Text on one or more lines. An empty piece separates paragraphs.
pub(crate) type Block<'a> = Vec<Piece<'a>>;

/// The text of a block: lines joined by a space, paragraphs by an empty line.
pub(crate) fn joined(block: &[Piece<'_>]) -> String {
    let mut out = String::new();
    let mut paragraph = false;
    for piece in block {
        if piece.is_empty() {
            paragraph = !out.is_empty();
        } else {
            if paragraph {
                out.push_str("\n\n");
            } else if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(piece.text());
            paragraph = false;
        }
    }
    out
}

#[derive(Debug, Default)]
pub(crate) struct Document<'a> {
    pub front: Front<'a>,
    pub briefing: Vec<&'a str>,
    pub nodes: Vec<NodeDoc<'a>>,
    /// Comments after everything else.
    pub trailing: Vec<Piece<'a>>,
}

#[derive(Debug, Default)]
pub(crate) struct Front<'a> {
    /// Comments, each above the field it stood above.
    pub comments: Vec<(Field, Vec<Piece<'a>>)>,
    pub title: Option<Piece<'a>>,
    pub family: Option<Slug>,
    pub channel: Option<Channel>,
    pub subject: Option<Piece<'a>>,
    /// You, them, then further ones; a broken one is missing.
    pub you: Option<Party>,
    pub them: Option<Party>,
    pub others: Vec<Party>,
    pub variables: Vec<(Variable, Piece<'a>)>,
    /// Variables whose declaration is broken, not to be reported again at each use.
    pub broken: HashSet<&'a str>,
    pub weights: Vec<(Slug, u8, Piece<'a>)>,
    /// What they weigh.
    pub weighed: HashSet<Slug>,
    pub reach: Option<(u32, Piece<'a>)>,
    pub limit: Option<(u16, Piece<'a>)>,
    pub worked: Option<bool>,
    pub pass: Option<(u8, Piece<'a>)>,
    pub start: Option<Piece<'a>>,
    /// Whether a party is missing or broken, so that speakers cannot be judged.
    pub parties_broken: bool,
}

/// The fields of the front matter in their canonical order; repeated ones carry their count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    Family,
    Channel,
    You,
    Them,
    Party(usize),
    Subject,
    Reach,
    Limit,
    Variable(usize),
    Weight(usize),
    Pass,
    Worked,
    End,
}

#[derive(Debug)]
pub(crate) struct NodeDoc<'a> {
    pub comments: Vec<Piece<'a>>,
    pub id: Option<Slug>,
    pub name: Piece<'a>,
    pub channel: Option<Channel>,
    /// Whether the heading is broken, so that what follows from it cannot be judged.
    pub broken: bool,
    pub audience: Vec<Index>,
    pub end: Option<EndingKind>,
    pub lines: Vec<LineDoc<'a>>,
    /// That the reply is free: where it is said, with the comments there.
    pub free: Option<(Vec<Piece<'a>>, Piece<'a>)>,
    pub timer: Option<TimerDoc<'a>>,
    pub choices: Vec<ChoiceDoc<'a>>,
    pub jumps: Vec<JumpDoc<'a>>,
    pub debrief: Option<(Vec<Piece<'a>>, Block<'a>)>,
}

#[derive(Debug)]
pub(crate) struct LineDoc<'a> {
    pub comments: Vec<Piece<'a>>,
    pub place: Piece<'a>,
    pub speaker: Option<Index>,
    pub text: Block<'a>,
    pub hold: Option<u32>,
    pub audio: Option<Piece<'a>>,
}

#[derive(Debug)]
pub(crate) struct TimerDoc<'a> {
    pub comments: Vec<Piece<'a>>,
    pub seconds: u32,
    pub place: Piece<'a>,
    pub outcome: OutcomeDoc<'a>,
}

#[derive(Debug)]
pub(crate) struct ChoiceDoc<'a> {
    pub comments: Vec<Piece<'a>>,
    pub condition: Option<(Condition, Piece<'a>)>,
    /// Whether it is done and not said.
    pub done: bool,
    pub text: Block<'a>,
    pub place: Piece<'a>,
    pub outcome: OutcomeDoc<'a>,
}

#[derive(Debug)]
pub(crate) struct JumpDoc<'a> {
    pub comments: Vec<Piece<'a>>,
    pub condition: Option<(Condition, Piece<'a>)>,
    pub place: Piece<'a>,
    pub target: Option<Piece<'a>>,
}

#[derive(Debug, Default)]
pub(crate) struct OutcomeDoc<'a> {
    pub target: Option<Piece<'a>>,
    pub says: Vec<Piece<'a>>,
    pub decision: Option<Slug>,
    pub ratings: Vec<(Slug, i8, Piece<'a>)>,
    pub effects: Vec<(Effect, Piece<'a>)>,
    pub blockers: Vec<Slug>,
    pub commitments: Vec<Commitment>,
    pub why: Block<'a>,
}
