//! Groups: teams, sites, cohorts.

mod one;
mod list;

pub use list::List;
pub use one::One;
