//! Quizzes: what they are made of, what a learner may see of them when, and how answers are marked.

mod answer;
mod feedback;
#[cfg(feature = "authoring")]
mod format;
mod mark;
mod model;
mod order;
mod paper;
#[cfg(feature = "authoring")]
mod parse;
#[cfg(test)]
mod samples;

pub use answer::{Answer, AnswerProblem, Answers, answer};
pub use feedback::{Feedback, FeedbackItem, FeedbackOption, Reveal, feedback, reveal};
#[cfg(feature = "authoring")]
pub use format::format;
pub use mark::{Marked, MarkedItem, mark, mark_item};
pub use model::{Item, ItemKind, ItemOption, Key, Layout, OptionId, Quiz, Rating};
pub use order::{ItemOrder, order};
pub use paper::{Paper, PaperItem, PaperOption, paper};
#[cfg(feature = "authoring")]
pub use parse::{Parsed, parse};
