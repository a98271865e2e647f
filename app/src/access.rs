//! Who may call what: one row for each page and each server function.
//!
//! The server asks this table before anything else runs and refuses what has no row. Whether a person may touch *this*
//! record (their own run, their own team) is decided where the record is read.

use domain::people::{Role, Roles};
use http::Method;

/// Who may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, signed in or not.
    Anyone,
    /// Anybody who is signed in.
    SignedIn,
    /// People with at least one of these roles.
    AnyOf(&'static [Role]),
}

impl Access {
    /// Whether somebody with these roles may come in; `None` is a stranger.
    #[must_use]
    pub fn admits(self, roles: Option<Roles>) -> bool {
        match (self, roles) {
            (Self::Anyone, _) | (Self::SignedIn, Some(_)) => true,
            (Self::AnyOf(wanted), Some(roles)) => wanted.iter().any(|role| roles.has(*role)),
            (_, None) => false,
        }
    }
}

/// One endpoint: its method, its path as the router spells it, and who may call it.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// GET for pages, POST for actions.
    pub method: Method,
    /// The path, with parameters in braces.
    pub path: &'static str,
    /// Who may come in.
    pub access: Access,
}

const TRAINERS: Access = Access::AnyOf(&[Role::Trainer, Role::Admin]);
const PEOPLE_OFFICE: Access = Access::AnyOf(&[Role::Hr, Role::Admin]);
const TRACKERS: Access = Access::AnyOf(&[Role::Hr, Role::Admin, Role::Manager]);
const OBSERVERS: Access = Access::AnyOf(&[Role::Hr, Role::Trainer, Role::Admin]);
const ADMINS: Access = Access::AnyOf(&[Role::Admin]);

macro_rules! endpoints {
    ($($method:ident $path:literal $access:expr;)*) => {
        /// The table.
        pub const ENDPOINTS: &[Endpoint] = &[$(Endpoint { method: Method::$method, path: $path, access: $access }),*];
    };
}

