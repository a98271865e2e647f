//! Own words as the server reads them before they are sent: what they do, and what they may mean.

use super::Offer;
use crate::failure::Failure;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

/// What some words do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// They must not be said.
    Blocker,
    /// They are worth a second look.
    Warning,
    /// They do good.
    Good,
}

/// A stretch of the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// What they do, if anything.
    pub mark: Option<Mark>,
}

/// One sentence about the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// Reads own words without taking a turn.
///
/// # Errors
/// [`Failure::NotFound`] when the play is not the caller's, [`Failure::Conflict`] when it has gone on or wants no own words here.
#[server(prefix = "/live", endpoint = "read", input = Json, output = Json)]
pub async fn read(run: String, turn: u32, words: String) -> Result<Heard, Failure> {
    crate::api::wording::read_in(&run, turn, &words).await
}
