//! What was said, drawn the way its channel looks. The player and the debrief share it.

use crate::live::{Entry, Medium, Who};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The words around a transcript.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Style {
    /// Names of the channels: public, chat, phone, mail, board.
    pub channels: [String; 5],
    /// Who can read along: public, chat, phone, mail, board.
    pub audiences: [String; 5],
    /// What to say where the conversation moves on: to public, chat, phone, mail, board.
    pub moved: [String; 5],
    /// The most characters a public post may have; nothing means as many as the networks that people know allow.
    pub limit: Option<u16>,
    /// The subject of a mail.
    pub subject: String,
    /// What comes before the path of a recording.
    pub media: String,
    /// The name of a recording; its words stand above it.
    pub recording: String,
}

/// The most characters a public post may have, as the networks that people know have it.
const POST_LIMIT: u16 = 280;

fn place(medium: Medium) -> usize {
    match medium {
        Medium::Public => 0,
        Medium::Chat => 1,
        Medium::Phone => 2,
        Medium::Mail => 3,
        Medium::Board => 4,
    }
}

fn look(medium: Medium) -> &'static str {
    match medium {
        Medium::Public => "talk talk-public",
        Medium::Chat => "talk talk-dm",
        Medium::Phone => "talk talk-phone",
        Medium::Mail => "talk talk-email",
        Medium::Board => "talk talk-board",
    }
}

/// The transcript: a section for each stretch on one channel. `clock`, in seconds, is shown on calls, `tail` after the last line.
pub fn transcript(
    entries: &[Entry],
    fresh: usize,
    style: &Style,
    clock: Option<RwSignal<i64>>,
    tail: Option<AnyView>,
) -> AnyView {
    let mut stretches: Vec<(Medium, Vec<(usize, &Entry)>)> = vec![];
    for (index, entry) in entries.iter().enumerate() {
        match stretches.last_mut() {
            Some((medium, lines)) if *medium == entry.medium => lines.push((index, entry)),
            _ => stretches.push((entry.medium, vec![(index, entry)])),
        }
    }
    let limit = style.limit.unwrap_or(POST_LIMIT);
    let last = stretches.len().saturating_sub(1);
    let mut tail = tail;
    stretches
        .into_iter()
        .enumerate()
        .map(|(number, (medium, lines))| {
            let name = style.channels[place(medium)].clone();
            let shown = name.clone();
            let moved = (number > 0).then(|| {
                view! { <p class="talk-moved">{style.moved[place(medium)].clone()}</p> }
            });
            let beside = match (clock, medium) {
                // A node of its own: the passing of a second touches nothing else.
                (Some(seconds), Medium::Phone) => {
                    view! { <span class="talk-clock">{move || clock_face(seconds.get())}</span> }.into_any()
                }
                _ => view! { <span class="talk-audience">{style.audiences[place(medium)].clone()}</span> }.into_any(),
            };
            let subject = (medium == Medium::Mail && !style.subject.is_empty())
                .then(|| view! { <h2 class="talk-subject">{style.subject.clone()}</h2> });
            let lines =
                lines.into_iter().map(|(index, entry)| line(entry, index >= fresh, limit, style)).collect_view();
            let tail = (number == last).then(|| tail.take()).flatten();
            view! {
                {moved}
                <div class=look(medium) role="group" aria-label=name>
                    <header class="talk-head"><span class="talk-channel">{shown}</span>{beside}</header>
                    {subject}
                    <ol class="lines" aria-live="polite">{lines}</ol>
                    {tail}
                </div>
            }
        })
        .collect_view()
        .into_any()
}

fn clock_face(seconds: i64) -> String {
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).collect::<String>().to_uppercase()
}

/// The player of a recording; its caption is the line itself.
fn recording(entry: &Entry, style: &Style) -> Option<AnyView> {
    let source = (!entry.audio.is_empty()).then(|| format!("{}{}", style.media, entry.audio))?;
    let name = style.recording.clone();
    Some(view! { <audio class="line-audio" controls preload="none" src=source aria-label=name></audio> }.into_any())
}

fn line(entry: &Entry, fresh: bool, limit: u16, style: &Style) -> AnyView {
    let side = match entry.who {
        Who::Them => "line-them",
        Who::Me => "line-me",
        Who::Party => "line-party",
        Who::Stage => {
            return view! { <li class="line-stage">{entry.text.clone()}{recording(entry, style)}</li> }.into_any();
        }
    };
    let class = if fresh { format!("line {side} line-new") } else { format!("line {side}") };
    let length = entry.text.chars().count();
    let foot = (entry.medium == Medium::Public && entry.who == Who::Me).then(|| {
        view! { <p class="line-foot"><span>{format!("{length} / {limit}")}</span></p> }
    });
    let avatar = if entry.who == Who::Me { "avatar avatar-me" } else { "avatar" };
    let paragraphs = entry.text.split("\n\n").map(|part| view! { <p>{part.to_owned()}</p> }).collect_view();
    view! {
        <li class=class>
            <span class=avatar aria-hidden="true">{initials(&entry.name)}</span>
            <div class="line-body">
                <p class="line-who"><b>{entry.name.clone()}</b><span>{entry.detail.clone()}</span></p>
                {paragraphs}
                {recording(entry, style)}
                {foot}
            </div>
        </li>
    }
    .into_any()
}
