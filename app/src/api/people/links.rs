//! Links that let somebody in once: made, shown once, sent, printed.

use super::{edit::looked_after, may_look_after};
use crate::context::{Refused, Viewer, flash_owner, go, now, refuse, services, viewer};
use crate::failure::Failure;
use crate::{mail, session};
use domain::ids::{FlashId, GroupId, PersonId};
use domain::time::Timestamp;
use leptos::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{MailedTicket, NewTicket, Page, PeopleFilter, Person, PersonState, TicketKind};

/// How long an invitation works.
pub const INVITATION_LASTS: i64 = 14 * Timestamp::DAY;
/// How long a link for another password works when the people office gives it.
pub const RESET_LASTS: i64 = Timestamp::DAY;
/// How long a fresh link can be seen by whoever made it; the table of tickets never holds it.
const SHOWN: i64 = 30 * Timestamp::MINUTE;
/// How many invitations one sheet has at most.
pub const SHEET_MOST: usize = 200;

/// A fresh link and whom it lets in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Handout {
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// What they sign in with.
    pub login: String,
    /// What the secret in the link is made from, by this session alone.
    pub seed: [u8; 16],
    /// Whether it is for another password, not the first one.
    pub reset: bool,
    /// Its end.
    pub ends: Timestamp,
}

/// Fresh invitations for several people.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// One for each person.
    pub cards: Vec<Handout>,
    /// How many of the chosen have none: they have arrived, are disabled, or admins look after them.
    pub left_out: u32,
    /// Whether more are waiting than fit on a sheet.
    pub more: bool,
    /// Where the sheet was asked for.
    pub back: String,
}

async fn issue(viewer: &Viewer, person: &Person) -> Result<Handout, Failure> {
    let (services, now) = (services(), now());
    let mut seed = [0; 16];
    services.entropy.fill(&mut seed);
    let (_, token_hash) = session::link_token(viewer, &seed);
    let reset = person.state == PersonState::Active;
    let (kind, lasts) =
        if reset { (TicketKind::Reset, RESET_LASTS) } else { (TicketKind::Invitation, INVITATION_LASTS) };
    let ends = now.plus(lasts);
    let new = NewTicket { kind, token_hash, person: Some(person.id), expires_at: ends };
    services.db.create_ticket(Some(viewer.subject), new, now, &*services.entropy).await?;
    let (name, login) = (person.name.to_string(), person.login().to_owned());
    Ok(Handout { person: person.id, name, login, seed, reset, ends })
}

/// Keeps something for the page after this form, for this session's eyes only.
async fn keep(viewer: &Viewer, content: &impl Serialize) -> Result<FlashId, Failure> {
    let (services, now) = (services(), now());
    let content = serde_json::to_string(content).map_err(|_| Failure::Internal)?;
    let owner = Some(flash_owner(viewer));
    Ok(services.db.put_flash(owner, content, now.plus(SHOWN), now, &*services.entropy).await?)
}

/// What was kept under `id` for this session, if it still is.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn kept<T: DeserializeOwned>(id: Option<&str>) -> Result<Option<T>, Failure> {
    let viewer = viewer()?;
    let Some(id) = id.and_then(|id| id.parse::<FlashId>().ok()) else { return Ok(None) };
    let found = services().db.flash(id, Some(flash_owner(&viewer)), now()).await?;
    Ok(found.and_then(|content| serde_json::from_str(&content).ok()))
}

/// Makes a fresh link for a person and goes on to the page that shows it.
pub(super) async fn hand_out(viewer: &Viewer, person: &Person) -> Result<(), Failure> {
    let handout = issue(viewer, person).await?;
    let id = keep(viewer, &handout).await?;
    go(format!("/people/{}/link?link={id}", person.id));
    Ok(())
}

/// A new invitation for somebody who has not arrived, a link for another password for somebody who has.
#[server(prefix = "/do", endpoint = "invite")]
pub async fn invite(#[server(default)] person: String) -> Result<(), Failure> {
    let viewer = viewer()?;
    let person = looked_after(&person).await?;
    if !person.state.may_sign_in() {
        return Err(Failure::Conflict);
    }
    hand_out(&viewer, &person).await
}

