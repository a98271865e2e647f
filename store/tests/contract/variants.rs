//! Variants of assessed conversations: each attempt plays another one, and everything that follows uses the one played.

use crate::{
    course::{BADLY, COURSE, TALK, files, learner, package, publish, set_facts},
    harness::{Dice, NOW, Site},
};
use domain::{
    conversation::Event,
    course::{Files, Package},
    named::ActivityId,
    slug::Slug,
    time::Timestamp,
};
use std::collections::BTreeSet;
use store::{Change, Conflict, Enrolment, Person, Run, StoreError};

contract! {
    each_attempt_plays_another_and_all_are_played,
    a_double_click_draws_once,
    a_version_that_was_published_with_more_attempts_than_files_still_plays,
    a_version_in_between_changes_what_is_drawn_and_not_what_was_played,
    what_follows_uses_the_variant_that_was_played,
}

const NAMES: [&str; 3] = ["again", "second", "third"];

/// The course with these variants of its assessed conversation, and as many attempts as there are files.
fn varied(names: &[&str]) -> Files {
    let mut files = files();
    let listed: Vec<String> = names.iter().map(|name| format!("\"{name}.conversation\"")).collect();
    let variants = format!("attempts = {}\nvariants = [{}]", names.len() + 1, listed.join(", "));
    let contents = COURSE.replace("attempts = 2\nvariants = [\"again.conversation\"]", &variants);
    files.insert("course.toml".into(), contents.into_bytes());
    for name in names {
        let text = TALK.replace("And then?", &format!("And {name}?"));
        files.insert(format!("{name}.conversation"), text.into_bytes());
    }
    files
}

struct Play<'s> {
    site: &'s Site,
    person: Person,
    enrolment: Enrolment,
    package: Package,
    activity: ActivityId,
}

impl<'s> Play<'s> {
    async fn of(site: &'s Site, files: &Files) -> Self {
        set_facts(site).await;
        publish(site, files, Change::First).await;
        Self::by(site, files, "Ann").await
    }

    async fn by(site: &'s Site, files: &Files, name: &str) -> Self {
        let (person, enrolment) = learner(site, name).await;
        Self { site, person, enrolment, package: package(files), activity: "assess".parse().unwrap() }
    }

    async fn start(&self, seed: u64) -> store::Result<Run> {
        self.site.db.start_run(&self.enrolment, &self.package, &self.activity, NOW, &Dice::seeded(seed)).await
    }

    async fn fail(&self, run: &Run) -> Run {
        let mut run = run.clone();
        for (turn, choice) in (0..).zip(BADLY) {
            let event = Event::Chose(choice);
            let (db, dice) = (&self.site.db, &self.site.dice);
            run = db.take_turn(run.id, self.person.id, turn, event, &self.package, NOW, dice).await.unwrap().0;
        }
        assert_eq!(run.passed, Some(false));
        run
    }

    /// Plays every attempt badly, and gives what was drawn.
    async fn exhaust(&self, seed: u64) -> Vec<Option<Slug>> {
        let mut drawn = Vec::new();
        for attempt in 0.. {
            match self.start(seed + 100 * attempt).await {
                Ok(run) => drawn.push(self.fail(&run).await.variant),
                Err(StoreError::Conflict(Conflict::NoAttemptsLeft)) => break,
                Err(other) => panic!("{other}"),
            }
        }
        drawn
    }
}

async fn each_attempt_plays_another_and_all_are_played(site: &Site) {
    let files = varied(&NAMES);
    Play::of(site, &files).await;
    let mut seconds = BTreeSet::new();
    for seed in 0..8_u64 {
        let play =
            Play::by(site, &files, &format!("Bob {}", "abcdefgh".chars().nth(usize::try_from(seed).unwrap()).unwrap()))
                .await;
        let drawn = play.exhaust(seed).await;
        assert_eq!(drawn[0], None, "the first attempt plays the main file");
        let rest: BTreeSet<&str> = drawn[1..].iter().map(|name| name.as_ref().unwrap().as_str()).collect();
        assert_eq!((drawn.len(), rest), (4, BTreeSet::from(NAMES)), "each of the others once");
        seconds.insert(drawn[1].clone());
    }
    assert!(seconds.len() > 1, "not everybody plays the same second: {seconds:?}");
}

