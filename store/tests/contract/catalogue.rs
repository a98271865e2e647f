//! Courses and versions.

use crate::{
    course::{changed, files, learner, package, publish, published, set_facts, slug},
    harness::{NOW, Site},
};
use domain::{course::Files, ids::VersionId};
use store::{Change, Conflict, StoreError};

contract! {
    a_draft_takes_the_place_of_the_draft_before,
    publishing_freezes_and_counts_up,
    a_course_with_unset_facts_cannot_be_published,
    files_come_back_byte_for_byte,
    media_belong_to_versions,
    racing_imports_and_publications_leave_one,
    a_minor_change_moves_people_and_keeps_what_they_did,
}

async fn a_draft_takes_the_place_of_the_draft_before(site: &Site) {
    let first = site.db.import_draft(None, &package(&files()), &files(), NOW, &site.dice).await.unwrap();
    let other = changed("agree.ack", "kind", "kinder");
    let second = site.db.import_draft(None, &package(&other), &other, NOW, &site.dice).await.unwrap();
    assert_ne!(first, second, "whoever keeps a version by its identifier never holds an old one");
    let course = site.db.course(&slug()).await.unwrap().unwrap();
    let versions = site.db.versions(course.id).await.unwrap();
    assert_eq!(versions.iter().map(|version| version.id).collect::<Vec<_>>(), [second]);
    assert_eq!(site.db.package(second).await.unwrap(), package(&other));
    assert!(matches!(site.db.package(first).await, Err(StoreError::NotFound("version"))));
    assert!(course.current.is_none() && course.draft.unwrap().hash == package(&other).hash());
    assert_eq!(site.db.courses(true).await.unwrap().len(), 1);
    assert_eq!(site.db.courses(false).await.unwrap(), [], "nothing of it is published");
}

async fn publishing_freezes_and_counts_up(site: &Site) {
    set_facts(site).await;
    let first = publish(site, &files(), Change::Minor).await;
    assert_eq!(
        (first.number, first.change),
        (Some(1), Some(Change::First)),
        "the first is the first, whatever is said"
    );
    assert_eq!((first.is_current, first.required, first.people), (true, 5, 0));
    let again = site.db.publish(None, &slug(), Change::Minor, NOW).await;
    assert!(matches!(again, Err(StoreError::NotFound("draft"))), "{again:?}");

    let other = changed("course.toml", "title = \"Outside\"", "title = \"Far outside\"");
    let second = publish(site, &other, Change::Minor).await;
    assert_eq!((second.number, second.change), (Some(2), Some(Change::Minor)));
    assert_eq!(site.db.package(first.id).await.unwrap(), package(&files()), "what is published never changes");
    let course = site.db.course(&slug()).await.unwrap().unwrap();
    assert_eq!((course.title.as_str(), course.current.unwrap().id), ("Far outside", second.id));
    let versions = site.db.versions(course.id).await.unwrap();
    assert_eq!(
        versions.iter().map(|v| (v.number, v.is_current)).collect::<Vec<_>>(),
        [(Some(2), true), (Some(1), false)]
    );
}

async fn a_course_with_unset_facts_cannot_be_published(site: &Site) {
    site.db.import_draft(None, &package(&files()), &files(), NOW, &site.dice).await.unwrap();
    let refused = site.db.publish(None, &slug(), Change::First, NOW).await;
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::FactsMissing))), "{refused:?}");
    assert!(site.db.course(&slug()).await.unwrap().unwrap().draft.is_some());
    set_facts(site).await;
    assert!(site.db.publish(None, &slug(), Change::First, NOW).await.is_ok());
}

