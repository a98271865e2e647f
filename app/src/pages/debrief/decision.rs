//! One decision, folded to a line: which, about what, in one's own words, at what cost. Opened, the reason and what was better.

use super::{Around, again, anew, quoted, sentence, subject};
use crate::api::wording::Heard;
use crate::context::visit;
use crate::live::Who;
use crate::pages::own_words::{marked, notes};
use crate::pages::remark;
use crate::t;
use crate::ui::{Icon, IconName};
use domain::conversation::debrief::{Better, Decision};
use domain::conversation::summary::{Matter, Summary};
use domain::conversation::view::Role;
use domain::percent::Percent;
use leptos::prelude::*;

impl Around<'_> {
    pub(super) fn decision(&self, decision: &Decision, summary: &Summary<'_>) -> AnyView {
        let cost = decision.cost.filter(|cost| *cost > Percent::ZERO);
        let (class, icon, verdict) = if !decision.blockers.is_empty() {
            ("decision decision-blocker", Some(IconName::Warning), t!("debrief-blocker"))
        } else if let Some(cost) = cost {
            ("decision decision-cost", None, t!("debrief-cost", points = i64::from(cost.whole())))
        } else {
            ("decision decision-best", Some(IconName::Check), t!("debrief-best"))
        };
        let turned = decision.turned.then(|| view! { <span class="fold-tag">{t!("debrief-turned-tag")}</span> });
        let most = summary
            .mattered
            .filter(|(mattered, matter)| *matter == Matter::Cost && mattered.number == decision.number)
            .map(|_| view! { <span class="fold-tag fold-tag-calm">{t!("debrief-most-tag")}</span> });
        let number = decision.number + 1;
        let words = match decision.reply.role {
            Role::Silence => t!("talk-silence"),
            Role::Did => decision.reply.text.clone(),
            _ => format!("\u{201c}{}\u{201d}", decision.reply.text),
        };
        let open = self.is_asked(decision) || self.is_refused(decision);
        let icon = icon.map(|name| view! { <Icon name/> });
        view! {
            <li id=format!("d{number}")>
                <details class=class open=open>
                    <summary>
                        <span class="fold-no"><span class="visually-hidden">{t!("debrief-decision-no")}" "</span>{number}</span>
                        <span class="fold-name">{subject(decision)}</span>
                        <span class="fold-said">{words}</span>
                        <span class="fold-side">{turned}{most}<span class="decision-verdict">{icon}{verdict}</span></span>
                    </summary>
                    {self.body(decision)}
                </details>
            </li>
        }
        .into_any()
    }

    /// Whether a remark about it was refused: its form stands open then, with what was typed.
    fn is_refused(&self, decision: &Decision) -> bool {
        let field = remark::name(remark::FIELD, &decision.number.to_string());
        self.run.is_some() && visit().refused.problem(&field).is_some()
    }

    fn body(&self, decision: &Decision) -> AnyView {
        let heard = self.heard.iter().find(|(turn, _)| *turn == decision.number).map(|(_, heard)| heard);
        let promises = decision
            .commitments
            .iter()
            .map(|promise| t!("debrief-promise", what = format!("{} {}", promise.kind, promise.detail)))
            .collect::<Vec<_>>()
            .join(" ");
        let meant =
            decision.meant.clone().map(|words| view! { <p class="small soft">{t!("own-meant", words = words)}</p> });
        let again = self.rewind.as_ref().map(|run| again(run, decision.number, "btn btn-quiet btn-small"));
        let remark =
            self.run.as_ref().map(|run| remark::form(&remark::Subject::Decision(run.clone(), decision.number)));
        let ratings = self.ratings(decision);
        let turned = decision.turned.then(|| view! { <p>{t!("debrief-turned-why")}</p> });
        view! {
            <div class="decision-body">
                {self.before(decision)}
                <div class="fold-pair">
                    {self.reply(decision, heard)}
                    {decision.better.as_ref().map(|better| self.better(better))}
                </div>
                {meant}
                {blockers(decision, heard)}
                {heard.and_then(|heard| notes(&heard.notes))}
                {anew::at(&self.overturned, decision.number)}
                {turned}
                <p class="decision-why">{self.authored.plain(&decision.why)}</p>
                {decision.better.as_ref().map(|better| self.then(better))}
                {(!promises.is_empty()).then(|| view! { <p class="small soft">{promises}</p> })}
                {(!ratings.is_empty()).then(|| view! { <p class="small soft">{t!("debrief-rated", ratings = ratings)}</p> })}
                <div class="decision-more">{again}{remark}</div>
            </div>
        }
        .into_any()
    }

    /// The last thing that somebody said before it.
    fn before(&self, decision: &Decision) -> Option<AnyView> {
        let last = decision.lines.iter().rfind(|line| line.role == Role::Them)?;
        Some(
            view! { <blockquote class="said said-them"><cite>{last.speaker.clone()}</cite>{last.text.clone()}</blockquote> }
                .into_any(),
        )
    }

    /// What the learner said or did, with what stands out in own words.
    fn reply(&self, decision: &Decision, heard: Option<&Heard>) -> AnyView {
        let (cite, quote) = quoted(decision.reply.role);
        let said = match heard.filter(|heard| !heard.pieces.is_empty()) {
            Some(heard) => marked(&heard.pieces),
            None if decision.reply.role == Role::Silence => t!("talk-silence").into_any(),
            None => decision.reply.text.clone().into_any(),
        };
        view! { <blockquote class=quote><cite>{cite}</cite>{said}</blockquote> }.into_any()
    }

    fn ratings(&self, decision: &Decision) -> String {
        let rated = decision.ratings.iter().map(|rated| {
            let name = (self.competency)(rated.competency.as_str());
            // A number alone on a line says nothing.
            format!("{name}\u{a0}{}", signed(rated.value.into()))
        });
        rated.collect::<Vec<_>>().join(" · ")
    }

    /// What would have been better, in its author's words.
    pub(super) fn better(&self, better: &Better) -> AnyView {
        let cite = if better.done { t!("debrief-better-do") } else { t!("debrief-better") };
        better_quote(cite, better)
    }

    /// Why, and what they would then have said.
    fn then(&self, better: &Better) -> AnyView {
        let then = self
            .entries(&better.then)
            .into_iter()
            .map(|entry| {
                if entry.who == Who::Stage {
                    return view! { <p class="soft"><i>{entry.text}</i></p> }.into_any();
                }
                let cite = t!("debrief-then", name = entry.name.clone());
                view! { <blockquote class="said said-them"><cite>{cite}</cite>{entry.text}</blockquote> }.into_any()
            })
            .collect_view();
        view! { <p class="decision-why">{t!("debrief-better-why")}" "{self.authored.plain(&better.why)}</p>{then} }
            .into_any()
    }
}