async fn a_double_click_draws_once(site: &Site) {
    let files = varied(&NAMES);
    let play = Play::of(site, &files).await;
    play.fail(&play.start(1).await.unwrap()).await;
    let racing: Vec<_> = (0..6)
        .map(|seed| {
            let (db, enrolment, package, activity) =
                (site.db.clone(), play.enrolment.clone(), play.package.clone(), play.activity.clone());
            tokio::spawn(
                async move { db.start_run(&enrolment, &package, &activity, NOW, &Dice::seeded(500 + seed)).await },
            )
        })
        .collect();
    let mut found = Vec::new();
    for done in racing {
        found.push(done.await.unwrap().unwrap());
    }
    assert!(found.iter().all(|run| *run == found[0]), "{found:?}");
    assert!(found[0].variant.is_some());
    assert_eq!(play.start(77).await.unwrap(), found[0], "the open run is given again");
    assert_eq!(site.db.run(found[0].id, play.person.id).await.unwrap().as_ref(), Some(&found[0]));
}

async fn a_version_that_was_published_with_more_attempts_than_files_still_plays(site: &Site) {
    let mut play = Play::of(site, &varied(&NAMES[..1])).await;
    // As an earlier release stored it: three attempts at one file.
    let json = play.package.json().replace(r#""attempts":2"#, r#""attempts":3"#);
    play.package = serde_json::from_str(&json).unwrap();
    let drawn = play.exhaust(5).await;
    assert_eq!(drawn, [None, Some("again".parse().unwrap()), None], "when all are played, the one of longest ago");
}

async fn a_version_in_between_changes_what_is_drawn_and_not_what_was_played(site: &Site) {
    let mut play = Play::of(site, &varied(&NAMES[..1])).await;
    play.fail(&play.start(1).await.unwrap()).await;
    let second = play.start(2).await.unwrap();
    assert_eq!(second.variant.as_ref().map(Slug::as_str), Some("again"));
    // The variant that is under way is renamed away; the enrolment moves on.
    let newer = varied(&["third"]);
    publish(site, &newer, Change::Minor).await;
    let old = std::mem::replace(&mut play.package, package(&newer));
    play.enrolment = site.db.enrolment_by_id(play.enrolment.id).await.unwrap();
    assert_ne!(play.enrolment.version, second.version);
    assert_eq!(play.start(3).await.unwrap().id, second.id, "the open run goes on");
    // Played on with the newer package at hand: the run keeps to its own version.
    let ended = play.fail(&second).await;
    assert_eq!((ended.version, ended.variant.as_ref()), (second.version, second.variant.as_ref()));
    let refused = play.start(4).await;
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::NoAttemptsLeft))), "{refused:?}");

    let back = site.db.rewind(ended.id, play.person.id, 1, &old, NOW, &Dice::seeded(9)).await.unwrap();
    assert_eq!((back.variant, back.content), (ended.variant, ended.content));

    let more = varied(&["third", "second"]);
    publish(site, &more, Change::Minor).await;
    play.package = package(&more);
    play.enrolment = site.db.enrolment_by_id(play.enrolment.id).await.unwrap();
    let third = play.start(5).await.unwrap();
    assert!(third.variant.is_some_and(|name| ["third", "second"].contains(&name.as_str())), "what was not played yet");
}

async fn what_follows_uses_the_variant_that_was_played(site: &Site) {
    let play = Play::of(site, &varied(&NAMES)).await;
    let first = play.fail(&play.start(1).await.unwrap()).await;
    let second = play.fail(&play.start(2).await.unwrap()).await;
    let name = second.variant.clone().unwrap();
    assert_ne!(first.content, second.content);
    let finished = async |variant: Option<&Slug>| {
        let found = site.db.finished_runs(play.person.id, &play.activity, variant, 9).await.unwrap();
        found.into_iter().map(|run| run.id).collect::<Vec<_>>()
    };
    assert_eq!((finished(None).await, finished(Some(&name)).await), (vec![first.id], vec![second.id]));
    let tracks = async |variant: Option<&Slug>| {
        site.db.tracks(first.version, &play.activity, variant, false, 9).await.unwrap().1
    };
    assert_eq!((tracks(None).await, tracks(Some(&name)).await), (1, 1));
    let other: Slug = NAMES.into_iter().find(|other| *other != name.as_str()).unwrap().parse().unwrap();
    assert_eq!(tracks(Some(&other)).await, 0);
    let firsts = site.db.first_runs(None).await.unwrap().runs;
    assert_eq!(firsts.len(), 1);
    assert_eq!(firsts[0].ended_at, first.ended_at.unwrap_or(Timestamp(0)), "comparisons know the main file alone");
}
