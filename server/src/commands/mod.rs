//! What each command does.

mod conversation;
mod course;
mod receipts;
mod serve;
mod user;

pub use serve::services;

use crate::cli::{Cli, Command, Store};
use crate::clock::SystemEntropy;
use crate::config::{self, ConfigError};
use crate::output;
use std::path::Path;
use std::process::ExitCode;
use store::{ChainKeys, Db, Options, StoreError};

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The settings are wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file or a socket failed.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        source: std::io::Error,
    },
    /// What was asked for makes no sense; the text says what to do instead.
    #[error("{0}")]
    Usage(String),
    /// Whoever read the output went away; there is nobody to say it to.
    #[error("nobody reads the output any more")]
    Unread,
}

/// Exit status for wrong use, as clap has it.
const WRONG_USE: u8 = 2;
/// Exit status when nobody reads any more: what a shell reports of a command that SIGPIPE (13) ended.
const UNREAD: u8 = 128 + 13;

/// Runs a command to its exit status.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::problem(format_args!("colloquy: the asynchronous runtime did not start: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let outcome = runtime.block_on(async {
        match cli.command {
            Command::Serve(options) => serve::serve(options).await,
            Command::Course(course) => course::course(course.command).await,
            Command::Conversation(conversation) => conversation::conversation(conversation.command),
            Command::User(user) => user::user(user.command).await,
            Command::Receipts(receipts) => receipts::receipts(receipts.command).await,
            Command::Migrate(store) => migrate(&store).await,
        }
    });
    match outcome {
        Ok(code) => code,
        Err(CommandError::Unread) => ExitCode::from(UNREAD),
        Err(error) => {
            output::problem(format_args!("colloquy: {error}"));
            let wrong_use = matches!(error, CommandError::Usage(_) | CommandError::Config(_));
            ExitCode::from(if wrong_use { WRONG_USE } else { 1 })
        }
    }
}

/// The database with the keys for its records, from the key file at `path`. `make`: a key is made when there is none, and
/// nothing was signed with another yet.
///
/// # Errors
/// [`CommandError::Usage`] when the key is missing.
async fn keyed(db: Db, path: &Path, make: bool) -> Result<Db, CommandError> {
    if !path.exists() {
        let why = if !db.signed_ends().await?.is_empty() {
            "this database holds records signed with a key, and that key is not there: name its file with --key-file, or \
             put it back; docs/receipts.md says what to do when it is lost"
        } else if make {
            ""
        } else {
            "there is no such file: name the file with the site's key with --key-file"
        };
        if !why.is_empty() {
            return Err(CommandError::Usage(format!("the key file {}: {why}", path.display())));
        }
    }
    let key = config::site_key(path, &SystemEntropy)?;
    Ok(db.with_keys(ChainKeys::derive(&key)))
}

/// Opens the database and brings it up to date.
async fn open(store: &Store) -> Result<Db, CommandError> {
    let url = config::database_url(store)?;
    let db = Db::connect(&url, Options::default()).await?;
    db.migrate().await?;
    Ok(db)
}

async fn migrate(store: &Store) -> Result<ExitCode, CommandError> {
    let db = open(store).await?;
    let system = db.system();
    db.close().await;
    output::line(format_args!("The {system} database is up to date."))?;
    Ok(ExitCode::SUCCESS)
}
