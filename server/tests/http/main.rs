//! What the site answers, seen from outside.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod account;
mod assessed;
mod authoring;
mod connections;
mod corpus;
mod decisions;
mod document;
mod done;
mod entry;
mod forgotten;
mod gap;
mod guessing;
mod headers;
mod hostile;
mod import;
mod insight;
mod learner;
mod mail;
mod outage;
mod own_words;
mod people;
mod proof;
mod regrades;
mod sight;
mod sketch;
mod support;
mod taught;
mod tracking;
mod unsent;
mod variants;
