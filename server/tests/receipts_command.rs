//! `colloquy receipts …` and the key a site gets, run as people run it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use domain::time::Timestamp;
use server::clock::SystemEntropy;
use std::path::PathBuf;
use std::process::{Command, Output};
use store::{ChainKeys, Db, Object, Options};
use tempfile::TempDir;

const KEY: [u8; 32] = [7; 32];
const NOW: Timestamp = Timestamp(1_780_315_200_000);

struct Desk(TempDir);

impl Desk {
    /// A data folder with a signed database and its key.
    async fn signed() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        std::fs::write(desk.path("key"), "07".repeat(32)).unwrap();
        let db = desk.open().await.with_keys(ChainKeys::derive(&KEY));
        db.migrate().await.unwrap();
        db.sign_chains(NOW).await.unwrap();
        db.record(None, "site.setting", Object::Site, serde_json::json!({}), NOW).await.unwrap();
        db.seal_audit(10, NOW).await.unwrap();
        db.close().await;
        desk
    }

    async fn open(&self) -> Db {
        let url = format!("sqlite:{}", self.path("colloquy.sqlite").display());
        Db::connect(&url, Options::default()).await.unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn receipts(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_colloquy"));
        command.arg("receipts").args(arguments);
        for name in ["COLLOQUY_DATABASE_URL", "COLLOQUY_KEY_FILE"] {
            command.env_remove(name);
        }
        command.env("COLLOQUY_DATA", self.0.path()).output().unwrap()
    }
}

fn shown(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[tokio::test(flavor = "multi_thread")]
async fn verify_says_whether_the_records_hold() {
    let desk = Desk::signed().await;
    let good = desk.receipts(&["verify"]);
    assert_eq!(good.status.code(), Some(0), "{}", shown(&good));
    assert_eq!(shown(&good), "Receipts: 0 records hold.\nAudit log: 1 records hold.\n");
    let json = desk.receipts(&["verify", "--json"]);
    let outcome: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&outcome["holds"], &outcome["ends"][1]["sequence"]), (&true.into(), &1.into()));
    std::fs::write(desk.path("kept"), &json.stdout).unwrap();
    let known = desk.path("kept");
    assert_eq!(desk.receipts(&["verify", "--known", known.to_str().unwrap()]).status.code(), Some(0));

    // Somebody without the key seals another row: well-formed, and not this site's.
    let forger = desk.open().await.with_keys(ChainKeys::derive(&[8; 32]));
    forger.record(None, "site.setting", Object::Site, serde_json::json!({}), NOW).await.unwrap();
    forger.seal_audit(10, NOW).await.unwrap();
    forger.close().await;
    let bad = desk.receipts(&["verify"]);
    assert_eq!(bad.status.code(), Some(1), "{}", shown(&bad));
    assert!(
        shown(&bad).contains("Audit log: does not hold. record 2 does not carry this site's key"),
        "{}",
        shown(&bad)
    );
    let refused = desk.receipts(&["change-key", "--new-key-file", desk.path("new").to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1), "{}", shown(&refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn verify_needs_the_key_and_the_database() {
    let desk = Desk::signed().await;
    std::fs::rename(desk.path("key"), desk.path("elsewhere")).unwrap();
    let missing = desk.receipts(&["verify"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(shown(&missing).contains("--key-file"), "{}", shown(&missing));
    assert!(!desk.path("key").exists(), "no key is made for records that are signed already");
    let named = desk.receipts(&["verify", "--key-file", desk.path("elsewhere").to_str().unwrap()]);
    assert_eq!(named.status.code(), Some(0), "{}", shown(&named));
    let nowhere = desk.receipts(&["verify", "--data", desk.path("nowhere").to_str().unwrap()]);
    assert_eq!(nowhere.status.code(), Some(2), "{}", shown(&nowhere));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_is_changed_on_request() {
    let desk = Desk::signed().await;
    let new = desk.path("new");
    let changed = desk.receipts(&["change-key", "--new-key-file", new.to_str().unwrap()]);
    assert_eq!(changed.status.code(), Some(0), "{}", shown(&changed));
    assert_eq!(desk.receipts(&["verify", "--key-file", new.to_str().unwrap()]).status.code(), Some(0));
    assert_eq!(desk.receipts(&["verify"]).status.code(), Some(1), "the old key opens nothing");
}

#[test]
fn a_key_file_is_made_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data").join("key");
    server::config::site_key(&path, &SystemEntropy).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
