//! What the site answers, seen from outside.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod account;
mod authoring;
mod entry;
mod gap;
mod headers;
mod insight;
mod own_words;
mod people;
mod proof;
mod regrades;
mod support;
mod taught;
mod tracking;
