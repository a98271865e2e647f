//! A database that does not answer, cannot be written to, or is damaged.

use crate::harness::{DAY, NOW, Site};
use std::path::Path;
use store::{Db, Options, StoreError};

contract! {
    what_can_be_read_can_be_written,
}

async fn what_can_be_read_can_be_written(site: &Site) {
    site.db.can_write(NOW).await.unwrap();
    site.db.can_write(NOW).await.unwrap();
    site.db.check_file().await.unwrap();
}

/// Keeps more and more until the database refuses.
async fn fill(site: &Site) -> StoreError {
    for _ in 0..1000 {
        let kept = site.db.put_flash(None, "x".repeat(100_000), NOW.plus(DAY), NOW, &site.dice).await;
        if let Err(error) = kept {
            return error;
        }
    }
    panic!("never full");
}

#[tokio::test]
async fn writing_comes_back_after_the_disk_was_full() {
    let site = Site::sqlite().await;
    for _ in 0..2 {
        site.by_hand("PRAGMA max_page_count = 1").await;
        let error = fill(&site).await;
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        assert_eq!(error.to_string(), "the database is unavailable (code 13: the disk is full)");
        assert!(!site.db.has_admin().await.unwrap(), "reading goes on");
    }
    site.db.put_flash(None, String::new(), NOW.plus(DAY), NOW, &site.dice).await.expect("there is room again");
    site.close().await;
}

#[tokio::test]
async fn a_database_that_cannot_be_written_says_so() {
    let site = Site::sqlite().await;
    site.by_hand("PRAGMA query_only = on").await;
    let error = site.db.can_write(NOW).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    assert!(error.to_string().contains("code 8"), "{error}");
    site.db.ready().await.expect("reading goes on");
    site.by_hand("PRAGMA query_only = off").await;
    site.db.can_write(NOW).await.unwrap();
    site.close().await;
}

#[tokio::test]
async fn a_server_in_trouble_is_unavailable_and_its_code_is_told() {
    let Some(site) = Site::postgres().await else { return };
    let Db::Postgres { pool, .. } = &site.db else { unreachable!() };
    let raise = async |code: &str| {
        let sql = format!("DO $$ BEGIN RAISE EXCEPTION 'secret' USING ERRCODE = '{code}'; END $$");
        let error = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(pool).await.unwrap_err();
        StoreError::from(error)
    };
    // Connection lost, read-only after a failover, serialisation, deadlock, disk full, out of memory, too many connections,
    // lock timeout, cancelled, shut down, crashed, starting up, input or output.
    for code in [
        "08006", "25006", "40001", "40P01", "53100", "53200", "53300", "55P03", "57014", "57P01", "57P02", "57P03",
        "58030",
    ] {
        let error = raise(code).await;
        assert!(matches!(error, StoreError::Unavailable(_)), "{code}: {error:?}");
        assert!(error.to_string().contains(code), "{error}");
    }
    let error = raise("22P02").await;
    assert!(matches!(error, StoreError::Refused(_)), "{error:?}");
    assert_eq!(error.to_string(), "the database refused a statement (code 22P02)");
    site.close().await;
}

async fn why_not(path: &Path) -> String {
    let url = format!("sqlite:{}", path.display());
    let opened = async {
        let db = Db::connect(&url, Options::default()).await?;
        db.check_file().await?;
        db.migrate().await
    };
    let error = opened.await.expect_err("it is refused");
    assert!(matches!(error, StoreError::Unusable(_)), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("colloquy.db");
    std::fs::write(&path, "This is a letter, and a rather long one, not a database. ".repeat(40)).unwrap();
    assert!(why_not(&path).await.contains("damaged, or is not an SQLite database"), "{}", why_not(&path).await);
    assert!(why_not(&folder.path().join("none/colloquy.db")).await.contains("no such folder"));
    assert!(why_not(folder.path()).await.contains("is a folder"));
}

#[tokio::test]
async fn a_damaged_file_is_refused_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("colloquy.db");
    let db = Db::connect(&format!("sqlite:{}", path.display()), Options::default()).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    let half = bytes.len() / 2;
    bytes[half..half + 20_000].fill(0x5a);
    std::fs::write(&path, bytes).unwrap();
    assert!(why_not(&path).await.contains("damaged"), "{}", why_not(&path).await);
}

/// The permissions of a file, for owner, group and everyone.
#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_reads_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("colloquy.db");
    for old in [None, Some(0o644)] {
        if let Some(old) = old {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(old)).unwrap();
        }
        let db = Db::connect(&format!("sqlite:{}", path.display()), Options::default()).await.unwrap();
        db.migrate().await.unwrap();
        for ending in ["", "-wal", "-shm"] {
            let file = folder.path().join(format!("colloquy.db{ending}"));
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
        db.close().await;
    }
}