endpoints! {
    // The machine room.
    GET "/healthz" Access::Anyone;
    GET "/readyz" Access::Anyone;
    GET "/assets/{file}" Access::Anyone;
    GET "/favicon.ico" Access::Anyone;
    // Coming in.
    GET "/sign-in" Access::Anyone;
    GET "/forgotten" Access::Anyone;
    GET "/welcome/{token}" Access::Anyone;
    GET "/recorded" Access::Anyone;
    GET "/verify" Access::Anyone;
    GET "/verify/{code}" Access::Anyone;
    POST "/do/sign-in" Access::Anyone;
    POST "/do/sign-out" Access::SignedIn;
    POST "/do/ask-reset" Access::Anyone;
    POST "/do/set-password" Access::Anyone;
    POST "/do/set-theme" Access::Anyone;
    // Learning.
    GET "/" Access::SignedIn;
    GET "/courses" Access::SignedIn;
    GET "/courses/{slug}" Access::SignedIn;
    GET "/courses/{slug}/job-aid" Access::SignedIn;
    GET "/courses/{slug}/a/{activity}" Access::SignedIn;
    GET "/courses/{slug}/a/{activity}/review" Access::SignedIn;
    GET "/courses/{slug}/a/{activity}/result" Access::SignedIn;
    GET "/courses/{slug}/a/{activity}/example" Access::SignedIn;
    GET "/media/{version}/{*path}" Access::SignedIn;
    POST "/do/finish-lesson" Access::SignedIn;
    POST "/do/agree" Access::SignedIn;
    POST "/do/start-quiz" Access::SignedIn;
    POST "/do/answer" Access::SignedIn;
    POST "/do/submit-quiz" Access::SignedIn;
    POST "/do/start-run" Access::SignedIn;
    POST "/do/take-turn" Access::SignedIn;
    POST "/do/rewind" Access::SignedIn;
    POST "/do/remark" Access::SignedIn;
    POST "/live/say" Access::SignedIn;
    POST "/live/answer" Access::SignedIn;
    GET "/receipts/{id}" Access::SignedIn;
    // The own account.
    GET "/account" Access::SignedIn;
    POST "/do/change-password" Access::SignedIn;
    POST "/do/end-session" Access::SignedIn;
    POST "/do/end-other-sessions" Access::SignedIn;
    POST "/do/set-preferences" Access::SignedIn;
    POST "/do/set-more-time" Access::SignedIn;
    // People and groups.
    GET "/people" PEOPLE_OFFICE;
    GET "/people/new" PEOPLE_OFFICE;
    GET "/people/{id}/edit" PEOPLE_OFFICE;
    GET "/people/{id}/link" PEOPLE_OFFICE;
    GET "/people/sheet" PEOPLE_OFFICE;
    GET "/groups" PEOPLE_OFFICE;
    GET "/groups/{id}" PEOPLE_OFFICE;
    POST "/do/add-person" PEOPLE_OFFICE;
    POST "/do/add-people" PEOPLE_OFFICE;
    POST "/do/edit-person" PEOPLE_OFFICE;
    POST "/do/invite" PEOPLE_OFFICE;
    POST "/do/send-link" PEOPLE_OFFICE;
    POST "/do/print-sheet" PEOPLE_OFFICE;
    POST "/do/set-active" PEOPLE_OFFICE;
    POST "/do/add-group" PEOPLE_OFFICE;
    POST "/do/rename-group" PEOPLE_OFFICE;
    POST "/do/delete-group" PEOPLE_OFFICE;
    POST "/do/add-member" PEOPLE_OFFICE;
    POST "/do/remove-member" PEOPLE_OFFICE;
    // Tracking.
    GET "/tracking" TRACKERS;
    GET "/tracking/export.csv" TRACKERS;
    GET "/tracking/export.xlsx" TRACKERS;
    GET "/tracking/people/{id}" TRACKERS;
    GET "/tracking/assign" TRACKERS;
    POST "/do/assign" TRACKERS;
    POST "/do/withdraw" TRACKERS;
    POST "/do/extend" TRACKERS;
    POST "/do/exempt" TRACKERS;
    POST "/do/end-exemption" TRACKERS;
    // Comparing channels.
    GET "/gap" OBSERVERS;
    // Authoring.
    GET "/authoring" TRAINERS;
    GET "/authoring/upload" TRAINERS;
    GET "/authoring/import" TRAINERS;
    GET "/authoring/import/draft" TRAINERS;
    GET "/authoring/decisions" TRAINERS;
    GET "/authoring/{slug}" TRAINERS;
    GET "/authoring/{slug}/remarks" TRAINERS;
    GET "/authoring/{slug}/{version}" TRAINERS;
    GET "/authoring/{slug}/{version}/guide" TRAINERS;
    GET "/authoring/{slug}/{version}/job-aid" TRAINERS;
    GET "/authoring/{slug}/{version}/a/{activity}" TRAINERS;
    GET "/authoring/{slug}/{version}/a/{activity}/insight" TRAINERS;
    GET "/authoring/{slug}/{version}/export.zip" TRAINERS;
    POST "/authoring/upload" TRAINERS;
    POST "/authoring/import" TRAINERS;
    POST "/do/publish" TRAINERS;
    POST "/do/decide" TRAINERS;
    POST "/do/settle-remark" TRAINERS;
    POST "/do/drop-suggestion" TRAINERS;
    POST "/do/overturn" TRAINERS;
    POST "/do/preview-turn" TRAINERS;
    // The site.
    GET "/site" ADMINS;
    POST "/do/set-site" ADMINS;
    GET "/site/facts" TRAINERS;
    POST "/do/set-facts" TRAINERS;
    GET "/site/audit" ADMINS;
    GET "/site/security" ADMINS;
    GET "/site/records" ADMINS;
    POST "/do/check-records" ADMINS;
}

/// The row for a method and a path as the router spells it.
#[must_use]
pub fn endpoint(method: &Method, path: &str) -> Option<&'static Endpoint> {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    ENDPOINTS.iter().find(|endpoint| endpoint.method == *method && endpoint.path == path)
}

/// The methods a path answers to, as the `Allow` header lists them; none for a path without a row.
#[must_use]
pub fn methods(path: &str) -> Vec<&'static str> {
    let rows = ENDPOINTS.iter().filter(|endpoint| endpoint.path == path);
    rows.flat_map(|row| if row.method == Method::GET { &["GET", "HEAD"][..] } else { &["POST"] }).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::ENDPOINTS;
    use domain::course::RESERVED_IDS;
    use std::collections::BTreeSet;

    /// Names that authors choose, as the router spells them.
    const CHOSEN: [&str; 2] = ["{slug}", "{activity}"];

    #[test]
    fn no_page_hides_a_course() {
        let paths: Vec<Vec<&str>> = ENDPOINTS.iter().map(|endpoint| endpoint.path.split('/').collect()).collect();
        let mut hiding: BTreeSet<&str> = BTreeSet::new();
        for path in &paths {
            for (at, _) in path.iter().enumerate().filter(|(_, part)| CHOSEN.contains(part)) {
                let beside = paths.iter().filter(|other| other.len() > at && other[..at] == path[..at]);
                hiding.extend(beside.map(|other| other[at]).filter(|part| !part.starts_with('{')));
            }
        }
        // Whoever adds a page here takes its name from courses that exist: an address no id can have, such as `new_page`, does not.
        assert_eq!(hiding, RESERVED_IDS.into());
    }
}
