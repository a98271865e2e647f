//! Runs of conversations: each turn once, the clock judged here.

use crate::{
    course::{BADLY, WELL, changed, learner, package, published},
    harness::{Dice, NOW, Site},
};
use domain::{
    conversation::{Event, GRACE, OwnReply, Solved, replay},
    course::{Body, Package},
    ids::PersonId,
    named::ActivityId,
    people::MoreTime,
    phrasing::RuleId,
    time::Timestamp,
};
use std::sync::Arc;
use store::{Conflict, Enrolment, Page, Person, Prepared, Progressed, Run, Said, StoreError, Suggested};

contract! {
    a_run_is_begun_once_and_gone_on_with,
    a_turn_counts_once,
    an_answer_and_the_end_of_time_at_once_are_one_turn,
    what_is_not_offered_is_refused,
    the_clock_runs_on_and_is_judged_here,
    the_time_to_answer_is_the_persons_own,
    what_was_made_ready_counts_only_for_its_own_version,
    practice_completes_at_any_ending_and_can_be_repeated,
    an_assessment_must_be_passed_and_is_limited,
    going_back_to_a_decision_counts_for_nothing,
    nobody_reaches_anothers_run,
    own_words_stand_beside_their_choice,
    what_must_not_be_said_in_own_words_fails_the_run,
    a_wording_left_to_the_author_has_no_person,
}

const SECOND: i64 = Timestamp::SECOND;

struct Play<'s> {
    site: &'s Site,
    person: Person,
    enrolment: Enrolment,
    package: Package,
    activity: ActivityId,
}

impl<'s> Play<'s> {
    async fn of(site: &'s Site, activity: &str) -> Self {
        let package = published(site).await;
        let (person, enrolment) = learner(site, "Ann").await;
        Self { site, person, enrolment, package, activity: activity.parse().unwrap() }
    }

    async fn start(&self) -> store::Result<Run> {
        self.site.db.start_run(&self.enrolment, &self.package, &self.activity, NOW, &self.site.dice).await
    }

    async fn take(&self, run: &Run, turn: u32, event: Event, at: Timestamp) -> store::Result<(Run, Progressed)> {
        self.site.db.take_turn(run.id, self.person.id, turn, event, &self.package, at, &self.site.dice).await
    }

    async fn play(&self, choices: &[u16]) -> (Run, Progressed) {
        let mut run = self.start().await.unwrap();
        let mut progressed = None;
        for (turn, choice) in (0..).zip(choices) {
            let taken = self.take(&run, turn, Event::Chose(*choice), NOW).await.unwrap();
            run = taken.0;
            progressed = Some(taken.1);
        }
        (run, progressed.unwrap())
    }
}

async fn a_run_is_begun_once_and_gone_on_with(site: &Site) {
    let play = Play::of(site, "practise").await;
    let racing: Vec<_> = (0..6)
        .map(|seed| {
            let (db, enrolment, package, activity) =
                (site.db.clone(), play.enrolment.clone(), play.package.clone(), play.activity.clone());
            tokio::spawn(async move { db.start_run(&enrolment, &package, &activity, NOW, &Dice::seeded(seed)).await })
        })
        .collect();
    let mut found = Vec::new();
    for done in racing {
        found.push(done.await.unwrap().unwrap());
    }
    assert!(found.iter().all(|run| *run == found[0]), "{found:?}");
    let run = &found[0];
    assert_eq!((run.number, run.practice, run.deadline_at), (1, true, Some(NOW.plus(20 * SECOND))));
    let (after, _) = play.take(run, 0, Event::Chose(0), NOW).await.unwrap();
    let resumed = play.start().await.unwrap();
    assert_eq!(resumed, after);
    assert_eq!(resumed.events, [Event::Chose(0)]);
    assert_eq!(site.db.run(run.id, play.person.id).await.unwrap().unwrap(), resumed);
    assert_eq!(site.db.runs(play.enrolment.id, &play.activity).await.unwrap().len(), 1);
}

