//! What each step of the set-up says, and its form.

use super::{Standing, State, Step, offers};
use crate::api::site::usual_zone;
use crate::context::{services, viewer, visit};
use crate::failure::Failure;
use crate::pages::people::{choices, summary};
use crate::pages::site::{fact_input, fact_label};
use crate::t;
use crate::ui::{
    Actions, Button, ButtonKind, Disclosure, Field, Hidden, IconName, LinkButton, Notice, NoticeKind, Select,
};
use domain::facts::Fact;
use leptos::prelude::*;

/// The line under a step's name: what it holds, or what it is for.
pub(super) fn value(step: Step, state: &State) -> String {
    let at = &state.set_up;
    let done = state.standing(step) == Standing::Done;
    match step {
        Step::Name if done => state.known.get(Fact::CompanyName).unwrap_or_default().to_owned(),
        Step::Name => t!("setup-name-why"),
        Step::Zone => at.zone.clone().map_or_else(|| t!("setup-zone-why"), |zone| zone.replace('_', " ")),
        Step::Facts => {
            let unset = state.known.unset(&Fact::ALL).len();
            let set = int(Fact::ALL.len() - unset);
            t!("setup-facts-set", set = set, all = int(Fact::ALL.len()))
        }
        Step::Mail if done => t!("setup-mail-arrived"),
        Step::Mail => match &at.mail_aside {
            Some(reason) => t!("setup-aside-because", reason = reason.clone()),
            None => t!("setup-mail-why"),
        },
        Step::Course if done => t!("setup-course-done", count = int64(at.courses)),
        Step::Course => t!("setup-course-why"),
        Step::People if done => t!("setup-people-done"),
        Step::People => t!("setup-people-why"),
        Step::Admin if done => t!("setup-admin-done", count = int64(at.admins)),
        Step::Admin => match (&at.admin_aside, at.admins_invited) {
            (_, waiting) if waiting > 0 => t!("setup-admin-waiting"),
            (Some(reason), _) => t!("setup-aside-because", reason = reason.clone()),
            (None, _) => t!("setup-admin-why"),
        },
    }
}

