//! Commands whose reader has gone away, as after `| head -1`: they end without a word.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{Read as _, Write as _, pipe};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// What a shell reports of a command that SIGPIPE ended.
const UNREAD: Option<i32> = Some(141);

/// A folder with a conversation, its plan, a story and data.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.put("late-lamp.conversation", include_str!("../../domain/tests/late-lamp.conversation"));
        desk.put("late-lamp.plan", include_str!("../../domain/tests/late-lamp.plan"));
        desk.put("story.twee", ":: Start\n[[On->Next]]\n\n:: Next\nThe end.\n");
        desk
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    fn colloquy(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_colloquy"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("COLLOQUY_DATABASE_URL")
            .env("COLLOQUY_DATA", self.0.path().join("data"))
            .stdin(Stdio::null());
        command
    }

    /// Runs a command whose standard output nobody reads.
    fn unread(&self, arguments: &[&str]) -> Output {
        self.colloquy(arguments).stdout(closed()).output().unwrap()
    }
}

/// A pipe whose reader is gone before anything is written.
fn closed() -> Stdio {
    let (_, writer) = pipe().unwrap();
    writer.into()
}

fn flagship() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses/working-with-people-outside")
}

#[test]
fn every_command_that_prints_ends_quietly() {
    let desk = Desk::new();
    let course = flagship();
    let course = course.to_str().unwrap();
    let commands: &[&[&str]] = &[
        &["conversation", "explain"],
        &["conversation", "explain", "--json"],
        &["conversation", "explain", "unknown-target"],
        &["conversation", "check", "late-lamp.conversation"],
        &["conversation", "check", "late-lamp.plan"],
        &["conversation", "check", "late-lamp.conversation", "--json"],
        &["conversation", "score", "late-lamp.conversation", "--plan", "late-lamp.plan"],
        &["conversation", "score", "late-lamp.conversation", "--plan", "late-lamp.plan", "--json"],
        &["conversation", "play", "late-lamp.conversation", "--policy", "best"],
        &["conversation", "play", "late-lamp.conversation"],
        &["conversation", "convert", "story.twee", "--from", "twee"],
        &["course", "check", course],
        &["course", "check", course, "--json"],
        &["course", "import", course],
        &["course", "export", "working-with-people-outside", "exported"],
        &["course", "fact", "company_name", "Parcelwise"],
        &["user", "add", "--name", "Mira Okafor", "--email", "mira@learn.example"],
        &["migrate"],
    ];
    for arguments in commands {
        let ended = desk.unread(arguments);
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!((ended.status.code(), said.as_str()), (UNREAD, ""), "{arguments:?}");
    }
    assert!(desk.0.path().join("exported/course.toml").is_file(), "what was to be done is done");
}

#[test]
fn the_exit_status_still_tells_when_nobody_reads_the_problem() {
    let desk = Desk::new();
    desk.put("broken.conversation", "no front matter\n");
    for (arguments, expected) in [
        (&["conversation", "explain", "no-such-code"][..], 2),
        (&["conversation", "play", "broken.conversation"], 1),
        (&["course", "publish", "nothing"], 2),
    ] {
        let ended = desk.colloquy(arguments).stderr(closed()).output().unwrap();
        assert_eq!(ended.status.code(), Some(expected), "{arguments:?}");
    }
}

/// A full disk is no reader that went away: the half of a file would pass for the whole.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = Desk::new().colloquy(&["conversation", "explain"]).stdout(full).output().unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&ended.stderr).starts_with("colloquy: standard output: "), "{ended:?}");
}

#[test]
fn a_server_whose_greeting_nobody_reads_serves() {
    let desk = Desk::new();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut server = desk.colloquy(&["serve", "--listen", &free]).stdout(closed()).stderr(closed()).spawn().unwrap();
    let answer = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(100));
        let mut stream = TcpStream::connect(&free).ok()?;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    });
    let ended = server.try_wait().unwrap();
    let _ = server.kill();
    let _ = server.wait();
    assert_eq!(ended, None, "the server ended by itself");
    assert!(answer.is_some_and(|answer| answer.starts_with("HTTP/1.1 200")), "no answer");
}
