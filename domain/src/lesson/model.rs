//! What a lesson is made of.

use serde::{Deserialize, Serialize};

/// Something to read or watch. The guide and the job aid of a course have the same form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// What it is called, if its file says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The text in Markdown.
    pub text: String,
}
