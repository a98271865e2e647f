//! Two people who used up their attempts at the flagship's assessed conversation: one waits for a trainer's decision, one has
//! got it. About those who failed in the other courses it was decided the day after. All of it in the hours of work.

use super::dice::Dice;
use super::hours;
use super::people::Cast;
use super::talk;
use crate::clock::SystemEntropy;
use domain::conversation::{Event, Solved};
use domain::course::{Activity, Body, Mode, Package};
use domain::ids::{PersonId, SubjectId, VersionId};
use domain::progress::{Rule, Ruling, waits};
use domain::time::Timestamp;
use std::collections::{HashMap, hash_map::Entry};
use store::{Conflict, Db, Enrolment, NewRuling, Run, StoreError, Tried};

/// How long before the present all of this happens.
const BEFORE: i64 = 20 * Timestamp::HOUR;

/// What the trainer decided about the others, in turn.
const WORDS: [(Ruling, &str); 5] = [
    (Ruling::Again, "One slip near the end, and you named it yourself before I did."),
    (Ruling::Again, "You asked for the order number too early. We went through when to ask, and where."),
    (Ruling::Again, "The tone was right and the promise was too large. Say what is yours to give."),
    (Ruling::Again, "You were interrupted twice. Take it in a quiet room."),
    (Ruling::Accepted, "I sat beside you for three such cases last week, and each went well."),
];

struct Desk<'a> {
    db: &'a Db,
    trainer: SubjectId,
    dice: Dice,
    clock: Timestamp,
}

/// Lets people fail, and decides about all but the last.
pub async fn make(db: &Db, flagship: &Package, cast: &Cast, now: Timestamp) -> Result<(), StoreError> {
    let Some(trainer) = cast.others.first() else { return Ok(()) };
    let trainer = db.person(*trainer).await?.subject;
    let mut desk = Desk { db, trainer, dice: Dice(1847), clock: hours::worked(now.plus(-BEFORE))? };
    let mut packages: HashMap<VersionId, Package> = HashMap::new();
    for (number, tried) in db.tried().await?.into_iter().enumerate() {
        let package = match packages.entry(tried.version) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unread) => unread.insert(db.package(tried.version).await?),
        };
        // The day after, as far as there was one.
        let day_after = tried.state.started.unwrap_or(now).plus(Timestamp::DAY);
        desk.clock = hours::worked(Timestamp(day_after.0.min(now.plus(-BEFORE).0)))?;
        let (ruling, reason) = WORDS[number % WORDS.len()];
        desk.help(&tried, package, ruling, reason).await?;
    }
    desk.clock = hours::worked(now.plus(-BEFORE / 2))?;
    let Some(activity) = flagship.activities().find(|activity| is_assessed(activity)) else { return Ok(()) };
    let mut fresh = vec![];
    for person in cast.groups.iter().flat_map(|(_, _, members)| members) {
        if db.enrolment(*person, &flagship.id).await?.is_none() {
            fresh.push(*person);
        }
    }
    let reason = "We talked it through on Tuesday: the letter was careful, the promise about the date was not. Try that part again.";
    for (person, reason) in fresh.into_iter().zip([Some(reason), None]) {
        let enrolment = desk.fail(person, flagship, activity).await?;
        if let Some(reason) = reason {
            desk.decide(&enrolment, flagship, activity, (Ruling::Again, reason)).await?;
        }
    }
    Ok(())
}

fn is_assessed(activity: &Activity) -> bool {
    matches!(activity.body, Body::Conversation { mode: Mode::Assessed { .. }, .. })
}

