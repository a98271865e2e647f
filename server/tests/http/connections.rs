//! Connections that keep the server waiting.

use crate::support::TestApp;
use server::connections::{self, Limits};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

/// Longer than any limit below; shorter than the ones of a real server.
const SOON: Duration = Duration::from_secs(10);

fn limits() -> Limits {
    let short = Duration::from_millis(300);
    Limits { connections: 4, headers: short, hurried: short, body: short, answer: short }
}

/// A server that listens.
async fn listening() -> (TestApp, SocketAddr) {
    let app = TestApp::with(limits()).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(connections::serve(listener, app.router.clone(), limits(), std::future::pending()));
    (app, address)
}

/// Sends these words and reads what comes until the server closes the connection.
async fn say(address: SocketAddr, words: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(words.as_bytes()).await.unwrap();
    let mut heard = vec![];
    timeout(SOON, stream.read_to_end(&mut heard)).await.expect("the server ends it").unwrap();
    String::from_utf8_lossy(&heard).into_owned()
}

#[tokio::test]
async fn a_connection_that_says_nothing_more_is_closed() {
    let (_app, address) = listening().await;
    assert_eq!(say(address, "").await, "");
    let half = say(address, "GET /healthz HTTP/1.1\r\nHost: x\r\n").await;
    assert!(!half.contains("200 OK"), "{half}");
    // After an answer, too.
    let idle = say(address, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await;
    assert!(idle.starts_with("HTTP/1.1 200 OK") && idle.ends_with("ok\n"), "{idle}");
}

#[tokio::test]
async fn a_form_that_never_arrives_is_not_waited_for() {
    let (_app, address) = listening().await;
    for (path, kind) in [("/do/sign-in", "application/x-www-form-urlencoded"), ("/do/sign-in", "text/plain")] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\n\
             Content-Length: 100\r\n\r\nlogin="
        );
        let answer = say(address, &head).await;
        assert!(answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 5"), "{kind}: {answer}");
    }
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_not_waited_for() {
    let (_app, address) = listening().await;
    let style = server::http::assets::paths().get("main.css").unwrap();
    let ask = format!("GET {style} HTTP/1.1\r\nHost: x\r\n\r\n").repeat(1000);
    let mut deaf = vec![];
    for _ in 0..limits().connections {
        let mut stream = TcpStream::connect(address).await.unwrap();
        // The server may stop listening to so many questions before all are asked.
        let _ = timeout(Duration::from_millis(100), stream.write_all(ask.as_bytes())).await;
        deaf.push(stream);
    }
    let answer = say(address, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    drop(deaf);
}

#[tokio::test]
async fn silent_connections_do_not_keep_others_out() {
    let (_app, address) = listening().await;
    let mut silent = vec![];
    for _ in 0..20 {
        silent.push(TcpStream::connect(address).await.unwrap());
    }
    let answer = say(address, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    drop(silent);
}
