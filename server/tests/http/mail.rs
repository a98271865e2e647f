//! What a mail server receives.

use crate::support::TestApp;
use domain::time::Clock as _;
use mail_parser::{MessageParser, MimeHeaders as _};
use server::clock::{SystemClock, SystemEntropy};
use server::mail::Mailer;
use std::sync::Arc;
use std::time::Duration;
use store::NewMail;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

const SITE: &str = "https://learn.example";

/// A mail server for one mail: gives the message as it came.
async fn received(listener: TcpListener) -> String {
    let (stream, _) = listener.accept().await.unwrap();
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 mail.example\r\n").await.unwrap();
    while let Some(line) = lines.next_line().await.unwrap() {
        let answer = match line.split(' ').next().unwrap() {
            "EHLO" => "250-mail.example\r\n250 8BITMIME\r\n",
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await.unwrap();
                let mut message = String::new();
                while let Some(line) = lines.next_line().await.unwrap().filter(|line| line != ".") {
                    message.push_str(line.strip_prefix('.').unwrap_or(&line));
                    message.push_str("\r\n");
                }
                writer.write_all(b"250 taken\r\n").await.unwrap();
                return message;
            }
            _ => "250 yes\r\n",
        };
        writer.write_all(answer.as_bytes()).await.unwrap();
    }
    panic!("no message came");
}

#[tokio::test]
async fn a_mail_arrives_whole_in_any_alphabet_and_as_html() {
    let app = TestApp::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let mailer = Mailer::new(Some(&url), Some("Skolen på Østerbro <no-reply@learn.example>"), SITE).unwrap();
    let long = "a line that is longer than what mail servers pass on ".repeat(40);
    let body = format!("Hello Søren Ødegård & <b>Žofie</b>,\n\n.{long}\n\nChoose a password:\n\n{SITE}/welcome/0f0f\n");
    let mail = NewMail {
        dedupe: "one".into(),
        person: None,
        address: "soren@work.example".into(),
        subject: "Your account at Østerbro, Søren".into(),
        body: body.clone(),
    };
    app.db.put_mail(mail, SystemClock.now(), &SystemEntropy).await.unwrap();
    let work = server::jobs::start(Arc::clone(&app.services), mailer);
    let raw = tokio::time::timeout(Duration::from_secs(20), received(listener)).await.expect("it is sent");
    work.abort();

    assert!(raw.is_ascii(), "any server passes it on: {raw}");
    assert!(raw.lines().all(|line| line.len() <= 998), "{raw}");
    let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    assert_eq!(message.header_raw("MIME-Version").unwrap().trim(), "1.0");
    assert_eq!(message.header_raw("Auto-Submitted").unwrap().trim(), "auto-generated");
    assert!(message.date().is_some());
    assert!(message.message_id().unwrap().ends_with("@learn.example"), "{raw}");
    assert_eq!(message.subject().unwrap(), "Your account at Østerbro, Søren");
    let from = message.from().unwrap().first().unwrap();
    assert_eq!((from.name(), from.address()), (Some("Skolen på Østerbro"), Some("no-reply@learn.example")));
    assert_eq!(message.to().unwrap().first().unwrap().address(), Some("soren@work.example"));
    let kind = message.content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("multipart", Some("alternative")));
    for (part, subtype) in message.parts[1..].iter().zip(["plain", "html"]) {
        let kind = part.content_type().unwrap();
        assert_eq!((kind.subtype(), kind.attribute("charset")), (Some(subtype), Some("utf-8")));
    }
    assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), body.trim_end());
    let html = message.body_html(0).unwrap();
    assert!(html.contains("Hello Søren Ødegård &amp; &lt;b&gt;Žofie&lt;/b&gt;,"), "{html}");
    assert!(html.contains(&format!("<a href=\"{SITE}/welcome/0f0f\">")), "{html}");
}
