//! Where links and pictures of a lesson lead.

/// Where an address in a lesson leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Out of the course: `http`, `https` or `mailto`.
    Outside(String),
    /// To a heading of the same text.
    Heading(String),
    /// To a file of the course, by its path from the course folder, and perhaps a heading in it.
    File(String, Option<String>),
    /// To nowhere it may lead.
    Refused,
}

/// Reads an address as written in a file of `folder`. `media/…` is read from the course folder, everything else from the
/// file's own folder.
#[must_use]
pub fn resolve(address: &str, folder: &str) -> Target {
    // Browsers drop tabs and line feeds inside addresses and blanks around them: `java\nscript:` is `javascript:`.
    if address.chars().any(char::is_control) {
        return Target::Refused;
    }
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    if let Some(heading) = address.strip_prefix('#') {
        return Target::Heading(heading.to_owned());
    }
    if ["http://", "https://"].iter().any(|scheme| lower.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
        || lower.strip_prefix("mailto:").is_some_and(|rest| rest.contains('@'))
    {
        return Target::Outside(address.to_owned());
    }
    let (path, heading) = match address.split_once('#') {
        Some((path, heading)) => (path, Some(heading.to_owned())),
        None => (address, None),
    };
    // A colon would begin a scheme, `//` another host, `?` and `\` have no meaning in a course.
    if path.is_empty() || path.starts_with('/') || path.contains([':', '\\', '?']) {
        return Target::Refused;
    }
    let start = if path.starts_with("media/") { "" } else { folder };
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" => return Target::Refused,
            "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Target::Refused;
                }
            }
            name => parts.push(name),
        }
    }
    if parts.is_empty() { Target::Refused } else { Target::File(parts.join("/"), heading) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_where_they_may() {
        let file = |path: &str| Target::File(path.to_owned(), None);
        for (address, expected) in [
            ("https://example.org/a?b#c", Target::Outside("https://example.org/a?b#c".into())),
            ("HTTPS://example.org", Target::Outside("HTTPS://example.org".into())),
            ("mailto:a@b.example", Target::Outside("mailto:a@b.example".into())),
            ("#further-on", Target::Heading("further-on".into())),
            ("other.md", file("first/other.md")),
            ("./other.md", file("first/other.md")),
            ("../second/x.md", file("second/x.md")),
            ("other.md#there", Target::File("first/other.md".into(), Some("there".into()))),
            ("media/a.svg", file("media/a.svg")),
            ("../media/a.svg", file("media/a.svg")),
        ] {
            assert_eq!(resolve(address, "first"), expected, "{address}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for address in [
            "",
            " ",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:x",
            " javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "/admin",
            "../../etc/passwd",
            "..",
            "a//b",
            "a\\b",
            "http://",
            "mailto:",
            "ftp://a",
            "blob:x",
            "x.md?y",
        ] {
            assert_eq!(resolve(address, "first"), Target::Refused, "{address:?}");
        }
    }
}
