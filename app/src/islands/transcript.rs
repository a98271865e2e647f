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
    /// Before the words that a recording is of.
    pub recording: String,
    /// Before the time that a call is still on hold.
    pub hold: String,
    /// Between the length of a public post and the most it may have.
    pub of: String,
    /// Beside the name of somebody who speaks up in public for the first time.
    pub joins: String,
    /// Beside the learner's name on what is theirs.
    pub yours: String,
    /// Whether the conversation goes on: then the learner's own last line is a place in the page, `#now`.
    pub live: bool,
}

impl Style {
    /// The name of a channel.
    #[must_use]
    pub fn channel(&self, medium: Medium) -> String {
        self.channels[place(medium)].clone()
    }
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

/// How many colours there are for further people.
const COLOURS: usize = 4;

/// The transcript: a section for each stretch on one channel. `clock`, in seconds, is shown on calls (below nought: on hold), `tail` after the last line.
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
                    let hold = style.hold.clone();
                    view! { <span class="talk-clock">{move || clock_face(seconds.get(), &hold)}</span> }.into_any()
                }
                _ => view! { <span class="talk-audience">{style.audiences[place(medium)].clone()}</span> }.into_any(),
            };
            let subject = (medium == Medium::Mail && !style.subject.is_empty())
                .then(|| view! { <h2 class="talk-subject">{style.subject.clone()}</h2> });
            let lines =
                lines.iter().map(|(index, entry)| line(entries, *index, *index >= fresh, style, entry)).collect_view();
            let tail = (number == last).then(|| tail.take()).flatten();
            view! {
                {moved}
                <div class=look(medium) role="group" aria-label=name>
                    <header class="talk-head"><span class="talk-channel">{shown}</span>{beside}</header>
                    {subject}
                    <ol class="lines">{lines}</ol>
                    {tail}
                </div>
            }
        })
        .collect_view()
        .into_any()
}

/// The length of a public post, of the most that it may have.
fn counted(text: &str, style: &Style) -> String {
    format!("{} {} {}", text.chars().count(), style.of, style.limit.unwrap_or(POST_LIMIT))
}

/// Minutes and seconds, as a phone shows them; below nought is how long the call is still on hold.
fn clock_face(seconds: i64, hold: &str) -> String {
    let time = format!("{:02}:{:02}", seconds.abs() / 60, seconds.abs() % 60);
    if seconds < 0 { format!("{hold} {time}") } else { time }
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).collect::<String>().to_uppercase()
}

/// The player of a recording; its caption is the line itself.
fn recording(entry: &Entry, style: &Style) -> Option<AnyView> {
    let source = (!entry.audio.is_empty()).then(|| format!("{}{}", style.media, entry.audio))?;
    let name = format!("{}: {}", style.recording, entry.text);
    // An address of its own would be set anew with every line that comes, and what is playing would begin again.
    Some(
        view! {
            <audio class="line-audio" controls preload="none" aria-label=name>
                <source src=source/>
            </audio>
        }
        .into_any(),
    )
}

fn line(all: &[Entry], index: usize, fresh: bool, style: &Style, entry: &Entry) -> AnyView {
    // Made of the name, so that somebody keeps it everywhere.
    let colour = entry.name.bytes().map(usize::from).sum::<usize>() % COLOURS;
    let side = match entry.who {
        Who::Them => "line line-them".to_owned(),
        Who::Me => "line line-me".to_owned(),
        Who::Party => format!("line line-party party-{colour}"),
        Who::Stage if entry.hold > 0 => "line-stage line-hold".to_owned(),
        Who::Stage => "line-stage".to_owned(),
        Who::Did => "line-stage line-did".to_owned(),
    };
    let mine = |entry: &Entry| matches!(entry.who, Who::Me | Who::Did);
    let now = style.live && mine(entry) && !all.iter().skip(index + 1).any(mine);
    let place = now.then_some("now");
    if matches!(entry.who, Who::Stage | Who::Did) {
        let sign = (entry.who == Who::Did).then(|| view! { <b class="sign">{entry.name.clone()}</b>" " });
        return view! { <li class=side id=place>{sign}{entry.text.clone()}{recording(entry, style)}</li> }.into_any();
    }
    let class = if fresh { format!("{side} line-new") } else { side };
    let (public, board) = (entry.medium == Medium::Public, entry.medium == Medium::Board);
    let first = || !all.iter().take(index).any(|other| other.who == Who::Party && other.name == entry.name);
    let tag = match entry.who {
        Who::Party if public && first() => style.joins.as_str(),
        Who::Me if board => style.yours.as_str(),
        _ => "",
    };
    let between = if tag.is_empty() || entry.detail.is_empty() { "" } else { " · " };
    let detail = format!("{}{between}{tag}", entry.detail);
    let foot = (public && entry.who == Who::Me).then(|| {
        view! { <p class="line-foot"><span>{counted(&entry.text, style)}</span></p> }
    });
    let avatar = if entry.who == Who::Me { "avatar avatar-me" } else { "avatar" };
    let paragraphs = entry.text.split("\n\n").map(|part| view! { <p>{part.to_owned()}</p> }).collect_view();
    view! {
        <li class=class id=place>
            <span class=avatar aria-hidden="true">{initials(&entry.name)}</span>
            <div class="line-body">
                <p class="line-who"><b>{entry.name.clone()}</b><span>{detail}</span></p>
                {paragraphs}
                {recording(entry, style)}
                {foot}
            </div>
        </li>
    }
    .into_any()
}
