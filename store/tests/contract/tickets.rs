//! Invitations, resets, the set-up.

use crate::harness::{DAY, NOW, Site, hash, new_person};
use domain::people::{Login, Role};
use store::{Conflict, NewSession, NewTicket, Person, PersonState, StoreError, TicketKind};

contract! {
    an_invitation_sets_the_password_once,
    of_racing_calls_one_wins,
    a_ticket_runs_out,
    a_later_ticket_closes_the_earlier,
    a_reset_ends_sessions_and_other_tickets,
    a_disabled_person_cannot_use_one,
    the_first_admin_sets_up_once,
}

async fn issue(site: &Site, kind: TicketKind, person: Option<&Person>, byte: u8) {
    let person = person.map(|person| person.id);
    let new = NewTicket { kind, token_hash: hash(byte), person, expires_at: NOW.plus(DAY) };
    site.db.create_ticket(None, new, NOW, &site.dice).await.unwrap();
}

fn is_no_ticket<T: std::fmt::Debug>(result: &store::Result<T>) -> bool {
    matches!(result, Err(StoreError::NotFound("ticket")))
}

async fn an_invitation_sets_the_password_once(site: &Site) {
    let ann = site.person("Ann", &[Role::Learner]).await;
    issue(site, TicketKind::Invitation, Some(&ann), 1).await;
    let seen = site.db.ticket(&hash(1), NOW).await.unwrap().unwrap();
    assert_eq!((seen.kind, seen.person.unwrap().id), (TicketKind::Invitation, ann.id));
    assert_eq!(site.db.redeem_ticket(hash(1), "first".into(), NOW).await.unwrap(), ann.id);
    assert!(is_no_ticket(&site.db.redeem_ticket(hash(1), "second".into(), NOW).await));
    assert!(site.db.ticket(&hash(1), NOW).await.unwrap().is_none());
    let login = Login::parse("ann@example.org").unwrap();
    let found = site.db.credentials(&login).await.unwrap().unwrap();
    assert_eq!((found.person.state, found.password_hash.as_deref()), (PersonState::Active, Some("first")));
}

async fn of_racing_calls_one_wins(site: &Site) {
    let ann = site.person("Ann", &[]).await;
    issue(site, TicketKind::Reset, Some(&ann), 1).await;
    let other = site.second().await;
    let calls = (0..16).map(|number| {
        let db = if number % 2 == 0 { site.db.clone() } else { other.clone() };
        tokio::spawn(async move { db.redeem_ticket(hash(1), format!("hash {number}"), NOW).await })
    });
    let mut won = 0;
    for call in calls.collect::<Vec<_>>() {
        match call.await.unwrap() {
            Ok(id) => {
                assert_eq!(id, ann.id);
                won += 1;
            }
            result => assert!(is_no_ticket(&result), "{result:?}"),
        }
    }
    assert_eq!(won, 1);
    other.close().await;
}

async fn a_ticket_runs_out(site: &Site) {
    let ann = site.person("Ann", &[]).await;
    issue(site, TicketKind::Invitation, Some(&ann), 1).await;
    assert!(site.db.ticket(&hash(1), NOW.plus(DAY - 1)).await.unwrap().is_some());
    assert!(site.db.ticket(&hash(1), NOW.plus(DAY)).await.unwrap().is_none());
    assert!(is_no_ticket(&site.db.redeem_ticket(hash(1), "x".into(), NOW.plus(DAY)).await));
    assert_eq!(site.db.sweep_tickets(NOW.plus(40 * DAY)).await.unwrap(), 1);
}

async fn a_later_ticket_closes_the_earlier(site: &Site) {
    let (ann, bob) = (site.person("Ann", &[]).await, site.person("Bob", &[]).await);
    issue(site, TicketKind::Invitation, Some(&ann), 1).await;
    issue(site, TicketKind::Invitation, Some(&bob), 2).await;
    issue(site, TicketKind::Invitation, Some(&ann), 3).await;
    assert!(site.db.ticket(&hash(1), NOW).await.unwrap().is_none());
    assert!(site.db.ticket(&hash(2), NOW).await.unwrap().is_some());
    assert!(site.db.ticket(&hash(3), NOW).await.unwrap().is_some());
}

async fn a_reset_ends_sessions_and_other_tickets(site: &Site) {
    let ann = site.active("Ann", &[]).await;
    let session = NewSession { token_hash: hash(9), person: ann.id, agent: "x".into(), expires_at: NOW.plus(DAY) };
    site.db.create_session(session, NOW, &site.dice).await.unwrap();
    issue(site, TicketKind::Invitation, Some(&ann), 1).await;
    issue(site, TicketKind::Reset, Some(&ann), 2).await;
    site.db.redeem_ticket(hash(2), "new".into(), NOW).await.unwrap();
    assert!(site.db.session(&hash(9), DAY, NOW).await.unwrap().is_none());
    assert!(is_no_ticket(&site.db.redeem_ticket(hash(1), "x".into(), NOW).await));
}

async fn a_disabled_person_cannot_use_one(site: &Site) {
    let ann = site.person("Ann", &[]).await;
    issue(site, TicketKind::Invitation, Some(&ann), 1).await;
    site.db.disable_person(None, ann.id, NOW).await.unwrap();
    assert!(site.db.ticket(&hash(1), NOW).await.unwrap().is_none());
    assert!(is_no_ticket(&site.db.redeem_ticket(hash(1), "x".into(), NOW).await));
    let new =
        NewTicket { kind: TicketKind::Reset, token_hash: hash(2), person: Some(ann.id), expires_at: NOW.plus(DAY) };
    let refused = site.db.create_ticket(None, new, NOW, &site.dice).await;
    assert!(matches!(refused, Err(StoreError::NotFound("person"))));
}

async fn the_first_admin_sets_up_once(site: &Site) {
    issue(site, TicketKind::Setup, None, 1).await;
    issue(site, TicketKind::Setup, None, 2).await;
    assert!(site.db.ticket(&hash(1), NOW).await.unwrap().is_none(), "a later start closes the earlier link");
    assert!(is_no_ticket(&site.db.redeem_ticket(hash(2), "x".into(), NOW).await), "not a password ticket");

    let setup =
        |name: &'static str| site.db.redeem_setup(hash(2), new_person(name, &[]), "hash".into(), NOW, &site.dice);
    let (first, second) = tokio::join!(setup("Ann"), setup("Bob"));
    let (won, lost) = if first.is_ok() { (first, second) } else { (second, first) };
    let admin = won.unwrap();
    assert!(matches!(lost, Err(StoreError::Conflict(Conflict::AlreadySetUp))), "{lost:?}");
    assert!(admin.roles.has(Role::Admin));
    assert_eq!(admin.state, PersonState::Active);
    assert_eq!(site.db.people_counts().await.unwrap().all, 1);

    let new = NewTicket { kind: TicketKind::Setup, token_hash: hash(3), person: None, expires_at: NOW.plus(DAY) };
    let again = site.db.create_ticket(None, new, NOW, &site.dice).await;
    assert!(matches!(again, Err(StoreError::Conflict(Conflict::AlreadySetUp))));
}
