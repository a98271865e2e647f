//! What a receipt rests on, activity by activity.

use super::day_there;
use crate::t;
use crate::ui::TableRegion;
use domain::people::Zone;
use domain::receipt::{Evidence, Receipt};
use leptos::prelude::*;

/// The table of activities; results only where the viewer may see them.
pub fn table(body: &Receipt, zone: &Zone, results: bool) -> AnyView {
    let rows = body.evidence.iter().map(|done| row(done, zone, results)).collect_view();
    let heads = results.then(|| {
        view! {
            <th scope="col" class="num">{t!("receipt-attempts")}</th>
            <th scope="col" class="num">{t!("receipt-first")}</th>
            <th scope="col" class="num">{t!("receipt-best")}</th>
        }
    });
    view! {
        <section class="stack stack-close">
            <h2>{t!("receipt-evidence")}</h2>
            <TableRegion label=t!("receipt-evidence")>
                <table class="table table-stack">
                    <caption class="visually-hidden">{t!("receipt-evidence-caption")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("receipt-activity")}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableRegion>
        </section>
    }
    .into_any()
}

fn row(done: &Evidence, zone: &Zone, results: bool) -> AnyView {
    let score = |score: Option<u8>| score.map(|score| t!("receipt-score", score = u32::from(score)));
    // Receipts of earlier releases hold scores of practice, which belong to the learner alone.
    let counts = done.asked != "practice";
    let (first, best) = (done.first.filter(|_| counts), done.best.filter(|_| counts));
    // Reading and agreeing have no attempts worth counting.
    let attempts = best.map(|_| done.attempts.to_string());
    let text = done.text.as_ref().map(|hash| {
        view! { <span class="sub">{t!("receipt-text-hash")} " " <span class="hash">{hash.short()}</span></span> }
    });
    let (kind, date) = (kind(&done.asked), day_there(done.completed, zone));
    let what = match done.accepted {
        true => t!("receipt-accepted-on", kind = kind, date = date),
        false => t!("receipt-done-on", kind = kind, date = date),
    };
    let cells = results.then(|| {
        view! {
            <td data-label=t!("receipt-attempts") class="num">{attempts}</td>
            <td data-label=t!("receipt-first") class="num">{score(first)}</td>
            <td data-label=t!("receipt-best") class="num">{score(best)}</td>
        }
    });
    view! {
        <tr>
            <th scope="row">{done.title.clone()}<span class="sub">{what}</span>{text}</th>
            {cells}
        </tr>
    }
    .into_any()
}

/// What an activity asked for, in words.
fn kind(asked: &str) -> String {
    match asked {
        "quiz" => t!("receipt-kind-quiz"),
        "practice" => t!("receipt-kind-practice"),
        "assessed" => t!("receipt-kind-assessed"),
        "agree" => t!("receipt-kind-agree"),
        _ => t!("receipt-kind-read"),
    }
}
