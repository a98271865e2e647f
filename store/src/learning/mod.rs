//! Taking a course: enrolments, what was done in them, and proof once a course is complete.

mod home;
mod enrolment;
mod states;
mod attempts;
mod runs;
mod complete;
