//! Own words that failed a play, and the form by which a trainer overturns what a rule found in them.

use super::remarks::Source;
use crate::api::tracking::LONGEST_REASON;
use crate::context::{services, visit};
use crate::t;
use crate::ui::{Badge, BadgeKind, Button, ButtonKind, ButtonSize, Disclosure, Hidden, TextArea};
use crate::when::Moment;
use domain::conversation::wording::{for_others, hear_again};
use domain::conversation::{OwnReply, Scenario, replay};
use domain::facts::Facts;
use domain::ids::VersionId;
use domain::phrasing::{RuleId, mask_personal};
use domain::remark::{At, Spot};
use domain::slug::Slug;
use leptos::prelude::*;
use store::{BlockedReply, Remark};

/// The name of the field of a reason: several of these forms stand on one page.
#[must_use]
pub fn field(run: &str, turn: &str, rule: &str) -> String {
    format!("reason.{run}.{turn}.{rule}")
}

/// Own words with the place they were said at.
pub struct Blocked<'a> {
    reply: &'a BlockedReply,
    /// Where they were said.
    pub spot: Spot,
    /// The words, as somebody else may read them.
    words: String,
}

impl<'a> Blocked<'a> {
    /// Finds the place; nothing when the play does not fit its version.
    pub fn find(reply: &'a BlockedReply, source: &Source, facts: &Facts) -> Option<Self> {
        let scenario = source.package.activity(&reply.activity)?.telling(reply.variant.as_ref())?.scenario;
        let state = replay(scenario, &reply.before).ok()?;
        let node = scenario.nodes.get(usize::from(state.node))?.id.clone();
        let words = masked(reply, scenario, source.package.language.as_str(), facts);
        Some(Self {
            reply,
            spot: Spot {
                activity: reply.activity.clone(),
                at: At::Decision { variant: reply.variant.clone(), node, choice: None },
            },
            words,
        })
    }

    /// Whether a remark is about these words: of the same person, at the same place, after the play.
    #[must_use]
    pub fn is_meant_by(&self, remark: &Remark) -> bool {
        let At::Decision { variant, node, .. } = &remark.spot.at else { return false };
        let At::Decision { node: here, .. } = &self.spot.at else { return false };
        let same = (remark.subject, remark.version, &remark.spot.activity, variant, node);
        same == (self.reply.subject, self.reply.version, &self.reply.activity, &self.reply.variant, here)
            && remark.made_at >= self.reply.ended_at
    }

    /// The version they were said in.
    #[must_use]
    pub fn version(&self) -> VersionId {
        self.reply.version
    }

    /// Whether anything in them still counts.
    #[must_use]
    pub fn counts(&self) -> bool {
        !self.reply.blockers.is_empty()
    }

    /// The words, what was found in them, and a form for each of it.
    #[must_use]
    pub fn view(&self, slug: &Slug) -> AnyView {
        let own = visit().viewer.is_some_and(|viewer| viewer.subject == self.reply.subject);
        let found = self.reply.blockers.iter().map(|rule| {
            let form = if own {
                view! { <p class="soft">{t!("overturn-own")}</p> }.into_any()
            } else {
                self.form(slug, *rule)
            };
            view! { <p class="bad">{t!(&format!("rule-{rule}"))}</p>{form} }.into_any()
        });
        let gone = self.reply.overturned.iter().map(|rule| {
            view! {
                <p class="row"><Badge kind=BadgeKind::Done label=t!("overturn-done")/><s>{t!(&format!("rule-{rule}"))}</s></p>
            }
            .into_any()
        });
        let parts: Vec<AnyView> = found.chain(gone).collect();
        view! {
            <blockquote class="said"><cite>{t!("overturn-quote")}</cite>{self.words.clone()}</blockquote>
            {parts}
        }
        .into_any()
    }

    /// The same as a card of its own, for words that nobody remarked on.
    #[must_use]
    pub fn card(&self, slug: &Slug, source: &Source) -> AnyView {
        let place = source.place(&self.spot);
        let href = format!("/authoring/{slug}/{}/a/{}", self.reply.version, self.reply.activity);
        view! {
            <li class="card remark-card">
                <p class="row"><a href=href>{place.activity}</a><code>{place.line}</code></p>
                {self.view(slug)}
                <p class="small soft"><Moment at=self.reply.ended_at/></p>
            </li>
        }
        .into_any()
    }

    fn form(&self, slug: &Slug, rule: RuleId) -> AnyView {
        let (course, run, turn) = (slug.to_string(), self.reply.run.to_string(), self.reply.turn.to_string());
        let field = field(&run, &turn, rule.name());
        let refused = visit().refused;
        let (typed, error) = (refused.typed(&field), refused.problem(&field).unwrap_or_default());
        let open = !error.is_empty();
        let most = u32::try_from(LONGEST_REASON).unwrap_or(0);
        view! {
            <Disclosure summary=t!("overturn-open") open=open>
                <form method="post" action="/do/overturn" class="stack">
                    <Hidden name="course" value=course/>
                    <Hidden name="run" value=run/>
                    <Hidden name="turn" value=turn/>
                    <Hidden name="rule" value=rule.name()/>
                    <TextArea label=t!("overturn-reason") name=field value=typed error=error rows=3 required=true maxlength=most/>
                    <div class="actions">
                        <Button label=t!("overturn-do") kind=ButtonKind::Secondary size=ButtonSize::Small/>
                    </div>
                </form>
            </Disclosure>
        }
        .into_any()
    }
}

/// The words without personal data.
fn masked(reply: &BlockedReply, scenario: &Scenario, language: &str, facts: &Facts) -> String {
    let rules = services().rules.get(language);
    let lookup = |key: &str| facts.look_up(key);
    let all = reply.blockers.iter().chain(&reply.overturned).copied().collect();
    let own = OwnReply { turn: reply.turn, words: reply.words.clone(), blockers: all };
    let heard = rules.as_ref().as_ref().and_then(|rules| hear_again(scenario, &reply.before, rules, &lookup, &own));
    heard.map_or_else(|| mask_personal(&reply.words), |heard| for_others(&heard, &reply.words))
}
