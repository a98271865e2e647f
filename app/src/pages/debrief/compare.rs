//! One run beside the person's other runs of the same conversation.

use crate::api::conversation::ending_words;
use crate::t;
use crate::ui::{Disclosure, TableRegion};
use crate::when;
use domain::conversation::{Event, Scenario, Solved, replay};
use domain::facts::Facts;
use leptos::prelude::*;
use store::Run;

/// The other runs with their scores and where they took another way; nothing when there is no other.
pub fn view(
    solved: &Solved,
    scenario: &Scenario,
    facts: &Facts,
    run: &Run,
    all: &[Run],
    page: &str,
) -> Option<AnyView> {
    // Only the same content can be compared decision by decision.
    let others: Vec<&Run> = all.iter().filter(|other| other.id != run.id && other.content == run.content).collect();
    if others.is_empty() {
        return None;
    }
    let rows = others
        .iter()
        .map(|other| {
            let href = format!("{page}/result?run={}", other.id);
            let at = other.ended_at.map(when::moment).unwrap_or_default();
            let score = other.score.map(|score| score.to_string()).unwrap_or_default();
            let ending = solved.score(&other.events).map(|score| ending_words(score.ending)).unwrap_or_default();
            let parted = parted(&run.events, &other.events);
            let way = match parted {
                None => t!("compare-same"),
                Some(place) => {
                    let number = i64::try_from(place).unwrap_or(0) + 1;
                    match said(scenario, facts, &other.events, place) {
                        Some((words, true)) => t!("compare-did", number = number, words = words),
                        Some((words, false)) => t!("compare-said", number = number, words = words),
                        None => t!("compare-silent", number = number),
                    }
                }
            };
            view! {
                <tr>
                    <th scope="row"><a href=href>{at}</a></th>
                    <td class="num" data-label=t!("compare-score")>{score}</td>
                    <td data-label=t!("compare-ending")>{ending}</td>
                    <td data-label=t!("compare-way")>{way}</td>
                </tr>
            }
        })
        .collect_view();
    let count = i64::try_from(others.len()).unwrap_or(0);
    Some(
        view! {
            <Disclosure summary=t!("compare-title", count = count)>
                <TableRegion label=t!("compare-title", count = count)>
                    <table class="table table-stack">
                        <thead>
                            <tr>
                                <th scope="col">{t!("compare-when")}</th>
                                <th scope="col" class="num">{t!("compare-score")}</th>
                                <th scope="col">{t!("compare-ending")}</th>
                                <th scope="col">{t!("compare-way")}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </TableRegion>
            </Disclosure>
        }
        .into_any(),
    )
}

/// The first decision that two runs made differently.
fn parted(one: &[Event], other: &[Event]) -> Option<usize> {
    let shared = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    (shared < one.len().max(other.len())).then_some(shared)
}

/// What was said at a decision of a run, and whether it was done and not said; nothing for silence.
fn said(scenario: &Scenario, facts: &Facts, events: &[Event], place: usize) -> Option<(String, bool)> {
    let Some(Event::Chose(choice)) = events.get(place) else { return None };
    let state = replay(scenario, &events[..place]).ok()?;
    let lookup = |key: &str| facts.look_up(key);
    Some((scenario.words(state.node, *choice, &lookup)?, scenario.is_done(state.node, *choice)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_part_at_the_first_difference() {
        let run = |choices: &[u16]| choices.iter().map(|choice| Event::Chose(*choice)).collect::<Vec<_>>();
        for (one, other, expected) in [
            (run(&[0, 1, 2]), run(&[0, 1, 2]), None),
            (run(&[0, 1, 2]), run(&[0, 2, 2]), Some(1)),
            (run(&[0, 1]), run(&[0, 1, 2]), Some(2)),
            (run(&[1]), vec![Event::TimedOut], Some(0)),
        ] {
            assert_eq!(parted(&one, &other), expected);
            assert_eq!(parted(&other, &one), expected);
        }
    }
}
