//! `colloquy serve`

use super::CommandError;
use crate::cli::{LogFormat, Serve};
use crate::clock::{SystemClock, SystemEntropy};
use crate::config::{self, Config};
use crate::mail::Mailer;
use crate::passwords::Argon2Passwords;
use crate::records::{self, Witness};
use crate::{connections, demo, http, jobs, output};
use app::context::{Demo, Services, Site};
use app::kept::{Checks, KnownFacts, KnownRules, Packages, Rendered, SolvedScenarios};
use app::security::{self, SecurityLog};
use app::session;
use app::turns::Turns;
use domain::time::{Clock as _, Timestamp};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use store::{Db, NewTicket, Options, StoreError, TicketKind};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

/// How long the set-up link of a new site works.
const SETUP_LASTS: i64 = Timestamp::DAY;
/// How long open requests may take to finish when the server is told to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until told to stop.
pub async fn serve(options: Serve) -> Result<ExitCode, CommandError> {
    log_to_stderr(options.log_format);
    let mut config = Config::new(&options)?;
    config.limits.fit_descriptors();
    let db = Db::connect(&config.database_url, Options::default()).await?;
    db.check_file().await?;
    db.migrate().await?;
    db.can_write(SystemClock.now()).await?;
    let key_path = config::key_path(&options.store, options.key_file.as_ref());
    let db = super::keyed(db, &key_path, true).await?;
    let witness = Witness::beside(&key_path);
    signed(&db, &witness).await?;
    let demo = if options.demo {
        let shown = demo::prepare(&db, options.demo_password.clone()).await?;
        Some(Demo { shown_password: shown })
    } else if db.setting(demo::MARK).await?.is_some() {
        let why = "this database holds a demonstration: start with --demo, or name another --data folder";
        return Err(CommandError::Usage(why.into()));
    } else {
        None
    };
    let mail = Mailer::new(options.smtp_url.as_deref(), options.mail_from.as_deref(), &config.public_url)?;
    let services = services(db.clone(), &config, demo, mail.is_some());
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|source| CommandError::Io { what: format!("listening on {}", config.listen), source })?;
    greet(&services, &config).await?;
    let router = http::router(Arc::clone(&services), &config);
    let workers = jobs::start(Arc::clone(&services), mail);
    let checks = records::start(Arc::clone(&services), witness);
    tokio::select! {
        () = connections::serve(listener, router, config.limits, told_to_stop()) => {}
        () = async { told_to_stop().await; tokio::time::sleep(FAREWELL).await } => {}
    }
    workers.abort();
    checks.abort();
    if let Err(error) = security::write(&services).await {
        tracing::warn!(%error, "the last security events were not written");
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Sees to it that the records are signed. Records that do not hold keep nobody from learning: the check says so to admins.
async fn signed(db: &Db, witness: &Witness) -> Result<(), CommandError> {
    if !witness.known().is_empty() && db.signed_ends().await?.is_empty() {
        tracing::error!(
            "the records were signed and are not any more: someone changed the database; they stay unsigned"
        );
        return Ok(());
    }
    match db.sign_chains(SystemClock.now()).await {
        Ok(late) if late.receipts > 0 => output::aside(format_args!(
            "{} receipts and {} seals of the audit log from before this release were signed with the site's key. \
             Each of these receipts says so.",
            late.receipts, late.seals
        )),
        Ok(_) => {}
        Err(StoreError::Corrupt { table, source, .. }) => {
            tracing::error!(table, problem = %source, "the records do not hold and were not signed");
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

/// The services of a server.
#[must_use]
pub fn services(db: Db, config: &Config, demo: Option<Demo>, mail: bool) -> Arc<Services> {
    let site = Site { public_url: config.public_url.clone(), https: config.https, mail, demo };
    Arc::new(Services {
        db,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        passwords: Arc::new(Argon2Passwords::new(Arc::new(SystemEntropy))),
        assets: http::assets::paths(),
        site,
        packages: Packages::default(),
        rules: KnownRules::default(),
        facts: KnownFacts::default(),
        rendered: Rendered::default(),
        solved: SolvedScenarios::default(),
        checks: Checks::default(),
        counting_key: OnceLock::new(),
        turns: Turns::default(),
        security: SecurityLog::default(),
    })
}

/// Says where the site is, and how to begin when nobody is there yet.
async fn greet(services: &Services, config: &Config) -> Result<(), CommandError> {
    output::aside(format_args!("Colloquy is at {}", config.public_url));
    if services.site.demo.is_some() || services.db.has_admin().await? {
        return Ok(());
    }
    let now = SystemClock.now();
    let (token, token_hash) = session::new_token(&SystemEntropy);
    let new = NewTicket { kind: TicketKind::Setup, token_hash, person: None, expires_at: now.plus(SETUP_LASTS) };
    services.db.create_ticket(None, new, now, &SystemEntropy).await?;
    output::aside("Nobody is here yet. Become the admin with this link, once, within a day:");
    output::aside(format_args!("  {}/welcome/{token}", config.public_url));
    Ok(())
}

fn log_to_stderr(format: LogFormat) {
    let filter = EnvFilter::try_from_env("COLLOQUY_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // When nobody reads the log any more, the subscriber would say so where nobody reads, and panic in the request.
    let builder = builder.log_internal_errors(false);
    // A second subscriber, as tests start several servers, is no harm.
    let _ = match format {
        LogFormat::Text => builder.compact().try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
}

async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
}
