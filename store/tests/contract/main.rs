//! The contract of the store: every test runs on SQLite and on PostgreSQL, and is named once for each.
//!
//! PostgreSQL is the server at `COLLOQUY_TEST_POSTGRES`; each test makes a schema of its own there and drops it at the
//! end. Without that variable the PostgreSQL half fails, unless `COLLOQUY_TEST_SQLITE_ONLY=1` says that this is meant.

#![allow(missing_docs, clippy::unwrap_used)]

#[macro_use]
mod harness;

mod aborted;
mod attempts;
mod catalogue;
mod completion;
mod core;
mod course;
mod enrolments;
mod exceptions;
mod first_runs;
mod groups;
mod outage;
mod overturning;
mod people;
mod receipts;
mod regrades;
mod remarks;
mod report;
mod report_order;
mod rulings;
mod runs;
mod schema;
mod sessions;
mod sign_in;
mod throttle;
mod tickets;
mod tracking;
mod tracks;
mod variants;
mod work;
