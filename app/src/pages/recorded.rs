//! What is recorded and who sees it, in plain words: the table of `domain::sight`.

use crate::shell::Frame;
use crate::t;
use crate::ui::{PageHeader, TableRegion};
use domain::sight::{Kept, Reader, Sight, sight};
use leptos::prelude::*;

/// The page; strangers may read it too.
#[component]
pub fn Recorded() -> impl IntoView {
    let rows = Kept::ALL.map(row).into_iter().collect_view();
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

fn row(kept: Kept) -> AnyView {
    let cells = Reader::ALL.map(|reader| {
        let label = t!(&format!("recorded-{}", reader.as_str()));
        view! { <td data-label=label>{cell(reader, kept)}</td> }
    });
    let name = kept.as_str();
    view! {
        <tr>
            <th scope="row">{t!(&format!("recorded-{name}"))}<span class="sub">{t!(&format!("recorded-{name}-text"))}</span></th>
            {cells.into_iter().collect_view()}
        </tr>
    }
    .into_any()
}

/// How much a reader sees: all and nothing in the same words everywhere, what lies between in words of its own.
fn cell(reader: Reader, kept: Kept) -> String {
    match sight(reader, kept) {
        Sight::Nothing => t!("recorded-nothing"),
        Sight::All => t!("recorded-all"),
        _ => t!(&key(reader, kept)),
    }
}

fn key(reader: Reader, kept: Kept) -> String {
    format!("recorded-{}-{}", kept.as_str(), reader.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::exists;

    #[test]
    fn every_cell_has_its_words_and_none_says_otherwise_than_the_table() {
        for kept in Kept::ALL {
            let name = kept.as_str();
            assert!(exists(&format!("recorded-{name}")) && exists(&format!("recorded-{name}-text")), "{name}");
            for reader in Reader::ALL {
                let own = !matches!(sight(reader, kept), Sight::Nothing | Sight::All);
                assert_eq!(exists(&key(reader, kept)), own, "{}", key(reader, kept));
            }
        }
    }
}
