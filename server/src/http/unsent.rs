//! A form that comes after its session has ended: kept for the person who wrote it until they have signed in again.
//!
//! Whose it is tells the token of the ended session, which signs nobody in any more. What comes without one is a stranger's,
//! and is not kept.

use super::{FORM_LIMIT, identify::cookie};
use app::context::{Refused, Services, Unsent, encode, person_owner};
use app::session;
use axum::{
    Form,
    body::{Body, to_bytes},
    extract::{FromRequest as _, Request},
    http::{HeaderMap, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::ids::{FlashId, PersonId};
use domain::time::Timestamp;

/// How long it is kept.
const KEPT_FOR: i64 = Timestamp::DAY;
/// A form with a field called like that is not kept at all.
const SECRET: [&str; 4] = ["password", "current", "secret", "token"];

type Fields = Form<Vec<(String, String)>>;

/// Leads to the sign-in and from there back to where the form stood, with what was in it where that may be kept.
pub async fn keep(services: &Services, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let place = place(&parts.headers);
    let action = parts.uri.path().to_owned();
    let whose = whose(services, &parts.headers).await;
    let fields = match to_bytes(body, FORM_LIMIT).await {
        Ok(bytes) => Fields::from_request(Request::from_parts(parts, Body::from(bytes)), &()).await.ok(),
        Err(_) => None,
    };
    let fields = fields.map(|Form(fields)| fields).filter(|fields| !fields.iter().any(|(name, _)| is_secret(name)));
    let kept = match (whose, fields) {
        (Some(person), Some(fields)) => put(services, person, action, fields).await,
        _ => None,
    };
    let (next, told) = match kept {
        Some(id) => (format!("{place}{}form={id}", if place.contains('?') { '&' } else { '?' }), "kept"),
        None => (place, "lost"),
    };
    Redirect::to(&format!("/sign-in?next={}&out={told}", encode(&next))).into_response()
}

/// Whether a stranger's browser still has the token of a session, which must have ended then.
pub fn has_ended(services: &Services, headers: &HeaderMap) -> bool {
    cookie(headers, session::cookie_name(services.site.https)).is_some_and(|token| !token.is_empty())
}

/// The hashes of the tokens that the browser holds, or held.
fn tokens<'h>(services: &Services, headers: &'h HeaderMap) -> impl Iterator<Item = [u8; 32]> + use<'h> {
    let https = services.site.https;
    let present = cookie(headers, session::cookie_name(https)).and_then(|token| session::token_hash(&token));
    let past = cookie(headers, session::past_name(https)).and_then(|hash| session::past_hash(&hash));
    present.into_iter().chain(past)
}

async fn whose(services: &Services, headers: &HeaderMap) -> Option<PersonId> {
    for hash in tokens(services, headers) {
        match services.db.once_signed_in(&hash).await {
            Ok(None) => {}
            Ok(person) => return person,
            Err(error) => {
                tracing::error!(%error, "it could not be found out whose a form was");
                return None;
            }
        }
    }
    None
}

async fn put(services: &Services, person: PersonId, action: String, fields: Vec<(String, String)>) -> Option<FlashId> {
    let values = fields.iter().cloned().collect();
    let kept = Refused { values, unsent: Some(Unsent { action, fields }), ..Refused::default() };
    let now = services.clock.now();
    let body = serde_json::to_string(&kept).ok()?;
    let owner = Some(person_owner(person));
    match services.db.put_flash(owner, body, now.plus(KEPT_FOR), now, &*services.entropy).await {
        Ok(id) => Some(id),
        Err(error) => {
            tracing::error!(%error, "a form that came after its session had ended could not be kept");
            None
        }
    }
}

fn is_secret(name: &str) -> bool {
    SECRET.iter().any(|secret| name.contains(secret))
}

/// The page that the form stood on. Only requests from our own pages come here, so that the header names one of them.
fn place(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let Some(from) = referer.and_then(|value| value.parse::<Uri>().ok()) else { return "/".into() };
    // What was shown there once (done, refused, kept) is over.
    let over = |pair: &&str| !["form=", "done="].iter().any(|name| pair.starts_with(name));
    let query: Vec<&str> = from.query().unwrap_or_default().split('&').filter(over).collect();
    let query = query.join("&");
    if query.is_empty() { from.path().to_owned() } else { format!("{}?{query}", from.path()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_the_page_without_what_was_told_there() {
        let of = |referer: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::REFERER, referer.parse().unwrap());
            place(&headers)
        };
        for (referer, expected) in [
            ("https://learn.example/people/new", "/people/new"),
            ("https://learn.example/courses/a/a/b?q=2&form=0190", "/courses/a/a/b?q=2"),
            ("https://learn.example/groups?done=saved", "/groups"),
            ("https://learn.example", "/"),
            ("not an address at all", "/"),
        ] {
            assert_eq!(of(referer), expected, "{referer}");
        }
        assert_eq!(place(&HeaderMap::new()), "/");
    }

    #[test]
    fn passwords_are_never_kept() {
        assert!(["password", "new_password", "current", "token", "smtp-secret"].into_iter().all(is_secret));
        assert!(!["words", "text", "name", "fact[company_name]", "q.one.2"].into_iter().any(is_secret));
    }
}
