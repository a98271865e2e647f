//! All runs of a conversation, as those who wrote it may see them.

use crate::{
    course::{BADLY, WELL, changed, learner, package, publish, published},
    harness::{MINUTE, NOW, Site},
};
use domain::{
    conversation::{Event, Track},
    course::Package,
    ids::VersionId,
    named::ActivityId,
    time::Timestamp,
};
use store::{Change, Enrolment, Person, Run};

contract! {
    runs_come_with_their_events_and_times_and_without_people,
    only_the_newest_are_read_and_all_are_counted,
    other_versions_other_activities_and_tries_are_left_out,
}

struct Play<'s> {
    site: &'s Site,
    package: Package,
    activity: ActivityId,
}

impl<'s> Play<'s> {
    async fn of(site: &'s Site) -> Self {
        Self { site, package: published(site).await, activity: "practise".parse().unwrap() }
    }

    /// Plays these choices, five seconds for each.
    async fn play(&self, who: &(Person, Enrolment), choices: &[u16], from: Timestamp) -> Run {
        let (db, dice) = (&self.site.db, &self.site.dice);
        let mut run = db.start_run(&who.1, &self.package, &self.activity, from, dice).await.unwrap();
        for (turn, choice) in (0..).zip(choices) {
            let at = from.plus((i64::from(turn) + 1) * 5 * Timestamp::SECOND);
            let event = Event::Chose(*choice);
            run = db.take_turn(run.id, who.0.id, turn, event, &self.package, at, dice).await.unwrap().0;
        }
        run
    }

    async fn tracks(&self, version: VersionId, most: u32) -> (Vec<Track>, u64) {
        self.site.db.tracks(version, &self.activity, None, false, most).await.unwrap()
    }
}

async fn runs_come_with_their_events_and_times_and_without_people(site: &Site) {
    let play = Play::of(site).await;
    let (ann, bob) = (learner(site, "Ann").await, learner(site, "Bob").await);
    let first = play.play(&ann, &BADLY, NOW).await;
    let late = NOW.plus(MINUTE);
    let open = play.play(&bob, &WELL[..1], late).await;
    let untouched = play.play(&ann, &[], NOW.plus(2 * MINUTE)).await;
    let (tracks, all) = play.tracks(first.version, 10).await;
    assert_eq!((tracks.len(), all), (3, 3));
    let [newest, middle, oldest] = &tracks[..] else { panic!("{tracks:?}") };
    assert_eq!((newest.number, &newest.events[..]), (2, &[][..]), "one without events is there too");
    assert_eq!((newest.started_at, newest.seen_at), (untouched.started_at, untouched.started_at));
    let five = 5 * Timestamp::SECOND;
    assert_eq!(middle.events, [(Event::Chose(WELL[0]), late.plus(five))]);
    assert_eq!((middle.score, middle.seen_at), (open.score, late.plus(five)));
    let expected = [(Event::Chose(BADLY[0]), NOW.plus(five)), (Event::Chose(BADLY[1]), NOW.plus(2 * five))];
    assert_eq!((&oldest.events[..], oldest.score), (&expected[..], first.score));
    assert!(first.score.is_some());
    assert_eq!((oldest.passed, middle.passed), (Some(false), None), "an open run has not failed");
    assert_eq!(newest.learner, oldest.learner, "the same person");
    assert_ne!(newest.learner, middle.learner);
    let mut numbers = [newest.learner, middle.learner];
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2], "numbered anew, so that a number says nothing");

    site.db
        .take_turn(untouched.id, ann.0.id, 0, Event::TimedOut, &play.package, NOW.plus(60 * MINUTE), &site.dice)
        .await
        .unwrap();
    let (tracks, _) = play.tracks(first.version, 10).await;
    assert_eq!(tracks[0].events, [(Event::TimedOut, NOW.plus(60 * MINUTE))]);
}

async fn only_the_newest_are_read_and_all_are_counted(site: &Site) {
    let play = Play::of(site).await;
    let ann = learner(site, "Ann").await;
    let mut version = None;
    for minute in 0..4 {
        version = Some(play.play(&ann, &BADLY, NOW.plus(minute * MINUTE)).await.version);
    }
    let (tracks, all) = play.tracks(version.unwrap(), 2).await;
    let started: Vec<_> = tracks.iter().map(|track| track.started_at).collect();
    assert_eq!((started, all), (vec![NOW.plus(3 * MINUTE), NOW.plus(2 * MINUTE)], 4));
    assert!(tracks.iter().all(|track| track.events.len() == BADLY.len()), "each with all of its events");
    let bob = learner(site, "Bob").await;
    play.play(&bob, &WELL, NOW.plus(-MINUTE)).await;
    let (firsts, all) = site.db.tracks(version.unwrap(), &play.activity, None, true, 10).await.unwrap();
    let started: Vec<_> = firsts.iter().map(|track| (track.number, track.started_at)).collect();
    assert_eq!((started, all), (vec![(1, NOW), (1, NOW.plus(-MINUTE))], 2), "what each began with, however old");
}

async fn other_versions_other_activities_and_tries_are_left_out(site: &Site) {
    let play = Play::of(site).await;
    let ann = learner(site, "Ann").await;
    let run = play.play(&ann, &BADLY, NOW).await;
    let back = site.db.rewind(run.id, ann.0.id, 1, &play.package, NOW, &site.dice).await.unwrap();
    assert!(back.rewound);
    assert_eq!(play.tracks(run.version, 10).await.1, 1, "going back is no run");
    let files = changed("practise.conversation", "And then?", "And now?");
    let second = publish(site, &files, Change::Minor).await;
    let newer = Play { site, package: package(&files), activity: play.activity.clone() };
    assert_eq!(newer.tracks(second.id, 10).await, (vec![], 0));
    let bob = learner(site, "Bob").await;
    newer.play(&bob, &WELL, NOW).await;
    assert_eq!((newer.tracks(second.id, 10).await.1, play.tracks(run.version, 10).await.1), (1, 1));
    let other: ActivityId = "assess".parse().unwrap();
    assert_eq!(site.db.tracks(second.id, &other, None, false, 10).await.unwrap(), (vec![], 0));
}
