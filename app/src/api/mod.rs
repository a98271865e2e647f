//! Server functions behind the forms, one file for each noun. Each reads who asks, parses, makes one call, and names the
//! page to go on with.

pub mod account;
pub mod entry;
pub mod groups;
pub mod people;
pub mod site;
pub mod tracking;
