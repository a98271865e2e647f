//! The `colloquy` program.

use clap::Parser as _;
use server::{cli::Cli, commands};
use std::process::ExitCode;

/// Pages are made of many small pieces that live as long as one request: the system's allocator spends more time on them and
/// keeps more memory afterwards.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    commands::run(cli)
}
