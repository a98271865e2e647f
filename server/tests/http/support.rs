//! A whole server over a fresh database, asked through its HTTP interface alone.

use app::context::Services;
use app::session;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use domain::ids::{PersonId, SubjectId};
use domain::people::{Email, EmployeeNumber, Locale, PersonName, Role, Zone};
use domain::time::{Clock as _, Timestamp};
use server::clock::{SystemClock, SystemEntropy};
use server::config::Config;
use server::connections::Limits;
use std::sync::Arc;
use store::{ChainKeys, Db, NewPerson, NewSession, Options};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// The password of everybody in these tests.
pub const PASSWORD: &str = "a quiet river at dawn";

/// The site's key in these tests.
pub const KEY: [u8; 32] = [7; 32];

/// A server of its own.
pub struct TestApp {
    /// Its database.
    pub db: Db,
    /// What its pages and jobs have at hand.
    pub services: Arc<Services>,
    /// The whole service.
    pub router: axum::Router,
    config: Config,
    folder: TempDir,
}

/// Somebody with a session.
#[derive(Clone)]
pub struct Somebody {
    /// Who.
    pub id: PersonId,
    /// Their stand-in in chained records.
    pub subject: SubjectId,
    /// The value of their session cookie.
    pub token: String,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// Where it leads, for redirects.
    pub location: String,
    /// The cookies it sets.
    pub cookies: Vec<String>,
    /// All headers.
    pub headers: axum::http::HeaderMap,
    /// The body as text, without the empty comments that mark for the browser part where views meet: nobody sees those.
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Answer {
    async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let cookies = parts.headers.get_all(header::SET_COOKIE).iter();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Self {
            status: parts.status,
            location: text(header::LOCATION).to_owned(),
            cookies: cookies.filter_map(|value| Some(value.to_str().ok()?.to_owned())).collect(),
            headers: parts.headers.clone(),
            body: String::from_utf8_lossy(&bytes).replace("<!>", ""),
            bytes: bytes.into(),
        }
    }
}

impl TestApp {
    /// An empty site on a database file of its own.
    pub async fn new() -> Self {
        Self::start(Limits::default(), false).await
    }

    /// The same with other limits on connections.
    pub async fn with(limits: Limits) -> Self {
        Self::start(limits, false).await
    }

    /// The same with a mail server, which nobody asks.
    pub async fn with_mail() -> Self {
        Self::start(Limits::default(), true).await
    }

    async fn start(limits: Limits, mail: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.sqlite").display());
        let db = Db::connect(&url, Options::default()).await.unwrap();
        db.migrate().await.unwrap();
        let db = db.with_keys(ChainKeys::derive(&KEY));
        db.sign_chains(SystemClock.now()).await.unwrap();
        let config = Config {
            listen: "127.0.0.1:3000".parse().unwrap(),
            database_url: url,
            public_url: "http://127.0.0.1:3000".into(),
            https: false,
            trusted_proxies: vec![],
            fixed_origin: false,
            limits,
        };
        let services = server::commands::services(db.clone(), &config, None, mail);
        let router = server::http::router(Arc::clone(&services), &config);
        Self { router, services, db, config, folder }
    }

    /// The same site after a restart: nothing is kept in memory.
    pub fn restarted(self) -> Self {
        let services = server::commands::services(self.db.clone(), &self.config, None, false);
        Self { router: server::http::router(Arc::clone(&services), &self.config), services, ..self }
    }

    /// The connection that writes, for changing rows behind the store's back.
    pub fn pool(&self) -> &sqlx::SqlitePool {
        match &self.db {
            Db::Sqlite { writer, .. } => writer,
            Db::Postgres { .. } => panic!("these tests run on a file"),
        }
    }

    /// Adds a person with these roles and signs them in.
    pub async fn somebody(&self, name: &str, roles: &[Role]) -> Somebody {
        let now = SystemClock.now();
        let email = format!("{}@work.example", name.to_lowercase().replace(' ', "."));
        let person = NewPerson {
            name: PersonName::parse(name).unwrap(),
            email: Some(Email::parse(&email).unwrap()),
            number: None,
            roles: roles.iter().copied().collect(),
            locale: Locale::default(),
            zone: Zone::default(),
        };
        let person = self.db.create_person_with_password(None, person, hash(), now, &SystemEntropy).await.unwrap();
        let token = self.session(person.id).await;
        Somebody { id: person.id, subject: person.subject, token }
    }

    /// Adds a learner with an employee number, who never signs in.
    pub async fn employee(&self, name: &str, number: &str) {
        let person = NewPerson {
            name: PersonName::parse(name).unwrap(),
            email: None,
            number: Some(EmployeeNumber::parse(number).unwrap()),
            roles: [Role::Learner].into_iter().collect(),
            locale: Locale::default(),
            zone: Zone::default(),
        };
        let now = SystemClock.now();
        self.db.create_person_with_password(None, person, hash(), now, &SystemEntropy).await.unwrap();
    }

    /// Runs SQL behind the site's back, on the connection that writes.
    pub async fn run_by_hand(&self, sql: &'static str) {
        let Db::Sqlite { writer, .. } = &self.db else { unreachable!("tests run on SQLite") };
        sqlx::raw_sql(sql).execute(writer).await.unwrap();
    }

    /// A further session for a person.
    pub async fn session(&self, person: PersonId) -> String {
        let now = SystemClock.now();
        let (token, token_hash) = session::new_token(&SystemEntropy);
        let expires_at = now.plus(Timestamp::DAY);
        let new = NewSession { token_hash, person, agent: "test".into(), expires_at };
        self.db.create_session(new, now, &SystemEntropy).await.unwrap();
        token
    }

    /// Whether a text stands anywhere in the files of the database.
    pub fn is_on_disk(&self, text: &str) -> bool {
        std::fs::read_dir(self.folder.path()).unwrap().any(|entry| {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            bytes.windows(text.len()).any(|window| window == text.as_bytes())
        })
    }

    /// Sends any request.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        Answer::read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// Asks for a page as a browser does; `who` is nobody for a stranger.
    pub async fn get(&self, who: Option<&Somebody>, path: &str) -> Answer {
        let mut request = Request::get(path).header(header::ACCEPT, "text/html").header(header::HOST, "127.0.0.1:3000");
        if let Some(who) = who {
            request = request.header(header::COOKIE, format!("session={}", who.token));
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Posts a form as a browser does from one of our own pages.
    pub async fn post(&self, who: Option<&Somebody>, path: &str, fields: &[(&str, &str)]) -> Answer {
        let cookies = who.map(|who| format!("session={}", who.token)).unwrap_or_default();
        self.post_with(&cookies, path, fields).await
    }

    /// Posts a form with the cookies a browser has.
    pub async fn post_with(&self, cookies: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs = fields.iter().map(|(name, value)| {
            format!("{}={}", app::context::encode(name), app::context::encode(value).replace('/', "%2F"))
        });
        let body = pairs.collect::<Vec<_>>().join("&");
        let mut request = Request::post(path)
            .header(header::ACCEPT, "text/html")
            .header(header::HOST, "127.0.0.1:3000")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::CONTENT_LENGTH, body.len());
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies);
        }
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

/// The hash of [`PASSWORD`], made once.
fn hash() -> String {
    use app::context::Passwords as _;
    use std::sync::OnceLock;
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let passwords = server::passwords::Argon2Passwords::new(Arc::new(SystemEntropy));
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(passwords.hash(PASSWORD.into())).unwrap()
        })
        .join()
        .unwrap()
    })
    .clone()
}
