//! `colloquy user …`

use super::{CommandError, open};
use crate::cli::UserCommand;
use crate::clock::{SystemClock, SystemEntropy};
use crate::output;
use app::session;
use domain::people::{Email, EmployeeNumber, Locale, PersonName, Role, Roles, Zone};
use domain::time::{Clock as _, Timestamp};
use std::fmt::Display;
use std::process::ExitCode;
use store::{NewPerson, NewTicket, TicketKind};

/// How long an invitation works.
const INVITATION_LASTS: i64 = 14 * Timestamp::DAY;

fn usage<T, E: Display>(option: &str, parsed: Result<T, E>) -> Result<T, CommandError> {
    parsed.map_err(|problem| CommandError::Usage(format!("--{option}: {problem}")))
}

/// Adds a person and prints their invitation.
pub async fn user(command: UserCommand) -> Result<ExitCode, CommandError> {
    let UserCommand::Add { name, email, employee_number, role, public_url, store } = command;
    let roles = role.iter().map(|role| usage("role", role.parse::<Role>()));
    let person = NewPerson {
        name: usage("name", PersonName::parse(&name))?,
        email: email.map(|email| usage("email", Email::parse(&email))).transpose()?,
        number: employee_number.map(|number| usage("employee-number", EmployeeNumber::parse(&number))).transpose()?,
        roles: roles.collect::<Result<Roles, _>>()?,
        locale: Locale::default(),
        zone: Zone::default(),
    };
    let db = open(&store).await?;
    let now = SystemClock.now();
    let person = db.create_person(None, person, now, &SystemEntropy).await?;
    let (token, token_hash) = session::new_token(&SystemEntropy);
    let new = NewTicket {
        kind: TicketKind::Invitation,
        token_hash,
        person: Some(person.id),
        expires_at: now.plus(INVITATION_LASTS),
    };
    db.create_ticket(None, new, now, &SystemEntropy).await?;
    db.close().await;
    let name = person.name;
    output::line(format_args!("{name} was added. They choose their password with this link, once, within 14 days:"))?;
    output::line(format_args!("  {}/welcome/{token}", public_url.trim_end_matches('/')))?;
    Ok(ExitCode::SUCCESS)
}