async fn a_turn_counts_once(site: &Site) {
    let play = Play::of(site, "practise").await;
    let run = play.start().await.unwrap();
    let racing: Vec<_> = (0..8_u64)
        .map(|seed| {
            let (db, person, package) = (site.db.clone(), play.person.id, play.package.clone());
            let event = Event::Chose(u16::try_from(seed % 2).unwrap());
            tokio::spawn(
                async move { db.take_turn(run.id, person, 0, event, &package, NOW, &Dice::seeded(seed)).await },
            )
        })
        .collect();
    let run = play.start().await.unwrap();
    let mut found = Vec::new();
    for done in racing {
        found.push(done.await.unwrap().unwrap().0);
    }
    assert!(found.iter().all(|run| run.events == found[0].events && run.events.len() == 1), "{found:?}");
    // A retry that comes later, after the next turn, gives the run as it stands.
    let (further, _) = play.take(&run, 1, Event::Chose(0), NOW).await.unwrap();
    let (again, _) = play.take(&run, 0, Event::Chose(1), NOW).await.unwrap();
    assert_eq!(again, further);
    let (ended, _) = play.take(&run, 2, Event::Chose(0), NOW).await.unwrap();
    assert_eq!(ended, further, "after the ending nothing happens any more");
}

async fn an_answer_and_the_end_of_time_at_once_are_one_turn(site: &Site) {
    let play = Play::of(site, "practise").await;
    for round in 0..4 {
        let run = play.start().await.unwrap();
        let deadline = run.deadline_at.unwrap();
        // The last moment for an answer, and the first one of silence: whichever comes first to the database counts.
        let last = deadline.plus(GRACE);
        let racing = [(Event::Chose(0), last), (Event::TimedOut, last.plus(1)), (Event::Chose(1), last)];
        let racing: Vec<_> = racing
            .into_iter()
            .zip(round * 3..)
            .map(|((event, at), seed)| {
                let (db, person, package) = (site.db.clone(), play.person.id, play.package.clone());
                tokio::spawn(
                    async move { db.take_turn(run.id, person, 0, event, &package, at, &Dice::seeded(seed)).await },
                )
            })
            .collect();
        let mut found = Vec::new();
        for done in racing {
            found.push(done.await.unwrap().unwrap().0);
        }
        assert!(found.iter().all(|run| run.events == found[0].events && run.events.len() == 1), "{found:?}");
        if found[0].ended_at.is_none() {
            let (ended, _) = play.take(&run, 1, Event::Chose(0), deadline).await.unwrap();
            assert_eq!(ended.events[0], found[0].events[0]);
            assert!(ended.ended_at.is_some());
        }
    }
}

async fn what_is_not_offered_is_refused(site: &Site) {
    let play = Play::of(site, "practise").await;
    let run = play.start().await.unwrap();
    for (turn, choice) in [(1, 0), (7, 0), (0, 2), (0, 900)] {
        let refused = play.take(&run, turn, Event::Chose(choice), NOW).await;
        assert!(matches!(refused, Err(StoreError::Conflict(Conflict::Changed(_)))), "{turn} {choice}: {refused:?}");
    }
    play.take(&run, 0, Event::Chose(1), NOW).await.unwrap();
    let guarded = play.take(&run, 1, Event::Chose(1), NOW).await;
    assert!(matches!(guarded, Err(StoreError::Conflict(Conflict::Changed("choice")))), "{guarded:?}");
    assert_eq!(play.start().await.unwrap().events, [Event::Chose(1)], "a refusal leaves nothing behind");
}

async fn the_clock_runs_on_and_is_judged_here(site: &Site) {
    let play = Play::of(site, "practise").await;
    let run = play.start().await.unwrap();
    let deadline = run.deadline_at.unwrap();
    for early in [deadline, deadline.plus(1), deadline.plus(GRACE)] {
        let (early, _) = play.take(&run, 0, Event::TimedOut, early).await.unwrap();
        assert_eq!(early.events, [], "silence cannot be claimed while an answer may be on its way");
    }
    // Coming back does not wind the clock up again.
    assert_eq!(play.start().await.unwrap().deadline_at, Some(deadline));
    let over = deadline.plus(GRACE + 1);
    let (late, _) = play.take(&run, 0, Event::Chose(0), over).await.unwrap();
    assert_eq!(late.events, [Event::TimedOut], "an answer that comes too late is silence");
    assert_eq!((late.ended_at, late.passed), (Some(over), Some(false)));

    // A clock that was set back since: an answer counts, and silence is too early.
    let before = play.start().await.unwrap();
    let (early, _) = play.take(&before, 0, Event::TimedOut, NOW.plus(-3600 * SECOND)).await.unwrap();
    assert_eq!(early.events, []);
    let (answered, _) = play.take(&before, 0, Event::Chose(0), NOW.plus(-3600 * SECOND)).await.unwrap();
    assert_eq!(answered.events, [Event::Chose(0)]);
    play.take(&before, 1, Event::Chose(0), NOW.plus(-3599 * SECOND)).await.unwrap();

    let again = play.start().await.unwrap();
    let arrived = again.deadline_at.unwrap().plus(GRACE);
    let (in_time, _) = play.take(&again, 0, Event::Chose(0), arrived).await.unwrap();
    assert_eq!((in_time.events, in_time.deadline_at), (vec![Event::Chose(0)], None), "the next node has no timer");
}

