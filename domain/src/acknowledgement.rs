//! Acknowledgements: the exact text of a policy and the sentence a person agrees to.

use crate::{canonical::ContentHash, facts::Facts};
use serde::{Deserialize, Serialize};

/// The sentence agreed to where the author gives none.
pub const DEFAULT_STATEMENT: &str = "I have read this and will follow it.";

/// A text to be read and agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// What it is called.
    pub title: String,
    /// The sentence the person agrees to.
    pub statement: String,
    /// The text itself, in Markdown.
    pub text: String,
}

/// What a person has agreed to, word for word. It is kept with the receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExactText {
    /// The text in Markdown, site facts filled in, the statement last.
    pub text: String,
    /// The SHA-256 of the text's UTF-8 bytes.
    pub hash: ContentHash,
}

impl Acknowledgement {
    /// The words as this organisation's people see them.
    #[must_use]
    pub fn exact(&self, facts: &Facts) -> ExactText {
        let text = facts.fill(&format!("# {}\n\n{}\n\n{}\n", self.title, self.text, self.statement));
        let hash = ContentHash::of(text.as_bytes());
        ExactText { text, hash }
    }
}

#[cfg(feature = "authoring")]
mod file {
    use super::{Acknowledgement, DEFAULT_STATEMENT};
    use crate::{
        diagnostic::{Diagnostic, Diagnostics},
        source::{Front, Source, tidy},
    };

    /// Reads an acknowledgement file. `path` is its name in the course folder.
    #[must_use]
    pub fn parse(text: &str, path: &str) -> (Option<Acknowledgement>, Vec<Diagnostic>) {
        let source = Source::new(path, text);
        let mut found = Diagnostics::default();
        let front = Front::read(&source, &["title", "statement"], &mut found);
        let title = front.required(&source, "title", &mut found).unwrap_or_default().to_owned();
        let statement = match front.get("statement") {
            None => DEFAULT_STATEMENT.to_owned(),
            Some(_) => front.required(&source, "statement", &mut found).unwrap_or_default().to_owned(),
        };
        let body: Vec<&str> = text.lines().skip(front.body_line - 1).collect();
        let body = tidy(&body.join("\n"));
        if body.is_empty() {
            let at = source.span(text.lines().count().max(1), 0, 1);
            let problem = source.error("empty-text", at, "there is nothing to acknowledge");
            found.push(problem.hint("write the text of the policy after the front matter"));
        }
        let good = !found.has_errors();
        (good.then_some(Acknowledgement { title, statement, text: body }), found.into_list())
    }

    /// The text of an acknowledgement file in its one normal form.
    #[must_use]
    pub fn format(acknowledgement: &Acknowledgement) -> String {
        let Acknowledgement { title, statement, text } = acknowledgement;
        format!("---\ntitle: {title}\nstatement: {statement}\n---\n{text}\n")
    }
}
#[cfg(feature = "authoring")]
pub use file::{format, parse};

#[cfg(all(test, feature = "authoring"))]
mod tests {
    use super::*;
    use crate::facts::Fact;

    #[test]
    fn reads_writes_and_fills() {
        let text = "---\ntitle: Our promise\nstatement: I will.\n---\nAt {{company_name}} we *listen*.\n";
        let (read, found) = parse(text, "p.ack");
        assert_eq!(found, []);
        let read = read.unwrap();
        assert_eq!(format(&read), text);
        let mut facts = Facts::default();
        facts.set(Fact::CompanyName, "Parcelwise".into());
        let exact = read.exact(&facts);
        assert_eq!(exact.text, "# Our promise\n\nAt Parcelwise we *listen*.\n\nI will.\n");
        assert_eq!(exact.hash, ContentHash::of(exact.text.as_bytes()));
        facts.set(Fact::CompanyName, "Other".into());
        assert_ne!(read.exact(&facts).hash, exact.hash, "other words, other hash");
    }

    #[test]
    fn the_statement_has_a_default_and_the_text_has_not() {
        let (read, _) = parse("---\ntitle: x\n---\ny\n", "p.ack");
        assert_eq!(read.unwrap().statement, DEFAULT_STATEMENT);
        for (text, code, line) in [
            ("---\ntitle: x\n---\n", "empty-text", 3),
            ("---\nstatement: x\n---\ny\n", "missing-key", 1),
            ("---\ntitle: x\nstatement:\n---\ny\n", "missing-value", 3),
            ("---\ntitle: x\nstatment: y\n---\ny\n", "unknown-key", 3),
        ] {
            let (read, found) = parse(text, "p.ack");
            assert!(read.is_none());
            assert_eq!(found.iter().map(|d| (d.code, d.span.line)).collect::<Vec<_>>(), [(code, line)], "{text}");
        }
    }
}
