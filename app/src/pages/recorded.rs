//! What is recorded and who sees it, in plain words.

use crate::shell::Frame;
use crate::t;
use crate::ui::{PageHeader, TableRegion};
use leptos::prelude::*;

/// The kinds of records, as the catalogue names them: `recorded-KIND` says what it is, `recorded-KIND-you`,
/// `-manager`, `-hr` and `-trainer` who sees how much of it.
const KINDS: [&str; 12] = [
    "account", "time", "status", "results", "answers", "talks", "channels", "pledges", "receipts", "visits",
    "sign-ins", "actions",
];

/// The page; strangers may read it too.
#[component]
pub fn Recorded() -> impl IntoView {
    let rows = KINDS.map(row).into_iter().collect_view();
    let never = ["never-looks", "never-others", "never-password", "never-verdict"]
        .map(|key| view! { <li>{t!(&format!("recorded-{key}"))}</li> })
        .into_iter()
        .collect_view();
    view! {
        <Frame title=t!("recorded-title")>
            <PageHeader title=t!("recorded-title") lead=t!("recorded-lead")/>
            <div class="stack stack-wide">
                <TableRegion label=t!("recorded-title")>
                    <table class="table table-stack">
                        <caption class="visually-hidden">{t!("recorded-title")}</caption>
                        <thead><tr>
                            <th scope="col">{t!("recorded-what")}</th>
                            <th scope="col">{t!("recorded-you")}</th>
                            <th scope="col">{t!("recorded-manager")}</th>
                            <th scope="col">{t!("recorded-hr")}</th>
                            <th scope="col">{t!("recorded-trainer")}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </TableRegion>
                <div class="prose">
                    <h2>{t!("recorded-never")}</h2>
                    <ul>{never}</ul>
                    <h2>{t!("recorded-how-long")}</h2>
                    <p>{t!("recorded-how-long-text")}</p>
                    <h2>{t!("recorded-server")}</h2>
                    <p>{t!("recorded-server-text")}</p>
                    <h2>{t!("recorded-ask")}</h2>
                    <p>{t!("recorded-ask-text")}</p>
                </div>
            </div>
        </Frame>
    }
}

fn row(kind: &str) -> AnyView {
    let cell = |who: &str| {
        let label = t!(&format!("recorded-{who}"));
        view! { <td data-label=label>{t!(&format!("recorded-{kind}-{who}"))}</td> }
    };
    view! {
        <tr>
            <th scope="row">{t!(&format!("recorded-{kind}"))}<span class="sub">{t!(&format!("recorded-{kind}-text"))}</span></th>
            {cell("you")}
            {cell("manager")}
            {cell("hr")}
            {cell("trainer")}
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::KINDS;
    use crate::text::exists;

    #[test]
    fn every_cell_has_its_words() {
        for kind in KINDS {
            for part in ["", "-text", "-you", "-manager", "-hr", "-trainer"] {
                let key = format!("recorded-{kind}{part}");
                assert!(exists(&key), "{key}");
            }
        }
    }
}
