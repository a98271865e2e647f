//! What a learner finds on the pages of a course: one way on, an address for each question, and a result that says what was
//! right and lets them try again.

use crate::sketch::Sketch;
use crate::support::{Answer, Somebody, TestApp};
use domain::people::Role;

const LESSON: &str = "---\ntitle: Read this\n---\n\nSome words to read.\n";
const PLEDGE: &str = "---\ntitle: The pledge\nstatement: I will.\n---\n\nWord for word.\n";
const QUIZ: &str = "---\ntitle: Ask\npass: 75\nATTEMPTSlayout: one\nshuffle: no\n---\n\n\
    ## one (single)\n\nWhich is first?\n\n- [x] The first one\n  why: REASON first\n- [ ] The second one\n  why: REASON second\n\
    - [ ] The third one\n  why: REASON third\n\n\
    ## rate (judgement)\n\nHow good is it?\n\n- (1) A harmful reply\n  why: REASON rated\n- (3) A good reply\n  why: REASON good\n";
const SEVERAL: &str = "---\ntitle: Several\npass: 75\nattempts: unlimited\nlayout: one\nshuffle: no\n---\n\n\
    ## some (multiple)\n\nWhich are even?\n\n- [x] Two\n  why: It is.\n- [ ] Three\n  why: It is not.\n- [x] Four\n  why: It is.\n";
const COURSE: &str = "/courses/small";

/// A course with a lesson, a quiz and a pledge, and somebody who takes it.
struct Small {
    app: TestApp,
    ann: Somebody,
}

impl Small {
    async fn with(attempts: &str) -> Self {
        let app = TestApp::new().await;
        let quiz = QUIZ.replace("ATTEMPTS", attempts);
        let sketch = Sketch::new("small", "Small")
            .activity("read", "only/read.md", LESSON, &[])
            .activity("ask", "only/ask.quiz", &quiz, &[])
            .activity("several", "only/several.quiz", SEVERAL, &[])
            .activity("pledge", "only/pledge.ack", PLEDGE, &[]);
        sketch.publish(&app).await;
        let ann = app.somebody("Ann Lee", &[Role::Learner]).await;
        Self { app, ann }
    }

    async fn get(&self, path: &str) -> Answer {
        self.app.get(Some(&self.ann), path).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.app.post(Some(&self.ann), path, fields).await
    }

