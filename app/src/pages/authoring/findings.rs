//! What the check of a course found, kept from the upload to the page that shows it, and drawn as a good compiler would.

use crate::t;
use crate::ui::{Icon, IconName, Marked};
use domain::diagnostic::{Diagnostic, Severity, Span};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How many findings are listed at once; whoever has more begins with these.
const LISTED: usize = 100;

/// How many letters of a line are shown.
const SIGHT: usize = 96;

/// One finding, ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    error: bool,
    code: String,
    file: String,
    line: u32,
    column: u32,
    length: u32,
    message: String,
    source: String,
    /// By how many characters the line is quoted further to the left than it stands.
    #[serde(default)]
    shift: u32,
    hint: Option<String>,
}

impl From<&Diagnostic> for Finding {
    fn from(found: &Diagnostic) -> Self {
        Self {
            error: found.severity == Severity::Error,
            code: found.code.to_owned(),
            file: found.span.file.clone(),
            line: found.span.line,
            column: found.span.column,
            length: found.span.length,
            message: found.message.clone(),
            source: found.source.clone(),
            shift: found.shift,
            hint: found.hint.clone(),
        }
    }
}

/// The outcome of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// The name of the archive, if there was one.
    pub archive: String,
    /// How many files were read.
    pub files: usize,
    /// How many errors there are in all.
    pub errors: usize,
    /// How many warnings there are in all.
    pub warnings: usize,
    /// Errors first, each in reading order; not more than a page can hold.
    listed: Vec<Finding>,
}

impl Findings {
    /// What a check found in `files` files.
    #[must_use]
    pub fn of(diagnostics: &[Diagnostic], archive: String, files: usize) -> Self {
        let (errors, warnings): (Vec<_>, Vec<_>) =
            diagnostics.iter().partition(|found| found.severity == Severity::Error);
        Self {
            archive,
            files,
            errors: errors.len(),
            warnings: warnings.len(),
            listed: errors.into_iter().chain(warnings).take(LISTED).map(Finding::from).collect(),
        }
    }

    /// How many of them are about one file.
    #[must_use]
    pub fn about(&self, file: &str) -> usize {
        self.listed.iter().filter(|found| found.file == file).count()
    }

