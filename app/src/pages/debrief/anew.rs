//! What changed after a run was over: the author corrected the key, or a trainer overturned what stood against own words.

use crate::t;
use crate::ui::{Notice, NoticeKind};
use crate::when;
use domain::phrasing::RuleId;
use domain::time::Timestamp;
use leptos::prelude::*;
use store::{Cause, Regrade, Run};

/// What a trainer overturned in a run.
#[derive(Debug, Clone)]
pub struct Overturned {
    /// At which decision, from 0.
    turn: u32,
    rule: RuleId,
    reason: String,
    at: Timestamp,
}

impl Overturned {
    /// Everything that was overturned in a run, in order.
    pub fn of(run: &Run) -> Vec<Self> {
        let overturned = |regrade: &Regrade| match regrade.cause {
            Cause::Overturned { turn, rule } => {
                Some(Self { turn, rule, reason: regrade.reason.clone(), at: regrade.at })
            }
            Cause::Key => None,
        };
        run.regrades.iter().filter_map(overturned).collect()
    }
}

/// What was judged anew, said once at the head of the debrief; nothing for a run that keeps its first verdict.
pub fn notice(run: &Run) -> Option<AnyView> {
    let first = run.first?;
    let mut lines: Vec<String> = Vec::new();
    if let Some(last) = run.regrades.iter().rfind(|regrade| regrade.cause == Cause::Key) {
        let date = when::day(last.at);
        let scored = match (run.score, first.score) {
            (Some(now), Some(before)) if now.whole() != before.whole() => {
                t!("anew-key", date = date, now = i64::from(now.whole()), before = i64::from(before.whole()))
            }
            (Some(now), Some(_)) => t!("anew-key-same", date = date, now = i64::from(now.whole())),
            _ => t!("anew-key-unscored", date = date),
        };
        lines.push(format!("{scored} {}", t!("anew-played")));
    }
    for one in Overturned::of(run) {
        lines.push(t!("anew-overturned", number = i64::from(one.turn) + 1, date = when::day(one.at)));
    }
    match (first.passed, run.passed == Some(true)) {
        (false, true) => lines.push(t!("anew-passes")),
        (true, false) => lines.push(t!("anew-fails")),
        _ => {}
    }
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    Some(view! { <Notice kind=NoticeKind::Info title=t!("anew-title")>{lines}</Notice> }.into_any())
}

/// What was overturned at one decision, and why.
pub fn at(overturned: &[Overturned], decision: u32) -> Vec<AnyView> {
    overturned
        .iter()
        .filter(|one| one.turn == decision)
        .map(|one| {
            let words = t!(&format!("rule-{}", one.rule));
            view! {
                <div class="stack">
                    <p class="soft"><s>{words}</s></p>
                    <p>{t!("anew-reason", reason = one.reason.clone())}</p>
                </div>
            }
            .into_any()
        })
        .collect()
}
