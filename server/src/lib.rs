//! The `colloquy` binary: web server and command line.

// `println!` panics when nobody reads: `output` writes instead.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod connections;
pub mod course_files;
pub mod demo;
pub mod http;
pub mod jobs;
pub mod mail;
pub mod output;
pub mod passwords;
pub mod records;
