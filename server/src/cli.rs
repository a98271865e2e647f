//! The command line. Every option can come from the environment as `COLLOQUY_…`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// What scripts may build on.
const EXIT_STATUS: &str =
    "Exit status: 0 done, 1 failed or found errors, 2 wrong use, 141 nobody read the output to its end.";

/// Practise the conversations you have with people outside.
#[derive(Debug, Parser)]
#[command(name = "colloquy", version, about, after_help = EXIT_STATUS)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the site.
    Serve(Serve),
    /// Check, import, export and publish courses.
    Course(Course),
    /// Check, lay out, play and score conversations; take stories over from Twine.
    Conversation(Conversation),
    /// Add people.
    User(User),
    /// Verify and withdraw receipts.
    Receipts(Receipts),
    /// Bring the database up to date and stop.
    Migrate(Store),
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct Store {
    /// sqlite:FILE or postgres://…; without it, an SQLite file in the data folder.
    #[arg(long, env = "COLLOQUY_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// The data folder.
    #[arg(long, env = "COLLOQUY_DATA", value_name = "DIR", default_value = "data")]
    pub data: PathBuf,
}

/// `colloquy serve`
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Where to listen.
    #[arg(long, env = "COLLOQUY_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// The database.
    #[command(flatten)]
    pub store: Store,
    /// Fill an empty database with a demonstration: people, groups, the shipped course, weeks of progress.
    #[arg(long, env = "COLLOQUY_DEMO")]
    pub demo: bool,
    /// The password of the demonstration accounts; without it one is made and shown on the sign-in page.
    #[arg(long, env = "COLLOQUY_DEMO_PASSWORD", hide_env_values = true, value_name = "PASSWORD")]
    pub demo_password: Option<String>,
    /// The address people use, such as https://learn.example. Required when not listening on loopback.
    #[arg(long, env = "COLLOQUY_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Addresses of proxies whose forwarded headers may be believed, separated by commas.
    #[arg(long, env = "COLLOQUY_TRUSTED_PROXIES", value_name = "ADDR,…", value_delimiter = ',')]
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// A file with the site's secret key, the same for every server. Required when not listening on loopback; without it,
    /// the file `key` in the data folder, made on first start.
    #[arg(long, env = "COLLOQUY_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// A mail server: smtp://user:password@host:port or smtps://…; without it invitations are links and sheets.
    #[arg(long, env = "COLLOQUY_SMTP_URL", hide_env_values = true, value_name = "URL")]
    pub smtp_url: Option<String>,
    /// The sender of mail.
    #[arg(long, env = "COLLOQUY_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// How to log.
    #[arg(long, env = "COLLOQUY_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
}

/// How to log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines, one object a line.
    Json,
}

/// `colloquy course …`
#[derive(Debug, Args)]
pub struct Course {
    /// What to do.
    #[command(subcommand)]
    pub command: CourseCommand,
}

