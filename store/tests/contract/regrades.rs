//! Verdicts that replace that of a run: by a corrected key, in the background, and by a trainer who overturns a rule.

use crate::{
    course::{learner, package, slug},
    harness::{Dice, MINUTE, NOW, Site},
};
use domain::{
    conversation::{Event, Solved},
    course::{Body, Files, Package},
    ids::VersionId,
    named::ActivityId,
    time::Timestamp,
};
use store::{AuditFilter, Cause, Change, Db, Enrolment, Job, PastRun, REGRADE, Run, StoreError, Verdict};

contract! {
    a_corrected_key_scores_finished_runs_anew,
    a_variant_has_a_key_of_its_own,
    whoever_passes_now_is_completed_with_one_receipt,
    the_better_mark_stays,
    another_shape_or_another_text_changes_nothing,
    the_newest_key_counts_whatever_order_the_jobs_come_in,
    a_job_that_was_killed_is_begun_again,
    a_run_that_ends_later_is_judged_twice,
}

const COURSE: &str = r#"format = 1
id = "outside"
title = "Outside"
summary = "A sentence."
language = "en"
minutes = 4
keys = "single author"

[[competency]]
id = "acknowledge"
name = "Acknowledging"

[[module]]
id = "all"
title = "All"

[[module.activity]]
id = "practise"
kind = "conversation"
file = "practise.conversation"
minutes = 2

[[module.activity]]
id = "assess"
kind = "conversation"
file = "assess.conversation"
minutes = 2
mode = "assessed"
attempts = 2
variants = ["again.conversation"]
"#;

/// From -1 to 3 points: [`BEST`] comes to 100, [`FAIR`] to 75.
pub(crate) const TALK: &str = "---
title: Talk
channel: public
you: Sam, support
them: Dana Whitfield (@dana_w)
pass: 80
---
You are Sam.

## opening
Dana: Where is my parcel?

- I'm sorry, Dana. I'll look now. -> asked
  rate: acknowledge 2
  why: Names it and acts.

- Let me have a look at that for you. -> asked
  rate: acknowledge 1
  why: Acts.

- What is the tracking number of the parcel you are missing? -> asked
  rate: acknowledge -1
  why: Asks before listening.

## asked
Dana: And then?

- Please wait. -> lost
  why: Says nothing.

- It will be with you tomorrow. -> settled
  rate: acknowledge 1
  why: Keeps it short.

## settled (end: success)
Dana: Thank you.

## lost (end: failure)
Dana: Bye.
";

pub(crate) const BEST: [u16; 2] = [0, 1];
pub(crate) const FAIR: [u16; 2] = [1, 1];

