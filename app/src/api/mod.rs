//! Server functions behind the forms, one file for each noun. Each reads who asks, parses, makes one call, and names the
//! page to go on with.

pub mod account;
pub mod authoring;
pub mod conversation;
pub mod entry;
pub mod groups;
pub mod learning;
pub mod people;
pub mod quiz;
pub mod remark;
pub mod ruling;
pub mod setup;
pub mod site;
pub mod tracking;
pub mod wording;
