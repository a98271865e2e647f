//! A simulated conversation: the briefing, the play, and how earlier plays went.

use super::activity::{crumbs, kicker, pager, quiet_pager};
use super::course::rule_words;
use super::opened::Opened;
use super::ruling;
use crate::api::{conversation as stage, wording};
use crate::context::{now, services};
use crate::failure::Failure;
use crate::islands::{Player, Style, Words};
use crate::live::Scene;
use crate::pages::query;
use crate::shell::Frame;
use crate::t;
use crate::ui::{Actions, Button, ButtonKind, Disclosure, Hidden, LinkButton, Notice, NoticeKind, PageHeader};
use crate::when;
use domain::conversation::model::Exit;
use domain::conversation::{Scenario, scene};
use domain::course::{Activity, Mode};
use domain::ids::RunId;
use domain::people::MoreTime;
use domain::progress::Rule;
use leptos::prelude::*;
use store::Run;

/// The page of a conversation.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn show(opened: &Opened, activity: &Activity, mode: Mode) -> Result<AnyView, Failure> {
    let services = services();
    let runs = services.db.runs(opened.enrolment.id, &activity.id).await?;
    let again = query::<RunId>("rewind");
    let latest = again.or(runs.first().map(|run| run.id));
    let latest = match latest {
        Some(id) => {
            let run = services.db.run(id, opened.enrolment.person).await?.ok_or(Failure::NotFound)?;
            if run.activity != activity.id || run.rewound != again.is_some() {
                return Err(Failure::NotFound);
            }
            // A run keeps to the version it was begun with, which may have been replaced meanwhile.
            let package = services.packages.get(&services.db, run.version).await?;
            Some((run, package))
        }
        None => None,
    };
    // The briefing is that of the telling which is played.
    let telling = match &latest {
        Some((run, package)) => stage::telling(package, run)?,
        None => activity.telling(None).ok_or(Failure::NotFound)?,
    };
    let scenario = telling.scenario;
    let facts = opened.authored.facts();
    let lookup = |key: &str| facts.look_up(key);
    let about = scene(scenario, &lookup);
    let briefing = opened.authored.part(telling.folder(), &scenario.briefing);
    let play = match &latest {
        Some((run, package)) => {
            let draft = wording::kept_draft(run.id);
            Some((stage::scene_of(run, package, facts, now(), draft.as_ref())?, run))
        }
        None => None,
    };
    let earlier = runs.iter().filter(|run| run.ended_at.is_some()).collect::<Vec<_>>();
    let history = (!earlier.is_empty()).then(|| history(opened, activity, &earlier));
    let begun = play.is_some();
    let under_way = play.as_ref().is_some_and(|(_, run)| run.ended_at.is_none());
    let notice = play.as_ref().filter(|(_, run)| run.rewound).map(|(_, run)| rewound(opened, activity, run));
    // Going back to a decision is beside the point of attempts.
    let startable = again.is_none() && runs.first().is_none_or(|run| run.ended_at.is_some());
    let ruled = if again.is_none() { ruling::notice(opened, activity, startable && begun).await? } else { None };
    let stage = match play {
        Some((scene, run)) => {
            let play = player(opened, activity, scene, run, words(&about, opened.authored.media_prefix()));
            // The player offers to begin anew; where that would be refused, its button is not shown.
            let class = if another(opened, activity, !startable) { "attempt" } else { "attempt last-attempt" };
            view! { <div class=class>{play}</div> }.into_any()
        }
        None => begin(opened, activity, mode, shows_example(scenario, mode)),
    };
    let time = match is_timed(scenario) {
        true => Some(time_note(services.db.more_time(opened.enrolment.person).await?)),
        false => None,
    };
    let rule = rule_words(&Rule::of(activity));
    let title = activity.title.clone();
    let (above, what) = (crumbs(opened), kicker(activity));
    let below = if under_way { quiet_pager(opened, activity) } else { pager(opened, activity) };
    Ok(view! {
        <Frame title=title.clone() narrow=true islands=begun>
            {above}
            <PageHeader title=title/>
            {what}
            <div class="stack">
                <Disclosure summary=t!("talk-briefing") open=!begun>
                    <div class="prose prose-small" inner_html=briefing.to_string()></div>
                    <p class="small soft">{t!("talk-with", name = about.them.name.clone())}" "{rule}</p>
                    {time}
                </Disclosure>
                {notice}
                {ruled}
                {stage}
                {history}
                {below}
            </div>
        </Frame>
    }
    .into_any())
}

/// Whether another attempt may follow: the one that is `open` is counted once it is over.
fn another(opened: &Opened, activity: &Activity, open: bool) -> bool {
    let state = opened.states.get(&activity.id);
    let left = state.map_or_else(|| Rule::of(activity).attempts(), |state| state.attempts_left(&Rule::of(activity)));
    left.is_none_or(|left| left > u32::from(open))
}

/// Whether any reply has a time limit.
fn is_timed(scenario: &Scenario) -> bool {
    scenario.nodes.iter().any(|node| matches!(&node.exit, Exit::Choices { timer: Some(_), .. }))
}

/// Says that there are limits, how long the person has, and where they get more.
fn time_note(more: MoreTime) -> AnyView {
    let words = t!(&format!("talk-time-{}", more.as_str()));
    view! { <p class="small soft">{words}" "<a href="/account#more-time">{t!("talk-time-change")}</a></p> }.into_any()
}

