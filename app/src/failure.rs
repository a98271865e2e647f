//! What can go wrong in a call, as far as the caller may know.

use crate::live::JsonText;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a call did not do what was asked. Carries nothing of the inside: the details are in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Failure {
    /// The caller has to sign in first.
    #[error("sign in first")]
    SignedOut,
    /// The caller may not do this.
    #[error("not allowed")]
    Forbidden,
    /// There is no such thing, or the caller may not know of it.
    #[error("not found")]
    NotFound,
    /// Something else happened meanwhile; the page has to be loaded anew.
    #[error("out of date")]
    Conflict,
    /// The request could not be read.
    #[error("not understood")]
    Unreadable,
    /// So much within so short a time that it is not taken.
    #[error("too many")]
    TooMany,
    /// More is under way than the server can do; a little later it can.
    #[error("busy")]
    Busy,
    /// Our fault.
    #[error("failed")]
    Internal,
    /// The server, or the database behind it, did not answer; trying again later may help.
    #[error("not reached")]
    Unreachable,
}

impl Failure {
    /// The HTTP status that says the same.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Unreadable => 400,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Busy | Self::Unreachable => 503,
        }
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Unreadable
            }
            _ => Self::Internal,
        }
    }
}
