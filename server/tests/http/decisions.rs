//! What trainers decide about people who have no attempt left.

use crate::assessed::{Assessed, BAD, GOOD, PAGE};
use crate::support::{Answer, Somebody};
use axum::http::StatusCode;
use domain::people::Role;

const DECISIONS: &str = "/authoring/decisions";
const WAITS: &str =
    "You have used your attempts. A trainer looks at it and decides what comes next; you need do nothing.";

impl Assessed {
    /// Ann plays both attempts and passes neither.
    async fn exhausted(roles: &[Role]) -> Self {
        let lamps = Self::with(roles).await;
        lamps.play(&BAD).await;
        lamps.play(&BAD).await;
        lamps
    }

    async fn decide(&self, who: &Somebody, attempts: &str, ruling: &str, reason: &str) -> Answer {
        let enrolment = self.app.db.enrolment(self.ann.id, &"lamps".parse().unwrap()).await.unwrap().unwrap();
        let (enrolment, field) = (enrolment.id.to_string(), format!("reason.{}.talk", enrolment.id));
        let fields = [
            ("enrolment", enrolment.as_str()),
            ("activity", "talk"),
            ("attempts", attempts),
            ("ruling", ruling),
            (field.as_str(), reason),
        ];
        self.app.post(Some(who), "/do/decide", &fields).await
    }

    async fn read(&self, who: &Somebody, path: &str) -> String {
        let answer = self.app.get(Some(who), path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.body
    }
}

#[tokio::test]
async fn a_trainer_gives_one_more_attempt_and_the_learner_takes_it() {
    let lamps = Assessed::published().await;
    let tara = lamps.app.somebody("Tara", &[Role::Trainer]).await;
    let empty = lamps.read(&tara, DECISIONS).await;
    assert!(empty.contains("Nobody waits for a decision"));
    lamps.play(&BAD).await;
    assert!(lamps.read(&tara, DECISIONS).await.contains("Nobody waits"), "an attempt is left");
    let result = lamps.play(&BAD).await;
    assert!(lamps.page(&result).await.contains("What would have been better"));
    assert!(lamps.page(PAGE).await.contains(WAITS));

    assert!(lamps.read(&tara, "/authoring").await.contains("Decisions: 1 person waits"));
    let page = lamps.read(&tara, DECISIONS).await;
    assert!(!page.contains("Ann"), "a trainer sees how it went, and not whose it was");
    for words in ["Learner ", "The late lamp", "Lamps", "told as monday", "70 % passes", "what was played longest ago"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let done = lamps.decide(&tara, "2", "again", "We talked on Tuesday.").await;
    assert_eq!(done.location, format!("{DECISIONS}?done=decided"));
    let page = lamps.read(&tara, DECISIONS).await;
    assert!(
        page.contains("Nobody waits")
            && page.contains(" got one more attempt")
            && !page.contains("Ann")
            && page.contains("by Tara")
    );
    assert!(page.contains("Reason: We talked on Tuesday."));

    let page = lamps.page(PAGE).await;
    assert!(page.contains("A trainer gave you one more attempt") && page.contains("We talked on Tuesday."));
    assert!(page.contains("Begin the further attempt") && !page.contains(WAITS));
    assert!(!lamps.page(&result).await.contains("What would have been better"), "hidden again until it is over");
    lamps.play(&GOOD).await;
    let page = lamps.page(PAGE).await;
    assert!(!page.contains("one more attempt") && !page.contains(WAITS), "passed as anybody passes");
    assert!(lamps.page(&result).await.contains("What would have been better"));
    let mails = lamps.app.db.claim_mails(9, 1000, crate::taught::now(), &server::clock::SystemEntropy).await.unwrap();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].body.contains("We talked on Tuesday.") && mails[0].body.contains(PAGE));
}

