//! What the site answers, seen from outside.

mod access;
mod account;
mod authoring;
mod entry;
mod headers;
mod people;
mod proof;
mod support;
mod taught;
mod tracking;
