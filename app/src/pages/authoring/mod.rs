//! Courses as their authors see them: uploaded, checked, tried out, published.

mod activity;
mod course;
pub mod decisions;
mod edition;
mod findings;
mod insight;
mod key;
mod list;
mod map;
mod papers;
pub mod play;
mod publish;
mod remarks;
mod upload;
mod version;

pub use activity::Preview;
pub use course::Course;
pub use decisions::Decisions;
pub use findings::{Finding, Findings};
pub use insight::Played;
pub use list::List;
pub use papers::{Guide, JobAid};
pub use remarks::Remarks;
pub use upload::Upload;
pub use version::Version;

use domain::time::Timestamp;

/// Where courses are uploaded.
pub const UPLOAD_PAGE: &str = "/authoring/upload";

/// How long the findings of an upload are kept, in milliseconds: long enough to mend a course beside them.
pub const KEPT: i64 = 3 * Timestamp::DAY;
