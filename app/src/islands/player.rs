//! The conversation player. The server renders it whole, as a form that works without scripts; in the browser, replies
//! arrive with a natural rhythm and the page stays where it is.

use super::signed_out;
use super::transcript::{Style, transcript};
use crate::failure::Failure;
use crate::live::{Entry, Medium, Scene, Who, say};
use domain::conversation::GRACE;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, js_sys::Date};

/// The words of the player, from the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The words around the transcript.
    pub style: Style,
    /// Before the name of whoever is about to answer.
    pub typing: String,
    /// The button that ends the waiting.
    pub hurry: String,
    /// Before the time left to answer.
    pub left: String,
    /// What to say when the server did not answer.
    pub unreachable: String,
    /// The heading over a mail that is not sent yet.
    pub draft: String,
    /// The button that sends it.
    pub send: String,
    /// The button that goes back to what else can be written.
    pub change: String,
    /// The button that tries again.
    pub again: String,
    /// The link to the debrief.
    pub debrief: String,
    /// The button that starts anew.
    pub retry: String,
}

/// What goes on its way.
#[derive(Clone, Default)]
struct Sent {
    /// The choice by its name; empty to have words read, or to ask how things stand.
    choice: String,
    /// One's own words; empty when a choice was picked as it stands.
    words: String,
    /// The words that were read last.
    read: String,
    /// Whether the author may learn from the words.
    keep: bool,
}

impl Sent {
    /// What a form of the reply holds, sent by one of its buttons; nothing for another form of the page.
    fn of(event: web_sys::Event) -> Option<Self> {
        let event = event.unchecked_into::<SubmitEvent>();
        let own = match &*event.target()?.unchecked_into::<Element>().class_name() {
            "own" => true,
            "choices" => false,
            _ => return None,
        };
        event.prevent_default();
        let field = |id| value(id).filter(|_| own).unwrap_or_default();
        let button = event.submitter().map(|button| button.unchecked_into::<HtmlInputElement>());
        Some(Self {
            choice: button.map(|button| button.value()).unwrap_or_default(),
            words: field("f-words"),
            read: field("own-read"),
            keep: own && part::<HtmlInputElement>("own-keep").is_some_and(|keep| keep.checked()),
        })
    }
}

/// A part of the page by its id.
fn part<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id).map(JsCast::unchecked_into)
}

/// What stands in a field, by its id; nothing where there is no such field.
fn value(id: &str) -> Option<String> {
    part::<HtmlInputElement>(id).map(|field| field.value())
}

/// Counts the own words, and puts their reading away while it is of others.
fn count_words() {
    let (Some(words), Some(count)) = (value("f-words"), part::<Element>("own-count")) else { return };
    let words = words.trim();
    let most = count.get_attribute("data-most").unwrap_or_default();
    count.set_text_content(Some(&format!("{} / {most}", words.chars().count())));
    if let Some((read, reading)) = value("own-read").zip(part::<Element>("own-reading")) {
        let _ = reading.toggle_attribute_with_force("hidden", read != words);
    }
}

/// Has something read out.
fn tell(news: &str) {
    if let Some(region) = part::<Element>("news") {
        region.set_text_content(Some(news));
    }
}

/// A clock that has not ticked for so many milliseconds slept, with the page or the whole computer.
const SLEPT: f64 = 3000.0;

/// Milliseconds until a line appears: as long as it takes to write a little faster than people do.
fn rhythm(entry: &Entry) -> u64 {
    let letters = u64::try_from(entry.text.chars().count()).unwrap_or(0);
    (350 + letters * 14).clamp(500, 2200)
}

fn wants_calm() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|list| list.matches())
}

