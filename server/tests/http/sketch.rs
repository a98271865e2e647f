//! Small courses for tests, of which only what a test is about is written down.

use crate::support::TestApp;
use crate::taught::now;
use domain::course::{self, Files, Package};
use domain::diagnostic::{Diagnostic, has_errors};
use domain::ids::VersionId;
use server::clock::SystemEntropy;
use std::fmt::Write as _;
use store::Change;

/// A course with one module, in which every activity takes a minute.
pub struct Sketch {
    head: [String; 3],
    competencies: String,
    activities: String,
    count: u32,
    files: Files,
}

/// A sketch that was checked and published.
pub struct Published {
    /// Which version.
    pub version: VersionId,
    /// What it holds.
    pub package: Package,
    /// Its files.
    pub files: Files,
}

impl Sketch {
    /// A course of this id and title, in English and empty.
    pub fn new(id: &str, title: &str) -> Self {
        let head = [id, title, "en"].map(str::to_owned);
        Self { head, competencies: String::new(), activities: String::new(), count: 0, files: Files::new() }
    }

    /// In another language.
    pub fn language(mut self, language: &str) -> Self {
        language.clone_into(&mut self.head[2]);
        self
    }

    /// With a competency.
    pub fn competency(mut self, id: &str, name: &str) -> Self {
        let _ = writeln!(self.competencies, "[[competency]]\nid = \"{id}\"\nname = \"{name}\"\n");
        self
    }

    /// With an activity; the ending of its file says what it is, `more` what else its entry says, each on a line.
    pub fn activity(mut self, id: &str, file: &str, text: &str, more: &[&str]) -> Self {
        let kind = match file.rsplit('.').next() {
            Some("md") => "lesson",
            Some("ack") => "acknowledgement",
            Some(kind) => kind,
            None => panic!("{file} has no ending"),
        };
        let more: String = more.iter().map(|line| format!("{line}\n")).collect();
        let _ = writeln!(
            self.activities,
            "[[module.activity]]\nid = \"{id}\"\nkind = \"{kind}\"\nfile = \"{file}\"\nminutes = 1\n{more}"
        );
        self.count += 1;
        self.file(file, text)
    }

    /// With a file that no activity is.
    pub fn file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.as_bytes().to_vec());
        self
    }

    /// The folder.
    pub fn files(&self) -> Files {
        let (Self { competencies, activities, count, .. }, [id, title, language]) = (self, &self.head);
        let contents = format!(
            "format = 1\nid = \"{id}\"\ntitle = \"{title}\"\nsummary = \"A course for tests.\"\nlanguage = \"{language}\"\n\
             minutes = {count}\nkeys = \"single author\"\n\n{competencies}\
             [[module]]\nid = \"only\"\ntitle = \"Only\"\nsummary = \"All of it.\"\n\n{activities}"
        );
        let mut files = self.files.clone();
        files.insert("course.toml".to_owned(), contents.into_bytes());
        files
    }

    /// What it holds, and its files in their normal form.
    pub fn loaded(&self) -> (Package, Files) {
        let loaded = course::load(&self.files());
        let findings: String = loaded.diagnostics.iter().map(Diagnostic::render).collect();
        assert!(!has_errors(&loaded.diagnostics), "{findings}");
        (loaded.package.unwrap(), loaded.canonical)
    }

    /// Publishes it as its first version.
    pub async fn publish(&self, app: &TestApp) -> Published {
        self.publish_as(app, Change::First).await
    }

    /// Publishes it as its next version.
    pub async fn publish_as(&self, app: &TestApp, change: Change) -> Published {
        let (package, files) = self.loaded();
        app.db.import_draft(None, &package, &files, now(), &SystemEntropy).await.unwrap();
        let version = app.db.publish(None, &package.id, change, now()).await.unwrap().id;
        Published { version, package, files }
    }
}
