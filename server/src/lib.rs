//! The `colloquy` binary: web server and command line.

pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod course_files;
pub mod demo;
pub mod http;
pub mod jobs;
pub mod passwords;
