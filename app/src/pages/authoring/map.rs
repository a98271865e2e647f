//! A conversation from above: what the checker proved, and every node with what can be said there.

use super::edition::Edition;
use super::findings::count;
use crate::api::conversation::{ending_words, worded};
use crate::t;
use crate::ui::{Disclosure, Stat, Stats, TableRegion};
use domain::conversation::model::{Exit, Node, Outcome};
use domain::conversation::{Bot, Channel, Checked, Scenario, Summary};
use domain::percent::Percent;
use leptos::prelude::*;

/// What only the author sees of a conversation.
#[must_use]
pub fn view(edition: &Edition, scenario: &Scenario, checked: &Checked) -> AnyView {
    let proof = match &checked.summary {
        Some(summary) if checked.proven => summary_view(edition, summary),
        _ => view! { <p class="bad">{t!("map-not-proven")}</p> }.into_any(),
    };
    let map = Map { edition, scenario };
    let nodes = scenario.nodes.iter().map(|node| map.node(node)).collect_view();
    view! {
        <section class="section">
            <div class="section-head"><h2>{t!("map-proof")}</h2></div>
            {proof}
        </section>
        <section class="section">
            <div class="section-head"><h2>{t!("map-nodes")}</h2><span class="soft small">{t!("map-count", count = count(scenario.nodes.len()))}</span></div>
            <p class="soft">{t!("map-lead")}</p>
            {nodes}
        </section>
    }
    .into_any()
}

fn summary_view(edition: &Edition, summary: &Summary) -> AnyView {
    let stats = vec![
        Stat::new(t!("map-states"), summary.states.to_string()),
        Stat::new(t!("map-best"), summary.best.to_string()),
        Stat::new(t!("map-worst"), summary.worst.to_string()),
        Stat::new(t!("map-pass"), t!("percent", value = i64::from(summary.pass))),
    ];
    let bots = summary.bots.iter().map(bot).collect_view();
    let run = summary.best_run.iter().map(|text| view! { <li>{edition.authored.plain(text)}</li> }).collect_view();
    view! {
        <Stats items=stats/>
        <TableRegion label=t!("map-bots")>
            <table class="table table-stack">
                <caption>{t!("map-bots")}</caption>
                <thead><tr>
                    <th scope="col">{t!("bot-play")}</th>
                    <th scope="col" class="num">{t!("bot-score")}</th>
                    <th scope="col" class="num">{t!("bot-share")}</th>
                    <th scope="col">{t!("bot-outcome")}</th>
                </tr></thead>
                <tbody>{bots}</tbody>
            </table>
        </TableRegion>
        <Disclosure summary=t!("map-best-run")><ol>{run}</ol></Disclosure>
    }
    .into_any()
}

fn bot(bot: &Bot) -> AnyView {
    let name = t!(&format!("bot-{}", bot.name.replace(' ', "-")));
    let percent = |value: Option<Percent>| value.map_or_else(|| "–".to_owned(), |value| value.to_string());
    let (class, outcome) = if bot.passes { ("bad", t!("bot-passes")) } else { ("good", t!("bot-fails")) };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label=t!("bot-score") class="num">{percent(bot.percent)}</td>
            <td data-label=t!("bot-share") class="num">{percent(bot.share)}</td>
            <td data-label=t!("bot-outcome")><span class=class>{outcome}</span></td>
        </tr>
    }
    .into_any()
}

struct Map<'a> {
    edition: &'a Edition,
    scenario: &'a Scenario,
}

