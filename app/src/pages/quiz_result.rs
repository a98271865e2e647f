//! The feedback of a quiz: what it came to, a way to try again, and question by question what was right.

use super::opened::Opened;
use super::result::Onward;
use super::{remark, ruling};
use crate::failure::Failure;
use crate::t;
use crate::ui::{Actions, Badge, BadgeKind, Button, ButtonKind, Hidden, Icon, IconName, LinkButton};
use domain::course::Activity;
use domain::progress::{ActivityState, Rule};
use domain::quiz::{Feedback, FeedbackItem, FeedbackOption, ItemKind, Quiz, Reveal, feedback, reveal};
use leptos::prelude::*;
use store::Attempt;

/// The result of an attempt that was handed in.
///
/// # Errors
/// [`Failure::Internal`] when the database fails.
pub async fn show(
    opened: &Opened,
    activity: &Activity,
    quiz: &Quiz,
    attempt: &Attempt,
    onward: Onward,
) -> Result<AnyView, Failure> {
    let state = opened.states.get(&activity.id);
    let passed_ever = state.is_some_and(ActivityState::is_completed);
    let used = state.map_or(attempt.number, |state| state.attempts);
    let shown = reveal(quiz, passed_ever, used, state.map_or(0, |state| state.granted));
    let result = feedback(quiz, attempt.seed, &attempt.answers, shown);
    let left = state.map_or_else(|| quiz.attempts, |state| state.attempts_left(&Rule::of(activity)));
    let again = again(opened, activity, left, passed_ever);
    let again = || again.as_ref().map(Again::form);
    // What is done needs nothing more: the way on comes first. What is not is tried again.
    let on = || passed_ever.then(|| onward.link(ButtonKind::Primary));
    let rest = (!passed_ever).then(|| {
        let on = (left == Some(0)).then(|| onward.link(ButtonKind::Secondary));
        view! { {on}<LinkButton label=t!("pager-course") href=opened.home() kind=ButtonKind::Quiet/> }
    });
    let above = view! { {on()}{again()} };
    let below = view! { {on()}{(!passed_ever).then(again)}{rest} };
    let ruled = ruling::notice(opened, activity, false).await?;
    let open = result.items.iter().filter(|item| !is_right(item)).count();
    let items = result
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| item_view(opened, activity, attempt, item, index + 1))
        .collect_view();
    let held_back = shown == Reveal::Chosen;
    let count = |number: usize| i64::try_from(number).unwrap_or(0);
    Ok(view! {
        {score_card(&result)}
        <Actions>{above}</Actions>
        {ruled}
        <section class="section">
            <h2>{t!("quiz-answers", count = count(result.items.len()))}</h2>
            <p class="soft">{t!("quiz-answers-open", count = count(open))}</p>
            {held_back.then(|| view! { <p class="soft">{t!("quiz-held-back")}</p> })}
            <ol class="stack answers">{items}</ol>
        </section>
        <Actions>{below}</Actions>
    }
    .into_any())
}

/// The button that begins a further attempt, where there is one.
fn again(opened: &Opened, activity: &Activity, left: Option<u32>, passed: bool) -> Option<Again> {
    let label = match left {
        Some(0) => return None,
        _ if passed => t!("quiz-again-practice"),
        Some(1) => t!("quiz-again-last", minutes = activity.minutes),
        _ => t!("quiz-again-minutes", minutes = activity.minutes),
    };
    let kind = if passed { ButtonKind::Quiet } else { ButtonKind::Primary };
    Some(Again { course: opened.enrolment.slug.to_string(), activity: activity.id.to_string(), label, kind })
}

/// A form that begins a further attempt.
struct Again {
    course: String,
    activity: String,
    label: String,
    kind: ButtonKind,
}

impl Again {
    fn form(&self) -> AnyView {
        view! {
            <form method="post" action="/do/start-quiz">
                <Hidden name="course" value=self.course.clone()/>
                <Hidden name="activity" value=self.activity.clone()/>
                <Button label=self.label.clone() kind=self.kind/>
            </form>
        }
        .into_any()
    }
}

fn score_card(result: &Feedback) -> AnyView {
    let pass = i64::from(result.pass.whole());
    let (class, title, words) = if result.passed {
        ("card result result-pass", t!("quiz-passed"), t!("quiz-passed-text", pass = pass))
    } else {
        ("card result result-fail", t!("quiz-failed"), t!("quiz-failed-text", pass = pass))
    };
    view! {
        <section class=class>
            <p class="result-score">{result.percent.to_string()}</p>
            <div class="result-text"><h2>{title}</h2><p>{words}</p></div>
        </section>
    }
    .into_any()
}

fn is_right(item: &FeedbackItem) -> bool {
    item.percent.whole() == 100
}

