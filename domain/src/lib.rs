//! The rules of Colloquy, and nothing else: no I/O, no async, no clock, no chance of its own.

pub mod acknowledgement;
pub mod assignment;
pub mod canonical;
#[cfg(feature = "authoring")]
pub mod collation;
pub mod conversation;
pub mod course;
pub mod diagnostic;
pub mod facts;
pub mod gap;
pub mod ids;
pub mod lesson;
pub mod named;
pub mod people;
pub mod percent;
pub mod phrasing;
pub mod plain;
pub mod progress;
pub mod quiz;
pub mod reason;
pub mod receipt;
pub mod remark;
pub mod search;
pub mod sight;
pub mod slug;
#[cfg(feature = "authoring")]
mod source;
pub mod time;
pub mod title;
