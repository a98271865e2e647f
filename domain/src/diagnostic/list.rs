//! Findings as they come, up to a limit.

use super::{Diagnostic, Severity, Span, sort};

/// How many findings are listed. Nobody reads more before fixing some, and a hostile file could give a hundred thousand.
pub const MOST: usize = 200;

/// The code of the finding that says that there are more.
const MORE: &str = "more-findings";

/// What was found so far: the first [`MOST`] errors and warnings. What comes after them only leaves a finding that says
/// that there is more.
#[derive(Debug, Clone, Default)]
pub(crate) struct Diagnostics {
    list: Vec<Diagnostic>,
    errors: usize,
    warnings: usize,
    /// The gravest that was left out.
    left_out: Option<Severity>,
}

impl Diagnostics {
    /// Adds a finding, while there is room for it.
    pub(crate) fn push(&mut self, found: Diagnostic) {
        if found.code == MORE {
            self.leave_out(found.severity);
        } else if self.takes(found.severity) {
            self.list.push(found);
        }
    }

    /// Adds an error, which is only made while there is room for it: finding a similar word takes time.
    pub(crate) fn push_error(&mut self, make: impl FnOnce() -> Diagnostic) {
        if self.takes(Severity::Error) {
            self.list.push(make());
        }
    }

    pub(crate) fn extend(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        found.into_iter().for_each(|it| self.push(it));
    }

    /// Whether a finding of this severity is kept. It counts as one either way.
    pub(crate) fn takes(&mut self, severity: Severity) -> bool {
        let count = if severity == Severity::Error { &mut self.errors } else { &mut self.warnings };
        *count += 1;
        let fits = *count <= MOST;
        if !fits {
            self.leave_out(severity);
        }
        fits
    }

    fn leave_out(&mut self, severity: Severity) {
        self.left_out = self.left_out.max(Some(severity));
    }

    /// Adds a finding for which [`Diagnostics::takes`] found room, and returns it.
    pub(crate) fn keep(&mut self, found: Diagnostic) -> &mut Diagnostic {
        self.list.push(found);
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many there are, those left out included.
    pub(crate) fn len(&self) -> usize {
        self.errors + self.warnings
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.errors > 0 || self.left_out == Some(Severity::Error)
    }

    /// What was found in reading order, no finding twice; errors take the room of warnings.
    pub(crate) fn into_list(self) -> Vec<Diagnostic> {
        let Self { mut list, mut left_out, .. } = self;
        sort(&mut list);
        list.dedup();
        let mut room = MOST.saturating_sub(list.iter().filter(|it| it.severity == Severity::Error).count());
        list.retain(|it| {
            let kept = it.severity == Severity::Error || room > 0;
            if it.severity == Severity::Warning {
                room = room.saturating_sub(1);
            }
            if !kept {
                left_out = left_out.max(Some(Severity::Warning));
            }
            kept
        });
        if let (Some(severity), Some(last)) = (left_out, list.last()) {
            let span = Span { file: last.span.file.clone(), line: 0, column: 0, length: 1 };
            let more = Diagnostic::error(MORE, span, format!("there is more to fix than the {MOST} findings listed"));
            list.push(Diagnostic { severity, ..more }.hint("fix some of these first, then check again"));
        }
        list
    }
}

impl From<Vec<Diagnostic>> for Diagnostics {
    fn from(list: Vec<Diagnostic>) -> Self {
        let mut found = Self::default();
        found.extend(list);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(severity: Severity, line: u32) -> Diagnostic {
        let span = Span { file: "a".into(), line, column: 0, length: 1 };
        Diagnostic { severity, ..Diagnostic::error("x", span, "y") }
    }

    fn count(found: &[Diagnostic], severity: Severity) -> usize {
        found.iter().filter(|it| it.severity == severity && it.code != MORE).count()
    }

    #[test]
    fn says_that_there_is_more() {
        for (errors, warnings, shown) in
            [(3, 4, (3, 4)), (200, 5, (200, 0)), (1_000, 0, (200, 0)), (50, 900, (50, 150))]
        {
            let mut found = Diagnostics::default();
            (1..=warnings).for_each(|line| found.push(finding(Severity::Warning, line)));
            (1..=errors).for_each(|line| found.push(finding(Severity::Error, line)));
            assert_eq!(found.has_errors(), errors > 0);
            let list = found.into_list();
            assert_eq!((count(&list, Severity::Error), count(&list, Severity::Warning)), shown);
            let more = list.last().filter(|it| it.code == MORE);
            assert_eq!(more.is_some(), errors + warnings > 200, "{errors} {warnings}");
            assert!(more.is_none_or(|it| (it.severity == Severity::Error) == (errors > 200)));
            // A course takes over what was found in its files.
            let mut course = Diagnostics::default();
            course.extend(list.clone());
            assert_eq!(course.into_list(), list);
        }
    }
}