async fn what_was_made_ready_counts_only_for_its_own_version(site: &Site) {
    let play = Play::of(site, "practise").await;
    // The first reply is worth less, so that the score of a run tells by which version it was scored.
    let changed = package(&changed("practise.conversation", "rate: acknowledge 2", "rate: acknowledge 1"));
    let ready = |package: &Package, events: &[Event]| {
        let Body::Conversation { scenario, .. } = &package.activity(&play.activity).unwrap().body else { panic!() };
        let solved = Arc::new(Solved::new(scenario).unwrap());
        (replay(scenario, events).unwrap(), solved)
    };
    for (package, said) in [(&play.package, 1), (&changed, 1), (&play.package, 0)] {
        let run = play.start().await.unwrap();
        play.take(&run, 0, Event::Chose(0), NOW).await.unwrap();
        // A state that was made ready before another turn was taken is as useless as one of another version.
        let (state, solved) = ready(package, &[Event::Chose(0)][..said]);
        let prepared = Prepared { package, state: Some(state), solved: Some(solved) };
        let taken =
            site.db.take_turn(run.id, play.person.id, 1, Event::Chose(0), prepared, NOW, &site.dice).await.unwrap();
        assert_eq!((taken.0.score.unwrap().whole(), taken.0.passed), (75, Some(false)));
    }
}

async fn the_time_to_answer_is_the_persons_own(site: &Site) {
    let play = Play::of(site, "practise").await;
    let person = play.person.id;
    assert_eq!(site.db.more_time(person).await.unwrap(), MoreTime::Usual);
    let set = |more| site.db.set_more_time(Some(play.person.subject), person, more, NOW);
    for (more, seconds) in [
        (MoreTime::Half, Some(30)),
        (MoreTime::Double, Some(40)),
        (MoreTime::Unlimited, None),
        (MoreTime::Usual, Some(20)),
    ] {
        set(more).await.unwrap();
        assert_eq!(site.db.more_time(person).await.unwrap(), more);
        let deadline = seconds.map(|seconds| NOW.plus(seconds * SECOND));
        let run = play.start().await.unwrap();
        assert_eq!(run.deadline_at, deadline, "{more:?}, begun");
        let (ended, _) = play.play(&WELL).await;
        let again = site
            .db
            .rewind(ended.id, person, 0, &play.package, NOW, &Dice::seeded(seconds.unwrap_or(1).cast_unsigned()))
            .await;
        assert_eq!(again.unwrap().deadline_at, deadline, "{more:?}, gone back");
    }
    // A limit that runs already stays as it is, and with the longer one an answer is in time that would have been late.
    let run = play.start().await.unwrap();
    set(MoreTime::Unlimited).await.unwrap();
    assert_eq!(play.start().await.unwrap().deadline_at, run.deadline_at);
    play.play(&WELL).await;
    let run = play.start().await.unwrap();
    let (answered, _) = play.take(&run, 0, Event::Chose(0), NOW.plus(3600 * SECOND)).await.unwrap();
    assert_eq!(answered.events, [Event::Chose(0)], "an hour later it still counts");
    let nobody = PersonId(uuid::Uuid::from_u128(1));
    let missing = site.db.set_more_time(None, nobody, MoreTime::Double, NOW).await;
    assert!(matches!(missing, Err(StoreError::NotFound("person"))), "{missing:?}");
}

