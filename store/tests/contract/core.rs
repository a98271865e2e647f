//! Opening, migrating, readiness, errors.

use crate::harness::{NOW, Site};
use domain::people::Role;
use store::{Db, Options, StoreError};

contract! {
    migrating_twice_changes_nothing,
    two_servers_may_migrate_at_once,
    a_corrupt_value_names_table_and_column,
    a_closed_database_is_unavailable,
}

async fn migrating_twice_changes_nothing(site: &Site) {
    site.db.migrate().await.unwrap();
    site.db.ready().await.unwrap();
}

async fn two_servers_may_migrate_at_once(site: &Site) {
    let (a, b) = (site.second().await, site.second().await);
    let (first, second) = tokio::join!(a.migrate(), b.migrate());
    first.unwrap();
    second.unwrap();
    b.ready().await.unwrap();
    a.close().await;
    b.close().await;
}

async fn a_corrupt_value_names_table_and_column(site: &Site) {
    let person = site.person("Ann", &[Role::Learner]).await;
    site.by_hand("UPDATE people SET language = '!'").await;
    let error = site.db.person(person.id).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { table: "people", column: "language", .. }), "{error:?}");
    assert_eq!(error.to_string(), "people.language holds a value that cannot be read");
}

async fn a_closed_database_is_unavailable(site: &Site) {
    let other = site.second().await;
    other.close().await;
    assert!(matches!(other.has_admin().await, Err(StoreError::Unavailable(_))));
    assert!(matches!(other.sweep_flashes(NOW).await, Err(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn an_address_must_be_one_of_two() {
    for bad in ["", "mysql://localhost/x", "sqlite:", "sqlite::memory:", "colloquy.db"] {
        let error = Db::connect(bad, Options::default()).await.unwrap_err();
        assert!(matches!(error, StoreError::Unusable(_)), "{bad}: {error:?}");
    }
}

#[tokio::test]
async fn a_database_without_a_schema_is_not_ready() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("empty.db").display());
    let db = Db::connect(&url, Options::default()).await.unwrap();
    assert!(matches!(db.ready().await, Err(StoreError::Unusable(_))));
    db.close().await;
}
