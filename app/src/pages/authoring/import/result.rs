//! The page of a draft: what was found, what was left, what is to do, and its text.

use super::converted::{Converted, Left, PLACES, ToDo};
use crate::pages::authoring::IMPORT_DRAFT;
use crate::pages::authoring::findings::count;
use crate::t;
use crate::ui::{
    Actions, Badge, BadgeKind, Facts, IconName, LinkButton, Marked, Notice, NoticeKind, TableRegion, fact,
};
use domain::ids::FlashId;
use leptos::prelude::*;

/// How many lines of a draft are shown; the file has all of them.
const SHOWN: usize = 400;

pub(super) fn view(id: FlashId, converted: &Converted) -> AnyView {
    let Some(draft) = converted.draft() else { return unread(converted) };
    let mut facts =
        vec![fact(t!("import-passages"), count(converted.passages)), fact(t!("import-links"), count(converted.links))];
    let named =
        [("import-story", &converted.title), ("import-start", &converted.start), ("import-format", &converted.format)];
    for (key, value) in named {
        facts.extend(value.clone().map(|value| fact(crate::text::text(key), value)));
    }
    let found = (!converted.found.is_empty()).then(|| {
        view! {
            <section class="section">
                <div class="section-head"><h2>{t!("import-found")}</h2><span class="soft">{converted.found.counted()}</span></div>
                {converted.found.view()}
            </section>
        }
    });
    let name = converted.name().to_owned();
    view! {
        <Notice kind=NoticeKind::Good title=t!("import-done") live=true><p>{t!("import-not-stored")}</p></Notice>
        <Actions>
            <LinkButton label=t!("import-download", file = name) href=format!("{IMPORT_DRAFT}?story={id}")
                icon=IconName::Download download=true/>
        </Actions>
        <section class="section"><h2>{t!("import-taken")}</h2><Facts items=facts/></section>
        {to_do(&converted.to_do)}
        {left(converted)}
        {found}
        {text(draft)}
    }
    .into_any()
}

fn unread(converted: &Converted) -> AnyView {
    view! {
        <Notice kind=NoticeKind::Bad title=t!("import-unread") live=true><p>{t!("import-unread-text")}</p></Notice>
        {converted.found.view()}
    }
    .into_any()
}

fn to_do(list: &[ToDo]) -> AnyView {
    let rows = list
        .iter()
        .map(|it| {
            let (label, kind) = if it.error {
                (t!("import-must"), BadgeKind::Overdue)
            } else {
                (t!("import-look"), BadgeKind::DueSoon)
            };
            view! {
                <tr>
                    <th scope="row"><Marked text=it.title.clone()/><span class="sub"><Marked text=it.mend.clone()/></span></th>
                    <td data-label=t!("import-col-grave")><Badge label=label kind=kind/></td>
                    <td data-label=t!("import-col-times") class="num">{count(it.times)}</td>
                    <td data-label=t!("import-col-lines")>{places(&it.lines, it.times)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <div class="section-head"><h2>{t!("import-to-do")}</h2><span class="soft small">{t!("import-to-do-lead")}</span></div>
            <TableRegion label=t!("import-to-do")>
                <table class="table table-stack">
                    <caption class="visually-hidden">{t!("import-to-do")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("import-col-what")}</th>
                            <th scope="col">{t!("import-col-grave")}</th>
                            <th scope="col" class="num">{t!("import-col-times")}</th>
                            <th scope="col">{t!("import-col-lines")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableRegion>
        </section>
    }
    .into_any()
}

fn left(converted: &Converted) -> AnyView {
    if converted.left.is_empty() {
        return view! {
            <section class="section"><h2>{t!("import-left")}</h2><p>{t!("import-nothing-left")}</p></section>
        }
        .into_any();
    }
    let more = converted.left_in_all.saturating_sub(converted.left.len());
    let rows = converted.left.iter().map(row).collect_view();
    view! {
        <section class="section">
            <div class="section-head"><h2>{t!("import-left")}</h2><span class="soft small">{t!("import-left-lead")}</span></div>
            <TableRegion label=t!("import-left")>
                <table class="table table-stack">
                    <caption class="visually-hidden">{t!("import-left")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("import-col-left")}</th>
                            <th scope="col">{t!("import-col-lines")}</th>
                            <th scope="col">{t!("import-col-passage")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableRegion>
            {(more > 0).then(|| view! { <p class="soft">{t!("import-left-more", count = count(more))}</p> })}
        </section>
    }
    .into_any()
}

/// The first lines of something, and whether there are more of its `times`.
fn places(lines: &[u32], times: usize) -> String {
    let named = lines.iter().take(PLACES).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if times > lines.len().min(PLACES) && !named.is_empty() { format!("{named}, …") } else { named }
}

fn row(it: &Left) -> AnyView {
    let mut letters = it.kind.chars();
    let kind: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let begins = (!it.begins.is_empty()).then(|| view! { " "<code>{it.begins.clone()}</code> });
    view! {
        <tr>
            <th scope="row">{kind}{begins}</th>
            <td data-label=t!("import-col-lines")>{places(&it.lines, it.lines.len())}</td>
            <td data-label=t!("import-col-passage")>{if it.passage.is_empty() { "–".to_owned() } else { it.passage.clone() }}</td>
        </tr>
    }
    .into_any()
}

fn text(draft: &str) -> AnyView {
    let lines = draft.lines().count();
    let shown: Vec<&str> = draft.lines().take(SHOWN).collect();
    let more = lines.saturating_sub(SHOWN);
    view! {
        <section class="section">
            <div class="section-head"><h2>{t!("import-draft")}</h2><span class="soft">{t!("import-lines", count = count(lines))}</span></div>
            <pre class="source source-long" tabindex="0" role="region" aria-label=t!("import-draft")><code>{shown.join("\n")}</code></pre>
            {(more > 0).then(|| view! { <p class="soft">{t!("import-lines-more", count = count(more))}</p> })}
        </section>
    }
    .into_any()
}
