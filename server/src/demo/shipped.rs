//! The shipped catalogue, inside the binary.

use crate::commands::CommandError;
use domain::course::{self, Files, Package};
use domain::diagnostic::has_errors;
use rust_embed::RustEmbed;
use std::collections::BTreeSet;

#[derive(RustEmbed)]
#[folder = "../courses"]
#[exclude = "README.md"]
struct Shipped;

/// The folder of the flagship course.
const FLAGSHIP: &str = "working-with-people-outside";

/// "Working with people outside", checked.
///
/// # Errors
/// [`CommandError::Usage`] when the course in this binary has errors.
pub fn flagship() -> Result<(Package, Files), CommandError> {
    course(FLAGSHIP)
}

/// Every course that is shipped, checked, in the order of their folders' names.
///
/// # Errors
/// As [`flagship`].
pub fn courses() -> Result<Vec<(Package, Files)>, CommandError> {
    folders().iter().map(|folder| course(folder)).collect()
}

fn folders() -> BTreeSet<String> {
    Shipped::iter().filter_map(|path| path.split_once('/').map(|(folder, _)| folder.to_owned())).collect()
}

fn course(folder: &str) -> Result<(Package, Files), CommandError> {
    let files: Files = Shipped::iter()
        .filter_map(|path| {
            let inner = path.strip_prefix(folder)?.strip_prefix('/')?.to_owned();
            Some((inner, Shipped::get(&path)?.data.into_owned()))
        })
        .collect();
    let loaded = course::load(&files);
    match loaded.package.filter(|_| !has_errors(&loaded.diagnostics)) {
        Some(package) => Ok((package, loaded.canonical)),
        None => {
            let findings: String = loaded.diagnostics.iter().map(domain::diagnostic::Diagnostic::render).collect();
            Err(CommandError::Usage(format!("the shipped course `{folder}` has errors:\n{findings}")))
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shipped_course_is_sound() {
        let (package, files) = super::flagship().unwrap();
        assert_eq!(package.id.as_str(), "working-with-people-outside");
        assert!(files.contains_key("course.toml"));
    }

    #[test]
    fn every_shipped_course_is_found_once() {
        let courses = super::courses().unwrap();
        assert_eq!(courses.len(), super::folders().len());
        assert!(courses.iter().any(|(package, _)| package.id.as_str() == super::FLAGSHIP));
    }
}