#[tokio::test]
async fn what_is_accepted_says_so_everywhere() {
    let lamps = Assessed::exhausted(&[Role::Learner]).await;
    let tara = lamps.app.somebody("Tara", &[Role::Trainer]).await;
    let hanna = lamps.app.somebody("Hanna", &[Role::Hr]).await;
    lamps.decide(&tara, "2", "accepted", "She does it well at work.").await;
    let page = lamps.page(PAGE).await;
    assert!(page.contains("A trainer accepted this as done") && page.contains("She does it well at work."));
    let receipts = lamps.app.db.receipts_of(lamps.ann.id).await.unwrap();
    let receipt = lamps.page(&format!("/receipts/{}", receipts[0].id)).await;
    assert!(receipt.contains("Assessed conversation, not passed: accepted by a trainer"), "{receipt}");
    let history = lamps.read(&hanna, &format!("/tracking/people/{}", lamps.ann.id)).await;
    assert!(history.contains("A trainer accepted without a pass: The late lamp"));
    assert!(history.contains("Reason: She does it well at work.") && !history.contains("Finished: The late lamp"));
    assert!(history.contains("not passed") && history.contains("Receipt issued"));
}

#[tokio::test]
async fn a_reason_is_needed_and_what_was_typed_is_kept() {
    let lamps = Assessed::exhausted(&[Role::Learner]).await;
    let tara = lamps.app.somebody("Tara", &[Role::Trainer]).await;
    let long = format!("Because {}", "x".repeat(500));
    for (reason, problem) in [("  ", "Say why, in a few words."), (long.as_str(), "Use at most 500 characters.")] {
        let refused = lamps.decide(&tara, "2", "accepted", reason).await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER);
        let page = lamps.read(&tara, &refused.location).await;
        assert!(page.contains(problem) && page.contains("aria-invalid=\"true\""), "{page}");
        assert!(reason.trim().is_empty() || page.contains(reason), "what was typed is there");
    }
    assert!(lamps.page(PAGE).await.contains(WAITS), "nothing was decided");
}

#[tokio::test]
async fn each_is_decided_once_by_another_trainer() {
    let lamps = Assessed::exhausted(&[Role::Learner, Role::Trainer]).await;
    let own = lamps.page(DECISIONS).await;
    assert!(own.contains("This is about you: another trainer decides.") && !own.contains("/do/decide"));
    assert_eq!(lamps.decide(&lamps.ann, "2", "accepted", "I am fine.").await.status, StatusCode::FORBIDDEN);
    let (lena, hanna) =
        (lamps.app.somebody("Lena", &[Role::Learner]).await, lamps.app.somebody("Hanna", &[Role::Hr]).await);
    for who in [&lena, &hanna] {
        assert_eq!(lamps.app.get(Some(who), DECISIONS).await.status, StatusCode::FORBIDDEN);
        assert_eq!(lamps.decide(who, "2", "accepted", "No.").await.status, StatusCode::FORBIDDEN);
    }
    assert!(lamps.page(PAGE).await.contains(WAITS));
    let admin = lamps.app.somebody("Ada", &[Role::Admin]).await;
    let tara = lamps.app.somebody("Tara", &[Role::Trainer]).await;
    let decided = format!("{DECISIONS}?done=decided");
    for _ in 0..2 {
        assert_eq!(lamps.decide(&admin, "2", "again", "Once more.").await.location, decided, "twice is once");
    }
    let late = lamps.decide(&tara, "2", "accepted", "Enough.").await;
    let page = lamps.read(&tara, &late.location).await;
    assert!(page.contains("Somebody else has decided about this meanwhile"), "{page}");
    assert!(lamps.page(PAGE).await.contains("Once more.") && !lamps.page(PAGE).await.contains("Enough."));
    for (attempts, ruling) in [("2", "maybe"), ("two", "again")] {
        let status = lamps.decide(&tara, attempts, ruling, "x").await.status;
        assert!(status.is_client_error(), "{attempts} {ruling}: {status}");
    }
    let mails = lamps.app.db.claim_mails(9, 1000, crate::taught::now(), &server::clock::SystemEntropy).await.unwrap();
    assert_eq!(mails.len(), 1, "told once");
}