/// Whether the best way may be read beforehand: where the author says so, and only where it is practice.
#[must_use]
pub fn shows_example(scenario: &Scenario, mode: Mode) -> bool {
    scenario.worked && mode == Mode::Practice
}

/// Says that this is a second try, and leads back to the play that it came from.
fn rewound(opened: &Opened, activity: &Activity, run: &Run) -> AnyView {
    let back = run.origin.map(|origin| {
        let href = format!("{}/result?run={origin}", opened.href(&activity.id));
        view! { <p><a href=href>{t!("rewind-back")}</a></p> }
    });
    view! { <Notice kind=NoticeKind::Info title=t!("rewind-title")><p>{t!("rewind-text")}</p>{back}</Notice> }
        .into_any()
}

fn begin(opened: &Opened, activity: &Activity, mode: Mode, example: bool) -> AnyView {
    let note = note(activity, mode);
    let example = example.then(|| {
        let href = format!("{}/example", opened.href(&activity.id));
        view! { <LinkButton label=t!("example-link") href=href kind=ButtonKind::Secondary/> }
    });
    view! {
        <form method="post" action="/do/start-run" class="stack">
            <Hidden name="course" value=opened.enrolment.slug.to_string()/>
            <Hidden name="activity" value=activity.id.to_string()/>
            <p class="soft">{note}</p>
            <Actions>
                <Button label=t!("talk-begin")/>
                {example}
            </Actions>
        </form>
    }
    .into_any()
}

/// What the conversation counts for, and whether further attempts are told otherwise.
#[must_use]
pub fn note(activity: &Activity, mode: Mode) -> String {
    match mode {
        Mode::Practice => t!("talk-practice"),
        Mode::Assessed { attempts } if activity.tellings().count() > 1 => {
            format!("{} {}", t!("talk-assessed", most = attempts), t!("talk-variants"))
        }
        Mode::Assessed { attempts } => t!("talk-assessed", most = attempts),
    }
}

fn player(opened: &Opened, activity: &Activity, scene: Scene, run: &Run, words: Words) -> AnyView {
    let debrief = format!("{}/result?run={}", opened.href(&activity.id), run.id);
    let course = opened.enrolment.slug.to_string();
    view! { <Player scene=scene words=words course=course activity=activity.id.to_string() debrief=debrief/> }
        .into_any()
}

/// The words of the player.
#[must_use]
pub fn words(about: &domain::conversation::Scene, media: &str) -> Words {
    Words {
        style: Style { live: true, ..style(about, media) },
        typing: t!("talk-typing"),
        hurry: t!("talk-hurry"),
        left: t!("talk-left"),
        draft: t!("talk-draft"),
        send: t!("talk-send"),
        change: t!("talk-change"),
        unreachable: t!("talk-unreachable"),
        again: t!("talk-again"),
        debrief: t!("talk-debrief"),
        retry: t!("talk-retry"),
    }
}

/// The words around a transcript. `media` comes before the paths of recordings.
#[must_use]
pub fn style(about: &domain::conversation::Scene, media: &str) -> Style {
    let public = match about.reach {
        Some(reach) => t!("audience-reach", people = reach, count = grouped(reach)),
        None => t!("audience-public"),
    };
    let everybody = [&about.you, &about.them].into_iter().chain(&about.others);
    let board = everybody.map(|person| person.name.clone()).collect::<Vec<_>>().join(", ");
    Style {
        channels: [
            t!("channel-public"),
            t!("channel-chat"),
            t!("channel-phone"),
            t!("channel-mail"),
            t!("channel-board"),
        ],
        audiences: [
            public,
            t!("audience-chat"),
            t!("audience-phone"),
            t!("audience-mail"),
            t!("audience-board", people = board),
        ],
        moved: [t!("moved-public"), t!("moved-chat"), t!("moved-phone"), t!("moved-mail"), t!("moved-board")],
        subject: about.subject.clone().unwrap_or_default(),
        limit: about.limit,
        media: media.to_owned(),
        recording: t!("talk-recording"),
        hold: t!("talk-holding"),
        of: t!("talk-of"),
        joins: t!("talk-joins"),
        yours: t!("talk-yours"),
        live: false,
    }
}

/// A whole number with a comma between thousands.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let separate = |(place, digit)| match place {
        0 => vec![digit],
        place if place % 3 == first % 3 => vec![',', digit],
        _ => vec![digit],
    };
    digits.chars().enumerate().flat_map(separate).collect()
}

fn history(opened: &Opened, activity: &Activity, runs: &[&Run]) -> AnyView {
    let items = runs
        .iter()
        .map(|run| {
            let href = format!("{}/result?run={}", opened.href(&activity.id), run.id);
            let before = run.first.and_then(|first| first.score).map(|score| i64::from(score.whole()));
            let score = match run.score.map(|score| i64::from(score.whole())) {
                Some(now) => match before.filter(|before| *before != now) {
                    Some(before) => t!("talk-score-was", score = now, before = before),
                    None => t!("talk-score", score = now),
                },
                None => String::new(),
            };
            let at = run.ended_at.map(when::moment).unwrap_or_default();
            view! { <li><a href=href>{at}</a>" "<span class="soft">{score}</span></li> }
        })
        .collect_view();
    view! {
        <Disclosure summary=t!("talk-earlier")><ul>{items}</ul></Disclosure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_told_apart() {
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (2400, "2,400"),
            (12_000, "12,000"),
            (123_456, "123,456"),
            (1_000_000, "1,000,000"),
        ] {
            assert_eq!(grouped(number), expected);
        }
    }
}
