//! What a browser makes of a page: the document, parsed as the HTML standard says.

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::fmt::Write as _;

/// Attributes whose values are ours and not somebody's text.
const OURS: [&str; 9] = ["action", "class", "http-equiv", "lang", "method", "rel", "role", "tabindex", "type"];

/// Elements and their attributes in order, one on a line, without any text: the same for two pages that differ in texts
/// alone.
pub fn skeleton(html: &str) -> String {
    let mut out = String::new();
    walk(&parsed(html), 0, &mut |node, depth| {
        let NodeData::Element { name, attrs, .. } = &node.data else { return };
        let _ = write!(out, "{:depth$}{}", "", name.local);
        for attribute in attrs.borrow().iter() {
            let name = &attribute.name.local;
            let value = if OURS.contains(&&**name) { &*attribute.value } else { "…" };
            // Which colour somebody has follows from their name.
            let value = value.split(' ').filter(|word| !word.starts_with("party-")).collect::<Vec<_>>().join(" ");
            let _ = write!(out, " {name}={value}");
        }
        out.push('\n');
    });
    out
}

/// The text between the tags.
pub fn words(html: &str) -> String {
    let mut out = String::new();
    walk(&parsed(html), 0, &mut |node, _| {
        if let NodeData::Text { contents } = &node.data {
            out.push_str(&contents.borrow());
        }
    });
    out
}

/// Where the links of a page lead.
pub fn links(html: &str) -> Vec<String> {
    let mut found = vec![];
    walk(&parsed(html), 0, &mut |node, _| {
        let NodeData::Element { name, attrs, .. } = &node.data else { return };
        if &*name.local == "a" {
            let attrs = attrs.borrow();
            found.extend(attrs.iter().find(|one| &*one.name.local == "href").map(|one| one.value.to_string()));
        }
    });
    found
}

fn parsed(html: &str) -> Handle {
    parse_document(RcDom::default(), ParseOpts::default()).one(html).document
}

fn walk(node: &Handle, depth: usize, visit: &mut impl FnMut(&Handle, usize)) {
    visit(node, depth);
    for child in node.children.borrow().iter() {
        walk(child, depth + 1, visit);
    }
}
