//! The two schemas are twins: column by column, through the table of types in the first migration.

use crate::harness::{Site, server};
use std::collections::BTreeMap;
use store::Db;

/// Type and whether a value may be missing.
type Columns = BTreeMap<(String, String), (String, bool)>;

#[tokio::test]
async fn the_two_schemas_are_twins() {
    if server().is_none() {
        return;
    }
    let lite = Site::sqlite().await;
    let post = Site::postgres().await.unwrap();
    let (sqlite, postgres) = (sqlite_columns(&lite.db).await, postgres_columns(&post.db).await);

    let names = |columns: &Columns| columns.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&sqlite), names(&postgres), "the same tables and columns");
    assert!(sqlite.len() > 200, "there is something to compare");
    for (column, (kind, missing)) in &sqlite {
        let (twin, twin_missing) = &postgres[column];
        let fits = match kind.as_str() {
            "INTEGER" => ["bigint", "boolean"].contains(&twin.as_str()),
            "REAL" => twin == "double precision",
            "TEXT" => twin == "text",
            "BLOB" => ["uuid", "bytea"].contains(&twin.as_str()),
            _ => false,
        };
        assert!(fits, "{column:?}: {kind} and {twin}");
        assert_eq!(missing, twin_missing, "{column:?}: NULL allowed in one, not in the other");
    }

    assert_eq!(sqlite_indexes(&lite.db).await, postgres_indexes(&post.db).await, "the same indexes");
    assert_eq!(sqlite_triggers(&lite.db).await, postgres_triggers(&post.db).await, "the same triggers");
    assert_eq!(sqlite_foreign_keys(&lite.db).await, postgres_foreign_keys(&post.db).await, "the same foreign keys");
    lite.close().await;
    post.close().await;
}

#[tokio::test]
async fn every_table_of_sqlite_is_strict() {
    let site = Site::sqlite().await;
    let Db::Sqlite { readers, .. } = &site.db else { unreachable!() };
    let loose: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
         AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_sqlx%'",
    )
    .fetch_all(readers)
    .await
    .unwrap();
    assert!(loose.is_empty(), "{loose:?}");
    site.close().await;
}

async fn sqlite_rows<T>(db: &Db, sql: &'static str) -> Vec<T>
where
    T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
{
    let Db::Sqlite { readers, .. } = db else { unreachable!() };
    sqlx::query_as(sql).fetch_all(readers).await.unwrap()
}

async fn postgres_rows<T>(db: &Db, sql: &'static str) -> Vec<T>
where
    T: for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow> + Send + Unpin,
{
    let Db::Postgres { pool, .. } = db else { unreachable!() };
    sqlx::query_as(sql).fetch_all(pool).await.unwrap()
}

async fn sqlite_columns(db: &Db) -> Columns {
    sqlite_rows::<(String, String, String, bool, i64)>(
        db,
        "SELECT t.name, c.name, c.type, c.\"notnull\", c.pk FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
         WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '_sqlx%'",
    )
    .await
    .into_iter()
    .map(|(table, column, kind, filled, key)| ((table, column), (kind, !filled && key == 0)))
    .collect()
}

async fn postgres_columns(db: &Db) -> Columns {
    postgres_rows::<(String, String, String, bool)>(
        db,
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES'
         FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx%'",
    )
    .await
    .into_iter()
    .map(|(table, column, kind, missing)| ((table, column), (kind, missing)))
    .collect()
}

async fn sqlite_indexes(db: &Db) -> Vec<(String, bool, bool, String)> {
    sqlite_rows(
        db,
        "SELECT i.name, i.\"unique\", i.partial,
                (SELECT group_concat(c.name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) AS c)
         FROM pragma_table_list AS t, pragma_index_list(t.name) AS i
         WHERE t.schema = 'main' AND t.type = 'table' AND i.origin = 'c' ORDER BY i.name",
    )
    .await
}

async fn postgres_indexes(db: &Db) -> Vec<(String, bool, bool, String)> {
    postgres_rows(
        db,
        "SELECT c.relname::text, i.indisunique, i.indpred IS NOT NULL,
                (SELECT string_agg(a.attname, ',' ORDER BY k.n)
                 FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (att, n)
                 JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.att)
         FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
         WHERE c.relnamespace = current_schema()::regnamespace AND c.relname NOT LIKE '\\_sqlx%'
           AND NOT EXISTS (SELECT 1 FROM pg_constraint AS x WHERE x.conindid = i.indexrelid AND x.contype IN ('p', 'u'))
         ORDER BY c.relname::text COLLATE \"C\"",
    )
    .await
}

async fn sqlite_triggers(db: &Db) -> Vec<(String, String)> {
    sqlite_rows(db, "SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name").await
}

async fn postgres_triggers(db: &Db) -> Vec<(String, String)> {
    postgres_rows(
        db,
        "SELECT t.tgname::text, c.relname::text FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
         WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
         ORDER BY t.tgname::text COLLATE \"C\"",
    )
    .await
}

async fn sqlite_foreign_keys(db: &Db) -> Vec<(String, String, String, String)> {
    sqlite_rows(
        db,
        "SELECT t.name, f.\"from\", f.\"table\", f.on_delete
         FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS f
         WHERE t.schema = 'main' AND t.type = 'table' ORDER BY 1, 2",
    )
    .await
}

async fn postgres_foreign_keys(db: &Db) -> Vec<(String, String, String, String)> {
    postgres_rows(
        db,
        "SELECT c.relname::text, a.attname::text, p.relname::text,
                CASE k.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'NO ACTION' END
         FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_class AS p ON p.oid = k.confrelid
         JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
         WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace
         ORDER BY c.relname::text COLLATE \"C\", a.attname::text COLLATE \"C\"",
    )
    .await
}
