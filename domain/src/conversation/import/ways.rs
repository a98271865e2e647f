//! The ways that macros lead: `(link-goto: "words", "Passage")`, `<<link "words" "Passage">>` and their like.
//!
//! Only a name that is written out is a way; a computed one stays a macro. What leads on is listed all the same, since
//! whatever else a macro does is not taken over.

use super::{
    link::is_url,
    markup::{Kind, Part},
    special::Dialect,
};
use std::borrow::Cow;

/// What a macro has to do with a way.
#[derive(Debug, PartialEq, Eq)]
enum Way<'t> {
    /// Words that lead to a passage.
    Link(Cow<'t, str>, Cow<'t, str>),
    /// Words that do what stands in the hook, or up to the closing macro.
    Opens(Cow<'t, str>),
    /// On to a passage: from the words around it, if any.
    Goes(Cow<'t, str>),
    /// Names of passages, each a link.
    Several(Vec<Cow<'t, str>>),
    None,
}

/// Turns the macros that lead somewhere into links.
pub(super) fn mark<'t>(parts: Vec<Part<'t>>, dialect: Dialect) -> Vec<Part<'t>> {
    let mut around = Around::default();
    let mut out: Vec<Part<'t>> = Vec::with_capacity(parts.len());
    for mut part in parts {
        let whole = part.whole;
        if part.kind == Kind::Words {
            if dialect.has_harlowe_macros() {
                around.hooks(whole);
            }
        } else if part.kind == Kind::Code {
            match around.way(whole, out.len()) {
                Way::Link(words, target) if leads(&target) => {
                    part.kind = Kind::Link(words, target);
                    part.unconverted = led(part.unconverted);
                }
                Way::Goes(target) if leads(&target) => {
                    let words = around.words().map(|opener| {
                        // The macro with the words did nothing else than lead here.
                        if let Some(opened) = out.get_mut(opener.at) {
                            opened.unconverted = led(opened.unconverted.take());
                        }
                        opener.words
                    });
                    part.kind = Kind::Link(words.unwrap_or_else(|| target.clone()), target);
                    part.unconverted = led(part.unconverted);
                }
                Way::Several(names) => {
                    part.unconverted = led(part.unconverted);
                    let links = names.into_iter().filter(|name| leads(name)).map(|name| Part {
                        whole: "",
                        kind: Kind::Link(name.clone(), name),
                        unconverted: None,
                    });
                    out.push(part);
                    out.extend(links);
                    continue;
                }
                _ => {}
            }
        }
        out.push(part);
    }
    out
}

/// A macro told of as one that became a link.
pub(super) fn led(unconverted: Option<String>) -> Option<String> {
    unconverted.map(|what| if what.starts_with("macro ") { format!("link {what}") } else { what })
}

/// Whether a macro of `SugarCube` leads where the link in it does: `<<link [[On|Cellar]]>>`.
pub(super) fn takes_link(whole: &str) -> bool {
    const NAMES: [&str; 8] = ["actions", "back", "button", "choice", "click", "goto", "link", "return"];
    let inside = whole.trim_start_matches('<');
    let length = inside.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(inside.len());
    whole.starts_with("<<") && NAMES.contains(&&inside[..length])
}

fn leads(target: &str) -> bool {
    !target.is_empty() && !is_url(target)
}

/// Words that lead where a macro within them says, and which part they are.
#[derive(Debug, Clone)]
struct Opener<'t> {
    words: Cow<'t, str>,
    at: usize,
}

/// What a place in a passage stands within.
#[derive(Default)]
struct Around<'t> {
    /// Harlowe's brackets: how many are open, and at which depth the hook of a link began.
    depth: usize,
    hooks: Vec<(usize, Opener<'t>)>,
    /// Words whose hook comes next.
    next: Option<Opener<'t>>,
    /// `SugarCube`'s macros with a closing one, and their words.
    macros: Vec<(&'t str, Option<Opener<'t>>)>,
}