/// A question: folded when it was right, open when it cost something.
fn item_view(opened: &Opened, activity: &Activity, attempt: &Attempt, item: &FeedbackItem, number: usize) -> AnyView {
    let remark = remark::form(&remark::Subject::Item(attempt.id.to_string(), item.id.to_string()));
    let folder = activity.folder();
    let stem = opened.authored.part(folder, &item.stem);
    let gist = opened.authored.phrase(folder, &item.stem);
    // What was chosen or belongs comes first; what was rightly left alone is folded, where it is known to be right.
    let single = matches!(item.kind, ItemKind::Single | ItemKind::TrueFalse);
    let (rest, told): (Vec<_>, Vec<_>) =
        item.options.iter().partition(|option| !option.chosen && option.right == Some(false));
    let told = told.into_iter().map(|option| option_view(opened, folder, item.kind, option)).collect_view();
    let rest = (!rest.is_empty()).then(|| {
        let count = i64::try_from(rest.len()).unwrap_or(0);
        let label = if single { t!("quiz-rest-single", count = count) } else { t!("quiz-rest", count = count) };
        let rest = rest.into_iter().map(|option| option_view(opened, folder, item.kind, option)).collect_view();
        view! { <details class="answer-rest"><summary>{label}</summary><div class="options">{rest}</div></details> }
    });
    let empty = (!item.answered).then(|| view! { <p class="strong">{t!("quiz-left-empty")}</p> });
    let why = item.why.as_ref().filter(|why| !why.is_empty()).map(|why| {
        let html = opened.authored.part(folder, why);
        view! { <div class="prose prose-small" inner_html=html.to_string()></div> }
    });
    let mark = match item.percent.whole() {
        100 => view! { <Badge label=t!("quiz-mark-right") kind=BadgeKind::Done/> }.into_any(),
        0 => view! { <Badge label=t!("quiz-mark-wrong")/> }.into_any(),
        _ => view! { <Badge label=item.percent.to_string()/> }.into_any(),
    };
    let question = t!("quiz-number", number = i64::try_from(number).unwrap_or(0));
    view! {
        <li class="question">
            <details class="answer" open=!is_right(item)>
                <summary>
                    <span class="answer-head"><b>{question}</b>{mark}</span>
                    <span class="answer-gist" inner_html=gist.to_string()></span>
                </summary>
                <div class="stack">
                    <div class="question-stem" inner_html=stem.to_string()></div>
                    {empty}
                    <div class="options">{told}</div>
                    {rest}
                    {why}
                    {remark}
                </div>
            </details>
        </li>
    }
    .into_any()
}

fn option_view(opened: &Opened, folder: &str, kind: ItemKind, option: &FeedbackOption) -> AnyView {
    let text = opened.authored.phrase(folder, &option.text);
    let (class, icon) = match (kind, option.chosen, option.right) {
        (ItemKind::Judgement, ..) => ("option option-plain", None),
        (_, true, Some(true)) => ("option option-right", Some(IconName::Check)),
        (_, true, Some(false)) => ("option option-wrong", Some(IconName::Cross)),
        (_, false, Some(true)) => ("option option-missed", None),
        _ => ("option option-plain", None),
    };
    let why = option.why.as_ref().filter(|why| !why.is_empty()).map(|why| {
        let html = opened.authored.phrase(folder, why);
        view! { <p class="option-why" inner_html=html.to_string()></p> }
    });
    let verdict = verdict(kind, option);
    let scale = (kind == ItemKind::Judgement).then(|| scale(option));
    view! {
        <div class=class>
            {icon.map(|icon| view! { <Icon name=icon/> })}
            {(!verdict.is_empty()).then(|| view! { <p class="option-verdict">{verdict}</p> })}
            <div inner_html=text.to_string()></div>
            {scale}
            {why}
        </div>
    }
    .into_any()
}

/// What an answer was and what belongs, in words.
fn verdict(kind: ItemKind, option: &FeedbackOption) -> String {
    let rating = |value: u8| t!(&format!("rating-{value}"));
    match (kind, option.chosen, option.right) {
        (ItemKind::Judgement, ..) => match (option.rating, option.key) {
            (Some(yours), Some(key)) if yours == key => t!("verdict-rated-same", rating = rating(yours)),
            (Some(yours), Some(key)) => t!("verdict-rated", yours = rating(yours), key = rating(key)),
            (Some(yours), None) => t!("verdict-rated-only", yours = rating(yours)),
            (None, Some(key)) => t!("verdict-unrated", key = rating(key)),
            (None, None) => t!("quiz-not-answered"),
        },
        (ItemKind::Multiple, true, Some(true)) => t!("verdict-ticked-right"),
        (ItemKind::Multiple, true, Some(false)) => t!("verdict-ticked-wrong"),
        (ItemKind::Multiple, false, Some(true)) => t!("verdict-ticked-missed"),
        (ItemKind::Multiple, false, Some(false)) => t!("verdict-ticked-not"),
        (_, true, Some(true)) => t!("verdict-right"),
        (_, true, Some(false)) => t!("verdict-wrong"),
        (_, true, None) => t!("verdict-chosen"),
        (_, false, Some(true)) => t!("verdict-missed"),
        (_, false, _) => String::new(),
    }
}

/// The four steps of a rating, with who is where.
fn scale(option: &FeedbackOption) -> AnyView {
    let steps = (1..=4u8)
        .map(|step| {
            let who = match (option.rating == Some(step), option.key == Some(step)) {
                (true, true) => t!("scale-both"),
                (true, false) => t!("scale-you"),
                (false, true) => t!("scale-author"),
                (false, false) => String::new(),
            };
            let class = if who.is_empty() { "scale-step" } else { "scale-step scale-at" };
            view! { <li class=class><span>{t!(&format!("rating-{step}"))}</span><b>{who}</b></li> }
        })
        .collect_view();
    view! { <ol class="scale">{steps}</ol> }.into_any()
}
