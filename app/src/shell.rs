//! The document around every page, and which page answers which address.

use crate::context::{Services, Visit, services, visit};
use crate::pages::unsaved::{self, Unsaved};
use crate::pages::{self, errors};
use crate::t;
use crate::ui::{
    Actions, Avatar, Button, ButtonKind, Hidden, Icon, IconName, LinkButton, Mark, Notice, NoticeKind, WindowTitle,
    window_title,
};
use domain::people::Role;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};
use std::sync::Arc;

/// The document.
#[must_use]
pub fn shell() -> impl IntoView {
    document(None, view! { <App/> }.into_any())
}

fn document(title: Option<String>, body: AnyView) -> impl IntoView {
    provide_meta_context();
    // While the list of pages is made there is no request yet.
    let request = use_context::<Visit>();
    let language = request.as_ref().map(|visit| visit.language.tag());
    let theme = request.as_ref().and_then(|visit| visit.theme.name());
    let assets = use_context::<Arc<Services>>().map(|services| services.assets.clone()).unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang=language data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex"/>
                <link rel="stylesheet" href=assets.get("main.css")/>
                <link rel="icon" type="image/svg+xml" href=assets.get("favicon.svg")/>
                {title.map(|title| view! { <title inner_html=window_title(&title)></title> })}
                <MetaTags/>
            </head>
            <body class="shell">{body}</body>
        </html>
    }
}

/// A page for a status, for requests that no page answered. Where a form could not be saved, what was in it is on the page.
#[must_use]
pub fn error_page(services: Arc<Services>, visit: Visit, status: u16, unsaved: Option<Unsaved>) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        let (meta, output) = leptos_meta::ServerMetaContext::new();
        provide_context(meta);
        provide_meta_context();
        provide_context(services);
        provide_context(visit);
        drop(output);
        // Nothing puts the title in its place here, as the renderer does for the router's pages.
        match unsaved {
            Some(unsaved) => document(Some(unsaved::title()), unsaved::page(status, unsaved)).to_html(),
            None => document(Some(errors::title(status)), errors::page(status)).to_html(),
        }
    });
    owner.cleanup();
    html
}

/// Loads the islands' code; a page without islands does not use it.
#[component]
pub fn Scripts() -> impl IntoView {
    let nonce = visit().nonce.0.to_string();
    services().assets.get("boot.js").map(|src| {
        view! { <script type="module" src=src nonce=nonce></script> }
    })
}

/// A link in the main navigation, for people with one of the roles.
struct NavLink {
    href: &'static str,
    label: &'static str,
    roles: &'static [Role],
}

const NAVIGATION: &[NavLink] = &[
    NavLink { href: "/", label: "nav-home", roles: &[] },
    NavLink { href: "/courses", label: "nav-courses", roles: &[] },
    NavLink { href: "/tracking", label: "nav-tracking", roles: &[Role::Manager, Role::Hr, Role::Admin] },
    NavLink { href: "/gap", label: "nav-gap", roles: &[Role::Hr, Role::Trainer, Role::Admin] },
    NavLink { href: "/people", label: "nav-people", roles: &[Role::Hr, Role::Admin] },
    NavLink { href: "/groups", label: "nav-groups", roles: &[Role::Hr, Role::Admin] },
    NavLink { href: "/authoring", label: "nav-authoring", roles: &[Role::Trainer, Role::Admin] },
    NavLink { href: "/site", label: "nav-site", roles: &[Role::Admin] },
];

/// The frame of a page for somebody signed in: banner, header, navigation, footer.
#[component]
pub fn Frame(
    /// The page's title, for the window.
    #[prop(into)]
    title: String,
    /// The width: `page`, or `page page-narrow`, or `page page-wide`.
    #[prop(optional)]
    narrow: bool,
    /// Wide pages, for tables.
    #[prop(optional)]
    wide: bool,
    /// Whether the page has islands.
    #[prop(optional)]
    islands: bool,
    /// The page.
    children: Children,
) -> impl IntoView {
    let class = match (narrow, wide) {
        (true, _) => "page page-narrow",
        (_, true) => "page page-wide",
        _ => "page",
    };
    view! {
        <WindowTitle page=title/>
        <a class="skip" href="#main">{t!("skip")}</a>
        <DemoBanner/>
        <AlarmBanner/>
        <Header/>
        <main id="main" tabindex="-1">
            <div class=class>
                <Done/>
                {unsent()}
                {children()}
            </div>
        </main>
        <Footer/>
        {islands.then(|| view! { <Scripts/> })}
    }
    .into_any()
}

