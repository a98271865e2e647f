//! The rules of Colloquy, and nothing else: no I/O, no async, no clock, no chance of its own.

pub mod canonical;
pub mod diagnostic;
pub mod ids;
pub mod people;
pub mod percent;
pub mod slug;
pub mod time;
