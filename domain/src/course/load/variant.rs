//! Variants of assessed conversations: read and checked like the main file, and the same case as it.

use super::{
    super::{
        activities,
        manifest::{Entry, stem},
        model::{Body, Variant},
        table::Located,
    },
    Loader,
};
use crate::{
    canonical::ContentHash, conversation::Scenario, diagnostic::Diagnostic, facts::Fact, named::CompetencyId,
    slug::Slug, source::Source,
};

impl Loader {
    /// Runs the plan beside a conversation, and reads its variants.
    pub(super) fn conversation(
        &mut self,
        source: &Source<'_>,
        entry: &Entry,
        facts: &[Located<Fact>],
        known: &[&CompetencyId],
        body: Option<&mut Body>,
    ) {
        let (main, variants) = match body {
            Some(Body::Conversation { scenario, variants, .. }) => (Some(&**scenario), Some(variants)),
            _ => (None, None),
        };
        self.plan(&entry.file.value, main);
        let mut told: Vec<Variant> = Vec::new();
        for path in &entry.variants {
            let Some(text) = self.text_of(source, path) else { continue };
            let (read, scenario) = activities::scenario(&text, &path.value);
            self.take(&Source::new(&path.value, &text), read, facts, known);
            self.plan(&path.value, scenario.as_ref());
            // A main file with errors of its own says so itself, and so does a name that is none.
            let (Some(main), Some(scenario), Ok(name)) = (main, scenario, stem(&path.value).parse::<Slug>()) else {
                continue;
            };
            let earlier = told.iter().map(|variant| (variant.file.as_str(), &*variant.scenario));
            let others = std::iter::once((entry.file.value.as_str(), main)).chain(earlier);
            self.found.extend(unalike(source, path, &scenario, others));
            let hash = ContentHash::of_value(&scenario);
            told.push(Variant { name, file: path.value.clone(), hash, scenario: Box::new(scenario) });
        }
        if let Some(variants) = variants {
            *variants = told;
        }
    }
}

/// What makes a variant another case than the main file, which is the first of `others`, or no other telling of it at all.
fn unalike<'o>(
    source: &Source<'_>,
    path: &Located<String>,
    variant: &Scenario,
    others: impl Iterator<Item = (&'o str, &'o Scenario)>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut say = |message: String, hint: &str| {
        found.push(source.error("variant-unalike", path.span.clone(), message).hint(hint));
    };
    let own = &path.value;
    for (number, (file, other)) in others.enumerate() {
        if other == variant {
            say(
                format!("`{own}` says the same as `{file}`"),
                "another attempt would be a copy: tell the case otherwise",
            );
        }
        if number > 0 {
            continue;
        }
        if other.family != variant.family {
            say(format!("`{own}` and `{file}` do not tell the same case"), "give both files the same `family`");
        }
        if other.channel != variant.channel {
            let (ours, theirs) = (variant.channel.word(), other.channel.word());
            say(
                format!("`{own}` is on the channel `{ours}`, and `{file}` on `{theirs}`"),
                "give both files the same `channel`",
            );
        }
        if other.pass != variant.pass {
            say(
                format!("`{own}` passes with {}, and `{file}` with {}", variant.pass, other.pass),
                "give both files the same `pass`: learners are told one",
            );
        }
    }
    found
}
