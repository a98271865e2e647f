//! Groups: teams, sites, cohorts.

mod list;
mod one;

pub use list::List;
pub use one::One;
