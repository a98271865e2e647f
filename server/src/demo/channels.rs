//! The same cases on several channels: what "Mind the gap" compares. Everybody in a group has played every case of the
//! shipped catalogue on each of its channels, in an order drawn for each person, on some day of the past weeks.

use super::dice::Dice;
use super::people::Cast;
use super::revised::Revised;
use super::talk;
use crate::clock::SystemEntropy;
use domain::conversation::{Event, Solved};
use domain::course::{Body, Package};
use domain::ids::PersonId;
use domain::named::ActivityId;
use domain::time::Timestamp;
use std::collections::BTreeMap;
use store::{Db, PastRun, StoreError};

/// A conversation of a case, everything known about it.
struct Case {
    course: usize,
    activity: ActivityId,
    solved: Solved,
}

/// Lets the members of all groups play. Of a course that was revised, they play on each day what was published by then.
pub async fn play(
    db: &Db,
    packages: &[Package],
    revised: Option<&Revised>,
    cast: &Cast,
    start: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let families = families(packages);
    let mut dice = Dice(1908);
    let mut afterwards = vec![];
    for person in cast.groups.iter().flat_map(|(_, _, members)| members) {
        let mut played = by_course(&families, &mut dice, start, now);
        for (course, package) in packages.iter().enumerate() {
            let Some(runs) = played.remove(&course) else { continue };
            let Some(revised) = revised.filter(|revised| *revised.slug() == package.id) else {
                record(db, *person, package, runs).await?;
                continue;
            };
            let (before, after) = runs.into_iter().partition(|run| run.started_at < revised.at);
            record(db, *person, &revised.earlier, before).await?;
            afterwards.push((*person, package, after));
        }
    }
    if let Some(revised) = revised {
        revised.publish(db).await?;
    }
    for (person, package, runs) in afterwards {
        record(db, person, package, runs).await?;
    }
    Ok(())
}

/// The conversations of each case, over all courses.
fn families(packages: &[Package]) -> BTreeMap<String, Vec<Case>> {
    let mut families: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for (course, package) in packages.iter().enumerate() {
        for activity in package.activities() {
            if let Body::Conversation { scenario, .. } = &activity.body
                && let Some(family) = &scenario.family
                && let Ok(solved) = Solved::new(scenario)
            {
                let case = Case { course, activity: activity.id.clone(), solved };
                families.entry(family.to_string()).or_default().push(case);
            }
        }
    }
    families
}

/// One person's plays, by course.
fn by_course(
    families: &BTreeMap<String, Vec<Case>>,
    dice: &mut Dice,
    start: Timestamp,
    now: Timestamp,
) -> BTreeMap<usize, Vec<PastRun>> {
    let days = usize::try_from(now.since(start) / Timestamp::DAY).unwrap_or(1);
    let mut played: BTreeMap<usize, Vec<PastRun>> = BTreeMap::new();
    for cases in families.values() {
        let mut cases: Vec<&Case> = cases.iter().collect();
        dice.shuffle(&mut cases);
        // A case is played on all of its channels within an hour or two of one day before today.
        let day = i64::try_from(dice.below(days.saturating_sub(1))).unwrap_or(0);
        let mut clock = start.plus(day * Timestamp::DAY + Timestamp::HOUR);
        for case in cases {
            let care = talk::care(case.solved.scenario().channel);
            let Some((events, score)) = talk::best_of(&case.solved, care, dice) else { continue };
            let started_at = clock;
            let turns: Vec<(Event, Timestamp)> = events
                .into_iter()
                .map(|event| {
                    clock = clock.plus(i64::try_from(15 + dice.below(40)).unwrap_or(15) * Timestamp::SECOND);
                    (event, clock)
                })
                .collect();
            let run = PastRun { activity: case.activity.clone(), seed: dice.roll(), started_at, turns, score };
            played.entry(case.course).or_default().push(run);
            clock = clock.plus(10 * Timestamp::MINUTE);
        }
    }
    played
}

