//! Courses as their authors see them: uploaded, checked, tried out, published.

mod activity;
mod course;
pub mod decisions;
mod edition;
mod findings;
mod import;
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
pub use decisions::Decisions;
pub use findings::{Finding, Findings};
pub use import::{Converted, Import, Unfit};
pub use insight::Played;
pub use list::List;
pub use papers::{Guide, JobAid};
pub use remarks::Remarks;
pub use upload::Upload;
pub use version::Version;

use domain::time::Timestamp;

/// Where courses are uploaded.
pub const UPLOAD_PAGE: &str = "/authoring/upload";

/// Where stories from elsewhere are taken over.
pub const IMPORT_PAGE: &str = "/authoring/import";

/// Where the draft made of one is downloaded.
pub const IMPORT_DRAFT: &str = "/authoring/import/draft";

/// How long the findings of an upload are kept, in milliseconds: long enough to mend a course beside them.
pub const KEPT: i64 = 3 * Timestamp::DAY;
