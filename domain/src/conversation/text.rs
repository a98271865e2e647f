//! Site facts in text: `{{name}}` stands for something the organisation fills in.

use super::model::{Exit, Scenario};
use std::collections::BTreeSet;

/// Gives the text that stands for a site fact, or nothing where it is not set.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A look-up that knows no fact, so that every placeholder stays as written.
#[must_use]
pub fn no_facts(_: &str) -> Option<String> {
    None
}

/// The text with its placeholders filled; one that is unknown stays as it is.
#[must_use]
pub fn fill(text: &str, facts: Lookup<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        out.push_str(&rest[..start]);
        let after = &rest[start + 2..];
        let found = after.find("}}").and_then(|end| {
            let name = after[..end].trim();
            is_name(name).then(|| (facts(name), end))
        });
        match found {
            Some((Some(value), end)) => {
                out.push_str(&value);
                rest = &after[end + 2..];
            }
            Some((None, end)) => {
                out.push_str(&rest[start..start + 4 + end]);
                rest = &after[end + 2..];
            }
            None => {
                out.push_str("{{");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Whether this can name a site fact or a variable: a to z first, then also 0 to 9 and `_`, at most 64.
#[must_use]
pub fn is_name(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

impl Scenario {
    /// The names of all site facts its texts use.
    #[must_use]
    pub fn placeholders(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        self.texts(&mut |text| names.extend(names_in(text)));
        names
    }

    /// Calls `visit` with every text of people's words.
    fn texts(&self, visit: &mut impl FnMut(&str)) {
        visit(&self.title);
        visit(&self.briefing);
        visit(self.subject.as_deref().unwrap_or_default());
        for party in &self.parties {
            visit(&party.name);
            visit(party.role.as_deref().unwrap_or_default());
            visit(party.handle.as_deref().unwrap_or_default());
        }
        for node in &self.nodes {
            for line in &node.lines {
                visit(&line.text);
            }
            match &node.exit {
                Exit::Choices { choices, timer } => {
                    let outcomes = choices.iter().map(|choice| &choice.outcome);
                    for choice in choices {
                        visit(&choice.text);
                        choice.says.iter().for_each(|text| visit(text));
                    }
                    for outcome in outcomes.chain(timer.iter().map(|timer| &timer.outcome)) {
                        visit(&outcome.why);
                        for commitment in &outcome.commitments {
                            visit(&commitment.detail);
                        }
                    }
                }
                Exit::Jumps(_) => {}
                Exit::End(ending) => visit(&ending.debrief),
            }
        }
    }
}

/// The names of the site facts in one text, in order.
#[must_use]
pub fn names_in(text: &str) -> Vec<String> {
    let names = std::cell::RefCell::new(Vec::new());
    let _ = fill(text, &|name| {
        names.borrow_mut().push(name.to_owned());
        None
    });
    names.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_what_it_knows() {
        let facts = |name: &str| (name == "company_name").then(|| "Acme".to_owned());
        for (text, filled) in [
            ("", ""),
            ("Hello", "Hello"),
            ("I work for {{company_name}}.", "I work for Acme."),
            ("{{ company_name }}", "Acme"),
            ("{{other}} {{company_name}}", "{{other}} Acme"),
            ("{{company_name", "{{company_name"),
            ("{{{{company_name}}}}", "{{Acme}}"),
            ("{{ü}}{{}}", "{{ü}}{{}}"),
        ] {
            assert_eq!(fill(text, &facts), filled, "{text}");
        }
        assert_eq!(names_in("{{a}} {{b_1}} {{C}} {{a}}"), ["a", "b_1", "a"]);
    }
}