/// Plays one run of a conversation.
#[island]
pub fn Player(
    /// Where things stand.
    scene: Scene,
    /// The words.
    words: Words,
    /// The course and the activity, for starting anew.
    course: String,
    /// The activity's id.
    activity: String,
    /// Where the debrief is.
    debrief: String,
) -> impl IntoView {
    let all = scene.entries.len();
    let elapsed = RwSignal::new(scene.elapsed);
    let left = RwSignal::new(scene.left);
    // By the clock on the wall, which goes on while the page sleeps: when the time to answer is up.
    let until = StoredValue::new(None::<f64>);
    let scene = RwSignal::new(scene);
    let shown = RwSignal::new(all);
    let fresh = RwSignal::new(all);
    let waiting = RwSignal::new(false);
    let failed = RwSignal::new(None::<Sent>);
    let replied = RwSignal::new(false);
    let draft = RwSignal::new(String::new());
    let held = RwSignal::new(0_u32);
    let words = StoredValue::new(words);

    // Shows all lines up to one, and has the new ones of the others read out.
    let show = move |upto: usize| {
        let from = shown.get_untracked();
        let mut news = String::new();
        scene.with_untracked(|scene| {
            for entry in scene.entries.get(from..upto).unwrap_or_default() {
                // What one says oneself one knows.
                if !matches!(entry.who, Who::Me | Who::Did) {
                    for part in [&entry.name, ": ", &entry.text, " "] {
                        news.push_str(part);
                    }
                }
            }
        });
        tell(news.trim_start_matches(": "));
        held.set(0);
        shown.set(upto);
    };

    // Shows one more line after its rhythm, until all are there.
    fn reveal(
        scene: RwSignal<Scene>,
        shown: RwSignal<usize>,
        held: RwSignal<u32>,
        show: impl Fn(usize) + Copy + 'static,
    ) {
        let expected = shown.get_untracked();
        let Some(entry) = scene.with_untracked(|scene| scene.entries.get(expected).cloned()) else { return };
        // Nobody waits on hold while their own time to answer runs.
        let hold = scene.with_untracked(|scene| {
            let before = expected.checked_sub(1).and_then(|before| scene.entries.get(before));
            before.filter(|_| scene.left.is_none()).map_or(0, |before| before.hold)
        });
        let pause = match entry.who {
            _ if hold > 0 => u64::from(hold) * 1000,
            Who::Me | Who::Did => 0,
            _ => rhythm(&entry),
        };
        held.set(hold);
        set_timeout(
            move || {
                if shown.get_untracked() == expected {
                    show(expected + 1);
                    reveal(scene, shown, held, show);
                }
            },
            Duration::from_millis(pause),
        );
    }

    let wind = move |time: Option<i64>| {
        left.set(time);
        until.set_value(time.map(|time| Date::now() + time as f64));
    };

    let send = move |sent: Sent| {
        if waiting.get_untracked() {
            return;
        }
        failed.set(None);
        // To ask how things stand is no reply, and a reply need not wait for it.
        let asks = sent.choice.is_empty() && sent.words.is_empty();
        if !asks {
            waiting.set(true);
            replied.set(true);
            // Setting it makes the replies anew, and with them the field that one's own words are in.
            if sent.words.is_empty() {
                draft.set(String::new());
            }
        }
        let (run, turn) = scene.with_untracked(|scene| (scene.run.clone(), scene.turn));
        spawn_local(async move {
            let Sent { choice, words, read, keep } = sent.clone();
            let answer = say(run, turn, choice, words, read, keep).await;
            if asks && (waiting.get_untracked() || scene.with_untracked(|scene| scene.turn != turn)) {
                return;
            }
            match answer {
                Ok(next) if asks && next.turn == turn => wind(next.left),
                Ok(next) => {
                    replied.set(true);
                    // What was typed meanwhile stays, whatever was read.
                    let typed = value("f-words").filter(|_| next.turn == turn);
                    let before = scene.with_untracked(|scene| scene.entries.len());
                    let count = next.entries.len();
                    shown.set(before);
                    wind(next.left);
                    fresh.set(before);
                    scene.set(next);
                    if wants_calm() {
                        show(count);
                    } else {
                        reveal(scene, shown, held, show);
                    }
                    if let Some(typed) = typed {
                        request_animation_frame(move || {
                            if let Some(field) = part::<HtmlInputElement>("f-words") {
                                field.set_value(&typed);
                            }
                            count_words();
                            if let Some(found) = part::<Element>("found") {
                                tell(&found.text_content().unwrap_or_default());
                            }
                        });
                    }
                }
                Err(Failure::SignedOut) => signed_out(),
                Err(Failure::NotFound | Failure::Forbidden) => {
                    let _ = window().location().reload();
                }
                Err(_) => failed.set(Some(sent)),
            }
            if !asks {
                waiting.set(false);
            }
        });
    };

    let submit = move |event| {
        let Some(sent) = Sent::of(event) else { return };
        // A mail lies there before it goes; own words have been looked at, and what is done is no mail.
        let said = |scene: &Scene| scene.offers.iter().any(|offer| offer.id == sent.choice && offer.sign.is_empty());
        if scene.with_untracked(|scene| scene.medium == Medium::Mail && said(scene)) {
            replied.set(true);
            draft.set(sent.choice);
        } else {
            send(sent);
        }
    };

    // In the browser alone: the forms, the call's clock, and the time left to answer. The forms are plain ones, some of them
    // the server's, so they are listened to from outside.
    Effect::new(move |_| {
        window_event_listener_untyped("submit", submit);
        window_event_listener_untyped("input", |_| count_words());
        wind(left.get_untracked());
        if left.get_untracked().is_some() {
            // The page took its time to arrive and to come to life.
            send(Sent::default());
        }
        let began = Date::now() - elapsed.get_untracked() as f64 * 1000.0;
        let last = StoredValue::new(Date::now());
        set_interval(
            move || {
                let now = Date::now();
                // While the call is on hold the clock counts down below nought, and then goes on with the call's time.
                let hold = held.get_untracked().saturating_sub(1);
                held.set(hold);
                elapsed.set(if hold > 0 { -i64::from(hold) } else { ((now - began) / 1000.0) as i64 });
                let slept = now - last.get_value() > SLEPT;
                last.set_value(now);
                let Some(end) = until.get_value() else { return };
                let after = (end - now) as i64;
                if slept || after < -GRACE {
                    // The number is back when the server has said what it is.
                    wind(None);
                    send(Sent::default());
                } else {
                    left.set(Some(after.max(0)));
                }
            },
            Duration::from_secs(1),
        );
    });

    // After a reply one's own line comes to the top, so that it, what came back and the next replies are in view, and the focus
    // goes on to the heading of what comes next, unless the person has moved on by themselves: the button that had it is gone,
    // or is another one now.
    Effect::new(move |_| {
        scene.track();
        shown.track();
        draft.track();
        if !replied.get_untracked() {
            return;
        }
        // The heading is in the page only then.
        request_animation_frame(move || {
            let page = document();
            let heading = part("reading").or_else(|| page.query_selector(".ending h2, #reply h2").ok().flatten());
            let over = shown.with_untracked(|shown| *shown >= scene.with_untracked(|scene| scene.entries.len()));
            let free = page.active_element().is_none_or(|focused| matches!(&*focused.tag_name(), "BODY" | "BUTTON"));
            if over && !waiting.get_untracked() {
                replied.set(false);
                if let Some(heading) = heading.filter(|_| free) {
                    let _ = heading.unchecked_into::<HtmlInputElement>().focus();
                }
            }
            let news = fresh.get_untracked() < shown.get_untracked() && draft.with_untracked(String::is_empty);
            if let Some(line) = part::<Element>("now").filter(|_| news) {
                line.scroll_into_view();
            }
        });
    });

    let scene_len = move || scene.with_untracked(|scene| scene.entries.len());
    let lines = move || {
        let upto = shown.get();
        scene.with(|scene| {
            let mut words = words.get_value();
            words.style.subject = scene.subject.clone();
            let next = scene.entries.get(upto);
            let tail = next.filter(|next| matches!(next.who, Who::Them | Who::Party)).map(|next| {
                let typing = format!("{} {}", words.typing, next.name);
                view! {
                    <p class="typing">
                        <span class="typing-dots" aria-hidden="true"><i></i><i></i><i></i></span>
                        {typing}
                        <button class="btn btn-quiet btn-small" type="button" on:click=move |_| {
                            show(scene_len());
                        }>{words.hurry.clone()}</button>
                    </p>
                }
                .into_any()
            });
            let time = (scene.medium == Medium::Phone).then_some(elapsed);
            transcript(scene.entries.get(..upto).unwrap_or_default(), fresh.get(), &words.style, time, tail)
        })
    };
    let choices = move || {
        let ready = scene.with(|scene| shown.get() >= scene.entries.len() && scene.ended.is_none());
        ready.then(|| {
            let now = scene.get();
            let words = words.get_value();
            // A mail lies there before it goes, alone. Without scripts it goes at once.
            let drafted = draft.get();
            let (class, heading) = match drafted.is_empty() {
                true => ("choice", now.prompt),
                false => ("choice choice-draft", words.draft),
            };
            let offers = now
                .offers
                .into_iter()
                .filter(|offer| drafted.is_empty() || offer.id == drafted)
                .map(|offer| {
                    let (class, sign) = match offer.sign.is_empty() {
                        true => (class, None),
                        false => ("choice choice-do", Some(view! { <b class="sign">{offer.sign}</b>" " })),
                    };
                    view! {
                        // A button that is disabled would lose the focus; `send` lets nothing through meanwhile.
                        <button class=class name="choice" value=offer.id
                            aria-disabled=move || waiting.get().then_some("true")>{sign}{offer.text}</button>
                    }
                })
                .collect_view();
            let desk = (!drafted.is_empty()).then(|| {
                view! {
                    <p class="draft">
                        <button class="btn" type="button" on:click=move |_| {
                            send(Sent { choice: draft.get_untracked(), ..Sent::default() });
                        }>{words.send}</button>
                        <button class="btn btn-secondary" type="button" on:click=move |_| {
                            replied.set(true);
                            draft.set(String::new());
                        }>{words.change}</button>
                    </p>
                }
                .into_any()
            });
            // By itself: a passing second must not make the replies anew.
            let limit = words.left;
            let timer = move || {
                left.get().map(|left| {
                    let limit = limit.clone();
                    view! { <p class="timer">{limit}" "<span>{format!("{} s", (left + 999) / 1000)}</span></p> }
                })
            };
            let inside = if now.own.is_empty() {
                view! {
                    <form class="choices" method="post" action="/do/take-turn">
                        <input type="hidden" name="run" value=now.run/>
                        <input type="hidden" name="turn" value=now.turn.to_string()/>
                        {offers}
                        {desk}
                    </form>
                }
                .into_any()
            } else {
                view! { <div class="own-area" inner_html=now.own></div> }.into_any()
            };
            view! {
                <div class="reply" id="reply">
                    <h2 tabindex="-1">{heading}</h2>
                    {timer}
                    {inside}
                </div>
            }
        })
    };

    let trouble = move || {
        failed.get().map(|sent| {
            let words = words.get_value();
            view! {
                <div class="notice notice-bad" role="alert">
                    <p>{words.unreachable}</p>
                    <button class="btn btn-secondary" type="button" on:click=move |_| send(sent.clone())>{words.again}</button>
                </div>
            }
        })
    };

    let ending = move || {
        let over = scene.with(|scene| scene.ended.clone().filter(|_| shown.get() >= scene.entries.len()));
        over.map(|ended| {
            let words = words.get_value();
            view! {
                <section class=format!("card ending ending-{}", ended.kind)>
                    <h2 tabindex="-1">{ended.heading}</h2>
                    <div class="actions">
                        <a class="btn" href=debrief.clone()>{words.debrief}</a>
                        <form method="post" action="/do/start-run">
                            <input type="hidden" name="course" value=course.clone()/>
                            <input type="hidden" name="activity" value=activity.clone()/>
                            <button class="btn btn-secondary">{words.retry}</button>
                        </form>
                    </div>
                </section>
            }
        })
    };

    view! {
        <div class="conversation">
            {lines}
            <div class="visually-hidden" role="status" id="news"></div>
            {trouble}
            {choices}
            {ending}
        </div>
    }
}
