//! The site as admins look after it.

mod audit;
mod facts;
mod overview;
mod records;
mod security;

pub use audit::Audit;
pub use facts::{Facts, fact_label};
pub use overview::Overview;
pub use records::Records;
pub use security::Security;
