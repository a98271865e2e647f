//! Text that somebody hoped would be taken for markup.

use crate::support::TestApp;
use domain::people::Role;

/// Ends the title, opens a form of its own and puts its button under the reader's fingers.
const FORM: &str = "</title><body><form action=/do/edit-person><button autofocus>";

/// Leads whoever opens the page elsewhere.
const ELSEWHERE: &str = "<meta http-equiv=refresh content=0;url=//evil.example>";

#[tokio::test]
async fn a_name_in_the_title_of_a_page_stays_text() {
    let app = TestApp::new().await;
    let admin = app.somebody("Ada Byrne", &[Role::Admin]).await;
    for name in [FORM, ELSEWHERE] {
        let made = app.post(Some(&admin), "/do/add-group", &[("name", name)]).await;
        let page = app.get(Some(&admin), &made.location).await;
        let (head, body) = page.body.split_once("</title>").unwrap();
        let title = head.split_once("<title>").unwrap().1;
        assert!(!title.contains(['<', '>']), "{title}");
        assert!(title.contains("&lt;"), "{title}");
        assert!(!head.contains("refresh") || title.contains("refresh"));
        assert!(!body.contains("<button autofocus") && !body.contains("<meta http-equiv"), "{body}");
    }
    let missing = app.get(Some(&admin), "/groups/%3C%2Ftitle%3E%3Cbody%3E").await;
    assert!(!missing.body.contains("</title><body><"), "{}", missing.body);
}
