//! A quiz: its questions, one a page or all at once, and the review before it is handed in.

use super::activity::{crumbs, kicker, pager};
use super::authored::Authored;
use super::course::rule_words;
use super::opened::Opened;
use super::ruling;
use crate::context::{go, now, services, visit};
use crate::failure::Failure;
use crate::islands::Autosave;
use crate::pages::{page, param, query};
use crate::shell::Frame;
use crate::t;
use crate::ui::{Actions, Button, ButtonKind, Confirm, ErrorSummary, FieldError, Hidden, LinkButton, PageHeader};
use crate::when;
use domain::course::{Activity, Body};
use domain::named::ActivityId;
use domain::progress::Rule;
use domain::quiz::{ItemKind, Layout, PaperItem, Quiz, paper};
use domain::slug::Slug;
use leptos::prelude::*;
use store::Attempt;

/// The attempt that is under way, if there is one.
///
/// # Errors
/// [`Failure`] when the database fails.
async fn open_attempt(opened: &Opened, activity: &ActivityId) -> Result<(Vec<Attempt>, Option<Attempt>), Failure> {
    let services = services();
    let all = services.db.attempts(opened.enrolment.id, activity).await?;
    let open = all.iter().find(|attempt| attempt.submitted_at.is_none());
    let open = match open {
        Some(attempt) => services.db.attempt(attempt.id, opened.enrolment.person).await?,
        None => None,
    };
    Ok((all, open))
}

/// The page of a quiz.
///
/// # Errors
/// [`Failure`] when the database fails.
pub async fn show(opened: &Opened, activity: &Activity, quiz: &Quiz) -> Result<AnyView, Failure> {
    let (all, open) = open_attempt(opened, &activity.id).await?;
    // Each question has an address of its own, so that going back leads to the one before.
    if let Some(attempt) = open.as_ref().filter(|_| quiz.layout == Layout::One && visit().query("q").is_none()) {
        let items = paper(quiz, attempt.seed, &attempt.answers).items;
        let first_open = items.iter().position(|item| !item.answered).unwrap_or(0);
        go(format!("{}?q={}", opened.href(&activity.id), first_open + 1));
        return Ok(().into_any());
    }
    let body = match &open {
        Some(attempt) => questions(opened, activity, quiz, attempt),
        None => begin(opened, activity, quiz, &all).await?,
    };
    let islands = open.is_some();
    let title = activity.title.clone();
    let (above, about) = (crumbs(opened), kicker(activity));
    let below = (!islands).then(|| pager(opened, activity));
    Ok(view! {
        <Frame title=title.clone() narrow=true islands=islands>
            {above}
            <PageHeader title=title/>
            <div class="stack">
                {about}
                {body}
                {below}
            </div>
        </Frame>
    }
    .into_any())
}

async fn begin(opened: &Opened, activity: &Activity, quiz: &Quiz, all: &[Attempt]) -> Result<AnyView, Failure> {
    let intro = opened.authored.part(activity.folder(), &quiz.intro);
    let used = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let state = opened.states.get(&activity.id);
    let granted = state.map_or(0, |state| state.granted);
    let left = quiz.attempts.map(|most| most.saturating_add(granted).saturating_sub(used));
    let best = state.and_then(|state| state.best);
    let ruled = ruling::notice(opened, activity, false).await?;
    let earlier = all
        .iter()
        .filter(|attempt| attempt.submitted_at.is_some())
        .map(|attempt| {
            let at = attempt.submitted_at.map(when::moment).unwrap_or_default();
            let mark = attempt.percent.map(|mark| i64::from(mark.whole())).unwrap_or_default();
            let href = format!("{}/result?attempt={}", opened.href(&activity.id), attempt.id);
            view! { <li><a href=href>{t!("quiz-attempt", number = attempt.number, mark = mark)}</a>" "<span class="soft">{at}</span></li> }
        })
        .collect::<Vec<_>>();
    let act = match left {
        Some(0) => ().into_any(),
        _ => {
            let label = if all.is_empty() { t!("quiz-begin") } else { t!("quiz-again") };
            view! {
                <form method="post" action="/do/start-quiz">
                    <Hidden name="course" value=opened.enrolment.slug.to_string()/>
                    <Hidden name="activity" value=activity.id.to_string()/>
                    <Actions><Button label=label/></Actions>
                </form>
            }
            .into_any()
        }
    };
    let count = i64::try_from(quiz.items.len()).unwrap_or(0);
    Ok(view! {
        <div class="stack">
            <div class="prose prose-small" inner_html=intro.to_string()></div>
            <p class="soft">{t!("quiz-about", count = count)}" "{rule_words(&Rule::of(activity))}
                " "{left.filter(|_| !all.is_empty()).map(|left| t!("quiz-left", left = left))}</p>
            {ruled}
            {best.map(|best| view! { <p class="strong">{t!("quiz-best", mark = i64::from(best.whole()))}</p> })}
            {act}
            {(!earlier.is_empty()).then(|| view! {
                <section class="section"><h2>{t!("quiz-earlier")}</h2><ul>{earlier}</ul></section>
            })}
        </div>
    }
    .into_any())
}

