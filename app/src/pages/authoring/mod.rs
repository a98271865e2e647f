//! Courses as their authors see them: uploaded, checked, tried out, published.

mod activity;
mod course;
mod edition;
mod findings;
mod insight;
mod key;
mod keys;
mod list;
mod map;
pub mod overturned;
mod papers;
pub mod play;
mod publish;
mod remarks;
mod upload;
mod version;

pub use activity::Preview;
pub use course::Course;
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