    /// The same, with what is about one file alone.
    #[must_use]
    pub fn only(&self, file: &str) -> Self {
        let listed: Vec<_> = self.listed.iter().filter(|found| found.file == file).cloned().collect();
        let errors = listed.iter().filter(|found| found.error).count();
        Self { archive: String::new(), files: 1, errors, warnings: listed.len() - errors, listed }
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// How many there are, in words: "2 errors, 1 warning".
    #[must_use]
    pub fn counted(&self) -> String {
        let errors = (self.errors > 0).then(|| t!("check-errors", count = count(self.errors)));
        let warnings = (self.warnings > 0).then(|| t!("check-warnings", count = count(self.warnings)));
        errors.into_iter().chain(warnings).collect::<Vec<_>>().join(", ")
    }

    /// The list.
    #[must_use]
    pub fn view(&self) -> AnyView {
        let items = self.listed.iter().map(Finding::view).collect_view();
        let more = (self.errors + self.warnings).saturating_sub(self.listed.len());
        view! {
            <ol class="diagnostics">{items}</ol>
            {(more > 0).then(|| view! { <p class="soft">{t!("check-more", count = count(more))}</p> })}
        }
        .into_any()
    }
}

/// A number for the catalogue.
pub(super) fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Finding {
    fn place(&self) -> String {
        let Self { line, column, length, .. } = *self;
        Span { file: self.file.clone(), line, column, length }.to_string()
    }

    fn view(&self) -> AnyView {
        let (class, icon, severity) = if self.error {
            ("diagnostic", IconName::Cross, t!("check-error"))
        } else {
            ("diagnostic diagnostic-warning", IconName::Warning, t!("check-warning"))
        };
        let hint = self.hint.clone().map(|hint| view! { <p class="diagnostic-help"><Marked text=hint/></p> });
        view! {
            <li class=class>
                <p class="diagnostic-head">
                    <span class="severity"><Icon name=icon/>" "{severity}" "<code>{format!("[{}]", self.code)}</code></span>
                    <span><Marked text=self.message.clone()/></span>
                </p>
                <p class="diagnostic-place">{self.place()}</p>
                {(!self.source.is_empty()).then(|| self.source_view())}
                {hint}
            </li>
        }
        .into_any()
    }

    /// The line with its number, and a mark under the words that are meant. A long line is cut so that both are in sight.
    fn source_view(&self) -> AnyView {
        let number = self.line.to_string();
        let blank = " ".repeat(number.len());
        let (source, marks) = self.cut();
        let marks = (!marks.is_empty()).then(|| {
            view! { "\n"<span class="line-no">{format!("{blank} | ")}</span><span class="caret">{marks}</span> }
        });
        view! {
            <pre class="source" tabindex="0"><code><span class="line-no">{format!("{number} | ")}</span>{source}{marks}</code></pre>
        }
        .into_any()
    }

    /// What is shown of the line, and the marks below it.
    fn cut(&self) -> (String, String) {
        let letters: Vec<char> = self.source.replace('\t', " ").chars().collect();
        let place = |number: u32| usize::try_from(number).unwrap_or(0);
        let indent = place(self.column.saturating_sub(1).saturating_sub(self.shift)).min(letters.len());
        let from = if indent > SIGHT / 2 { indent - SIGHT / 3 } else { 0 };
        let to = letters.len().min(from + SIGHT);
        let dots = if from > 0 { "…" } else { "" };
        let more = if to < letters.len() { "…" } else { "" };
        let shown: String = letters[from..to].iter().collect();
        let marks = (self.column > 0).then(|| {
            let length = place(self.length).clamp(1, (to - indent.min(to)).max(1));
            format!("{}{}", " ".repeat(indent - from + dots.chars().count()), "^".repeat(length))
        });
        (format!("{dots}{shown}{more}"), marks.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(severity: Severity, file: &str, line: u32) -> Diagnostic {
        let span = Span { file: file.to_owned(), line, column: 3, length: 4 };
        Diagnostic { severity, ..Diagnostic::error("a-code", span, "something") }
    }

    #[test]
    fn errors_come_first_and_the_rest_is_counted() {
        let mut all = vec![found(Severity::Warning, "a.md", 1), found(Severity::Error, "b.md", 9)];
        all.extend((0..200).map(|line| found(Severity::Warning, "c.md", line)));
        let findings = Findings::of(&all, "x.zip".into(), 3);
        assert_eq!((findings.errors, findings.warnings, findings.listed.len()), (1, 201, LISTED));
        assert!(findings.listed[0].error && findings.listed[0].place() == "b.md:9:3");
        assert_eq!(findings.about("a.md"), 1);
        assert_eq!(findings.only("b.md").errors, 1);
        let kept = serde_json::to_string(&findings).unwrap();
        assert_eq!(serde_json::from_str::<Findings>(&kept).unwrap(), findings);
    }
    #[test]
    fn the_mark_stays_in_sight_and_under_its_words() {
        let line = format!("{}needle{}", "hay ".repeat(60), " hay".repeat(60));
        let span = Span { file: "a".into(), line: 1, column: 241, length: 6 };
        let finding = Finding::from(&Diagnostic::error("x", span, "y").source(&line));
        let (shown, marks) = finding.cut();
        let at = marks.chars().position(|mark| mark == '^').unwrap();
        let under: String = shown.chars().skip(at).take(6).collect();
        assert_eq!((under.as_str(), marks.trim()), ("needle", "^^^^^^"));
        assert!(shown.chars().count() <= SIGHT + 2 && shown.starts_with('…') && shown.ends_with('…'));
        let short = Finding::from(&found(Severity::Error, "a", 1)).cut();
        assert_eq!(short.1, "^", "past the end there is one mark");
    }
}
