//! Authored texts as HTML: Markdown rendered safely, site facts filled in, kept once made.

use crate::context::{Services, visit};
use crate::t;
use domain::canonical::{self, ContentHash};
use domain::course::{Activity, Media, Package};
use domain::facts::Facts;
use domain::ids::VersionId;
use domain::lesson::{self, Render, Word};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What rendering the texts of one course version needs.
#[derive(Clone)]
pub struct Authored {
    services: Arc<Services>,
    package: Arc<Package>,
    facts: Arc<Facts>,
    media_prefix: String,
    link_prefix: String,
    seed: Vec<u8>,
}

impl Authored {
    /// For a course version and the site's facts; `link_prefix` is where the version's activities are found.
    #[must_use]
    pub fn new(
        services: Arc<Services>,
        package: Arc<Package>,
        version: VersionId,
        facts: Arc<Facts>,
        link_prefix: String,
    ) -> Self {
        let known: Vec<(String, String)> =
            facts.iter().map(|(fact, value)| (fact.key().to_owned(), value.to_owned())).collect();
        let seed = format!("{version}{link_prefix}{}{}", visit().language.tag(), canonical::json(&known)).into_bytes();
        Self { services, package, facts, media_prefix: format!("/media/{version}/"), link_prefix, seed }
    }

    /// The site's facts.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The version's media, by their paths in the course.
    #[must_use]
    pub fn media(&self) -> &BTreeMap<String, Media> {
        &self.package.media
    }

    /// What comes before the path of a picture, film or recording.
    #[must_use]
    pub fn media_prefix(&self) -> &str {
        &self.media_prefix
    }

    fn with<T>(&self, folder: &str, anchors: bool, use_it: impl FnOnce(&Render<'_>) -> T) -> T {
        let link = |path: &str| {
            let activity: &Activity = self.package.activity_of_file(path)?;
            Some(format!("{}/a/{}", self.link_prefix, activity.id))
        };
        let words = |word: Word| t!(&format!("callout-{}", word.code()));
        use_it(&Render {
            facts: &self.facts,
            media: &self.package.media,
            folder,
            media_prefix: &self.media_prefix,
            language: self.package.language.language(),
            link: &link,
            words: &words,
            anchors,
        })
    }

    /// Markdown as the text of a page: its headings can be linked to.
    #[must_use]
    pub fn page(&self, folder: &str, markdown: &str) -> Arc<str> {
        self.html(folder, markdown, true)
    }

    /// Markdown as one of several texts of a page.
    #[must_use]
    pub fn part(&self, folder: &str, markdown: &str) -> Arc<str> {
        self.html(folder, markdown, false)
    }

    fn html(&self, folder: &str, markdown: &str, anchors: bool) -> Arc<str> {
        let form: &[u8] = if anchors { b"page" } else { b"part" };
        let key = ContentHash::of_pieces([form, &self.seed, folder.as_bytes(), markdown.as_bytes()]);
        let make = || self.with(folder, anchors, |render| lesson::html(markdown, render).html);
        self.services.rendered.get(key, markdown.len(), make)
    }

    /// Markdown as part of a line.
    #[must_use]
    pub fn phrase(&self, folder: &str, markdown: &str) -> Arc<str> {
        let key = ContentHash::of_pieces([b"phrase".as_slice(), &self.seed, folder.as_bytes(), markdown.as_bytes()]);
        let make = || self.with(folder, false, |render| lesson::phrase(markdown, render));
        self.services.rendered.get(key, markdown.len(), make)
    }

    /// Plain text with the site's facts.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        self.facts.fill(text)
    }
}
