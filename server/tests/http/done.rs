//! Replies that are done and not said: nobody's post on any channel, before, after and in the debrief.

use crate::sketch::{Published, Sketch};
use crate::support::TestApp;
use crate::taught::now;
use domain::people::Role;
use server::clock::SystemEntropy;
use std::fmt::Write as _;

const CHANNELS: [&str; 5] = ["public", "dm", "phone", "email", "board"];
const PAGE: &str = "/courses/skip/a/talk";

/// One place on each channel, with something to do and something to say.
fn talk() -> String {
    let mut talk = "---\ntitle: The skip\nyou: Remi\nthem: Pauline\nlimit: 20\n---\nYou work there.\n".to_owned();
    for (at, channel) in CHANNELS.iter().enumerate() {
        let on = CHANNELS.get(at + 1).unwrap_or(&"over");
        let _ = write!(
            talk,
            "\n## {channel} (channel: {channel})\nPauline: Is it true?\n\n\
             - No, {channel}. -> {on}\n  rate: care -1\n  why: Hm.\n\n\
             - do: Ask {channel} quietly, in a sentence of more than twenty letters. -> {on}\n  rate: care 1\n  why: Good.\n"
        );
    }
    talk + "\n## over (end: success)\nPauline: Thank you.\n"
}

/// The opaque name of what is offered to be done.
fn deed(page: &str) -> String {
    let (button, _) = page.split_once("class=\"choice choice-do\"").expect("something can be done");
    let (_, value) = button.rsplit_once("value=\"").unwrap();
    value.split('"').next().unwrap().to_owned()
}

/// How often something stands on a page.
fn count(page: &str, part: &str) -> usize {
    page.matches(part).count()
}

#[tokio::test]
async fn what_is_done_is_nobodys_post_on_any_channel() {
    let app = TestApp::new().await;
    let sketch = Sketch::new("skip", "Skip").competency("care", "Care");
    let Published { package, .. } = sketch.activity("talk", "only/talk.conversation", &talk(), &[]).publish(&app).await;
    let ann = app.somebody("Ann", &[Role::Learner]).await;
    app.db.enrol(ann.id, &package.id, now(), &SystemEntropy).await.unwrap();
    app.post(Some(&ann), "/do/start-run", &[("course", "skip"), ("activity", "talk")]).await;
    let run = {
        let enrolment = app.db.enrolment(ann.id, &package.id).await.unwrap().unwrap();
        app.db.runs(enrolment.id, &"talk".parse().unwrap()).await.unwrap()[0].id.to_string()
    };
    for (turn, channel) in CHANNELS.iter().enumerate() {
        let page = app.get(Some(&ann), PAGE).await.body;
        assert!(page.contains("What do you do or say?"), "{channel}: the heading names both");
        let (turn, choice) = (turn.to_string(), deed(&page));
        let taken = app.post(Some(&ann), "/do/take-turn", &[("run", &run), ("turn", &turn), ("choice", &choice)]).await;
        assert_eq!(taken.status, 303, "{channel}");
        let page = app.get(Some(&ann), PAGE).await.body;
        let done = turn.parse::<usize>().unwrap() + 1;
        assert_eq!(count(&page, "class=\"line-stage line-did\""), done, "{channel}: a stage line");
        assert_eq!(count(&page, ">Done by you</b>"), done, "{channel}: that says whose it is");
        assert_eq!(count(&page, "line-me"), 0, "{channel}: and is nobody's post");
        assert_eq!(count(&page, "line-foot"), 0, "{channel}: without a number of characters");
    }
    let page = app.get(Some(&ann), &format!("{PAGE}/result?run={run}")).await.body;
    assert!(page.contains("You did"), "the debrief says so, too");
    assert!(!page.contains("You said"), "nothing was said");
    assert_eq!(count(&page, "line-me"), 0);
}
