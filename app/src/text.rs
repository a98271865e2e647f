//! Every text on screen, from the message catalogue.
//!
//! English is complete. The pseudo-locale `en-XA` shows the English texts with accents and brackets, so that a text which
//! does not come from the catalogue catches the eye, and so does one that has no room to grow.

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use leptos::prelude::use_context;
use std::borrow::Cow;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentValue;

/// The language of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// English in disguise, for finding what was forgotten.
    Pseudo,
}

impl Language {
    /// The best of ours for a person's setting or a browser's `Accept-Language`.
    #[must_use]
    pub fn choose(wish: &str) -> Self {
        if wish.trim_start().starts_with("en-XA") { Self::Pseudo } else { Self::English }
    }

    /// The BCP 47 tag for `<html lang>`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Pseudo => "en-XA",
        }
    }
}

macro_rules! catalogue {
    ($($file:literal),* $(,)?) => {
        &[$(($file, include_str!(concat!("../locales/en/", $file)))),*]
    };
}

const ENGLISH: &[(&str, &str)] = catalogue![
    "shell.ftl",
    "access.ftl",
    "home.ftl",
    "course.ftl",
    "quiz.ftl",
    "conversation.ftl",
    "proof.ftl",
    "records.ftl",
    "account.ftl",
    "people.ftl",
    "tracking.ftl",
    "gap.ftl",
    "authoring.ftl",
    "import.ftl",
    "site.ftl",
];

type Bundle = FluentBundle<FluentResource>;

fn bundle(transform: Option<fn(&str) -> Cow<'_, str>>) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec!["en".parse::<LanguageIdentifier>().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    bundle.set_transform(transform);
    for (file, source) in ENGLISH {
        let resource =
            FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(_, errors)| panic!("{file}: {errors:?}"));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("{file}: {errors:?}");
        }
    }
    bundle
}

static PLAIN: LazyLock<Bundle> = LazyLock::new(|| bundle(None));
static DISGUISED: LazyLock<Bundle> = LazyLock::new(|| bundle(Some(disguise)));

/// Accents every letter, so that the text stays legible and is plainly not the original.
fn disguise(text: &str) -> Cow<'_, str> {
    const FROM: &str = "aceinouyACEINOUYsdglrt";
    const TO: &str = "áçéíñóúýÁÇÉÍÑÓÚÝšđğłřŧ";
    text.chars()
        .map(|letter| {
            let place = FROM.chars().position(|from| from == letter);
            place.and_then(|place| TO.chars().nth(place)).unwrap_or(letter)
        })
        .collect::<String>()
        .into()
}

fn current() -> Language {
    use_context::<crate::context::Visit>().map(|visit| visit.language).unwrap_or_default()
}

/// The text for `key`; an unknown key shows itself, which the catalogue's test forbids.
#[must_use]
pub fn text(key: &str) -> String {
    text_in(current(), key, None)
}

/// The text for `key` with values filled in.
#[must_use]
pub fn text_with(key: &str, args: &FluentArgs<'_>) -> String {
    text_in(current(), key, Some(args))
}

/// The text for `key` in a given language.
#[must_use]
pub fn text_in(language: Language, key: &str, args: Option<&FluentArgs<'_>>) -> String {
    let bundle: &Bundle = match language {
        Language::English => &PLAIN,
        Language::Pseudo => &DISGUISED,
    };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        tracing::error!(key, "no such text in the catalogue");
        return key.to_owned();
    };
    let mut problems = vec![];
    let shown = bundle.format_pattern(pattern, args, &mut problems).into_owned();
    if !problems.is_empty() {
        tracing::error!(key, ?problems, "a text could not be filled in");
    }
    shown
}

/// Whether the catalogue has a text for `key`.
#[must_use]
pub fn exists(key: &str) -> bool {
    PLAIN.has_message(key)
}

/// `t!("key")` or `t!("key", name = value, …)`: a text from the catalogue as a `String`.
#[macro_export]
macro_rules! t {
    ($key:expr) => { $crate::text::text($key) };
    ($key:expr, $($name:ident = $value:expr),+ $(,)?) => {{
        let mut args = ::fluent_bundle::FluentArgs::new();
        $(args.set(stringify!($name), $crate::text::FluentValue::from($value));)+
        $crate::text::text_with($key, &args)
    }};
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    fn sources(folder: &Path, out: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, out);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                out.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }

    #[test]
    fn every_key_asked_for_is_in_the_catalogue() {
        let mut files = vec![];
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        let mut missing = vec![];
        let mut asked = 0;
        for (file, source) in files {
            for (at, ask) in source.match_indices("t!(\"") {
                let key = source[at + ask.len()..].split('"').next().unwrap_or_default();
                // The tail of another macro's name, such as `format!`, is no call of ours.
                if key == "key" || source[..at].ends_with(|before: char| before.is_alphanumeric()) {
                    continue;
                }
                asked += 1;
                if !exists(key) {
                    missing.push(format!("{file}: {key}"));
                }
            }
        }
        assert!(asked > 40, "the scan found only {asked} keys");
        assert!(missing.is_empty(), "not in the catalogue:\n{}", missing.join("\n"));
    }

    #[test]
    fn the_disguise_changes_the_words_and_keeps_the_values() {
        let mut args = FluentArgs::new();
        args.set("name", "Dana");
        let shown = text_in(Language::Pseudo, "home-greeting", Some(&args));
        assert!(shown.contains("Dana"), "{shown}");
        assert_ne!(shown, text_in(Language::English, "home-greeting", Some(&args)));
    }
}