impl<'t> Around<'t> {
    /// The words around this place.
    fn words(&self) -> Option<Opener<'t>> {
        let hook = self.hooks.last().map(|(_, words)| words.clone());
        hook.or_else(|| self.macros.iter().rev().find_map(|(_, words)| words.clone()))
    }

    /// Follows Harlowe's brackets through words.
    fn hooks(&mut self, words: &str) {
        let mut next = self.next.take();
        for sign in words.bytes() {
            let opens = next.take();
            match sign {
                b'[' => {
                    self.depth += 1;
                    self.hooks.extend(opens.map(|words| (self.depth, words)));
                }
                b']' => {
                    if self.hooks.last().is_some_and(|(depth, _)| *depth == self.depth) {
                        self.hooks.pop();
                    }
                    self.depth = self.depth.saturating_sub(1);
                }
                // A hook may stand apart from its macro, with changers between them: `(link: "On") + (t8n: "dissolve")[…]`.
                b' ' | b'\n' | b'\t' | b'+' => next = opens,
                _ => {}
            }
        }
        self.next = next;
    }

    fn way(&mut self, code: &'t str, at: usize) -> Way<'t> {
        let way = if code.starts_with('(') {
            harlowe(code)
        } else if code.starts_with("<<") {
            return self.sugarcube(code, at);
        } else if code.starts_with('{') {
            chapbook(code)
        } else {
            Way::None
        };
        if let Way::Opens(words) = way {
            self.next = Some(Opener { words, at });
            return Way::None;
        }
        way
    }

    fn sugarcube(&mut self, code: &'t str, at: usize) -> Way<'t> {
        let inside = &code[2..];
        if let Some(name) = inside.strip_prefix('/') {
            let name = name.trim_end_matches('>').trim();
            if let Some(at) = self.macros.iter().rposition(|(open, _)| *open == name) {
                self.macros.truncate(at);
            }
            return Way::None;
        }
        let length = inside.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, rest) = inside.split_at(length);
        let holds = matches!(name, "link" | "button" | "click" | "linkreplace" | "linkappend" | "linkprepend");
        let Some(rest) = rest.strip_suffix(">>") else {
            // Its link stands apart: `<<link [[On|Cellar]]>>`.
            if holds {
                self.macros.push((name, None));
            }
            return Way::None;
        };
        if !holds && !matches!(name, "goto" | "choice" | "actions" | "back" | "return") {
            return Way::None;
        }
        let arguments = arguments(rest, |sign| sign.is_whitespace());
        let mut named = arguments.iter().map(|argument| literal(argument, true));
        let way = match (name, named.next(), named.next()) {
            ("goto", Some(Some(target)), _) => Way::Goes(target),
            ("choice", Some(Some(target)), None) => Way::Link(target.clone(), target),
            ("choice", Some(Some(target)), Some(words)) => Way::Link(words.unwrap_or_else(|| target.clone()), target),
            ("actions", first, second) => {
                Way::Several(first.into_iter().chain(second).chain(named).flatten().collect())
            }
            ("goto" | "choice", ..) | (_, None, _) => Way::None,
            (_, Some(words), Some(Some(target))) if !matches!(name, "linkreplace" | "linkappend" | "linkprepend") => {
                Way::Link(words.unwrap_or_else(|| Cow::Borrowed(arguments[0])), target)
            }
            ("back" | "return", ..) => Way::None,
            (_, Some(words), _) => {
                let words = words.unwrap_or_else(|| Cow::Borrowed(arguments[0]));
                self.macros.push((name, Some(Opener { words, at })));
                return Way::None;
            }
        };
        if holds {
            self.macros.push((name, None));
        }
        way
    }
}

/// `(name: arguments)`; Harlowe takes no notice of capitals, hyphens and underscores in a name.
fn harlowe(code: &str) -> Way<'_> {
    let Some((name, rest)) = code[1..].split_once(':') else { return Way::None };
    let Some(rest) = rest.strip_suffix(')') else { return Way::None };
    let name: String = name.chars().filter(|sign| !matches!(sign, '-' | '_')).collect::<String>().to_ascii_lowercase();
    let known = ["goto", "linkgoto", "linkrevealgoto", "clickgoto", "mouseovergoto", "mouseoutgoto"];
    let opens = ["link", "linkreplace", "linkreveal", "linkrepeat", "linkrerun"];
    if !known.contains(&name.as_str()) && !opens.contains(&name.as_str()) {
        return Way::None;
    }
    let arguments = arguments(rest, |sign| sign == ',');
    let spoken = |at: usize| {
        let written = arguments.get(at)?;
        Some(literal(written, false).unwrap_or(Cow::Borrowed(*written)))
    };
    let name_at = |at: usize| arguments.get(at).and_then(|written| literal(written, false));
    match (name.as_str(), arguments.len()) {
        ("goto", 1..) => name_at(0).map_or(Way::None, Way::Goes),
        ("linkgoto" | "linkrevealgoto", 1) => name_at(0).map_or(Way::None, |name| Way::Link(name.clone(), name)),
        ("linkgoto" | "linkrevealgoto", 2..) => {
            name_at(1).zip(spoken(0)).map_or(Way::None, |(target, words)| Way::Link(words, target))
        }
        ("clickgoto" | "mouseovergoto" | "mouseoutgoto", 2..) => {
            // The first argument is a place in the text, often a hook's name.
            let target = name_at(1);
            target.map_or(Way::None, |target| Way::Link(name_at(0).unwrap_or_else(|| target.clone()), target))
        }
        (name, 1..) if opens.contains(&name) => spoken(0).map_or(Way::None, Way::Opens),
        _ => Way::None,
    }
}