/// The frame of a page for a stranger: one card in the middle.
#[component]
pub fn Gate(
    /// The page's title, for the window.
    #[prop(into)]
    title: String,
    /// What the card says first.
    #[prop(into)]
    heading: String,
    /// One sentence below it.
    #[prop(optional, into)]
    lead: String,
    /// The card's content.
    children: Children,
) -> impl IntoView {
    view! {
        <WindowTitle page=title/>
        <a class="skip" href="#main">{t!("skip")}</a>
        <DemoBanner/>
        <main id="main" class="gate" tabindex="-1">
            <div class="card gate-card">
                <div class="gate-head">
                    <Mark large=true/>
                    <h1>{heading}</h1>
                    {(!lead.is_empty()).then(|| view! { <p class="soft">{lead}</p> })}
                </div>
                <Done/>
                {children()}
            </div>
        </main>
        <Footer/>
    }
    .into_any()
}

#[component]
fn DemoBanner() -> impl IntoView {
    services().site.demo.is_some().then(|| {
        view! { <aside class="demo-banner" aria-label=t!("demo-label")><p>{t!("demo-banner")}</p></aside> }.into_any()
    })
}

/// Tells admins, on every page, that the site's records do not hold.
#[component]
fn AlarmBanner() -> impl IntoView {
    let alarm = visit().viewer.is_some_and(|viewer| viewer.alarm);
    alarm.then(|| {
        view! {
            <aside class="alarm-banner" aria-label=t!("alarm-label")>
                <p>{t!("alarm-banner")} " " <a href="/site/records">{t!("alarm-more")}</a></p>
            </aside>
        }
        .into_any()
    })
}

/// What the action before this page did, in words.
#[component]
fn Done() -> impl IntoView {
    let done = visit().query("done").map(|name| format!("done-{name}"));
    done.filter(|key| crate::text::exists(key)).map(|key| {
        view! {
            <crate::ui::Notice kind=crate::ui::NoticeKind::Good live=true>
                <p>{t!(&key)}</p>
            </crate::ui::Notice>
        }
        .into_any()
    })
}

/// A form that came after its session had ended, for its writer to send: with its words, and not without being asked.
fn unsent() -> Option<AnyView> {
    let visit = visit();
    let form = visit.refused.unsent.clone()?;
    let rest: Vec<&str> = visit.query.split('&').filter(|pair| !pair.starts_with("form=")).collect();
    let here = if rest.is_empty() { visit.path.clone() } else { format!("{}?{}", visit.path, rest.join("&")) };
    let words =
        form.words().map(|words| view! { <blockquote class="said">{words.to_owned()}</blockquote> }).collect_view();
    let fields = form.fields.into_iter().map(|(name, value)| view! { <Hidden name=name value=value/> }).collect_view();
    Some(
        view! {
            <section class="card unsent stack" aria-label=t!("unsent-title")>
                <Notice kind=NoticeKind::Warn title=t!("unsent-title") live=true><p>{t!("unsent-text")}</p></Notice>
                {words}
                <form method="post" action=form.action>
                    {fields}
                    <Actions>
                        <Button label=t!("unsent-send")/>
                        <LinkButton label=t!("unsent-drop") href=here kind=ButtonKind::Quiet/>
                    </Actions>
                </form>
            </section>
        }
        .into_any(),
    )
}