async fn practice_completes_at_any_ending_and_can_be_repeated(site: &Site) {
    let play = Play::of(site, "practise").await;
    let (run, progressed) = play.play(&BADLY).await;
    assert_eq!((run.passed, progressed.done), (Some(false), 1));
    assert!(run.score.unwrap().value() < 1.0);
    for _ in 0..3 {
        let (run, progressed) = play.play(&WELL).await;
        assert_eq!((run.passed, run.score.unwrap().whole(), progressed.done), (Some(true), 100, 1));
    }
    let state = &site.db.activity_states(play.enrolment.id).await.unwrap()[&play.activity];
    assert_eq!((state.attempts, state.best.unwrap().whole(), state.first.unwrap().whole()), (4, 100, 0));
    let numbers: Vec<_> =
        site.db.runs(play.enrolment.id, &play.activity).await.unwrap().iter().map(|run| run.number).collect();
    assert_eq!(numbers, [4, 3, 2, 1], "the newest first");
}

async fn an_assessment_must_be_passed_and_is_limited(site: &Site) {
    let play = Play::of(site, "assess").await;
    let (run, progressed) = play.play(&BADLY).await;
    assert_eq!((run.practice, progressed.done), (false, 0));
    let (_, progressed) = play.play(&WELL).await;
    assert_eq!(progressed.done, 1);
    let refused = play.start().await;
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::NoAttemptsLeft))), "{refused:?}");
}

async fn going_back_to_a_decision_counts_for_nothing(site: &Site) {
    let play = Play::of(site, "practise").await;
    let back = |run: &Run, person: &Person, keep: u32| {
        let (db, package, id, person) = (site.db.clone(), play.package.clone(), run.id, person.id);
        async move { db.rewind(id, person, keep, &package, NOW, &Dice::seeded(7 + u64::from(keep))).await }
    };
    let open = play.start().await.unwrap();
    let early = back(&open, &play.person, 0).await;
    assert!(matches!(early, Err(StoreError::Conflict(Conflict::Changed("run")))), "{early:?}");
    let (bad, _) = play.play(&BADLY).await;
    let before = site.db.activity_states(play.enrolment.id).await.unwrap();
    let late = back(&bad, &play.person, u32::try_from(BADLY.len()).unwrap()).await;
    assert!(
        matches!(late, Err(StoreError::Conflict(Conflict::Changed("run")))),
        "the last decision lies before it: {late:?}"
    );
    let bob = site.active("Bob", &[]).await;
    let foreign = back(&bad, &bob, 0).await;
    assert!(matches!(foreign, Err(StoreError::NotFound("run"))), "{foreign:?}");

    let mut again = back(&bad, &play.person, 0).await.unwrap();
    assert_eq!((again.rewound, again.practice, again.origin, again.events.len()), (true, true, Some(bad.id), 0));
    for (turn, choice) in (0..).zip(WELL) {
        again = play.take(&again, turn, Event::Chose(choice), NOW).await.unwrap().0;
    }
    assert_eq!((again.ended_at, again.passed), (Some(NOW), Some(true)));
    assert_eq!(site.db.activity_states(play.enrolment.id).await.unwrap(), before, "nothing counted");
    let own: Vec<_> = site.db.runs(play.enrolment.id, &play.activity).await.unwrap().iter().map(|run| run.id).collect();
    assert_eq!(own, [bad.id], "and it stands in no list");
    assert_eq!(
        site.db.finished_runs(play.person.id, &play.activity, None, 5).await.unwrap(),
        std::slice::from_ref(&bad)
    );
    assert_eq!(bad.events.len(), BADLY.len());
    assert_eq!(site.db.finished_runs(bob.id, &play.activity, None, 5).await.unwrap(), []);

    let second = back(&bad, &play.person, 1).await.unwrap();
    assert_eq!(second.events, bad.events[..1], "what was said before the decision is said already");
}

async fn nobody_reaches_anothers_run(site: &Site) {
    let play = Play::of(site, "practise").await;
    let run = play.start().await.unwrap();
    let (bob, _) = learner(site, "Bob").await;
    assert_eq!(site.db.run(run.id, bob.id).await.unwrap(), None);
    let taken = site.db.take_turn(run.id, bob.id, 0, Event::Chose(0), &play.package, NOW, &site.dice).await;
    assert!(matches!(taken, Err(StoreError::NotFound("run"))), "{taken:?}");
    assert_eq!(play.start().await.unwrap().events, []);
}

