//! What the site answers, seen from outside.

mod access;
mod entry;
mod headers;
mod support;
