//! Plans beside conversations: read, laid out and run. They belong to the course's files and to no activity, so that they
//! never reach a learner.

use super::Loader;
use crate::conversation::{Scenario, Solved, format_plan, parse_plan, run_plan};

impl Loader {
    /// Runs `NAME.plan` beside `NAME.conversation`, if there is one.
    pub(super) fn plan(&mut self, file: &str, scenario: Option<&Scenario>) {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let path = format!("{stem}.plan");
        let Some(text) = self.texts.get(&path) else { return };
        self.used.insert(path.clone());
        let parsed = parse_plan(text, &path);
        self.found.extend(parsed.diagnostics);
        if let Ok(laid_out) = format_plan(text, &path) {
            self.canonical.insert(path, laid_out);
        }
        // A conversation with errors is reported itself: its plays would only repeat it.
        if let (Some(plan), Some(scenario)) = (parsed.plan, scenario)
            && let Ok(solved) = Solved::new(scenario)
        {
            self.found.extend(run_plan(&solved, &plan));
        }
    }
}