/// The commands about courses.
#[derive(Debug, Subcommand)]
pub enum CourseCommand {
    /// Check a course folder. Exit status: 0 clean, 1 errors, 2 wrong use.
    Check {
        /// The folder.
        path: PathBuf,
        /// Print the findings as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Check a course folder and store it as a draft.
    Import {
        /// The folder.
        path: PathBuf,
        /// The database.
        #[command(flatten)]
        store: Store,
    },
    /// Write a course back as a folder: the newest version, or the one asked for.
    Export {
        /// The course's id.
        slug: String,
        /// The folder to write; it must not exist yet or be empty.
        path: PathBuf,
        /// A published version's number.
        #[arg(long, value_name = "NUMBER")]
        version: Option<u32>,
        /// The database.
        #[command(flatten)]
        store: Store,
    },
    /// Publish the draft of a course as its next version.
    Publish {
        /// The course's id.
        slug: String,
        /// What the change means to people who are half-way or done.
        #[arg(long, value_enum, default_value_t = Change::Minor)]
        change: Change,
        /// The database.
        #[command(flatten)]
        store: Store,
    },
    /// Set a site fact, which fills its placeholder in every course.
    Fact {
        /// Its name, such as company_name.
        name: String,
        /// Its value.
        value: String,
        /// The database.
        #[command(flatten)]
        store: Store,
    },
}

/// `colloquy conversation …`
#[derive(Debug, Args)]
pub struct Conversation {
    /// What to do.
    #[command(subcommand)]
    pub command: ConversationCommand,
}

/// The commands about conversations. None of them needs a database.
#[derive(Debug, Subcommand)]
pub enum ConversationCommand {
    /// Check a conversation and the plan beside it, or a plan. Exit status: 0 clean, 1 errors, 2 wrong use.
    Check {
        /// The file: NAME.conversation or NAME.plan.
        file: PathBuf,
        /// Print the findings as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Lay a conversation or a plan out canonically.
    Fmt {
        /// The file: NAME.conversation or NAME.plan.
        file: PathBuf,
        /// Write nothing; exit with 1 when the file is laid out otherwise.
        #[arg(long)]
        check: bool,
    },
    /// Play a conversation in the terminal, or let a policy play it many times.
    Play {
        /// The file.
        file: PathBuf,
        /// Who plays, instead of you.
        #[arg(long, value_enum)]
        policy: Option<Policy>,
        /// How often it plays.
        #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "policy", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
        runs: u32,
        /// Makes chance repeatable: the same seed shuffles and draws the same.
        #[arg(long, value_name = "NUMBER")]
        seed: Option<u64>,
        /// Print the scores as JSON.
        #[arg(long, requires = "policy")]
        json: bool,
    },
    /// Score given plays, with what each decision cost.
    Score {
        /// The file.
        file: PathBuf,
        /// A plan: each of its plays is scored.
        #[arg(long, value_name = "FILE", required_unless_present = "choices", conflicts_with = "choices")]
        plan: Option<PathBuf>,
        /// What is chosen: places in the file from 1, or `silence`.
        #[arg(long, value_name = "N,…", value_delimiter = ',')]
        choices: Vec<String>,
        /// Print the scores as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take a story over as the draft of a conversation. What cannot be converted is listed, never dropped silently.
    Convert {
        /// The file.
        file: PathBuf,
        /// What it is written in.
        #[arg(long, value_enum)]
        from: StoryFormat,
        /// Print the passages, and what was not converted, as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say what a finding means and how to mend it; without a code, list them all.
    Explain {
        /// The code, such as unknown-target.
        code: Option<String>,
        /// Print it as JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the conversations that come with Colloquy, with the scores that play without thinking gets.
    List {
        /// Print the list as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// A way of playing without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Policy {
    /// Any choice that is offered.
    Random,
    /// Always the author's first.
    First,
    /// Always the longest.
    Longest,
    /// Always the best.
    Best,
}

/// What a story is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StoryFormat {
    /// Twee 3.
    Twee,
    /// What Twine 2 publishes or archives.
    TwineHtml,
}

/// What a change to a published course means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Change {
    /// Everyone moves on to it and keeps their progress.
    Minor,
}

/// `colloquy user …`
#[derive(Debug, Args)]
pub struct User {
    /// What to do.
    #[command(subcommand)]
    pub command: UserCommand,
}

/// The commands about people.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add a person and print the link with which they choose their password.
    Add {
        /// Their name.
        #[arg(long)]
        name: String,
        /// Their e-mail address.
        #[arg(long, required_unless_present = "employee_number")]
        email: Option<String>,
        /// Their employee number, for people without e-mail.
        #[arg(long)]
        employee_number: Option<String>,
        /// Their roles: learner, trainer, manager, hr, admin.
        #[arg(long, value_delimiter = ',', default_value = "learner")]
        role: Vec<String>,
        /// The address people use, for the link.
        #[arg(long, env = "COLLOQUY_PUBLIC_URL", default_value = "http://127.0.0.1:3000")]
        public_url: String,
        /// The database.
        #[command(flatten)]
        store: Store,
    },
}

/// `colloquy receipts …`
#[derive(Debug, Args)]
pub struct Receipts {
    /// What to do.
    #[command(subcommand)]
    pub command: ReceiptsCommand,
}

/// Where the records are, and the key they are signed with.
#[derive(Debug, Clone, Args)]
pub struct Signed {
    /// The database.
    #[command(flatten)]
    pub store: Store,
    /// The file with the site's secret key; without it, the file `key` in the data folder.
    #[arg(long, env = "COLLOQUY_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
}

/// The commands about receipts.
#[derive(Debug, Subcommand)]
pub enum ReceiptsCommand {
    /// Check every receipt and the audit log against the site's key. Exit status: 0 they hold, 1 they do not, 2 wrong use.
    Verify {
        /// The records.
        #[command(flatten)]
        signed: Signed,
        /// Ends of the chains kept from an earlier time, as JSON: what an earlier run printed with --json, or what the page
        /// "Signed records" shows.
        #[arg(long, value_name = "FILE")]
        known: Option<PathBuf>,
        /// Print the outcome as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Withdraw a receipt: everyone who checks it will see that it no longer proves anything.
    Withdraw {
        /// The code printed on it.
        code: String,
        /// The records.
        #[command(flatten)]
        signed: Signed,
    },
    /// Sign everything with another key, for when the old one may be known to others. Stop every server first.
    ChangeKey {
        /// The file with the new key; made with a fresh one when it is not there.
        #[arg(long, value_name = "FILE")]
        new_key_file: PathBuf,
        /// The records, and the key they are signed with now.
        #[command(flatten)]
        signed: Signed,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_option_has_a_variable() {
        fn walk(command: &clap::Command, bare: &mut Vec<String>) {
            for arg in command.get_arguments() {
                let ours = arg.get_env().is_none_or(|name| name.to_string_lossy().starts_with("COLLOQUY_"));
                assert!(ours, "{arg}");
                let named = ["data", "database_url", "listen", "demo", "demo_password", "public_url"];
                if named.contains(&arg.get_id().as_str()) && arg.get_env().is_none() {
                    bare.push(arg.to_string());
                }
            }
            command.get_subcommands().for_each(|inner| walk(inner, bare));
        }
        let mut bare = vec![];
        walk(&Cli::command(), &mut bare);
        assert!(bare.is_empty(), "{bare:?}");
    }
}