fn int(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn int64(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The form of a step.
pub(super) async fn body(step: Step, state: &State) -> Result<AnyView, Failure> {
    Ok(match step {
        Step::Name => name(state),
        Step::Zone => zone().await?,
        Step::Facts => facts(state),
        Step::Mail => mail(state).await?,
        Step::Course => offers::list(state.known.as_ref()).await?,
        Step::People => people(),
        Step::Admin => admin().await?,
    })
}

fn go_on() -> AnyView {
    view! { <Actions><Button label=t!("setup-save")/></Actions> }.into_any()
}

fn name(state: &State) -> AnyView {
    let field = fact_input(Fact::CompanyName, &state.known, &visit().refused);
    view! {
        <form class="form" method="post" action="/do/set-facts">
            {summary(&["fact[company_name]"])}
            <Hidden name="back" value="setup"/>
            {field}
            {go_on()}
        </form>
    }
    .into_any()
}

async fn zone() -> Result<AnyView, Failure> {
    let refused = visit().refused;
    let typed = Some(refused.typed("zone")).filter(|zone| !zone.is_empty());
    let zone = match typed {
        Some(zone) => zone,
        None => usual_zone().await?,
    };
    Ok(view! {
        <form class="form" method="post" action="/do/set-site">
            {summary(&["zone"])}
            <Hidden name="back" value="setup"/>
            <Select label=t!("person-zone") name="zone" options=choices::zones(&zone) selected=zone.clone()
                hint=t!("site-zone-hint") error=refused.problem("zone").unwrap_or_default()/>
            {go_on()}
        </form>
    }
    .into_any())
}

fn facts(state: &State) -> AnyView {
    let refused = visit().refused;
    let names = Fact::ALL.map(crate::api::site::fact_field);
    let problems = summary(&names.each_ref().map(String::as_str));
    let fields = Fact::ALL.map(|fact| fact_input(fact, &state.known, &refused)).into_iter().collect_view();
    let unset = state.known.unset(&Fact::ALL);
    let missing = (!unset.is_empty()).then(|| {
        let names = unset.into_iter().map(fact_label).collect::<Vec<_>>().join(", ");
        view! { <p class="small soft">{t!("setup-facts-missing", names = names)}</p> }
    });
    view! {
        <form class="form" method="post" action="/do/set-facts">
            {problems}
            <Hidden name="back" value="setup"/>
            {missing}
            {fields}
            {go_on()}
        </form>
    }
    .into_any()
}

async fn mail(state: &State) -> Result<AnyView, Failure> {
    let (viewer, services) = (viewer()?, services());
    let person = services.db.person(viewer.person).await?;
    let address = person.email.as_ref().map(ToString::to_string);
    let said = state.set_up.mail.as_deref();
    let test = |label: String, kind: ButtonKind| {
        view! { <form method="post" action="/do/test-mail"><Button label=label kind=kind icon=IconName::Mail/></form> }
    };
    let main = match (services.site.mail, address, said.and_then(|said| said.strip_prefix("test:"))) {
        (false, ..) => {
            view! { <p>{t!("setup-mail-off")}</p><p><code class="code">{t!("setup-mail-options")}</code></p> }
                .into_any()
        }
        (true, None, _) => view! { <p>{t!("setup-mail-no-address")}</p> }.into_any(),
        (true, Some(address), Some(mark)) => {
            sent(&address, mark, test(t!("setup-mail-again"), ButtonKind::Secondary)).await?
        }
        (true, Some(address), None) => {
            let lost = (said == Some("lost"))
                .then(|| view! { <Notice kind=NoticeKind::Warn title=t!("setup-mail-lost")><p>{t!("setup-mail-lost-text")}</p></Notice> });
            view! { {lost}<p>{t!("setup-mail-test-text", address = address)}</p>{test(t!("setup-mail-test"), ButtonKind::Primary)} }
                .into_any()
        }
    };
    Ok(view! { {main} {aside("mail", t!("setup-mail-without"), t!("setup-mail-reason-hint"))} }.into_any())
}

/// A test is on its way, was refused, or was accepted, which is not the same as having arrived.
async fn sent(address: &str, mark: &str, again: impl IntoView + 'static) -> Result<AnyView, Failure> {
    let test = services().db.test_mail(mark).await?;
    let address = address.to_owned();
    Ok(match test {
        Some(test) if test.is_sent => view! {
            <Notice kind=NoticeKind::Good title=t!("setup-mail-inbox")><p>{t!("setup-mail-inbox-text", address = address)}</p></Notice>
            <Actions>
                <form method="post" action="/do/mail-arrived"><Hidden name="arrived" value="yes"/><Button label=t!("setup-mail-yes")/></form>
                <form method="post" action="/do/mail-arrived"><Hidden name="arrived" value="no"/><Button label=t!("setup-mail-no") kind=ButtonKind::Secondary/></form>
            </Actions>
        }
        .into_any(),
        Some(test) if test.error.is_some() => view! {
            <Notice kind=NoticeKind::Bad live=true title=t!("setup-mail-refused")>
                <p class="server-said">{test.error.unwrap_or_default()}</p>
                <p>{t!("setup-mail-refused-text")}</p>
            </Notice>
            {again}
        }
        .into_any(),
        _ => view! {
            <Notice title=t!("setup-mail-waiting")><p>{t!("setup-mail-waiting-text")}</p></Notice>
            <Actions><LinkButton label=t!("setup-mail-look") href="/setup?step=mail#step" kind=ButtonKind::Secondary/></Actions>
        }
        .into_any(),
    })
}

/// The way to set a step aside, with its reason.
fn aside(step: &'static str, summary: String, hint: String) -> AnyView {
    let refused = visit().refused;
    let error = refused.problem("reason").unwrap_or_default();
    let open = !error.is_empty();
    view! {
        <Disclosure summary=summary open=open>
            <form class="form" method="post" action="/do/set-aside">
                <Hidden name="step" value=step/>
                <Field label=t!("setup-reason") name="reason" value=refused.typed("reason") hint=hint error=error maxlength=200 required=true/>
                <Actions><Button label=t!("setup-aside-do") kind=ButtonKind::Secondary/></Actions>
            </form>
        </Disclosure>
    }
    .into_any()
}

fn people() -> AnyView {
    view! {
        <p>{t!("setup-people-text")}</p>
        <Actions>
            <LinkButton label=t!("people-add-many") href="/people/new?many=1" icon=IconName::People/>
            <LinkButton label=t!("people-add") href="/people/new" kind=ButtonKind::Secondary icon=IconName::Plus/>
        </Actions>
    }
    .into_any()
}

async fn admin() -> Result<AnyView, Failure> {
    let refused = visit().refused;
    let zone = usual_zone().await?;
    Ok(view! {
        <form class="form" method="post" action="/do/add-person">
            <Hidden name="roles[]" value="learner"/>
            <Hidden name="roles[]" value="admin"/>
            <Hidden name="locale" value="en"/>
            <Hidden name="zone" value=zone/>
            <Field label=t!("person-name") name="name" value=refused.typed("name") autocomplete="off" maxlength=100 required=true/>
            <Field label=t!("person-email") name="email" kind="email" value=refused.typed("email") autocomplete="off" required=true/>
            <Actions><Button label=t!("setup-admin-invite")/></Actions>
        </form>
        <p class="small soft"><a href="/people">{t!("setup-admin-here")}</a></p>
        {aside("admin", t!("setup-admin-without"), t!("setup-admin-reason-hint"))}
    }
    .into_any())
}
