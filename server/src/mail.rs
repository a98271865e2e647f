//! Mail as it goes over the wire: a whole MIME message, plain and HTML, through a mail server.

use crate::commands::CommandError;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use std::error::Error;
use store::Mail;

/// Sends mail through a mail server.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// Where people reach the site: addresses below it become links.
    site: String,
}

impl Mailer {
    /// A mailer for the settings; nothing when no mail server is named.
    ///
    /// # Errors
    /// [`CommandError::Usage`] when the settings make no sense.
    pub fn new(url: Option<&str>, from: Option<&str>, site: &str) -> Result<Option<Self>, CommandError> {
        let Some(url) = url else { return Ok(None) };
        let Some(from) = from else {
            return Err(CommandError::Usage("--smtp-url needs --mail-from, the sender's address".into()));
        };
        let from = from.parse().map_err(|problem| CommandError::Usage(format!("--mail-from {from}: {problem}")))?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|problem| CommandError::Usage(format!("--smtp-url: {problem}")))?
            .build();
        Ok(Some(Self { transport, from, site: site.to_owned() }))
    }

    /// Sends a mail. Tried again it carries the same Message-ID, so that one which did arrive can be told from a second.
    ///
    /// # Errors
    /// What the mail server said, or what is wrong with the address.
    pub async fn send(&self, mail: &Mail) -> Result<(), String> {
        let message = self.message(mail).map_err(|problem| problem.to_string())?;
        self.transport.send(message).await.map(|_| ()).map_err(|problem| problem.to_string())
    }

    fn message(&self, mail: &Mail) -> Result<Message, Box<dyn Error>> {
        let domain = self.from.email.domain();
        let message = Message::builder()
            .from(self.from.clone())
            .to(mail.address.parse()?)
            .subject(mail.subject.clone())
            .message_id(Some(format!("<{}@{domain}>", mail.id)))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(mail.body.clone(), html(&mail.body, &self.site)))?;
        Ok(message)
    }
}

/// Tells programs that answer mail, such as absence notes, not to answer this one. See RFC 3834, section 5.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

/// The same words as a small HTML document. Only addresses of the site itself become links: a name may look like one too.
fn html(text: &str, site: &str) -> String {
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    let body: String = paragraphs.map(|paragraph| format!("<p>{}</p>\n", lines(paragraph, site))).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"></head>\n<body>\n{body}</body>\n</html>\n"
    )
}

fn lines(paragraph: &str, site: &str) -> String {
    let line = |line: &str| match line.trim() {
        address if !site.is_empty() && address.starts_with(&format!("{site}/")) && !address.contains(' ') => {
            let address = escape(address);
            format!("<a href=\"{address}\">{address}</a>")
        }
        other => escape(other),
    };
    paragraph.lines().map(line).collect::<Vec<_>>().join("<br>\n")
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_name_and_only_addresses_of_the_site_are_links() {
        let site = "https://learn.example";
        let text = "Hello <b>Søren</b> & \"co\",\n\nhttps://evil.example/x\nhttps://learn.example.evil/\n\nhttps://learn.example/welcome/1";
        let html = html(text, site);
        assert!(html.contains("<p>Hello &lt;b&gt;Søren&lt;/b&gt; &amp; &quot;co&quot;,</p>"), "{html}");
        assert!(html.contains("<p>https://evil.example/x<br>\nhttps://learn.example.evil/</p>"), "{html}");
        let link = "<a href=\"https://learn.example/welcome/1\">https://learn.example/welcome/1</a>";
        assert!(html.contains(&format!("<p>{link}</p>")), "{html}");
        assert_eq!(html.matches("<a ").count(), 1);
    }
}
