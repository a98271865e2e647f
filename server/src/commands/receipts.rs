//! `colloquy receipts …`

use super::{CommandError, keyed};
use crate::cli::{ReceiptsCommand, Signed};
use crate::clock::{SystemClock, SystemEntropy};
use crate::{config, output};
use domain::receipt::{AUDIT, RECEIPTS};
use domain::time::Clock as _;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::process::ExitCode;
use store::{ChainKeys, Db, KnownEnd, Options, SignedEnd, StoreError};

/// What was found of one chain.
#[derive(Debug, Serialize)]
struct Found {
    chain: &'static str,
    holds: bool,
    /// Records of the chain; receipts and withdrawals, or seals.
    records: u64,
    /// Records that an upgrade signed, and not the server that wrote them.
    signed_late: u64,
    /// What does not hold, where it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

/// What `verify --json` prints.
#[derive(Debug, Serialize)]
struct Outcome {
    holds: bool,
    chains: Vec<Found>,
    ends: Vec<SignedEnd>,
}

/// What `--known` reads: the whole outcome of an earlier run, or the ends alone.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Kept {
    Outcome { ends: Vec<KnownEnd> },
    Ends(Vec<KnownEnd>),
}

/// Runs one of the commands about receipts.
///
/// # Errors
/// [`CommandError`]: wrong use, or a database that fails. Records that do not hold are no error but an exit status.
pub async fn receipts(command: ReceiptsCommand) -> Result<ExitCode, CommandError> {
    match command {
        ReceiptsCommand::Verify { signed, known, json } => {
            let known = known.as_deref().map(kept).transpose()?.unwrap_or_default();
            let db = open(&signed).await?;
            let outcome = verify(&db, &known).await;
            db.close().await;
            report(&outcome?, json)
        }
        ReceiptsCommand::Withdraw { code, signed } => {
            let db = open(&signed).await?;
            let outcome = withdraw(&db, &code).await;
            db.close().await;
            outcome
        }
        ReceiptsCommand::ChangeKey { new_key_file, signed } => {
            let db = open(&signed).await?;
            let outcome = change_key(&db, &new_key_file).await;
            db.close().await;
            outcome
        }
    }
}

/// Opens the database with its key, as it is: a check changes nothing.
async fn open(signed: &Signed) -> Result<Db, CommandError> {
    let url = config::database_url(&signed.store)?;
    let file = url.strip_prefix("sqlite:").map(|path| Path::new(path.strip_prefix("//").unwrap_or(path)));
    if let Some(file) = file.filter(|file| !file.exists()) {
        return Err(CommandError::Usage(format!("there is no database at {}", file.display())));
    }
    let db = Db::connect(&url, Options::default()).await?;
    db.ready().await?;
    keyed(db, &config::key_path(&signed.store, signed.key_file.as_ref()), false).await
}

fn kept(path: &Path) -> Result<Vec<KnownEnd>, CommandError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| CommandError::Io { what: path.display().to_string(), source })?;
    match serde_json::from_str(&text) {
        Ok(Kept::Outcome { ends } | Kept::Ends(ends)) => Ok(ends),
        Err(_) => Err(CommandError::Usage(format!("--known {}: these are not ends of chains", path.display()))),
    }
}

async fn verify(db: &Db, known: &[KnownEnd]) -> Result<Outcome, CommandError> {
    let mut chains = vec![];
    for chain in [RECEIPTS, AUDIT] {
        let verified = match chain {
            RECEIPTS => db.verify_receipts().await,
            _ => db.verify_audit().await,
        };
        let verified = match verified {
            Ok(verified) => db.verify_known(chain, known).await.map(|()| verified),
            Err(problem) => Err(problem),
        };
        chains.push(match verified {
            Ok(verified) => Found {
                chain,
                holds: true,
                records: verified.head.sequence,
                signed_late: verified.signed_late,
                problem: None,
            },
            Err(StoreError::Corrupt { source, .. }) => {
                Found { chain, holds: false, records: 0, signed_late: 0, problem: Some(source.to_string()) }
            }
            Err(other) => return Err(other.into()),
        });
    }
    Ok(Outcome { holds: chains.iter().all(|found| found.holds), ends: db.signed_ends().await?, chains })
}

fn report(outcome: &Outcome, json: bool) -> Result<ExitCode, CommandError> {
    if json {
        output::json(outcome)?;
    } else {
        for found in &outcome.chains {
            let name = if found.chain == RECEIPTS { "Receipts" } else { "Audit log" };
            match &found.problem {
                Some(problem) => output::line(format_args!("{name}: does not hold. {problem}."))?,
                None if found.signed_late > 0 => output::line(format_args!(
                    "{name}: {} records hold; {} of them were signed by an upgrade, as they stood then.",
                    found.records, found.signed_late
                ))?,
                None => output::line(format_args!("{name}: {} records hold.", found.records))?,
            }
        }
    }
    Ok(if outcome.holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn withdraw(db: &Db, code: &str) -> Result<ExitCode, CommandError> {
    let missing = || CommandError::Usage(format!("there is no receipt with the code {code}"));
    let receipt = db.receipt_by_code(code.trim()).await?.ok_or_else(missing)?;
    match db.revoke_receipt(None, receipt.id, SystemClock.now()).await {
        Err(StoreError::Conflict(_)) => Err(CommandError::Usage(format!("the receipt {code} was withdrawn already"))),
        Err(other) => Err(other.into()),
        Ok(()) => {
            output::line(format_args!("The receipt {code} was withdrawn."))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn change_key(db: &Db, path: &Path) -> Result<ExitCode, CommandError> {
    let outcome = verify(db, &[]).await?;
    if !outcome.holds {
        report(&outcome, false)?;
        output::problem("Nothing was signed with the new key: what does not hold would look as if it did.");
        return Ok(ExitCode::FAILURE);
    }
    let key = config::site_key(path, &SystemEntropy)?;
    db.change_keys(ChainKeys::derive(&key), SystemClock.now()).await?;
    output::line(format_args!("Everything is signed with the key in {}. Start the servers with it.", path.display()))?;
    Ok(ExitCode::SUCCESS)
}
