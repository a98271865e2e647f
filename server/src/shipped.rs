//! The shipped catalogue, inside the binary: offered on a new site, used by the demonstration.

use crate::commands::CommandError;
use app::context::Offered;
use async_trait::async_trait;
use domain::course::{self, Files, Package};
use domain::diagnostic::has_errors;
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../courses"]
#[exclude = "README.md"]
struct Shipped;

/// The folder of the flagship course, which the demonstration's people have been assigned.
const FLAGSHIP: &str = "working-with-people-outside";

/// Every shipped course, checked; the flagship first, then by folder.
///
/// # Errors
/// [`CommandError::Usage`] when a course in this binary has errors.
pub fn courses() -> Result<Vec<(Package, Files)>, CommandError> {
    let mut folders: BTreeMap<String, Files> = BTreeMap::new();
    for path in Shipped::iter() {
        // What lies beside the courses, such as their licence, is in no folder.
        let (Some((folder, inner)), Some(file)) = (path.split_once('/'), Shipped::get(&path)) else { continue };
        folders.entry(folder.to_owned()).or_default().insert(inner.to_owned(), file.data.into_owned());
    }
    let flagship = folders.remove_entry(FLAGSHIP);
    flagship.into_iter().chain(folders).map(|(folder, files)| checked(&folder, &files)).collect()
}

/// The shipped courses as a site offers them, read once and only where they are asked for.
pub struct ShippedCourses;

static OFFERED: LazyLock<Vec<Offered>> = LazyLock::new(|| match courses() {
    Ok(courses) => courses.into_iter().map(|(package, files)| Offered { package, files }).collect(),
    Err(error) => {
        tracing::error!(%error, "the shipped courses cannot be offered");
        vec![]
    }
});

#[async_trait]
impl app::context::ShippedCourses for ShippedCourses {
    async fn all(&self) -> &'static [Offered] {
        // Reading and checking them takes a while: not on a thread that others wait for.
        tokio::task::spawn_blocking(|| OFFERED.as_slice()).await.unwrap_or_default()
    }
}

fn checked(folder: &str, files: &Files) -> Result<(Package, Files), CommandError> {
    let loaded = course::load(files);
    match loaded.package.filter(|_| !has_errors(&loaded.diagnostics)) {
        Some(package) => Ok((package, loaded.canonical)),
        None => {
            let findings: String = loaded.diagnostics.iter().map(domain::diagnostic::Diagnostic::render).collect();
            Err(CommandError::Usage(format!("the shipped course {folder} has errors:\n{findings}")))
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shipped_courses_are_sound_and_the_flagship_comes_first() {
        let courses = super::courses().unwrap();
        assert_eq!(courses[0].0.id.as_str(), super::FLAGSHIP);
        assert!(courses.iter().all(|(_, files)| files.contains_key("course.toml")));
    }
}