/// The words of a better reply under a heading.
pub(super) fn better_quote(cite: String, better: &Better) -> AnyView {
    let said = better.text.clone().unwrap_or_else(|| t!("debrief-better-silent"));
    let class = if better.done { "said said-better said-did" } else { "said said-better" };
    view! { <blockquote class=class><cite>{cite}</cite>{said}</blockquote> }.into_any()
}

/// What must not happen, in words; what the notes on own words say already is left out.
fn blockers(decision: &Decision, heard: Option<&Heard>) -> Vec<AnyView> {
    let told = decision.blockers.iter().filter_map(|blocker| {
        let key = format!("blocker-{blocker}");
        let rule = format!("rule-{blocker}");
        let noted = |heard: &Heard| heard.notes.iter().any(|note| note.text == t!(&rule));
        if crate::text::exists(&rule) && heard.is_some_and(noted) {
            return None;
        }
        let known = [key, rule].into_iter().find(|key| crate::text::exists(key));
        let words = known.map_or_else(|| sentence(blocker.as_str()), |key| t!(&key));
        Some(view! { <p class="bad strong">{words}</p> }.into_any())
    });
    told.collect()
}

/// A rating with its sign, as it is set in print.
fn signed(rating: i32) -> String {
    match rating {
        0 => "0".to_owned(),
        rating if rating > 0 => format!("+{rating}"),
        rating => format!("\u{2212}{}", rating.unsigned_abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::signed;

    #[test]
    fn ratings_are_set_with_their_sign() {
        for (rating, expected) in [(2, "+2"), (0, "0"), (-1, "\u{2212}1")] {
            assert_eq!(signed(rating), expected);
        }
    }
}
