//! How the site stands and how it is set up.

use crate::api::site::usual_zone;
use crate::context::{services, visit};
use crate::failure::Failure;
use crate::pages::page;
use crate::pages::people::{choices, summary};
use crate::shell::Frame;
use crate::t;
use crate::ui::{
    Actions, Badge, BadgeKind, Button, ButtonKind, Card, Facts, PageHeader, Select, Stat, StatTone, Stats, fact,
};
use domain::facts::Fact;
use leptos::prelude::*;
use store::{Page, PersonState};

/// The overview.
#[component]
pub fn Overview() -> impl IntoView {
    page(content())
}

async fn content() -> Result<AnyView, Failure> {
    let refused = visit().refused;
    let services = services();
    let counts = services.db.people_counts().await?;
    let groups = services.db.groups(None, Page::first(1)).await?.total;
    let facts = services.db.facts().await?;
    let zone = refused.values.get("zone").cloned();
    let zone = match zone {
        Some(zone) => zone,
        None => usual_zone().await?,
    };
    let company = facts.get(Fact::CompanyName).map_or_else(|| t!("site-unnamed"), ToOwned::to_owned);
    let set = Fact::ALL.len() - facts.unset(&Fact::ALL).len();
    let tone = if set == Fact::ALL.len() { StatTone::Good } else { StatTone::Bad };
    let waiting = format!("/people?state={}", PersonState::Invited);
    let stats = vec![
        Stat::new(t!("site-people"), counts.all.to_string()).href("/people"),
        Stat::new(t!("person-state-invited"), counts.invited.to_string()).href(waiting),
        Stat::new(t!("groups-title"), groups.to_string()).href("/groups"),
        Stat::new(t!("site-facts-set"), t!("site-facts-of", set = int(set), all = int(Fact::ALL.len())))
            .tone(tone)
            .href("/site/facts"),
    ];
    let mail = if services.site.mail {
        view! { <Badge label=t!("site-mail-on") kind=BadgeKind::Live/> }.into_any()
    } else {
        view! { <Badge label=t!("site-mail-off") kind=BadgeKind::NotStarted/>" "<span class="soft small">{t!("site-mail-off-text")}</span> }.into_any()
    };
    let kind = if services.site.demo.is_some() { t!("site-demo") } else { t!("site-real") };
    let secure = if services.site.https { t!("site-https") } else { t!("site-http") };
    Ok(view! {
        <Frame title=t!("site-title")>
            <PageHeader title=company kicker=t!("site-title") lead=t!("site-lead")/>
            {summary(&["zone"])}
            <div class="stack stack-wide">
                <Stats items=stats/>
                <div class="split">
                    <div class="stack stack-wide">
                        <section class="section">
                            <h2>{t!("site-set-up")}</h2>
                            <Facts items=vec![
                                fact(t!("site-address"), services.site.public_url.clone()),
                                fact(t!("site-connection"), secure),
                                fact(t!("site-mail"), mail),
                                fact(t!("site-database"), services.db.system().to_owned()),
                                fact(t!("site-version"), env!("CARGO_PKG_VERSION").to_owned()),
                                fact(t!("site-kind"), kind),
                            ]/>
                            <p class="soft small">{t!("site-set-up-text")}</p>
                        </section>
                        <section class="section">
                            <h2>{t!("site-usual")}</h2>
                            <form class="form" method="post" action="/do/set-site">
                                <Select label=t!("person-zone") name="zone" options=choices::zones(&zone) selected=zone.clone()
                                    hint=t!("site-zone-hint") error=refused.problem("zone").unwrap_or_default()/>
                                <Actions><Button label=t!("save") kind=ButtonKind::Secondary/></Actions>
                            </form>
                        </section>
                    </div>
                    <aside class="stack">
                        <Card title=t!("facts-title") href="/site/facts" level=2><p class="soft">{t!("site-facts-text")}</p></Card>
                        <Card title=t!("audit-title") href="/site/audit" level=2><p class="soft">{t!("site-audit-text")}</p></Card>
                        <Card title=t!("security-title") href="/site/security" level=2><p class="soft">{t!("security-card")}</p></Card>
                        <Card title=t!("records-title") href="/site/records" level=2><p class="soft">{t!("records-card")}</p></Card>
                        <Card title=t!("footer-recorded") href="/recorded" level=2><p class="soft">{t!("site-recorded-text")}</p></Card>
                    </aside>
                </div>
            </div>
        </Frame>
    }
    .into_any())
}

fn int(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
