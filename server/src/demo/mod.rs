//! The demonstration: people in all roles, groups, the shipped courses and weeks of progress, in a database of its own.

mod channels;
mod dice;
mod hours;
mod people;
mod progress;
mod remarks;
mod revised;
mod rulings;
pub(crate) mod shipped;
mod talk;

use crate::clock::{SystemClock, SystemEntropy};
use crate::commands::CommandError;
use crate::output;
use crate::passwords::Argon2Passwords;
use app::context::Passwords as _;
use domain::facts::{Fact, Facts};
use domain::time::{Clock as _, Entropy, Timestamp};
use std::sync::Arc;
use store::{Change, Db, StoreError};

/// The setting that marks a database as a demonstration; its value is the password, which is no secret here.
pub const MARK: &str = "demo.password";

/// When the invented people were assigned the course.
const WEEKS: i64 = 5 * 7 * Timestamp::DAY;

/// Fills an empty database, or finds it filled; gives the password to show on the sign-in page.
///
/// # Errors
/// [`CommandError::Usage`] when the database has real people.
pub async fn prepare(db: &Db, wish: Option<String>) -> Result<Option<String>, CommandError> {
    let chosen = wish.is_some();
    if let Some(kept) = db.setting(MARK).await? {
        let changed = wish.filter(|wish| *wish != kept);
        if let Some(wish) = &changed {
            people::set_passwords(db, &hash(wish).await?).await?;
            db.set_setting(None, MARK, wish.clone(), SystemClock.now()).await?;
        }
        return Ok((!chosen).then_some(kept));
    }
    let counts = db.people_counts().await?;
    if counts.all > 0 {
        let why = "this database has real people in it: --demo fills an empty one, name another --data folder";
        return Err(CommandError::Usage(why.into()));
    }
    let password = wish.unwrap_or_else(|| invent(&SystemEntropy));
    output::aside("Preparing the demonstration: people, the shipped courses, five weeks of progress.");
    fill(db, &hash(&password).await?).await?;
    db.set_setting(None, MARK, password.clone(), SystemClock.now()).await?;
    Ok((!chosen).then_some(password))
}

async fn hash(password: &str) -> Result<String, CommandError> {
    let passwords = Argon2Passwords::new(Arc::new(SystemEntropy));
    let hashed = passwords.hash(password.to_owned()).await;
    hashed.map_err(|_| CommandError::Usage("the password could not be hashed".into()))
}

/// A password to show: four plain words and a number.
fn invent(entropy: &dyn Entropy) -> String {
    const WORDS: [&str; 16] = [
        "amber", "basket", "cedar", "dapple", "ember", "fennel", "garnet", "harbour", "island", "juniper", "kettle",
        "lantern", "meadow", "nutmeg", "orchard", "pebble",
    ];
    let mut number = entropy.number();
    let mut words = vec![];
    for _ in 0..4 {
        words.push(WORDS[usize::try_from(number % 16).unwrap_or(0)].to_owned());
        number /= 16;
    }
    words.push((number % 90 + 10).to_string());
    words.join("-")
}

async fn fill(db: &Db, password_hash: &str) -> Result<(), CommandError> {
    let now = SystemClock.now();
    let start = hours::opened(now.plus(-WEEKS))?;
    let facts: Facts = Fact::ALL
        .into_iter()
        .map(|fact| (fact, if fact == Fact::CompanyName { "Parcelwise".to_owned() } else { fact.example().to_owned() }))
        .collect();
    let given = facts.iter().map(|(fact, value)| (fact, Some(value.to_owned()))).collect();
    db.set_facts(None, given, start).await?;
    let (mut packages, mut revised) = (vec![], None);
    // One after the other: the flagship is where the organisation began.
    for (minute, (package, files)) in (0..).zip(shipped::courses()?) {
        let at = start.plus(minute * Timestamp::MINUTE);
        match revised::Revised::of(&package, &files, start)? {
            Some((before, files)) => {
                db.import_draft(None, &before.earlier, &files, at, &SystemEntropy).await?;
                revised = Some(before);
            }
            None => db.import_draft(None, &package, &files, at, &SystemEntropy).await.map(drop)?,
        }
        db.publish(None, &package.id, Change::First, at).await?;
        packages.push(package);
    }
    let (flagship, others) = packages.split_first().ok_or(StoreError::NotFound("course"))?;
    let listed = db.course(&flagship.id).await?.ok_or(StoreError::NotFound("course"))?;
    let course = listed.id;
    let cast = people::invite(db, password_hash, start).await?;
    people::assign(db, course, &cast, start, now).await?;
    progress::play(db, flagship, &facts, &cast, start, now).await?;
    channels::play(db, others, revised.as_ref(), &cast, start, now).await?;
    rulings::make(db, flagship, &cast, now).await?;
    if let Some(version) = listed.current {
        remarks::make(db, version.id, flagship, &cast, now).await?;
    }
    tracing::info!(people = cast.everyone().count(), courses = packages.len(), "the demonstration is ready");
    Ok(())
}