/// Sends a link like the one that is being shown to its person by mail. The shown one goes on working.
#[server(prefix = "/do", endpoint = "send-link")]
pub async fn send_link(#[server(default)] link: String) -> Result<(), Failure> {
    let (viewer, now) = (viewer()?, now());
    let handout: Handout = kept(Some(&link)).await?.ok_or(Failure::NotFound)?;
    let person = looked_after(&handout.person.to_string()).await?;
    let services = services();
    let (kind, mail) = if handout.reset {
        (TicketKind::Reset, mail::given_reset(&person, now, &*services.entropy))
    } else {
        (TicketKind::Invitation, mail::invitation(&person, now, &*services.entropy))
    };
    let Some(mail) = mail.filter(|_| services.site.mail) else { return Err(Failure::Conflict) };
    let ticket = MailedTicket { kind, person: person.id, expires_at: handout.ends, mail };
    services.db.mail_ticket(Some(viewer.subject), ticket, now, &*services.entropy).await?;
    go(format!("/people/{}/edit?done=link-sent", person.id));
    Ok(())
}

/// Makes fresh invitations for the chosen people (`whom` is `chosen`), or for everybody who has not arrived (`waiting`), in a
/// group or everywhere, and goes on to a sheet to print.
#[server(prefix = "/do", endpoint = "print-sheet")]
pub async fn print_sheet(
    #[server(default)] whom: String,
    #[server(default)] person: Vec<String>,
    #[server(default)] group: String,
    #[server(default)] back: String,
) -> Result<(), Failure> {
    let viewer = viewer()?;
    let back = if back.starts_with("/people") || back.starts_with("/groups") { back } else { "/people".to_owned() };
    let (people, asked) = if whom == "waiting" { waiting(&group).await? } else { chosen(&person).await? };
    let people: Vec<_> = people
        .into_iter()
        .filter(|person| person.state == PersonState::Invited && may_look_after(&viewer, person.roles))
        .collect();
    if people.is_empty() {
        let key = if asked == 0 && whom != "waiting" { "people-nobody-chosen" } else { "people-nobody-waiting" };
        return refuse(&back, Refused::default().error("person[]", key)).await;
    }
    let fit = people.len().min(SHEET_MOST);
    let mut sheet = Sheet { back, more: asked > SHEET_MOST, ..Sheet::default() };
    sheet.left_out = u32::try_from(asked.min(SHEET_MOST).saturating_sub(fit)).unwrap_or_default();
    for person in &people[..fit] {
        sheet.cards.push(issue(&viewer, person).await?);
    }
    let id = keep(&viewer, &sheet).await?;
    go(format!("/people/sheet?sheet={id}"));
    Ok(())
}

/// The people with these ids, and how many were asked for.
async fn chosen(ids: &[String]) -> Result<(Vec<Person>, usize), Failure> {
    let services = services();
    let mut people = vec![];
    for id in ids.iter().take(SHEET_MOST) {
        people.push(services.db.person(id.parse().map_err(|_| Failure::NotFound)?).await?);
    }
    Ok((people, ids.len()))
}

/// Who has not arrived yet, in a group or everywhere, and how many there are.
async fn waiting(group: &str) -> Result<(Vec<Person>, usize), Failure> {
    let group = if group.is_empty() { None } else { Some(group.parse::<GroupId>().map_err(|_| Failure::NotFound)?) };
    let filter = PeopleFilter { group, state: Some(PersonState::Invited), ..PeopleFilter::default() };
    let size = u32::try_from(SHEET_MOST).unwrap_or(u32::MAX);
    let found = services().db.people(&filter, Page::first(size)).await?;
    let people = found.items.into_iter().map(|listed| listed.person).collect();
    Ok((people, usize::try_from(found.total).unwrap_or(usize::MAX)))
}
