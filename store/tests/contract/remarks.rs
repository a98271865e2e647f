//! What learners say back to authors.

use crate::{
    course::{learner, published, slug},
    harness::{Dice, MINUTE, NOW, Site},
};
use domain::{
    ids::{RemarkId, VersionId},
    people::Role,
    remark::{At, RemarkKind, RemarkText, Spot},
};
use store::{Conflict, NewRemark, Page, StoreError};

contract! {
    a_remark_reaches_the_author_with_its_exact_place,
    what_is_dealt_with_goes_behind_the_rest,
    a_flood_of_remarks_is_stopped,
}

fn spot(activity: &str, at: At) -> Spot {
    Spot { activity: activity.parse().unwrap(), at }
}

fn words(text: &str) -> RemarkText {
    RemarkText::parse(text).unwrap()
}

async fn a_remark_reaches_the_author_with_its_exact_place(site: &Site) {
    published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let course = enrolment.course;
    let places = [
        spot("practise", At::Decision { variant: None, node: "opening".parse().unwrap(), choice: Some(1) }),
        spot(
            "practise",
            At::Decision { variant: Some("again".parse().unwrap()), node: "opening".parse().unwrap(), choice: None },
        ),
        spot("ask", At::Item("one".parse().unwrap())),
        spot("read", At::Whole),
    ];
    for (minute, place) in (0..).zip(&places) {
        let new = NewRemark {
            person: ann.id,
            version: enrolment.version,
            spot: place.clone(),
            kind: if minute % 2 == 0 { RemarkKind::Disagree } else { RemarkKind::Problem },
            text: words("It was kind of her."),
        };
        site.db.remark(new, NOW.plus(minute * MINUTE), &Dice::seeded(minute.cast_unsigned())).await.unwrap();
    }
    let found = site.db.remarks(course, Page::first(10)).await.unwrap();
    assert_eq!(found.total, 4);
    let read: Vec<_> = found.items.iter().rev().map(|remark| remark.spot.clone()).collect();
    assert_eq!(read, places, "the newest first, each at its place");
    let last = &found.items[0];
    assert_eq!((last.kind, last.words.as_str(), last.number), (RemarkKind::Problem, "It was kind of her.", Some(1)));
    assert_eq!((last.subject, last.settled_at), (ann.subject, None));
    assert_eq!(site.db.remarks(course, Page { number: 2, size: 3 }).await.unwrap().items.len(), 1);
    let lost = NewRemark {
        person: ann.id,
        version: VersionId::new(NOW, &site.dice),
        spot: places[3].clone(),
        kind: RemarkKind::Problem,
        text: words("x"),
    };
    let refused = site.db.remark(lost, NOW, &site.dice).await;
    assert!(matches!(refused, Err(StoreError::NotFound("version"))), "{refused:?}");
}

async fn what_is_dealt_with_goes_behind_the_rest(site: &Site) {
    published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let tess = site.active("Tess", &[Role::Trainer]).await;
    let mut ids = Vec::new();
    for (at, text) in [(0, "old"), (1, "new")] {
        let new = NewRemark {
            person: ann.id,
            version: enrolment.version,
            spot: spot("read", At::Whole),
            kind: RemarkKind::Problem,
            text: words(text),
        };
        ids.push(site.db.remark(new, NOW.plus(at), &site.dice).await.unwrap());
    }
    let course = site.db.course(&slug()).await.unwrap().unwrap().id;
    let order = async || {
        let found = site.db.remarks(course, Page::first(10)).await.unwrap();
        found.items.into_iter().map(|remark| (remark.words, remark.settled_at.is_some())).collect::<Vec<_>>()
    };
    let row = |text: &str, settled| (text.to_owned(), settled);
    assert_eq!(order().await, [row("new", false), row("old", false)]);
    for _ in 0..2 {
        site.db.settle_remark(tess.subject, course, ids[1], true, NOW.plus(5)).await.unwrap();
    }
    assert_eq!(order().await, [row("old", false), row("new", true)]);
    assert_eq!(site.db.open_remarks(course).await.unwrap(), 1);
    site.db.settle_remark(tess.subject, course, ids[1], false, NOW.plus(6)).await.unwrap();
    assert_eq!(site.db.open_remarks(course).await.unwrap(), 2);
    let unknown = RemarkId::new(NOW, &Dice::seeded(99));
    let refused = site.db.settle_remark(tess.subject, course, unknown, true, NOW).await;
    assert!(matches!(refused, Err(StoreError::NotFound("remark"))), "{refused:?}");
}

async fn a_flood_of_remarks_is_stopped(site: &Site) {
    published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let make = async |at: i64| {
        let new = NewRemark {
            person: ann.id,
            version: enrolment.version,
            spot: spot("read", At::Whole),
            kind: RemarkKind::Problem,
            text: words("again"),
        };
        site.db.remark(new, NOW.plus(at), &site.dice).await
    };
    for at in 0..30 {
        make(at).await.unwrap();
    }
    let refused = make(31).await;
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::TooMany))), "{refused:?}");
    make(61 * MINUTE).await.unwrap();
}