/// The same talk for practice, for the assessment and for its variant.
pub(crate) fn files(talk: &str) -> Files {
    let again = &talk.replace("Dana: Bye.", "Dana: Good night.");
    let all = [
        ("course.toml", COURSE),
        ("practise.conversation", talk),
        ("assess.conversation", talk),
        ("again.conversation", again),
    ];
    all.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

pub(crate) fn replaced(from: &str, to: &str) -> String {
    assert!(TALK.contains(from), "{from}");
    TALK.replacen(from, to, 1)
}

/// The fair reply is as good as the best one.
pub(crate) fn mild() -> String {
    replaced("rate: acknowledge 1\n  why: Acts.", "rate: acknowledge 2\n  why: Acts.")
}

/// The best reply is worth less than the fair one.
pub(crate) fn strict() -> String {
    replaced("rate: acknowledge 2", "rate: acknowledge -1")
}

pub(crate) async fn publish(site: &Site, talk: &str, change: Change) -> (VersionId, Package) {
    publish_files(site, files(talk), change).await
}

pub(crate) async fn publish_files(site: &Site, files: Files, change: Change) -> (VersionId, Package) {
    site.db.import_draft(None, &package(&files), &files, NOW, &site.dice).await.unwrap();
    (site.db.publish(None, &slug(), change, NOW).await.unwrap().id, package(&files))
}

pub(crate) fn activity(name: &str) -> ActivityId {
    name.parse().unwrap()
}

pub(crate) async fn start(site: &Site, enrolment: &Enrolment, package: &Package, name: &str) -> Run {
    site.db.start_run(enrolment, package, &activity(name), NOW, &site.dice).await.unwrap()
}

pub(crate) async fn go_on(site: &Site, run: Run, package: &Package, from: usize, choices: &[u16]) -> Run {
    let mut run = run;
    for (turn, choice) in (0..).zip(choices).skip(from) {
        let event = Event::Chose(*choice);
        run = site.db.take_turn(run.id, run.person, turn, event, package, NOW, &site.dice).await.unwrap().0;
    }
    run
}

pub(crate) async fn play(site: &Site, enrolment: &Enrolment, package: &Package, name: &str, choices: &[u16]) -> Run {
    let run = start(site, enrolment, package, name).await;
    go_on(site, run, package, 0, choices).await
}

async fn claim(db: &Db, now: Timestamp) -> Option<Job> {
    db.claim_job(&[REGRADE], MINUTE, now, &Dice::seeded(77)).await.unwrap()
}

pub(crate) const LATER: Timestamp = Timestamp(NOW.0 + MINUTE);

/// Does every job there is, as a server does.
pub(crate) async fn work(site: &Site) -> u32 {
    let mut done = 0;
    while let Some(job) = claim(&site.db, LATER).await {
        assert!(site.db.regrade(&job.payload, u32::MAX, LATER, &site.dice).await.unwrap());
        site.db.finish_job(&job, LATER).await.unwrap();
        done += 1;
    }
    done
}

pub(crate) async fn again(site: &Site, run: &Run) -> Run {
    site.db.run(run.id, run.person).await.unwrap().unwrap()
}

pub(crate) fn marks(run: &Run) -> (u8, bool) {
    (run.score.unwrap().whole(), run.passed.unwrap())
}

pub(crate) fn first(run: &Run) -> Option<(u8, bool)> {
    run.first.map(|Verdict { score, passed }| (score.unwrap().whole(), passed))
}

async fn a_corrected_key_scores_finished_runs_anew(site: &Site) {
    let (v1, package) = publish(site, TALK, Change::First).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let practice = play(site, &enrolment, &package, "practise", &FAIR).await;
    let assessed = play(site, &enrolment, &package, "assess", &FAIR).await;
    let open = start(site, &enrolment, &package, "practise").await;
    assert_eq!((marks(&practice), marks(&assessed), assessed.judge), ((75, false), (75, false), v1));
    assert_eq!(work(site).await, 0, "a first version corrects nothing");

    let (v2, _) = publish(site, &mild(), Change::Minor).await;
    assert!(claim(&site.db, NOW).await.is_none(), "what was under way is waited for");
    assert_eq!(work(site).await, 1);
    for run in [&practice, &assessed] {
        let now = again(site, run).await;
        assert_eq!((marks(&now), first(&now), now.judge), ((100, true), Some((75, false)), v2));
        assert_eq!((now.version, now.events.clone()), (v1, run.events.clone()), "it stays what it was");
        let [regrade] = &now.regrades[..] else { panic!("{:?}", now.regrades) };
        assert_eq!((&regrade.cause, regrade.version, regrade.at), (&Cause::Key, v2, LATER));
    }
    assert_eq!(again(site, &open).await.regrades, []);

    let state = site.db.activity_states(enrolment.id).await.unwrap().remove(&activity("assess")).unwrap();
    assert_eq!((state.first.unwrap().whole(), state.best.unwrap().whole(), state.attempts), (75, 100, 1));
    assert_eq!(state.completed, Some(LATER));

    // Whatever tells of runs tells the present score.
    let listed = site.db.runs(enrolment.id, &activity("assess")).await.unwrap();
    assert_eq!((marks(&listed[0]), first(&listed[0])), ((100, true), Some((75, false))));
    let compared = site.db.finished_runs(ann.id, &activity("assess"), None, 9).await.unwrap();
    assert_eq!(marks(&compared[0]), (100, true));
    let found = site.db.first_runs(None).await.unwrap().runs;
    assert!(found.iter().all(|run| run.version == v2 && run.score.unwrap().whole() == 100), "{found:?}");
    let (tracks, _) = site.db.tracks(v1, &activity("assess"), None, false, 9).await.unwrap();
    assert_eq!(tracks[0].score.unwrap().whole(), 100);
    let history = site.db.person_history(ann.id, LATER).await.unwrap();
    let past = history.enrolments[0].runs.iter().find(|past| past.id == assessed.id).unwrap();
    assert_eq!((past.score.unwrap().whole(), past.passed), (100, Some(true)));
    let (at, before) = past.regraded.unwrap();
    assert_eq!((at, before.score.unwrap().whole(), before.passed), (LATER, 75, false));
    let judged = site.db.judged_runs(enrolment.course).await.unwrap();
    assert!(judged.iter().all(|group| group.version == v2 && group.runs == 1), "{judged:?}");
    assert_eq!(judged.len(), 2);
    let audited = site.db.audit(&AuditFilter::default(), 50).await.unwrap();
    assert_eq!(audited.iter().filter(|row| row.action == "run.regrade").count(), 2, "one for each conversation");

    // Beginning again finds nothing to do.
    let before = again(site, &assessed).await;
    for _ in 0..2 {
        let payload = format!("{{\"course\":\"{}\"}}", enrolment.course);
        assert!(site.db.regrade(&payload, 1, LATER.plus(1), &site.dice).await.unwrap());
    }
    assert_eq!(again(site, &assessed).await, before);
    let refused = site.db.regrade("nonsense", 1, LATER, &site.dice).await;
    assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
}

async fn a_variant_has_a_key_of_its_own(site: &Site) {
    let (v1, package) = publish(site, TALK, Change::First).await;
    let (_, enrolment) = learner(site, "Ann").await;
    let main = play(site, &enrolment, &package, "assess", &FAIR).await;
    let again_run = play(site, &enrolment, &package, "assess", &FAIR).await;
    assert_eq!((main.variant.as_ref(), again_run.variant.as_ref().map(|name| name.as_str())), (None, Some("again")));

    let mut corrected = files(TALK);
    corrected.insert("again.conversation".into(), files(&mild())["again.conversation"].clone());
    let (v2, _) = publish_files(site, corrected, Change::Minor).await;
    assert_eq!(work(site).await, 1);
    let (main, now) = (again(site, &main).await, again(site, &again_run).await);
    assert_eq!(
        (marks(&main), first(&main), main.judge),
        ((75, false), None, v1),
        "the key of the main file is as it was"
    );
    assert_eq!((marks(&now), first(&now), now.judge), ((100, true), Some((75, false)), v2));
    let counted = site.db.judged_runs(enrolment.course).await.unwrap();
    let counted: Vec<_> = counted.iter().map(|it| (it.version, it.variant.is_some(), it.runs)).collect();
    assert_eq!(counted, [(v1, false, 1), (v2, true, 1)]);
}

async fn whoever_passes_now_is_completed_with_one_receipt(site: &Site) {
    let (_, package) = publish(site, TALK, Change::First).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let (bob, his) = learner(site, "Bob").await;
    for enrolment in [&enrolment, &his] {
        play(site, enrolment, &package, "practise", &FAIR).await;
        // Two runs that pass now: the receipt is one all the same.
        play(site, enrolment, &package, "assess", &FAIR).await;
        play(site, enrolment, &package, "assess", &FAIR).await;
    }
    assert_eq!(site.db.home(ann.id).await.unwrap()[0].done, 1);
    publish(site, &mild(), Change::Minor).await;
    let job = claim(&site.db, LATER).await.unwrap();
    let (other, dice) = (site.second().await, Dice::seeded(5));
    let (one, two) = tokio::join!(
        site.db.regrade(&job.payload, u32::MAX, LATER, &site.dice),
        other.regrade(&job.payload, u32::MAX, LATER, &dice),
    );
    assert!(one.unwrap() && two.unwrap());
    other.close().await;
    for person in [&ann, &bob] {
        let row = site.db.home(person.id).await.unwrap().remove(0);
        assert_eq!((row.done, row.completed_at), (2, Some(LATER)));
        assert!(row.receipt.is_some());
        let receipts = site.db.receipts_of(person.id).await.unwrap();
        assert_eq!(receipts.len(), 1);
        let enrolled = site.db.enrolment(person.id, &slug()).await.unwrap().unwrap();
        assert_eq!((enrolled.completed_at, enrolled.receipt), (Some(LATER), row.receipt));
        assert_eq!(enrolled.seen_at, NOW, "nobody was here");
    }
    assert_eq!(site.db.verify_receipts().await.unwrap().rows, 2);
    assert_eq!(site.number("SELECT COUNT(*) FROM regrades").await, 6);
}

async fn the_better_mark_stays(site: &Site) {
    let (_, package) = publish(site, TALK, Change::First).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    play(site, &enrolment, &package, "practise", &BEST).await;
    let run = play(site, &enrolment, &package, "assess", &BEST).await;
    let before = site.db.home(ann.id).await.unwrap().remove(0);
    assert!(before.receipt.is_some());
    publish(site, &strict(), Change::Minor).await;
    work(site).await;
    let now = again(site, &run).await;
    assert_eq!((marks(&now), first(&now)), ((33, false), Some((100, true))), "the run itself is told as it is");
    let state = site.db.activity_states(enrolment.id).await.unwrap().remove(&activity("assess")).unwrap();
    assert_eq!((state.best.unwrap().whole(), state.completed), (100, Some(NOW)));
    assert_eq!(site.db.home(ann.id).await.unwrap().remove(0), before, "what was completed stays so");
    assert_eq!(site.db.receipts_of(ann.id).await.unwrap().len(), 1);
}

async fn another_shape_or_another_text_changes_nothing(site: &Site) {
    let (v1, package) = publish(site, TALK, Change::First).await;
    let (_, enrolment) = learner(site, "Ann").await;
    let run = play(site, &enrolment, &package, "assess", &FAIR).await;
    // The milder key comes with another way on.
    publish(site, &mild().replacen("are missing? -> asked", "are missing? -> lost", 1), Change::Minor).await;
    publish(site, &replaced("Where is my parcel?", "Where is it?"), Change::Minor).await;
    work(site).await;
    let now = again(site, &run).await;
    assert_eq!((marks(&now), first(&now), now.judge), ((75, false), None, v1));
    assert_eq!(site.number("SELECT COUNT(*) FROM regrades").await, 0);
}

async fn the_newest_key_counts_whatever_order_the_jobs_come_in(site: &Site) {
    let (v1, package) = publish(site, TALK, Change::First).await;
    let (_, enrolment) = learner(site, "Ann").await;
    let run = play(site, &enrolment, &package, "assess", &FAIR).await;
    let (v2, _) = publish(site, &mild(), Change::Minor).await;
    let (v3, _) = publish(site, TALK, Change::Minor).await;
    let (first_job, second_job) = (claim(&site.db, LATER).await.unwrap(), claim(&site.db, LATER).await.unwrap());
    for job in [second_job, first_job] {
        assert!(site.db.regrade(&job.payload, u32::MAX, LATER, &site.dice).await.unwrap());
    }
    let now = again(site, &run).await;
    assert_eq!((marks(&now), first(&now), now.judge), ((75, false), Some((75, false)), v3), "{v1} {v2}");
    assert_eq!(now.regrades.len(), 1);
    let (v4, _) = publish(site, &mild(), Change::Minor).await;
    work(site).await;
    let now = again(site, &run).await;
    assert_eq!((marks(&now), now.judge, now.regrades.len()), ((100, true), v4, 2));
    assert_eq!(first(&now), Some((75, false)), "the first verdict is kept for ever");
}

fn past(package: &Package, seconds: i64) -> PastRun {
    let Body::Conversation { scenario, .. } = &package.activity(&activity("practise")).unwrap().body else { panic!() };
    let events = FAIR.map(Event::Chose);
    let score = Solved::new(scenario).unwrap().score(&events).unwrap();
    let at = NOW.plus(seconds);
    PastRun {
        activity: activity("practise"),
        seed: 7,
        started_at: at,
        turns: events.map(|event| (event, at)).into(),
        score,
    }
}

async fn a_job_that_was_killed_is_begun_again(site: &Site) {
    let (_, package) = publish(site, TALK, Change::First).await;
    for (name, runs) in [("Ann", 90), ("Bob", 75), ("Cem", 75)] {
        let (_, enrolment) = learner(site, name).await;
        let runs = (0..runs).map(|number| past(&package, number)).collect();
        site.db.record_runs(&enrolment, &package, runs, &site.dice).await.unwrap();
    }
    publish(site, &mild(), Change::Minor).await;
    let regraded = "SELECT COUNT(*) FROM regrades WHERE is_present AND is_passed AND number = 1";
    let job = claim(&site.db, LATER).await.unwrap();
    assert!(!site.db.regrade(&job.payload, 1, LATER, &site.dice).await.unwrap(), "more to do");
    assert_eq!(site.number(regraded).await, 100);
    // The server that had the job is gone; its lease runs out.
    assert!(claim(&site.db, LATER).await.is_none());
    let other = site.second().await;
    let job = claim(&other, LATER.plus(2 * MINUTE)).await.unwrap();
    assert!(!other.regrade(&job.payload, 1, LATER, &Dice::seeded(8)).await.unwrap());
    other.retry_job(&job, None, LATER.plus(2 * MINUTE)).await.unwrap();
    let job = claim(&other, LATER.plus(2 * MINUTE)).await.unwrap();
    assert!(other.regrade(&job.payload, 1, LATER, &Dice::seeded(9)).await.unwrap());
    other.finish_job(&job, LATER.plus(2 * MINUTE)).await.unwrap();
    other.close().await;
    assert_eq!(site.number(regraded).await, 240);
    assert_eq!(site.number("SELECT COUNT(*) FROM regrades").await, 240);
}

async fn a_run_that_ends_later_is_judged_twice(site: &Site) {
    let (v1, package) = publish(site, TALK, Change::First).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let run = start(site, &enrolment, &package, "assess").await;
    let run = go_on(site, run, &package, 0, &FAIR[..1]).await;
    let (v2, changed) = publish(site, &mild(), Change::Minor).await;
    assert_eq!(work(site).await, 1);
    let ended = go_on(site, run, &changed, 1, &FAIR).await;
    assert_eq!((marks(&ended), ended.judge), ((75, false), v1), "by its own version first");
    assert_eq!(work(site).await, 1, "a job of its own");
    let now = again(site, &ended).await;
    assert_eq!((marks(&now), first(&now), now.judge), ((100, true), Some((75, false)), v2));
    let moved = site.db.enrolment(ann.id, &slug()).await.unwrap().unwrap();
    let new = play(site, &moved, &changed, "practise", &FAIR).await;
    assert_eq!((marks(&new), new.judge, work(site).await), ((100, true), v2, 0));
}