    /// Begins the quiz and gives the id of the attempt.
    async fn begin(&self) -> String {
        self.post("/do/start-quiz", &[("course", "small"), ("activity", "ask")]).await;
        let page = self.get(&format!("{COURSE}/a/ask?q=1")).await.body;
        page.split("name=\"attempt\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    /// Chooses the second option, rates the reply as very good, hands in, and gives the result.
    async fn fail(&self) -> String {
        let attempt = self.begin().await;
        self.post("/do/answer", &[("attempt", &attempt), ("at", "1"), ("q.one", "2")]).await;
        self.post("/do/answer", &[("attempt", &attempt), ("at", "2"), ("q.rate.1", "4"), ("q.rate.2", "4")]).await;
        let handed = self.post("/do/submit-quiz", &[("attempt", &attempt)]).await;
        self.get(&handed.location).await.body
    }
}

#[tokio::test]
async fn what_is_to_be_read_or_agreed_to_has_one_way_on() {
    let small = Small::with("attempts: unlimited\n").await;
    for (activity, action) in [("read", "/do/finish-lesson"), ("pledge", "/do/agree")] {
        let path = format!("{COURSE}/a/{activity}");
        let page = small.get(&path).await.body;
        assert!(page.contains(&format!("action=\"{action}\"")), "{activity}");
        assert!(!page.contains("rel=\"next\"") && page.contains("Leave for now. Your place is kept."), "{activity}");
        let text =
            page.split("name=\"text\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let fields = [("course", "small"), ("activity", activity), ("text", text)];
        small.post(action, &fields).await;
        let page = small.get(&path).await.body;
        assert!(page.contains("rel=\"next\"") && !page.contains(&format!("action=\"{action}\"")), "{activity} is done");
    }
}

#[tokio::test]
async fn every_question_has_an_address() {
    let small = Small::with("attempts: unlimited\n").await;
    let attempt = small.begin().await;
    let page = format!("{COURSE}/a/ask");
    let led = small.get(&page).await;
    assert_eq!((led.status.as_u16(), led.location), (303, format!("{page}?q=1")));
    let saved = small.post("/do/answer", &[("attempt", &attempt), ("at", "1"), ("q.one", "2")]).await;
    assert_eq!(saved.location, format!("{page}?q=2"));
    assert_eq!(small.get(&page).await.location, format!("{page}?q=2"), "it goes on at the first that is open");
    assert!(
        small.get(&format!("{page}?q=1")).await.body.contains("Which is first?"),
        "and the first stays where it was"
    );
}

#[tokio::test]
async fn home_tells_the_minutes_of_what_comes_next() {
    let small = Small::with("attempts: unlimited\n").await;
    small.get(&format!("{COURSE}/a/read")).await;
    let home = small.get("/").await.body;
    let card = home.split("class=\"card resume\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(card.contains("Read this") && card.contains("1 min") && !card.contains("4 min"), "{card}");
}

#[tokio::test]
async fn a_quiz_without_a_limit_says_what_would_have_been_right_and_is_tried_again() {
    let small = Small::with("attempts: unlimited\n").await;
    let result = small.fail().await;
    assert_eq!(result.matches("action=\"/do/start-quiz\"").count(), 2, "at the top and at the end");
    assert!(result.contains("Try again, 1 min"));
    for said in ["You chose this, and it is not right", "Right was", "You said: Very good. The author says: Harmful."] {
        assert!(result.contains(said), "{said}");
    }
    assert!(result.contains("REASON first") && result.contains("REASON rated"));
    let again = small.post("/do/start-quiz", &[("course", "small"), ("activity", "ask")]).await;
    assert_eq!(small.get(&again.location).await.location, format!("{COURSE}/a/ask?q=1"));
}

#[tokio::test]
async fn a_quiz_with_attempts_left_keeps_the_key_back_and_says_so() {
    let small = Small::with("attempts: 2\n").await;
    let first = small.fail().await;
    assert!(
        first.contains("Start the last attempt, 1 min")
            && first.contains("The right answers come once you have passed")
    );
    assert!(first.contains("REASON second"), "what was chosen is explained");
    for hidden in ["Right was", "REASON first", "REASON third", "REASON rated", "The author says"] {
        assert!(!first.contains(hidden), "{hidden}");
    }
    let last = small.fail().await;
    assert!(!last.contains("/do/start-quiz"), "no attempt is left");
    assert!(
        last.contains("Right was")
            && last.contains("The author says: Harmful")
            && last.contains("A trainer looks at it")
    );
}

#[tokio::test]
async fn whoever_unticks_everything_takes_the_answer_back() {
    let small = Small::with("attempts: unlimited\n").await;
    small.post("/do/start-quiz", &[("course", "small"), ("activity", "several")]).await;
    let page = format!("{COURSE}/a/several");
    let shown = small.get(&format!("{page}?q=1")).await.body;
    let attempt = shown.split("name=\"attempt\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    small.post("/do/answer", &[("attempt", &attempt), ("at", "1"), ("q.some.1", "1"), ("q.some.3", "3")]).await;
    assert!(!small.get(&format!("{page}/review")).await.body.contains("Not answered"));
    small.post("/do/answer", &[("attempt", &attempt), ("at", "1")]).await;
    assert!(small.get(&format!("{page}/review")).await.body.contains("Not answered"));
    assert!(!small.get(&format!("{page}?q=1")).await.body.contains("checked"));
}
