//! What begins with `<` in a passage: comments, templates, macros, scripts and tags.

use super::{
    link,
    macros::code,
    markup::{Kind, Part, Scan},
    tag::{decode, tag, untagged},
};

impl<'t> Scan<'t> {
    /// What begins with `<`: a comment, a template, a macro, a script, a tag.
    pub fn angle(&mut self, at: usize) -> Option<Part<'t>> {
        let rest = &self.text[at..];
        if rest.starts_with("<!--") {
            let end = self.find(at + 4, "-->")?;
            return Some(self.comment(at, 4, end, 3));
        }
        if rest.starts_with("<%") {
            let end = self.find(at + 2, "%>")? + 2;
            return Some(code(&self.text[at..end], "template"));
        }
        let letter = |text: &str| text.starts_with(|sign: char| sign.is_ascii_alphabetic());
        if let Some(name) = rest.strip_prefix("<<") {
            let name = name.strip_prefix('/').unwrap_or(name);
            if letter(name) || name.starts_with(['=', '-', '_', '$']) {
                let mut end = self.macro_end(at + 2)?;
                if self.text[at..end] == *"<<script>>" {
                    let close = "<</script>>";
                    end = self.find(end, close).map_or(end, |found| found + close.len());
                }
                let mut part = code(&self.text[at..end], "macro");
                if rest.starts_with("<</") {
                    // Told of where it opens.
                    part.unconverted = None;
                }
                return Some(part);
            }
            return None;
        }
        for (name, end) in [("<script", "</script>"), ("<style", "</style>")] {
            if rest.starts_with(name)
                && let Some(end) = self.find(at, end).map(|found| found + end.len())
            {
                return Some(code(&self.text[at..end], "HTML"));
            }
        }
        if rest.starts_with("<nowiki>")
            && let Some(end) = self.find(at, "</nowiki>")
        {
            let whole = &self.text[at..end + "</nowiki>".len()];
            return Some(Part { whole, kind: Kind::Words, unconverted: None });
        }
        let name = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
        let end = letter(name).then(|| self.tag_end(at)).flatten()?;
        let whole = &self.text[at..end];
        let mut part = code(whole, "HTML");
        if whole.starts_with("</") {
            // Told of where it opens.
            part.unconverted = None;
        } else if whole.contains("data-passage") {
            self.passage_link(at, end, &mut part);
        }
        Some(part)
    }

    /// Where a tag ends; a sign in the quotes of an attribute does not end it.
    fn tag_end(&mut self, at: usize) -> Option<usize> {
        let mut next = at + 1;
        loop {
            next += self.text[next..].find(['<', '>', '"', '\''])?;
            let rest = &self.text[next..];
            match rest.as_bytes()[0] {
                b'>' => return Some(next + 1),
                b'<' => return None,
                sign => {
                    let quote = if sign == b'"' { "\"" } else { "'" };
                    let is_value = self.text[at..next].trim_end().ends_with('=');
                    let close = if is_value { self.find(next + 1, quote) } else { None };
                    next = close.unwrap_or(next) + 1;
                }
            }
        }
    }

    /// `<a data-passage="Passage">words</a>`, as `Snowman` and `SugarCube` have it.
    fn passage_link(&mut self, at: usize, end: usize, part: &mut Part<'t>) {
        const REACH: usize = 500;
        let Ok((found, _)) = tag(self.text, at) else { return };
        let Some(target) = found.attribute("data-passage").filter(|it| !it.is_empty() && !link::is_url(it)) else {
            return;
        };
        let close = match found.name {
            "a" => "</a>",
            "button" => "</button>",
            _ => return,
        };
        let close = self.find(end, close).filter(|close| close - end < REACH).map(|start| (start, start + close.len()));
        let said = close.map(|(start, _)| decode(&untagged(&self.text[end..start])));
        let said = said.map(|said| said.trim().to_owned()).filter(|said| !said.is_empty());
        part.kind = Kind::Link(said.unwrap_or_else(|| target.clone()).into(), target.into());
        part.whole = &self.text[at..close.map_or(end, |(_, after)| after)];
    }
}
