//! Variants of an assessed conversation: what a learner plays, and what its authors see of it.

use crate::assessed::{Assessed, BAD, PAGE};
use crate::support::Answer;
use domain::people::Role;

#[tokio::test]
async fn a_second_attempt_is_told_otherwise_and_talked_over_as_it_was_told() {
    let lamps = Assessed::published().await;
    let page = lamps.page(PAGE).await;
    assert!(page.contains("You have 2 attempts") && page.contains("Each attempt tells the case in another way."));
    assert!(page.contains("You are Sam.") && !page.contains("Monday"));
    let first = lamps.play(&BAD).await;
    let debrief = lamps.page(&first).await;
    assert!(debrief.contains("Where is my lamp?") && debrief.contains("Better answers appear once"), "held back");
    assert!(!debrief.contains("What would have been better"), "{debrief}");

    assert_eq!(lamps.start().await.location, PAGE);
    let page = lamps.page(PAGE).await;
    assert!(page.contains("on a Monday") && page.contains("No lamp yet?") && !page.contains("Where is my lamp?"));
    assert_eq!(lamps.run().await.variant.unwrap().as_str(), "monday");
    let second = lamps.play(&BAD).await;
    let debrief = lamps.page(&second).await;
    assert!(debrief.contains("No lamp yet?") && !debrief.contains("Where is my lamp?"));
    assert!(debrief.contains("What would have been better"), "the last attempt shows better answers");
    assert!(!debrief.contains("other play"), "another telling is nothing to compare with");
    let older = lamps.page(&first).await;
    assert!(older.contains("Where is my lamp?"), "the first is still talked over as it was told");
    assert_eq!(lamps.start().await.location, format!("{PAGE}?done=no-attempts"));

    let run = lamps.run().await.id.to_string();
    let fields = [("run", run.as_str()), ("decision", "0")];
    let back = lamps.app.post(Some(&lamps.ann), "/do/rewind", &fields).await;
    let page = lamps.page(back.location.split('#').next().unwrap()).await;
    assert!(page.contains("No lamp yet?") && page.contains("on a Monday"), "going back is to the same telling");
}

#[tokio::test]
async fn authors_preview_each_variant_and_see_its_runs_and_remarks() {
    let lamps = Assessed::published().await;
    let tara = lamps.app.somebody("Tara", &[Role::Trainer]).await;
    let base = format!("/authoring/lamps/{}/a/talk", lamps.version);
    let read = async |path: String| -> Answer { lamps.app.get(Some(&tara), &path).await };
    let preview = read(base.clone()).await.body;
    assert!(preview.contains("?variant=monday\"") && preview.contains("the main file"), "the variants are listed");
    assert!(preview.contains("Where is my lamp?") && !preview.contains("No lamp yet?"));
    let preview = read(format!("{base}?variant=monday")).await.body;
    assert!(
        preview.contains("No lamp yet?") && preview.contains("on a Monday") && !preview.contains("Where is my lamp?")
    );
    assert_eq!(read(format!("{base}?variant=tuesday")).await.status, 404);
    let version = lamps.version.to_string();
    let choice = preview.split("name=\"choice\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [
        ("course", "lamps"),
        ("version", version.as_str()),
        ("activity", "talk"),
        ("variant", "monday"),
        ("play", ""),
        ("choice", choice),
    ];
    let said = lamps.app.post(Some(&tara), "/do/preview-turn", &fields).await.location;
    assert!(said.contains("?variant=monday&play="), "{said}");
    let played = read(said.trim_end_matches("#reply").to_owned()).await.body;
    assert!(played.contains("No lamp yet?") && played.contains("And the evening I waited?"));
    assert!(played.contains("?variant=monday&amp;play=#reply"), "back stays with the variant");

    lamps.play(&BAD).await;
    lamps.play(&BAD).await;
    let run = lamps.run().await.id.to_string();
    let fields = [("run", run.as_str()), ("place", "0"), ("text.0", "Is it?"), ("kind.0", "disagree")];
    let left = lamps.app.post(Some(&lamps.ann), "/do/remark", &fields).await;
    assert_eq!(left.status, 303);
    let remarks = read("/authoring/lamps/remarks".to_owned()).await.body;
    assert!(remarks.contains("again/monday.conversation:"), "the place is in the variant's file: {remarks}");
    let main = read(format!("{base}/insight")).await.body;
    let variant = read(format!("{base}/insight?variant=monday")).await.body;
    assert!(main.contains("Runs, by one person") && variant.contains("Runs, by one person"), "{variant}");
    assert!(main.contains("First run of each person") && !variant.contains("First run of each person"));
    assert_eq!(read(format!("{base}/insight?variant=tuesday")).await.status, 404);
}
