//! The `colloquy` program.

use clap::Parser as _;
use server::{cli::Cli, commands};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    commands::run(cli)
}
