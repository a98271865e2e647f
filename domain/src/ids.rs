//! Identifiers. Each noun has a type of its own, so that a group can never stand where a person belongs.

use crate::time::{Entropy, Timestamp};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// A fresh UUID version 7 (RFC 9562, section 5.7): sorts by time of creation.
#[must_use]
pub fn uuid_v7(now: Timestamp, entropy: &dyn Entropy) -> Uuid {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    let milliseconds = u64::try_from(now.0).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A fresh identifier.
            #[must_use]
            pub fn new(now: Timestamp, entropy: &dyn Entropy) -> Self {
                Self(uuid_v7(now, entropy))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A person who can sign in.
    PersonId;
    /// The random stand-in for a person in chained records; carries no personal data.
    SubjectId;
    /// A group of people: a team, a site, a cohort.
    GroupId;
    /// A signed-in browser.
    SessionId;
    /// An invitation, a password reset or the first set-up.
    TicketId;
    /// Failed form input kept for a short while.
    FlashId;
    /// A course, through all its versions.
    CourseId;
    /// One version of a course: a draft, or published and immutable.
    VersionId;
    /// One person taking one version of one course.
    EnrolmentId;
    /// One attempt at a quiz.
    AttemptId;
    /// One play of a conversation.
    RunId;
    /// What a learner says to the author of something.
    RemarkId;
    /// A wording that a learner left to the author.
    SuggestionId;
    /// Proof that a course was completed.
    ReceiptId;
    /// An assignment rule: who is to take which course by when.
    RuleId;
    /// A record of who did what.
    AuditId;
    /// A piece of work waiting to be done once.
    JobId;
    /// A mail waiting to be sent.
    MailId;
}
