//! How far a new site is set up.

use crate::{Db, Result, read as stored};

/// What a site needs before people can learn on it, as far as the database knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetUp {
    /// The time zone of new people, once it was chosen.
    pub zone: Option<String>,
    /// How it went on with email: what the admin said of the last test.
    pub mail: Option<String>,
    /// Why email was set aside.
    pub mail_aside: Option<String>,
    /// Why a second admin was set aside.
    pub admin_aside: Option<String>,
    /// Courses that are published.
    pub courses: u64,
    /// People who are not admins, at most two: whether there are any is all that is asked.
    pub people: u64,
    /// Admins who can sign in.
    pub admins: u64,
    /// Admins who were invited and have not come yet.
    pub admins_invited: u64,
}

/// How the last test mail to an address went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestMail {
    /// The mail server took it.
    pub is_sent: bool,
    /// What the mail server, or the way to it, said against it.
    pub error: Option<String>,
}

/// The setting with the time zone that people get unless something else is chosen.
pub const USUAL_ZONE: &str = "usual_zone";
/// The setting with what became of the test of email.
pub const SETUP_MAIL: &str = "setup.mail";
/// The setting with why the site does without email for now.
pub const SETUP_MAIL_ASIDE: &str = "setup.mail.aside";
/// The setting with why the site does with one admin for now.
pub const SETUP_ADMIN_ASIDE: &str = "setup.admin.aside";

impl Db {
    /// How far the site is set up. Cheap enough to ask on every visit of an admin's home page.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn set_up(&self) -> Result<SetUp> {
        let settings = rows!(
            self,
            (String, String),
            "SELECT name, value FROM settings WHERE name IN ($1, $2, $3, $4)",
            USUAL_ZONE,
            SETUP_MAIL,
            SETUP_MAIL_ASIDE,
            SETUP_ADMIN_ASIDE
        )?;
        let setting = |name: &str| {
            let found = settings.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
            found.filter(|value| !value.is_empty())
        };
        let (courses, people, admins, admins_invited) = row!(
            self,
            (i64, i64, i64, i64),
            "SELECT (SELECT COUNT(*) FROM course_versions WHERE is_current),
                    (SELECT COUNT(*) FROM (SELECT 1 FROM people AS p WHERE p.erased_at IS NULL AND NOT EXISTS
                         (SELECT 1 FROM roles AS r WHERE r.person_id = p.id AND r.role = 'admin') LIMIT 2) AS some),
                    (SELECT COUNT(*) FROM roles AS r JOIN people AS p ON p.id = r.person_id
                     WHERE r.role = 'admin' AND p.erased_at IS NULL AND p.disabled_at IS NULL AND p.password_hash IS NOT NULL),
                    (SELECT COUNT(*) FROM roles AS r JOIN people AS p ON p.id = r.person_id
                     WHERE r.role = 'admin' AND p.erased_at IS NULL AND p.disabled_at IS NULL AND p.password_hash IS NULL)"
        )?
        .unwrap_or_default();
        Ok(SetUp {
            zone: setting(USUAL_ZONE),
            mail: setting(SETUP_MAIL),
            mail_aside: setting(SETUP_MAIL_ASIDE),
            admin_aside: setting(SETUP_ADMIN_ASIDE),
            courses: stored::size(courses),
            people: stored::size(people),
            admins: stored::size(admins),
            admins_invited: stored::size(admins_invited),
        })
    }

    /// How a mail with this mark went, if it is still known.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn test_mail(&self, dedupe: &str) -> Result<Option<TestMail>> {
        let found = row!(
            self,
            (bool, Option<String>),
            "SELECT sent_at IS NOT NULL, error FROM outbox WHERE dedupe = $1",
            dedupe
        )?;
        Ok(found.map(|(is_sent, error)| TestMail { is_sent, error }))
    }
}