fn own(words: &str, blockers: &[RuleId]) -> Option<OwnReply> {
    Some(OwnReply { turn: 0, words: words.to_owned(), blockers: blockers.to_vec() })
}

impl Play<'_> {
    async fn say(&self, run: &Run, turn: u32, said: Said) -> store::Result<(Run, Progressed)> {
        self.site.db.take_turn(run.id, self.person.id, turn, said, &self.package, NOW, &self.site.dice).await
    }
}

async fn own_words_stand_beside_their_choice(site: &Site) {
    let play = Play::of(site, "practise").await;
    let run = play.start().await.unwrap();
    let said =
        Said { own: own("Let me look, Dana – é 😀.", &[RuleId::DisclosesSecret]), ..Event::Chose(0).into() };
    let (after, _) = play.say(&run, 0, said.clone()).await.unwrap();
    let kept =
        OwnReply { turn: 0, words: "Let me look, Dana – é 😀.".into(), blockers: vec![RuleId::DisclosesSecret] };
    assert_eq!((&after.events[..], &after.replies[..]), (&[Event::Chose(0)][..], std::slice::from_ref(&kept)));
    let again = Said { own: own("Something else.", &[]), ..said };
    assert_eq!(play.say(&run, 0, again).await.unwrap().0, after, "a turn that was taken stays as it was");
    assert_eq!(play.start().await.unwrap(), after);
    assert_eq!(site.db.run(run.id, play.person.id).await.unwrap().unwrap(), after);
    let (ended, _) = play.take(&run, 1, Event::Chose(0), NOW).await.unwrap();
    assert!(ended.ended_at.is_some());
    let back = async |keep| {
        let again =
            site.db.rewind(run.id, play.person.id, keep, &play.package, NOW, &Dice::seeded(keep.into())).await.unwrap();
        site.db.run(again.id, play.person.id).await.unwrap().unwrap().replies
    };
    assert_eq!(back(1).await, [kept], "what was said before the decision is said again");
    assert!(back(0).await.is_empty());
    let refused = Said { own: own("Too late.", &[]), ..Event::Chose(900).into() };
    assert!(play.say(&ended, 0, refused).await.unwrap().0.replies == ended.replies);
}

async fn what_must_not_be_said_in_own_words_fails_the_run(site: &Site) {
    let play = Play::of(site, "practise").await;
    for (blockers, passes) in [(&[][..], true), (&[RuleId::AsksPersonalDataInPublic][..], false)] {
        let mut run = play.start().await.unwrap();
        for (turn, choice) in (0..).zip(WELL) {
            let own = (turn == 0).then(|| own("In my own words.", blockers)).flatten();
            run = play.say(&run, turn, Said { own, ..Event::Chose(choice).into() }).await.unwrap().0;
        }
        assert_eq!((run.ended_at, run.passed), (Some(NOW), Some(passes)));
        assert_eq!(run.score.unwrap().whole(), 100, "the score stays");
    }
}

async fn a_wording_left_to_the_author_has_no_person(site: &Site) {
    let play = Play::of(site, "practise").await;
    let run = play.start().await.unwrap();
    let suggested = Suggested { node: "opening".parse().unwrap(), choice: 1, words: "Bananas.".into() };
    let said = Said { event: Event::Chose(1), own: own("Bananas.", &[]), suggested: Some(suggested) };
    for _ in 0..2 {
        play.say(&run, 0, said.clone()).await.unwrap();
    }
    let course = play.enrolment.course;
    let found = site.db.suggestions(course, Page::first(10)).await.unwrap();
    assert_eq!(found.total, 1, "repeating a turn leaves nothing twice");
    let one = &found.items[0];
    assert_eq!((one.words.as_str(), one.node.as_str(), one.choice), ("Bananas.", "opening", 1));
    assert_eq!((one.version, &one.activity, one.made_at), (play.enrolment.version, &play.activity, NOW));
    for _ in 0..2 {
        site.db.drop_suggestion(play.person.subject, course, one.id, NOW).await.unwrap();
    }
    assert_eq!(site.db.suggestions(course, Page::first(10)).await.unwrap().total, 0);
}
