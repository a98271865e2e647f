//! A database for each test, on either engine.

use domain::{
    ids::{CourseId, VersionId},
    people::{Email, Locale, PersonName, Role, Roles, Zone},
    time::{Entropy, Timestamp},
};
use std::sync::atomic::{AtomicU64, Ordering};
use store::{ChainKeys, Db, NewPerson, Options, Person};

/// Names every test of a file once per database.
macro_rules! contract {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let site = crate::harness::Site::sqlite().await;
                super::$test(&site).await;
                site.close().await;
            })*
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let Some(site) = crate::harness::Site::postgres().await else { return };
                super::$test(&site).await;
                site.close().await;
            })*
        }
    };
}

/// Noon, some day in 2026.
pub const NOW: Timestamp = Timestamp(1_780_315_200_000);
/// The site's key.
pub const KEY: [u8; 32] = [7; 32];
pub const MINUTE: i64 = Timestamp::MINUTE;
pub const DAY: i64 = Timestamp::DAY;

/// Chance that is the same in every run: a counter put through a mixer (splitmix64).
pub struct Dice(AtomicU64);

impl Dice {
    /// Chance of its own, for a task that runs beside others.
    pub fn seeded(seed: u64) -> Self {
        Self(AtomicU64::new(seed.wrapping_mul(0x5851_f42d_4c95_7f2d)))
    }
}

impl Entropy for Dice {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^= z >> 31;
            chunk.copy_from_slice(&z.to_le_bytes()[..chunk.len()]);
        }
    }
}

/// A migrated database and what tests need around it.
pub struct Site {
    pub db: Db,
    pub url: String,
    pub dice: Dice,
    folder: Option<tempfile::TempDir>,
    schema: Option<(String, String)>,
}

const SMALL: Options = Options { sqlite_readers: 2, postgres_connections: 4 };

/// The address of a PostgreSQL server to test on, or None when that was declined.
pub fn server() -> Option<String> {
    match std::env::var("COLLOQUY_TEST_POSTGRES") {
        Ok(url) => Some(url),
        Err(_) if std::env::var("COLLOQUY_TEST_SQLITE_ONLY").as_deref() == Ok("1") => None,
        Err(_) => panic!(
            "COLLOQUY_TEST_POSTGRES is not set: give the address of a PostgreSQL server to test on \
             (postgres://user@host:port/database), or COLLOQUY_TEST_SQLITE_ONLY=1 to leave that half out"
        ),
    }
}

impl Site {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("colloquy.db").display());
        Self::open(url, Some(folder), None).await
    }

    pub async fn postgres() -> Option<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let server = server()?;
        let schema = format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        admin(&server, &format!("CREATE SCHEMA {schema}")).await;
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{mark}options[search_path]={schema}");
        Some(Self::open(url, None, Some((server, schema))).await)
    }

    async fn open(url: String, folder: Option<tempfile::TempDir>, schema: Option<(String, String)>) -> Self {
        let db = Db::connect(&url, SMALL).await.unwrap();
        db.migrate().await.unwrap();
        let db = db.with_keys(ChainKeys::derive(&KEY));
        db.sign_chains(NOW).await.unwrap();
        Self { db, url, dice: Dice(AtomicU64::new(1)), folder, schema }
    }

    /// Another server on the same database.
    pub async fn second(&self) -> Db {
        Db::connect(&self.url, SMALL).await.unwrap().with_keys(ChainKeys::derive(&KEY))
    }

    /// Changes rows behind the store's back.
    pub async fn by_hand(&self, sql: &str) {
        match &self.db {
            Db::Sqlite { writer, .. } => {
                sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(writer).await.unwrap();
            }
            Db::Postgres { pool, .. } => {
                sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(pool).await.unwrap();
            }
        }
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(self.db, Db::Sqlite { .. })
    }

    pub async fn close(self) {
        self.db.close().await;
        if let Some((server, schema)) = self.schema {
            admin(&server, &format!("DROP SCHEMA {schema} CASCADE")).await;
        }
        drop(self.folder);
    }

    /// A course of which one version with three required activities is published, put in behind the store's back.
    pub async fn course(&self, title: &str) -> CourseId {
        let (course, version) = (CourseId::new(NOW, &self.dice), VersionId::new(NOW, &self.dice));
        let first = "INSERT INTO courses (id, slug, title, title_key, created_at, updated_at, sort_key)
                     VALUES ($1, $2, $3, $2, 0, 0, $4)";
        let second = "INSERT INTO course_versions
                          (id, course_id, state, number, is_current, hash, title, summary, language, minutes,
                           activities, required, change, note, created_at, updated_at, published_at, package)
                      VALUES ($1, $2, 'published', 1, TRUE, $3, $4, '', 'en', 5, 4, 3, 'first', '', 0, 0, 0, '{}')";
        let (key, sort) = (title.to_lowercase(), domain::collation::sort_key(title));
        match &self.db {
            Db::Sqlite { writer: pool, .. } => {
                sqlx::query(first).bind(course.0).bind(&key).bind(title).bind(&sort).execute(pool).await.unwrap();
                let version = sqlx::query(second).bind(version.0).bind(course.0).bind([0_u8; 32].as_slice());
                version.bind(title).execute(pool).await.unwrap();
            }
            Db::Postgres { pool, .. } => {
                sqlx::query(first).bind(course.0).bind(&key).bind(title).bind(&sort).execute(pool).await.unwrap();
                let version = sqlx::query(second).bind(version.0).bind(course.0).bind([0_u8; 32].as_slice());
                version.bind(title).execute(pool).await.unwrap();
            }
        }
        course
    }

    /// A number, asked behind the store's back.
    pub async fn number(&self, sql: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(sql);
        match &self.db {
            Db::Sqlite { readers, .. } => sqlx::query_scalar(sql).fetch_one(readers).await.unwrap(),
            Db::Postgres { pool, .. } => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
        }
    }

    /// A person with this name, `name@example.org`, and these roles.
    pub async fn person(&self, name: &str, roles: &[Role]) -> Person {
        self.db.create_person(None, new_person(name, roles), NOW, &self.dice).await.unwrap()
    }

    /// The same with a password.
    pub async fn active(&self, name: &str, roles: &[Role]) -> Person {
        let new = new_person(name, roles);
        self.db.create_person_with_password(None, new, "hash".into(), NOW, &self.dice).await.unwrap()
    }
}

async fn admin(server: &str, sql: &str) {
    use sqlx::Connection;
    let mut conn = sqlx::PgConnection::connect(server).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
}

pub fn new_person(name: &str, roles: &[Role]) -> NewPerson {
    let address = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
    NewPerson {
        name: PersonName::parse(name).unwrap(),
        email: Some(Email::parse(&address).unwrap()),
        number: None,
        roles: roles.iter().copied().collect::<Roles>(),
        locale: Locale::default(),
        zone: Zone::default(),
    }
}

/// A made-up token's hash.
pub fn hash(byte: u8) -> [u8; 32] {
    [byte; 32]
}