fn questions(opened: &Opened, activity: &Activity, quiz: &Quiz, attempt: &Attempt) -> AnyView {
    let paper = paper(quiz, attempt.seed, &attempt.answers);
    let count = paper.items.len();
    let one = paper.layout == Layout::One;
    let at = query::<usize>("q").filter(|at| (1..=count).contains(at)).map_or(0, |at| at - 1);
    let (from, to) = if one { (at, at + 1) } else { (0, count) };
    let refused = visit().refused;
    let errors = paper.items.iter().filter_map(|item| {
        let problem = refused.problem(item.id.as_str())?;
        Some(FieldError::new(format!("q.{}", item.id), problem))
    });
    let shown = (from..to)
        .filter_map(|index| {
            Some(question(&opened.authored, activity.folder(), paper.items.get(index)?, index + 1, count))
        })
        .collect_view();
    let answered = paper.items.iter().filter(|item| item.answered).count();
    let review = format!("{}/review", opened.href(&activity.id));
    let before = (one && at > 0).then(|| {
        let href = format!("{}?q={at}", opened.href(&activity.id));
        view! { <LinkButton label=t!("quiz-before") href=href kind=ButtonKind::Quiet/> }
    });
    let label = if one && to < count { t!("quiz-save-next") } else { t!("quiz-save-review") };
    let progress =
        t!("quiz-answered", done = i64::try_from(answered).unwrap_or(0), total = i64::try_from(count).unwrap_or(0));
    view! {
        <form method="post" action="/do/answer" class="stack" id="reply">
            <ErrorSummary title=t!("form-problem") errors=errors.collect()/>
            <Hidden name="attempt" value=attempt.id.to_string()/>
            <Hidden name="at" value=(at + 1).to_string()/>
            {shown}
            <Actions><Button label=label/>{before}<LinkButton label=t!("quiz-review") href=review kind=ButtonKind::Quiet/></Actions>
            <p class="small soft">{progress}</p>
            <Autosave attempt=attempt.id.to_string() now=now().0 saving=t!("quiz-saving") saved=t!("quiz-saved") failed=t!("quiz-unsaved")/>
        </form>
    }
    .into_any()
}

/// One question as it is answered; `folder` is that of the quiz's file.
pub fn question(authored: &Authored, folder: &str, item: &PaperItem, number: usize, count: usize) -> AnyView {
    let stem = authored.part(folder, &item.stem);
    let name = format!("q.{}", item.id);
    let stem_id = format!("f-{name}");
    let legend =
        t!("quiz-question", number = i64::try_from(number).unwrap_or(0), count = i64::try_from(count).unwrap_or(0));
    let problem = visit().refused.problem(item.id.as_str());
    let answers = match item.kind {
        ItemKind::Judgement => ratings(authored, folder, item, &name),
        _ => options(authored, folder, item, &name),
    };
    let hint = match item.kind {
        ItemKind::Multiple => Some(t!("quiz-multiple")),
        ItemKind::Judgement => Some(t!("quiz-judgement")),
        _ => None,
    };
    view! {
        <fieldset class="question">
            <legend>{legend}</legend>
            <div class="question-stem" id=stem_id inner_html=stem.to_string()></div>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            {problem.map(|problem| view! { <p class="error">{problem}</p> })}
            {answers}
        </fieldset>
    }
    .into_any()
}

/// Whether a field of the question `name` is ticked: as it came, where that came after the session had ended, and otherwise as
/// it is `stored`.
fn kept(name: &str, field: &str, value: &str, stored: bool) -> bool {
    let came = visit().refused;
    let of_question =
        |field: &String| field.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    if came.values.keys().any(of_question) { came.typed(field) == value } else { stored }
}