async fn files_come_back_byte_for_byte(site: &Site) {
    set_facts(site).await;
    let first = publish(site, &files(), Change::First).await;
    let other = changed("read.md", "At", "Here at");
    site.db.import_draft(None, &package(&other), &other, NOW, &site.dice).await.unwrap();
    assert_eq!(site.db.version_files(first.id).await.unwrap(), files());
    assert_eq!(site.db.export_files("outside", Some(1)).await.unwrap(), files());
    assert_eq!(site.db.export_files("outside", None).await.unwrap(), other, "the draft is the newest");
    for (course, number) in [("outside", Some(2)), ("elsewhere", None)] {
        let missing = site.db.export_files(course, number).await;
        assert!(matches!(missing, Err(StoreError::NotFound("version"))), "{missing:?}");
    }
}

async fn media_belong_to_versions(site: &Site) {
    set_facts(site).await;
    let version = publish(site, &files(), Change::First).await.id;
    let name = package(&files()).media["media/map.svg"].file_name();
    let blob = site.db.media(version, &name).await.unwrap().unwrap();
    assert_eq!((blob.bytes, blob.media_type.as_str()), (files()["media/map.svg"].clone(), "image/svg+xml"));
    // A quiz's source holds its key: only what lies among the media is ever served.
    let quiz = domain::canonical::ContentHash::of(&files()["ask.quiz"]).to_string();
    for other in ["", "x.svg", &quiz, &format!("{}.svg", "0".repeat(64))] {
        assert_eq!(site.db.media(version, other).await.unwrap(), None, "{other}");
    }
    let elsewhere = site.db.media(VersionId::new(NOW, &site.dice), &name).await.unwrap();
    assert_eq!(elsewhere, None);
}

async fn racing_imports_and_publications_leave_one(site: &Site) {
    set_facts(site).await;
    let import = |text: &'static str| {
        let db = site.db.clone();
        let files: Files = changed("extra.md", "More", text);
        let (package, dice) = (package(&files), crate::harness::Dice::seeded(text.len() as u64));
        tokio::spawn(async move { db.import_draft(None, &package, &files, NOW, &dice).await })
    };
    let racing = [import("A"), import("Bb"), import("Ccc"), import("Dddd")];
    for done in racing {
        done.await.unwrap().unwrap();
    }
    let course = site.db.course(&slug()).await.unwrap().unwrap();
    assert_eq!(site.db.versions(course.id).await.unwrap().len(), 1);
    let publishing: Vec<_> = (0..4)
        .map(|_| {
            let db = site.db.clone();
            tokio::spawn(async move { db.publish(None, &slug(), Change::Minor, NOW).await })
        })
        .collect();
    let mut published = 0;
    for done in publishing {
        match done.await.unwrap() {
            Ok(_) => published += 1,
            Err(StoreError::NotFound("draft") | StoreError::Conflict(Conflict::Changed(_))) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(published, 1);
}

async fn a_minor_change_moves_people_and_keeps_what_they_did(site: &Site) {
    let old = published(site).await;
    let (ann, enrolment) = learner(site, "Ann").await;
    let read = "read".parse().unwrap();
    site.db.finish_lesson(&enrolment, &old, &read, NOW, &site.dice).await.unwrap();
    let other = changed("course.toml", "required = false", "required = true");
    let second = publish(site, &other, Change::Minor).await;
    let moved = site.db.enrolment(ann.id, &slug()).await.unwrap().unwrap();
    assert_eq!((moved.id, moved.version, moved.number), (enrolment.id, second.id, 2));
    let row = &site.db.home(ann.id).await.unwrap()[0];
    assert_eq!((row.done, row.total, row.version), (1, 6, Some(second.id)));
    assert!(site.db.activity_states(enrolment.id).await.unwrap()[&read].is_completed());

    // A request that still holds the old version counts by the new one.
    let agree = "agree".parse().unwrap();
    let exact = match &old.activity(&agree).unwrap().body {
        domain::course::Body::Acknowledgement(text) => text.exact(&domain::facts::Facts::examples()),
        _ => unreachable!(),
    };
    let progressed = site.db.acknowledge(&enrolment, &old, &agree, &exact, NOW, &site.dice).await.unwrap();
    assert_eq!((progressed.done, progressed.total), (2, 6));
}