/// `{link to: 'Passage', label: 'words'}` and `{reveal link: 'words', passage: 'Passage'}`.
fn chapbook(code: &str) -> Way<'_> {
    let Some(inside) = code[1..].strip_suffix('}') else { return Way::None };
    let fields = arguments(inside, |sign| sign == ',');
    let value = |key: &str| {
        fields.iter().find_map(|field| {
            let (name, value) = field.split_once(':')?;
            let named = name.split_whitespace().eq(key.split(' '));
            if named { literal(value.trim(), false) } else { None }
        })
    };
    if let Some(target) = value("link to") {
        return Way::Link(value("label").unwrap_or_else(|| target.clone()), target);
    }
    match (value("reveal link"), value("passage")) {
        (Some(words), Some(target)) => Way::Link(words, target),
        _ => Way::None,
    }
}

/// Arguments apart; nothing within quotes or brackets parts them.
fn arguments(text: &str, parts: impl Fn(char) -> bool) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut from, mut depth) = (0, 0_usize);
    let mut quote = None;
    let mut escaped = false;
    for (at, sign) in text.char_indices() {
        if let Some(open) = quote {
            if !escaped && sign == open {
                quote = None;
            }
            escaped = !escaped && sign == '\\';
            continue;
        }
        match sign {
            '"' | '\'' | '`' if !text[..at].ends_with(char::is_alphanumeric) => quote = Some(sign),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && parts(sign) => {
                out.push(text[from..at].trim());
                from = at + sign.len_utf8();
            }
            _ => {}
        }
    }
    out.push(text[from..].trim());
    out.retain(|argument| !argument.is_empty());
    out
}