fn options(authored: &Authored, folder: &str, item: &PaperItem, name: &str) -> AnyView {
    let many = item.kind == ItemKind::Multiple;
    let kind = if many { "checkbox" } else { "radio" };
    let list = item
        .options
        .iter()
        .map(|option| {
            let text = authored.phrase(folder, &option.text);
            let field = if many { format!("{name}.{}", option.place) } else { name.to_owned() };
            view! {
                <label class="option">
                    <input type=kind name=field.clone() value=option.place.to_string()
                        checked=kept(name, &field, &option.place.to_string(), option.chosen)/>
                    <span inner_html=text.to_string()></span>
                </label>
            }
        })
        .collect_view();
    view! { <div class="options" role="group" aria-labelledby=format!("f-{name}")>{list}</div> }.into_any()
}

fn ratings(authored: &Authored, folder: &str, item: &PaperItem, name: &str) -> AnyView {
    item.options
        .iter()
        .map(|option| {
            let text = authored.phrase(folder, &option.text);
            let scale = (1..=4u8)
                .map(|value| {
                    let words = t!(&format!("rating-{value}"));
                    let field = format!("{name}.{}", option.place);
                    let checked = kept(name, &field, &value.to_string(), option.rating == Some(value));
                    view! {
                        <label class="option">
                            <input type="radio" name=field value=value.to_string() checked=checked/>
                            <span>{words}</span>
                        </label>
                    }
                })
                .collect_view();
            view! {
                <fieldset class="rate">
                    <legend class="rate-text" inner_html=text.to_string()></legend>
                    <div class="rate-scale">{scale}</div>
                </fieldset>
            }
        })
        .collect_view()
        .into_any()
}

/// The review before handing in.
#[component]
pub fn Review() -> impl IntoView {
    page(review())
}

async fn review() -> Result<AnyView, Failure> {
    let slug: Slug = param("slug")?;
    let id: ActivityId = param("activity")?;
    let opened = Opened::load(&slug).await?;
    let activity = opened.activity(&id)?.clone();
    let Body::Quiz(quiz) = &activity.body else { return Err(Failure::NotFound) };
    let (_, open) = open_attempt(&opened, &id).await?;
    let Some(attempt) = open else {
        go(opened.href(&id));
        return Ok(().into_any());
    };
    let paper = paper(quiz, attempt.seed, &attempt.answers);
    let rows =
        paper.items.iter().enumerate().map(|(index, item)| row(&opened, &activity, item, index + 1)).collect_view();
    let missing = paper.items.iter().filter(|item| !item.answered).count();
    let hand_in = hand_in(&attempt, missing);
    let (above, kicker) = (crumbs(&opened), activity.title.clone());
    Ok(view! {
        <Frame title=t!("quiz-review-title") narrow=true>
            {above}
            <PageHeader title=t!("quiz-review-title") kicker=kicker lead=t!("quiz-review-lead")/>
            <ol class="review">{rows}</ol>
            {hand_in}
        </Frame>
    }
    .into_any())
}

fn hand_in(attempt: &Attempt, missing: usize) -> AnyView {
    let id = attempt.id.to_string();
    if missing > 0 {
        let question = t!("quiz-missing", count = i64::try_from(missing).unwrap_or(0));
        return view! {
            <Confirm open=t!("quiz-submit") question=question action="/do/submit-quiz" confirm=t!("quiz-submit-anyway")
                kind=ButtonKind::Primary>
                <Hidden name="attempt" value=id/>
            </Confirm>
        }
        .into_any();
    }
    view! {
        <form method="post" action="/do/submit-quiz">
            <Hidden name="attempt" value=id/>
            <Actions><Button label=t!("quiz-submit")/></Actions>
        </form>
    }
    .into_any()
}

fn row(opened: &Opened, activity: &Activity, item: &PaperItem, number: usize) -> AnyView {
    let folder = activity.folder();
    let stem = opened.authored.phrase(folder, &item.stem);
    let href = format!("{}?q={number}", opened.href(&activity.id));
    let answer = if !item.answered {
        view! { <span class="review-answer review-missing">{t!("quiz-not-answered")}</span> }.into_any()
    } else if item.kind == ItemKind::Judgement {
        let words = item
            .options
            .iter()
            .filter_map(|option| Some(t!(&format!("rating-{}", option.rating?))))
            .collect::<Vec<_>>()
            .join(", ");
        view! { <span class="review-answer">{words}</span> }.into_any()
    } else {
        let chosen = item.options.iter().filter(|option| option.chosen);
        let html = chosen.map(|option| opened.authored.phrase(folder, &option.text).to_string()).collect::<Vec<_>>();
        view! { <span class="review-answer" inner_html=html.join("; ")></span> }.into_any()
    };
    view! {
        <li>
            <span class="review-no">{number}</span>
            <span inner_html=stem.to_string()></span>
            <a href=href>{t!("quiz-change")}<span class="visually-hidden">" "{number}</span></a>
            {answer}
        </li>
    }
    .into_any()
}