impl Map<'_> {
    fn node(&self, node: &Node) -> AnyView {
        let lines = node
            .lines
            .iter()
            .map(|line| {
                let speaker = line.speaker.and_then(|index| self.scenario.parties.get(usize::from(index)));
                let name = speaker.map(|party| party.first_name().to_owned());
                let text = self.edition.authored.plain(&line.text);
                view! { <p>{name.map(|name| view! { <b>{name}</b>": " })}{text}</p> }
            })
            .collect_view();
        let on = match &node.exit {
            Exit::Choices { choices, timer } => {
                let said = choices.iter().map(|choice| {
                    let when = choice.condition.as_ref().map(|condition| condition.show(&self.scenario.variables));
                    let words = worded(self.edition.authored.plain(&choice.text), choice.done);
                    self.row(&words, when, &choice.outcome)
                });
                let silence = timer
                    .iter()
                    .map(|timer| self.row(&t!("map-silence", seconds = timer.seconds), None, &timer.outcome));
                let rows = said.chain(silence).collect_view();
                self.table(node, rows)
            }
            Exit::Jumps(jumps) => jumps
                .iter()
                .map(|jump| {
                    let when = match &jump.condition {
                        Some(condition) => t!("map-jump-if", condition = condition.show(&self.scenario.variables)),
                        None => t!("map-jump"),
                    };
                    view! { <p>{when}" "{self.target(jump.target)}</p> }
                })
                .collect_view()
                .into_any(),
            Exit::End(ending) => {
                let html = self.edition.authored.part("", &ending.debrief);
                view! { <div class="prose prose-small" inner_html=html.to_string()></div> }.into_any()
            }
        };
        let kind = match &node.exit {
            Exit::End(ending) => Some(ending_words(ending.kind)),
            _ => None,
        };
        let name = node.id.to_string();
        let id = anchor(&name);
        view! {
            <section class="card stack" id=id>
                <div class="section-head"><h3><code>{name}</code></h3><span class="soft small">{channel(node.channel)}{kind.map(|kind| format!(" · {kind}"))}</span></div>
                <div>{lines}</div>
                {on}
            </section>
        }
        .into_any()
    }

    fn table(&self, node: &Node, rows: Vec<AnyView>) -> AnyView {
        let label = t!("map-choices", node = node.id.to_string());
        view! {
            <TableRegion label=label.clone()>
                <table class="table table-stack">
                    <caption class="visually-hidden">{label}</caption>
                    <thead><tr>
                        <th scope="col">{t!("map-said")}</th>
                        <th scope="col">{t!("map-rated")}</th>
                        <th scope="col">{t!("map-moves")}</th>
                        <th scope="col">{t!("map-target")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableRegion>
        }
        .into_any()
    }

    fn row(&self, text: &str, when: Option<String>, outcome: &Outcome) -> AnyView {
        let rated = outcome
            .ratings
            .iter()
            .filter_map(|rating| {
                let competency = self.scenario.competencies.get(usize::from(rating.competency))?;
                Some(format!("{} {:+}", competency.id, rating.value))
            })
            .collect::<Vec<_>>()
            .join(", ");
        let moves =
            outcome.effects.iter().map(|effect| effect.show(&self.scenario.variables)).collect::<Vec<_>>().join(", ");
        let blockers = outcome.blockers.iter().map(|blocker| {
            view! { <span class="sub bad strong">{t!("map-blocker", name = blocker.to_string())}</span> }
        });
        let promises = outcome.commitments.iter().map(|promise| {
            let what = format!("{} {}", promise.kind, self.edition.authored.plain(&promise.detail));
            view! { <span class="sub">{t!("map-promise", what = what.trim().to_owned())}</span> }
        });
        let why = self.edition.authored.plain(&outcome.why);
        view! {
            <tr>
                <th scope="row">
                    {when.map(|when| view! { <span class="sub">{t!("map-when")}" "<code>{when}</code></span> })}
                    {text.to_owned()}
                    {(!why.is_empty()).then(|| view! { <span class="sub">{why}</span> })}
                </th>
                <td data-label=t!("map-rated")>{dash(rated)}{blockers.collect::<Vec<_>>()}{promises.collect::<Vec<_>>()}</td>
                <td data-label=t!("map-moves")>{dash(moves)}</td>
                <td data-label=t!("map-target")>{self.target(outcome.target)}</td>
            </tr>
        }
        .into_any()
    }

    fn target(&self, index: u16) -> AnyView {
        let name = self.scenario.nodes.get(usize::from(index)).map(|node| node.id.to_string()).unwrap_or_default();
        let href = format!("#{}", anchor(&name));
        view! { <a href=href><code>{name}</code></a> }.into_any()
    }
}

fn anchor(node: &str) -> String {
    format!("node-{node}")
}

fn dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

fn channel(channel: Channel) -> String {
    match channel {
        Channel::Public => t!("channel-public"),
        Channel::DirectMessage => t!("channel-chat"),
        Channel::Phone => t!("channel-phone"),
        Channel::Email => t!("channel-mail"),
        Channel::Board => t!("channel-board"),
    }
}