impl Desk<'_> {
    fn later(&mut self, minutes: i64) -> Timestamp {
        self.clock = self.clock.plus(minutes * Timestamp::MINUTE);
        self.clock
    }

    /// Plays every attempt there is, and none well.
    async fn fail(
        &mut self,
        person: PersonId,
        package: &Package,
        activity: &Activity,
    ) -> Result<Enrolment, StoreError> {
        let at = self.later(1);
        let enrolment = self.db.enrol(person, &package.id, at, &SystemEntropy).await?;
        loop {
            let at = self.later(9);
            match self.db.start_run(&enrolment, package, &activity.id, at, &SystemEntropy).await {
                Ok(run) => self.play(&run, package, activity, talk::failing).await?,
                Err(StoreError::Conflict(Conflict::NoAttemptsLeft)) => return Ok(enrolment),
                Err(other) => return Err(other),
            }
        }
    }

    /// Plays a run to its end.
    async fn play(
        &mut self,
        run: &Run,
        package: &Package,
        activity: &Activity,
        way: fn(&Solved, &mut Dice) -> Option<Vec<Event>>,
    ) -> Result<(), StoreError> {
        let solved = activity.telling(run.variant.as_ref()).and_then(|telling| Solved::new(telling.scenario).ok());
        let events = solved.and_then(|solved| way(&solved, &mut self.dice)).ok_or(StoreError::NotFound("way"))?;
        for (turn, event) in (0..).zip(events) {
            let at = self.clock.plus((i64::from(turn) + 1) * 20 * Timestamp::SECOND);
            self.db.take_turn(run.id, run.person, turn, event, package, at, &SystemEntropy).await?;
        }
        Ok(())
    }

    async fn decide(
        &mut self,
        enrolment: &Enrolment,
        package: &Package,
        activity: &Activity,
        (ruling, reason): (Ruling, &str),
    ) -> Result<(), StoreError> {
        let states = self.db.activity_states(enrolment.id).await?;
        let attempts = states.get(&activity.id).map_or(0, |state| state.attempts);
        let new = NewRuling { activity: activity.id.clone(), attempts, ruling, reason: reason.to_owned() };
        let at = self.later(12);
        self.db.decide(self.trainer, enrolment, package, new, at, &SystemEntropy).await?;
        Ok(())
    }

    /// Decides about a conversation; a further attempt goes well.
    async fn help(&mut self, tried: &Tried, package: &Package, ruling: Ruling, reason: &str) -> Result<(), StoreError> {
        let Some(activity) = package.activity(&tried.state.activity) else { return Ok(()) };
        if !is_assessed(activity) || !waits(&Rule::of(activity), &tried.state) {
            return Ok(());
        }
        let enrolment = self.db.enrolment_by_id(tried.enrolment).await?;
        self.decide(&enrolment, package, activity, (ruling, reason)).await?;
        if ruling == Ruling::Accepted {
            return Ok(());
        }
        let at = self.later(7);
        let run = self.db.start_run(&enrolment, package, &activity.id, at, &SystemEntropy).await?;
        let way = |solved: &Solved, dice: &mut Dice| talk::passing(solved, dice).map(|(events, _)| events);
        self.play(&run, package, activity, way).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::people;
    use domain::course::{Files, load};
    use store::{ChainKeys, Change, Options};

    const CASE: &str = include_str!("../../tests/http/case.conversation");
    const CONTENTS: &str = r#"format = 1
id = "lamps"
title = "Lamps"
summary = "Late ones."
language = "en"
minutes = 1
keys = "single author"

[[competency]]
id = "acknowledge"
name = "Acknowledging"

[[module]]
id = "all"
title = "All"
summary = "All of it."

[[module.activity]]
id = "talk"
kind = "conversation"
file = "talk.conversation"
minutes = 1
mode = "assessed"
"#;

    /// Whatever time it is when the demonstration is prepared.
    #[tokio::test]
    async fn decisions_are_made_in_the_hours_of_work() {
        let talk = CASE.replace("FAMILY", "lamp").replace("CHANNEL", "public");
        let files: Files = [("course.toml", CONTENTS), ("talk.conversation", &talk)]
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
            .into();
        let loaded = load(&files);
        let package = loaded.package.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        for hour in [0, 4, 9, 13, 18, 22] {
            let folder = tempfile::tempdir().unwrap();
            let url = format!("sqlite:{}", folder.path().join("demo.sqlite").display());
            let db = Db::connect(&url, Options::default()).await.unwrap();
            db.migrate().await.unwrap();
            let db = db.with_keys(ChainKeys::derive(&[7; 32]));
            db.sign_chains(Timestamp(0)).await.unwrap();
            let now = Timestamp(1_780_315_200_000).plus(hour * Timestamp::HOUR);
            let start = hours::opened(now.plus(-35 * Timestamp::DAY)).unwrap();
            db.import_draft(None, &package, &files, start, &SystemEntropy).await.unwrap();
            db.publish(None, &package.id, Change::First, start).await.unwrap();
            let cast = people::invite(&db, "hash", start).await.unwrap();
            // Whoever waits ten days before the present is decided about the day after.
            make(&db, &package, &cast, now.plus(-10 * Timestamp::DAY)).await.unwrap();
            make(&db, &package, &cast, now).await.unwrap();
            let made: Vec<Timestamp> =
                db.rulings(20).await.unwrap().into_iter().map(|listed| listed.ruled.made_at).collect();
            assert_eq!(made.len(), 3);
            for at in made {
                // A decision takes some minutes: the last one of a day is made a little after its end.
                let into_the_day = at.since(hours::opened(at).unwrap());
                assert!(into_the_day <= 9 * Timestamp::HOUR && at < now, "{at:?} of {now:?}");
            }
        }
    }
}