#[component]
fn Header() -> impl IntoView {
    let visit = visit();
    let viewer = visit.viewer.clone();
    let here = visit.path.clone();
    let links = NAVIGATION
        .iter()
        .filter(|link| {
            let roles = viewer.as_ref().map(|viewer| viewer.roles);
            roles.is_some_and(|roles| link.roles.is_empty() || roles.has_any(link.roles))
        })
        .map(|link| {
            let inside = here == link.href || (link.href != "/" && here.starts_with(link.href));
            let current = inside.then_some("page");
            view! { <li><a href=link.href aria-current=current>{t!(link.label)}</a></li> }
        })
        .collect_view();
    let menu = viewer.map(|viewer| view! { <Menu name=viewer.name.clone()/> });
    view! {
        <header class="app-header">
            <div class="app-header-in">
                <a class="brand" href="/"><Mark/><span>"Colloquy"</span></a>
                <nav class="app-nav" aria-label=t!("nav-main")><ul>{links}</ul></nav>
                {menu}
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn Menu(name: String) -> impl IntoView {
    let visit = visit();
    let back = visit.path.clone();
    let themes = [("light", IconName::Sun), ("dark", IconName::Moon), ("device", IconName::Settings)]
        .into_iter()
        .map(|(theme, icon)| {
            let pressed = visit.theme.name().unwrap_or("device") == theme;
            let label = match theme {
                "light" => t!("theme-light"),
                "dark" => t!("theme-dark"),
                _ => t!("theme-device"),
            };
            view! {
                <button name="theme" value=theme aria-pressed=pressed.to_string()><Icon name=icon/>{label}</button>
            }
        })
        .collect_view();
    view! {
        <details class="menu">
            <summary><Avatar name=name.clone() me=true/><span>{name.clone()}</span></summary>
            <div class="menu-body">
                <p class="menu-who"><strong>{name}</strong></p>
                <ul>
                    <li><a href="/account"><Icon name=IconName::Person/>{t!("nav-account")}</a></li>
                </ul>
                <hr/>
                <form method="post" action="/do/set-theme">
                    <input type="hidden" name="back" value=back/>
                    {themes}
                </form>
                <hr/>
                <form method="post" action="/do/sign-out">
                    <button><Icon name=IconName::Out/>{t!("sign-out")}</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Footer() -> impl IntoView {
    view! {
        <footer class="app-footer">
            <div class="app-footer-in">
                <span>"Colloquy"</span>
                <a href="/recorded">{t!("footer-recorded")}</a>
            </div>
        </footer>
    }
    .into_any()
}

/// Which page answers which address. Every page is rendered whole before it is sent, so that it works without scripts.
#[component]
pub fn App() -> impl IntoView {
    use pages::{account, assign, entry, groups, history, home, people, proof, recorded, site, tracking};
    const WHOLE: SsrMode = SsrMode::Async;
    view! {
        <Router>
            <FlatRoutes fallback=|| errors::page(404)>
                <Route path=path!("/") view=home::Home ssr=WHOLE/>
                <Route path=path!("/courses") view=pages::courses::Courses ssr=WHOLE/>
                <Route path=path!("/courses/:slug") view=pages::course::Course ssr=WHOLE/>
                <Route path=path!("/courses/:slug/job-aid") view=pages::course::JobAid ssr=WHOLE/>
                <Route path=path!("/courses/:slug/a/:activity") view=pages::activity::Activity ssr=WHOLE/>
                <Route path=path!("/courses/:slug/a/:activity/review") view=pages::quiz::Review ssr=WHOLE/>
                <Route path=path!("/courses/:slug/a/:activity/result") view=pages::result::Outcome ssr=WHOLE/>
                <Route path=path!("/courses/:slug/a/:activity/example") view=pages::example::Example ssr=WHOLE/>
                <Route path=path!("/sign-in") view=entry::SignIn ssr=WHOLE/>
                <Route path=path!("/forgotten") view=entry::Forgotten ssr=WHOLE/>
                <Route path=path!("/welcome/:token") view=entry::Welcome ssr=WHOLE/>
                <Route path=path!("/account") view=account::Account ssr=WHOLE/>
                <Route path=path!("/recorded") view=recorded::Recorded ssr=WHOLE/>
                <Route path=path!("/people") view=people::List ssr=WHOLE/>
                <Route path=path!("/people/new") view=people::New ssr=WHOLE/>
                <Route path=path!("/people/sheet") view=people::Sheet ssr=WHOLE/>
                <Route path=path!("/people/:id/edit") view=people::Edit ssr=WHOLE/>
                <Route path=path!("/people/:id/link") view=people::Link ssr=WHOLE/>
                <Route path=path!("/groups") view=groups::List ssr=WHOLE/>
                <Route path=path!("/groups/:id") view=groups::One ssr=WHOLE/>
                <Route path=path!("/tracking") view=tracking::Overview ssr=WHOLE/>
                <Route path=path!("/tracking/assign") view=assign::Assign ssr=WHOLE/>
                <Route path=path!("/tracking/people/:id") view=history::History ssr=WHOLE/>
                <Route path=path!("/gap") view=pages::gap::Overview ssr=WHOLE/>
                <Route path=path!("/receipts/:id") view=proof::Receipt ssr=WHOLE/>
                <Route path=path!("/verify") view=proof::Verify ssr=WHOLE/>
                <Route path=path!("/verify/:code") view=proof::Verify ssr=WHOLE/>
                <Route path=path!("/authoring") view=pages::authoring::List ssr=WHOLE/>
                <Route path=path!("/authoring/upload") view=pages::authoring::Upload ssr=WHOLE/>
                <Route path=path!("/authoring/import") view=pages::authoring::Import ssr=WHOLE/>
                <Route path=path!("/authoring/decisions") view=pages::authoring::Decisions ssr=WHOLE/>
                <Route path=path!("/authoring/:slug") view=pages::authoring::Course ssr=WHOLE/>
                <Route path=path!("/authoring/:slug/remarks") view=pages::authoring::Remarks ssr=WHOLE/>
                <Route path=path!("/authoring/:slug/:version") view=pages::authoring::Version ssr=WHOLE/>
                <Route path=path!("/authoring/:slug/:version/guide") view=pages::authoring::Guide ssr=WHOLE/>
                <Route path=path!("/authoring/:slug/:version/job-aid") view=pages::authoring::JobAid ssr=WHOLE/>
                <Route path=path!("/authoring/:slug/:version/a/:activity") view=pages::authoring::Preview ssr=WHOLE/>
                <Route path=path!("/authoring/:slug/:version/a/:activity/insight") view=pages::authoring::Played ssr=WHOLE/>
                <Route path=path!("/site") view=site::Overview ssr=WHOLE/>
                <Route path=path!("/site/facts") view=site::Facts ssr=WHOLE/>
                <Route path=path!("/site/audit") view=site::Audit ssr=WHOLE/>
                <Route path=path!("/site/security") view=site::Security ssr=WHOLE/>
                <Route path=path!("/site/records") view=site::Records ssr=WHOLE/>
            </FlatRoutes>
        </Router>
    }
}