/// What a quoted argument says; without quotes a word may stand for itself, as in `<<goto Cellar>>`.
fn literal(written: &str, bare: bool) -> Option<Cow<'_, str>> {
    let quote = written.chars().next().filter(|sign| matches!(sign, '"' | '\''));
    let Some(quote) = quote else {
        let word = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.');
        let named = bare && written.starts_with(char::is_alphanumeric) && written.chars().all(word);
        return named.then_some(Cow::Borrowed(written));
    };
    let inside = written[1..].strip_suffix(quote)?;
    let mut out = String::new();
    let mut signs = inside.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => out.extend(signs.next()),
            // More than one text: `"a" + "b"`.
            sign if sign == quote => return None,
            sign => out.push(sign),
        }
    }
    let out = out.trim();
    Some(if out == inside { Cow::Borrowed(inside) } else { Cow::Owned(out.to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::import::markup::parts;

    fn links(text: &str, format: &str) -> Vec<(String, String)> {
        let link = |part: Part<'_>| match part.kind {
            Kind::Link(words, target) => Some((words.into_owned(), target.into_owned())),
            _ => None,
        };
        parts(text, Dialect::of(Some(format))).into_iter().filter_map(link).collect()
    }

    #[test]
    fn macros_that_lead_somewhere() {
        for (format, text, expected) in [
            ("Harlowe", r#"(link-goto: "Open it", "Letter")"#, &[("Open it", "Letter")][..]),
            ("Harlowe", r"(Link_GoTo:'Letter')", &[("Letter", "Letter")]),
            (
                "Harlowe",
                r#"(link-goto: "A \"small\" (red) letter, :)" , "Letter")"#,
                &[("A \"small\" (red) letter, :)", "Letter")],
            ),
            ("Harlowe", r#"(link-goto: "Hi, " + $name, "Letter")"#, &[("\"Hi, \" + $name", "Letter")]),
            ("Harlowe", r#"(link-goto: "Open it", $where)"#, &[]),
            ("Harlowe", r#"(link-reveal-goto: "Look", "Drawer")[(set: $x to 1)]"#, &[("Look", "Drawer")]),
            (
                "Harlowe",
                r#"(click-goto: ?door, "Hall") (mouseover-goto: "sign", "Hall")"#,
                &[("Hall", "Hall"), ("sign", "Hall")],
            ),
            ("Harlowe", r#"(live: 3s)[(go-to: "Hall")]"#, &[("Hall", "Hall")]),
            (
                "Harlowe",
                r#"(link: "On")[(set: $a to "x]")(goto: "Hall")] (goto: "Yard")"#,
                &[("On", "Hall"), ("Yard", "Yard")],
            ),
            (
                "Harlowe",
                r#"(link: "On")[ (if: $a)[(goto: "Hall")](else:)[(goto: "Yard")] (link: "Or")[(goto: "Out")] [[Back]] ]"#,
                &[("On", "Hall"), ("On", "Yard"), ("Or", "Out"), ("Back", "Back")],
            ),
            ("Harlowe", r#"(link: "More")[and more] (goto: "Hall")"#, &[("Hall", "Hall")]),
            ("Harlowe", r#"(display: "Hall")(link-undo: "Back")"#, &[]),
            ("SugarCube", r#"<<link "On" "Hall">><<set $a to 1>><</link>>"#, &[("On", "Hall")]),
            ("SugarCube", r"<<button 'On' Hall>><</button>>", &[("On", "Hall")]),
            ("SugarCube", r"<<link $words `'Ha' + 'll'`>><</link>>", &[]),
            (
                "SugarCube",
                r#"<<link "On">><<set $a to 1>><<goto "Hall">><</link>> <<goto [[Yard]]>>"#,
                &[("On", "Hall"), ("Yard", "Yard")],
            ),
            (
                "SugarCube",
                r#"<<link "On">><<link [[Or|Out]]>><</link>><<if $a>><<goto "Hall">><</if>><</link>><<goto Yard>>"#,
                &[("Or", "Out"), ("On", "Hall"), ("Yard", "Yard")],
            ),
            ("SugarCube", r#"<<link "More than >> this" "Hall">><</link>>"#, &[("More than >> this", "Hall")]),
            ("SugarCube", r#"<<choice "Hall" "On">> <<choice "Yard">>"#, &[("On", "Hall"), ("Yard", "Yard")]),
            (
                "SugarCube",
                r#"<<actions "Hall" $x "Yard">> <<actions [[On|Out]]>>"#,
                &[("Hall", "Hall"), ("Yard", "Yard"), ("On", "Out")],
            ),
            ("SugarCube", r#"<<link "Read" "https://example.org/">><</link>>"#, &[]),
            ("SugarCube", r#"<<linkreplace "Look">>a [[door]]<</linkreplace>><<include "Hall">>"#, &[("door", "door")]),
            ("SugarCube", r#"<<link [img[door.png][Hall]]>><</link>>"#, &[("Hall", "Hall")]),
            (
                "Chapbook",
                r"{link to: 'Hall', label: 'On'} {reveal link: 'key', passage: 'Key'}",
                &[("On", "Hall"), ("key", "Key")],
            ),
            ("Chapbook", r"{reveal link: 'key', text: 'rusty'} {embed passage: 'Key'} {back link, label: 'Back'}", &[]),
            (
                "Snowman",
                r#"<a href="javascript:void(0)" data-passage="Hall">On &amp; <b>up</b></a>"#,
                &[("On & up", "Hall")],
            ),
        ] {
            let found = links(text, format);
            let found: Vec<(&str, &str)> =
                found.iter().map(|(words, target)| (words.as_str(), target.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn code_holds_no_links() {
        for text in [
            "<<set $grid to [[1, 2], [3, 4]]>>",
            "<<run $list.push([['a', 'b']])>>",
            "<<script>>if (a >> 2) { go([[1]]); }<</script>>",
        ] {
            assert_eq!(links(text, "SugarCube"), [], "{text}");
        }
        let printed = [("On".to_owned(), "Hall".to_owned())];
        assert_eq!(links(r#"<<print "[[On|Hall]]">>"#, "SugarCube"), printed);
        assert_eq!(links(r#"(print: "[[On->Hall]]")"#, "Harlowe"), printed);
        assert_eq!(links("`[[On->Hall]]`", "Harlowe"), []);
        assert_eq!(links("{{{[[On->Hall]]}}}", "SugarCube"), []);
    }
}
