//! Cuts a Twee 3 source into passages.

use super::{
    limit, line,
    story::{Raw, Story},
};
use crate::conversation::parse::piece::Findings;
use serde_json::{Map, Value};

pub(super) fn read(text: &str, found: &mut Findings<'_>) -> Story {
    let mut story = Story { script_tags: true, ..Story::default() };
    let mut stray = false;
    for (written, number) in text.split('\n').zip(1u32..) {
        if let Some(head) = written.strip_prefix("::") {
            if story.raws.len() == limit::PASSAGES {
                story.overfull = true;
                break;
            }
            let (name, tags) = header(head, number, found);
            story.raws.push(Raw { name, tags, text: String::new(), line: number, first: number + 1, last: u32::MAX });
        } else if let Some(raw) = story.raws.last_mut() {
            // A backslash keeps two colons of the text from being a head.
            let plain = written.strip_prefix('\\').filter(|rest| rest.starts_with("::")).unwrap_or(written);
            raw.text.push_str(plain);
            raw.text.push('\n');
        } else if !stray && !written.trim().is_empty() {
            stray = true;
            found
                .warning("text-before-passages", line(number), "text before the first passage is not taken over")
                .advise("a passage begins with a line `:: Name`");
        }
    }
    for raw in &mut story.raws {
        raw.text.truncate(raw.text.trim_end().len());
    }
    metadata(&mut story, found);
    story
}

/// Takes `StoryTitle` and `StoryData` out of the passages.
fn metadata(story: &mut Story, found: &mut Findings<'_>) {
    let mut data = None;
    for raw in std::mem::take(&mut story.raws) {
        match raw.name.as_str() {
            "StoryTitle" if story.title.is_none() => {
                let words: Vec<&str> = raw.text.split_whitespace().collect();
                story.title = Some(words.join(" ")).filter(|title| !title.is_empty());
            }
            "StoryData" if data.is_none() => data = Some(raw),
            "StoryTitle" | "StoryData" => {
                found
                    .warning("duplicate-passage", line(raw.line), format!("there is more than one `{}`", raw.name))
                    .advise("the first is taken; remove the others");
            }
            _ => story.raws.push(raw),
        }
    }
    let Some(data) = data else { return };
    match serde_json::from_str::<Map<String, Value>>(&data.text) {
        Ok(fields) => {
            let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
            story.format = text("format");
            story.format_version = text("format-version");
            story.ifid = text("ifid");
            story.start = text("start").map(|name| (name, data.line));
        }
        Err(why) => {
            // An empty passage has no line of its own.
            let below = u32::try_from(why.line()).unwrap_or(0);
            let at = if data.text.is_empty() { data.line } else { data.line.saturating_add(below) };
            found
                .warning("bad-story-data", line(at), "`StoryData` is not JSON, so it is left out")
                .advise("write `{ \"ifid\": \"…\", \"format\": \"…\", \"start\": \"…\" }`, all names in double quotes");
        }
    }
}

/// The name and the tags of a head, without its colons.
fn header(head: &str, number: u32, found: &mut Findings<'_>) -> (String, Vec<String>) {
    let at = unescaped(head, &['[', '{']).unwrap_or(head.len());
    let mut name = decode(&head[..at]);
    let mut tags = Vec::new();
    let mut rest = &head[at..];
    if let Some(inside) = rest.strip_prefix('[')
        && let Some(end) = unescaped(inside, &[']'])
    {
        tags = words(&inside[..end]);
        rest = inside[end + 1..].trim_start();
    }
    let rest = rest.trim_end();
    if rest.starts_with('{') {
        if serde_json::from_str::<Map<String, Value>>(rest).is_err() {
            found
                .warning("bad-metadata", line(number), "the passage's metadata is not JSON, so it is left out")
                .advise("write it like `{\"position\":\"600,400\"}`, or escape a brace of the name: `\\{`");
        }
    } else if !rest.is_empty() && !is_position(rest) {
        // As Twine has it: what does not end in blocks is all name.
        name = decode(head);
        tags.clear();
        found
            .warning("bad-header", line(number), format!("all of `{name}` is taken for the passage's name"))
            .advise("tags stand in brackets after the name: `:: Name [one two]`; brackets of a name are written `\\[`");
    }
    (name, tags)
}

/// Where the first of `signs` stands that no backslash precedes.
fn unescaped(text: &str, signs: &[char]) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, sign)| {
        let plain = !escaped;
        escaped = plain && sign == '\\';
        (plain && signs.contains(&sign)).then_some(at)
    })
}

/// Tags between spaces.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut from = 0;
    let mut escaped = false;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        let plain = !escaped;
        escaped = plain && sign == '\\';
        if at == text.len() || plain && sign.is_whitespace() {
            words.push(decode(&text[from..at]));
            from = (at + sign.len_utf8()).min(text.len());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Any escaped sign is the sign itself; spaces at the ends go unless they are escaped.
fn decode(text: &str) -> String {
    let mut out = String::new();
    let mut solid = 0;
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => out.push(signs.next().unwrap_or('\\')),
            space if space.is_whitespace() => {
                if !out.is_empty() {
                    out.push(space);
                }
                continue;
            }
            other => out.push(other),
        }
        solid = out.len();
    }
    out.truncate(solid);
    out
}

/// `<600,400>`, as Twee 2 wrote where a passage stands in the editor.
fn is_position(text: &str) -> bool {
    let inside = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    let number = |text: &str| text.trim().parse::<f64>().is_ok();
    inside.and_then(|text| text.split_once(',')).is_some_and(|(x, y)| number(x) && number(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads() {
        for (head, name, tags, warned) in [
            (" An overgrown path", "An overgrown path", &[][..], false),
            ("Tight", "Tight", &[], false),
            (" Path [forest spooky]", "Path", &["forest", "spooky"], false),
            (" Path[forest]{\"position\":\"600,400\",\"size\":\"100,200\"}", "Path", &["forest"], false),
            (" Path {\"position\":\"600,400\"}", "Path", &[], false),
            (r" a \[b\] \{c\} d\\e \q [t\]x y]", r"a [b] {c} d\e q", &["t]x", "y"], false),
            (r" \ padded\  [t]", " padded ", &["t"], false),
            (" Path [forest] <600,400>", "Path", &["forest"], false),
            (" Path []", "Path", &[], false),
            (" Path {position: 1}", "Path", &[], true),
            (" Path [forest] and more", "Path [forest] and more", &[], true),
            (" Path [forest", "Path [forest", &[], true),
            (" [forest]", "", &["forest"], false),
            ("", "", &[], false),
            (r" Path\", r"Path\", &[], false),
        ] {
            let mut found = Findings::new("", &[]);
            let read = header(head, 1, &mut found);
            assert_eq!(read, (name.to_owned(), tags.iter().map(|tag| (*tag).to_owned()).collect()), "{head}");
            assert_eq!(!found.into_list().is_empty(), warned, "{head}");
        }
    }
}
