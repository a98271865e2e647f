//! A run that is over, with what each decision cost: for people and as JSON.

use domain::conversation::{Debrief, Event, Solved, Unscorable, view::Role};
use domain::percent::Percent;
use serde::Serialize;
use std::fmt::Write as _;

/// Before the words of what is done and not said.
const DO: &str = "[do] ";

/// A scored run.
#[derive(Serialize)]
pub struct Report {
    /// The name of the play, in a plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub play: Option<String>,
    /// The score of a hundred; nothing, when the conversation is unscored.
    score: Option<f64>,
    /// The pass mark.
    pass: u8,
    passed: bool,
    outcome: &'static str,
    /// G, V* and Vmin.
    points: i64,
    best: i64,
    worst: i64,
    blockers: Vec<String>,
    competencies: Vec<Competency>,
    decisions: Vec<Decision>,
}

#[derive(Serialize)]
struct Competency {
    id: String,
    score: Option<f64>,
}

#[derive(Serialize)]
struct Decision {
    node: String,
    /// What was said or done; nothing, for silence.
    said: Option<String>,
    /// Whether it was done and not said.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    done: bool,
    /// V*(state) − Q*(state, choice), in points.
    regret: i64,
    /// The same of a hundred; nothing, when the conversation is unscored.
    cost: Option<f64>,
    /// Whether the good ending was out of reach after it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    turned: bool,
    why: String,
    /// What would have cost nothing, where this cost something.
    #[serde(skip_serializing_if = "Option::is_none")]
    better: Option<String>,
    blockers: Vec<String>,
}

/// The report of a finished run.
///
/// # Errors
/// [`Unscorable`] when the run is not over.
pub fn report(solved: &Solved, play: Option<String>, events: &[Event]) -> Result<Report, Unscorable> {
    let Debrief { score, decisions, .. } = solved.debrief(events, &super::facts)?;
    let names = |slugs: &[domain::slug::Slug]| slugs.iter().map(ToString::to_string).collect::<Vec<_>>();
    let value = |percent: Option<Percent>| percent.map(Percent::value);
    let span = score.best - score.worst;
    Ok(Report {
        play,
        score: value(score.percent),
        pass: score.pass.whole(),
        passed: score.passed,
        outcome: score.ending.word(),
        points: score.points,
        best: score.best,
        worst: score.worst,
        blockers: names(&score.blockers),
        competencies: score
            .competencies
            .iter()
            .map(|own| Competency { id: own.id.to_string(), score: value(own.percent) })
            .collect(),
        decisions: decisions
            .into_iter()
            .map(|decision| Decision {
                node: decision.node.to_string(),
                done: decision.reply.role == Role::Did,
                said: (decision.reply.role != Role::Silence).then_some(decision.reply.text),
                regret: points(decision.cost, span),
                cost: value(decision.cost),
                turned: decision.turned,
                why: decision.why,
                better: decision.better.map(|better| {
                    let words = better.text.unwrap_or_else(|| "(silence)".to_owned());
                    if better.done { format!("{DO}{words}") } else { words }
                }),
                blockers: names(&decision.blockers),
            })
            .collect(),
    })
}

/// A share of the span between the best and the worst, back in the whole points it came from.
fn points(cost: Option<Percent>, span: i64) -> i64 {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
    let points = (cost.unwrap_or_default().value() / 100.0 * span as f64).round() as i64;
    points
}

impl Report {
    /// For people.
    pub fn render(&self) -> String {
        let mut out = String::new();
        if let Some(play) = &self.play {
            let _ = writeln!(out, "{play}");
        }
        // Rounded down, as everywhere: a score just below the mark must not look like the mark.
        let score = self.score.map_or_else(|| "unscored".to_owned(), |it| format!("score {} of 100", it.floor()));
        let passed = if self.passed { "passed" } else { "not passed" };
        let _ = writeln!(out, "{score} (pass mark {}), {}, {passed}", self.pass, self.outcome);
        if !self.blockers.is_empty() {
            let _ = writeln!(out, "blockers: {}", self.blockers.join(", "));
        }
        for (decision, number) in self.decisions.iter().zip(1..) {
            let said = decision.said.as_deref().unwrap_or("(silence)");
            let sign = if decision.done { DO } else { "" };
            let _ = writeln!(out, "\n{number}. {}: {sign}{said}", decision.node);
            if !decision.why.is_empty() {
                let _ = writeln!(out, "   why: {}", decision.why);
            }
            if decision.regret > 0 {
                let _ = writeln!(out, "   cost: {:.0}", decision.cost.unwrap_or_default());
            }
            if decision.turned {
                let _ = writeln!(out, "   turned here: after it, no good ending could be reached");
            }
            if let Some(better) = &decision.better {
                let _ = writeln!(out, "   better: {better}");
            }
        }
        out
    }
}