async fn record(db: &Db, person: PersonId, package: &Package, mut runs: Vec<PastRun>) -> Result<(), StoreError> {
    runs.sort_by_key(|run| run.started_at);
    let Some(first) = runs.first() else { return Ok(()) };
    let enrolment = db.enrol(person, &package.id, first.started_at, &SystemEntropy).await?;
    db.record_runs(&enrolment, package, runs, &SystemEntropy).await
}

#[cfg(test)]
mod tests {
    use super::super::hours;
    use super::*;
    use domain::course::{Files, load};
    use domain::gap::{Attempt, Verdict, gaps};
    use std::collections::{HashMap, hash_map::Entry};
    use store::{ChainKeys, Change, Options};

    const CASE: &str = include_str!("../../tests/http/case.conversation");

    /// A course of its own for each case, in public and on the phone.
    fn course(case: usize) -> (Package, Files) {
        let mut contents = format!(
            "format = 1\nid = \"lamps-{case}\"\ntitle = \"Lamps\"\nsummary = \"Late ones.\"\nlanguage = \"en\"\nminutes = 2\n\
             keys = \"single author\"\n\n[[competency]]\nid = \"acknowledge\"\nname = \"Acknowledging\"\n\n\
             [[module]]\nid = \"all\"\ntitle = \"All\"\nsummary = \"All of them.\"\n"
        );
        let mut files = Files::new();
        for channel in ["public", "phone"] {
            contents.push_str(&format!(
                "\n[[module.activity]]\nid = \"{channel}\"\nkind = \"conversation\"\nfile = \"{channel}.conversation\"\nminutes = 1\nmode = \"practice\"\n"
            ));
            let text = CASE.replace("FAMILY", &format!("case-{case}")).replace("CHANNEL", channel);
            files.insert(format!("{channel}.conversation"), text.into_bytes());
        }
        files.insert("course.toml".into(), contents.into_bytes());
        let loaded = load(&files);
        (loaded.package.unwrap(), loaded.canonical)
    }

    #[tokio::test]
    async fn the_demonstration_has_a_gap_to_show() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("demo.sqlite").display());
        let db = Db::connect(&url, Options::default()).await.unwrap();
        db.migrate().await.unwrap();
        let db = db.with_keys(ChainKeys::derive(&[7; 32]));
        db.sign_chains(Timestamp(0)).await.unwrap();
        let now = Timestamp(1_780_315_200_000);
        let start = hours::opened(now.plus(-5 * 7 * Timestamp::DAY)).unwrap();
        let mut packages = vec![];
        for case in 0..5 {
            let (package, files) = course(case);
            db.import_draft(None, &package, &files, start, &SystemEntropy).await.unwrap();
            db.publish(None, &package.id, Change::First, start).await.unwrap();
            packages.push(package);
        }
        let cast = super::super::people::invite(&db, "hash", start).await.unwrap();
        play(&db, &packages, None, &cast, start, now).await.unwrap();

        let mut versions = HashMap::new();
        let found = db.first_runs(None).await.unwrap().runs;
        let mut attempts = vec![];
        for run in &found {
            if let Entry::Vacant(vacant) = versions.entry(run.version) {
                vacant.insert(db.package(run.version).await.unwrap());
            }
            let Body::Conversation { scenario, .. } = &versions[&run.version].activity(&run.activity).unwrap().body
            else {
                panic!("a run of {}", run.activity);
            };
            assert!(start < run.ended_at && run.ended_at < now && hours::at_work(run.ended_at), "{:?}", run.ended_at);
            attempts.extend(Attempt::of(run.subject, scenario, run.score.unwrap(), run.ended_at, &run.events).unwrap());
        }
        let gap = &gaps(&attempts)[0];
        assert!(gap.people >= 20 && gap.families == 5, "{gap:?}");
        assert_eq!(gap.verdict, Verdict::Open, "the people are more careful in public: {gap:?}");
        let figures = gap.figures.as_ref().unwrap();
        assert!(figures.difference.mean > 0.0 && figures.order.is_balanced(), "{figures:?}");
    }
}
