//! What a debrief comes to, on the first screen: how it ended, what to take away, what to keep, and the one decision to try again.

use super::decision::better_quote;
use super::{Around, again, quoted, subject, trend};
use crate::api::conversation::ending_name;
use crate::t;
use crate::ui::{Icon, IconName};
use domain::conversation::debrief::{Debrief, Decision};
use domain::conversation::summary::{Matter, Summary};
use domain::conversation::view::Role;
use domain::conversation::{EndingKind, Scenario};
use domain::percent::Percent;
use leptos::prelude::*;

impl Around<'_> {
    pub(super) fn summary(&self, scenario: &Scenario, debrief: &Debrief, summary: &Summary<'_>) -> AnyView {
        let class = match (debrief.score.passed, debrief.ending) {
            (true, _) => "summary result-pass",
            (false, EndingKind::Success) => "summary summary-mixed",
            (false, _) => "summary result-fail",
        };
        let mark = summary.mattered.map(|(decision, matter)| trend::Mark {
            decision: decision.number,
            calm: matter == Matter::Cost,
            words: self.turn_words(decision, matter),
            href: self.href(decision),
        });
        view! {
            <section class=class aria-labelledby="how-it-ended">
                <div class="summary-main">
                    {self.result(debrief)}
                    {self.takeaway(debrief)}
                    {summary.keep.map(|decision| self.keep(decision))}
                    {match summary.mattered {
                        Some((decision, matter)) => self.mattered(decision, matter),
                        None => view! { <p class="soft">{t!("debrief-nothing-lost")}</p> }.into_any(),
                    }}
                </div>
                <div class="summary-side">
                    {self.competencies(debrief)}
                    {trend::view(scenario, debrief, mark, |decision| self.href(decision))}
                </div>
            </section>
        }
        .into_any()
    }

    /// How it ended and the score: two facts on one line, and which of them was missing.
    fn result(&self, debrief: &Debrief) -> AnyView {
        let score = &debrief.score;
        let pass = i64::from(score.pass.whole());
        let scored = score.percent.is_some();
        let reached = score.percent.is_none_or(|percent| percent.reaches(score.pass));
        let words = match (score.passed, debrief.ending) {
            (true, _) if scored => t!("debrief-passed", pass = pass),
            (true, _) => t!("debrief-passed-unscored"),
            (false, _) if !score.blockers.is_empty() => t!("debrief-blocked"),
            (false, _) if reached => t!("debrief-failed-ending"),
            (false, EndingKind::Success) => t!("debrief-failed-score", pass = pass),
            (false, _) => t!("debrief-failed", pass = pass),
        };
        let practice = self.practice.then(|| format!(" {}", t!("debrief-practice")));
        view! {
            <div class="summary-result">
                <h2 id="how-it-ended">{t!(&format!("debrief-{}", ending_name(debrief.ending)))}</h2>
                <strong class="result-score">{score.percent.map(|mark| mark.to_string())}</strong>
                <p>{words}{practice}</p>
            </div>
        }
        .into_any()
    }

    fn keep(&self, decision: &Decision) -> AnyView {
        view! {
            <div class="point point-keep">
                <Icon name=IconName::Done/>
                <div>
                    <h3>{t!("debrief-keep", subject = subject(decision))}</h3>
                    {own(decision)}
                    <p class="small">{self.authored.plain(&decision.why)}</p>
                </div>
            </div>
        }
        .into_any()
    }

    fn mattered(&self, decision: &Decision, matter: Matter) -> AnyView {
        let points = i64::from(decision.cost.unwrap_or(Percent::ZERO).whole());
        let name = subject(decision);
        let (title, more) = match matter {
            Matter::Blocked => (t!("debrief-mattered-blocked", subject = name), None),
            Matter::Turned => (t!("debrief-mattered-turned", subject = name), Some(t!("debrief-turned-why"))),
            Matter::Cost => (t!("debrief-mattered", subject = name, points = points), None),
        };
        let better = decision.better.as_ref().map(|better| better_quote(t!("debrief-try"), better));
        let again = self.rewind.as_ref().map(|run| again(run, decision.number, "btn btn-small"));
        view! {
            <div class="point point-try">
                <Icon name=IconName::Retry/>
                <div>
                    <h3>{title}</h3>
                    {own(decision)}
                    {more.map(|more| view! { <p class="small">{more}</p> })}
                    <p class="small">{self.authored.plain(&decision.why)}</p>
                    {better}
                    <div class="actions">{again}<a class="btn btn-quiet btn-small" href=self.href(decision)>{t!("debrief-read-why")}</a></div>
                </div>
            </div>
        }
        .into_any()
    }

    /// What is said at the mark of the line.
    fn turn_words(&self, decision: &Decision, matter: Matter) -> String {
        let number = i64::from(decision.number) + 1;
        let free = decision.cost.is_none_or(|cost| cost == Percent::ZERO);
        match matter {
            Matter::Blocked => t!("debrief-mark-blocked", number = number),
            Matter::Turned if free => t!("debrief-mark-turned-free", number = number),
            Matter::Turned => t!("debrief-mark-turned", number = number),
            Matter::Cost => t!("debrief-mark-cost", number = number),
        }
    }

    /// Each competency with its mark as a number and as a bar.
    fn competencies(&self, debrief: &Debrief) -> Option<AnyView> {
        let own = debrief.score.competencies.iter().filter_map(|one| {
            let mark = one.percent?;
            let name = (self.competency)(one.id.as_str());
            let bar = format!(
                r#"<svg class="mark-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="mark-back" width="100" height="6"/><rect class="mark-now" width="{}" height="6"/></svg>"#,
                mark.whole()
            );
            Some(view! { <div><dt>{name}</dt><dd>{mark.to_string()}</dd><dd class="mark-line" inner_html=bar></dd></div> })
        });
        let own = own.collect::<Vec<_>>();
        (!own.is_empty()).then(|| {
            view! { <section><h3>{t!("debrief-competencies")}</h3><dl class="marks">{own}</dl></section> }.into_any()
        })
    }
}

/// The learner's own sentence, or what they did.
fn own(decision: &Decision) -> AnyView {
    let (cite, class) = quoted(decision.reply.role);
    let words = match decision.reply.role {
        Role::Silence => t!("talk-silence"),
        _ => decision.reply.text.clone(),
    };
    view! { <blockquote class=class><cite>{cite}</cite>{words}</blockquote> }.into_any()
}
