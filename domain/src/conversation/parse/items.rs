//! Cuts a source into front matter, briefing and items: a line at the margin with the indented lines below it.

use super::piece::Piece;

/// A line at the margin, with what belongs to it.
#[derive(Debug)]
pub(crate) struct Item<'a> {
    /// Comments above it, and inside it.
    pub comments: Vec<Piece<'a>>,
    pub head: Piece<'a>,
    /// The indented lines below, trimmed; an empty piece for empty lines between them.
    pub body: Vec<Piece<'a>>,
}

#[derive(Debug, Default)]
pub(crate) struct Cut<'a> {
    /// The opening line `---`, if it is there.
    pub open: Option<Piece<'a>>,
    /// Whether the front matter is closed.
    pub closed: bool,
    pub front: Vec<Piece<'a>>,
    pub briefing: Vec<&'a str>,
    pub items: Vec<Item<'a>>,
    pub trailing: Vec<Piece<'a>>,
}

/// Whether a line begins a node.
pub(crate) fn is_heading(line: &str) -> bool {
    line == "##" || line.starts_with("## ") || line.starts_with("##\t")
}

pub(crate) fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

pub(crate) fn cut<'a>(lines: &[&'a str]) -> Cut<'a> {
    let mut cut = Cut::default();
    let mut rest = lines.iter().zip(1u32..).map(|(text, number)| Piece::line(text.trim_end(), number)).peekable();
    while rest.next_if(|piece| piece.is_empty()).is_some() {}
    cut.open = rest.next_if(|piece| piece.text() == "---");
    if cut.open.is_some() {
        while let Some(piece) = rest.next_if(|piece| !is_heading(piece.text())) {
            if piece.text() == "---" {
                cut.closed = true;
                break;
            }
            cut.front.push(piece);
        }
    }
    // Untrimmed: two spaces at the end of a line mean something in Markdown.
    while let Some(piece) = rest.next_if(|piece| !is_heading(piece.text())) {
        let number = usize::try_from(piece.place().line).unwrap_or(1);
        cut.briefing.push(lines[number - 1]);
    }
    let mut comments = Vec::new();
    let mut gap = false;
    for piece in rest {
        let text = piece.text();
        let indented = text.starts_with([' ', '\t']);
        if text.is_empty() {
            gap = true;
        } else if is_comment(text) {
            match cut.items.last_mut() {
                Some(item) if indented => item.comments.push(piece.trim()),
                _ => comments.push(piece.trim()),
            }
        } else if let Some(item) = cut.items.last_mut().filter(|_| indented) {
            if gap {
                item.body.push(piece.part(0, 0));
            }
            item.body.push(piece.trim());
            gap = false;
        } else {
            cut.items.push(Item { comments: std::mem::take(&mut comments), head: piece.trim(), body: Vec::new() });
            gap = false;
        }
    }
    cut.trailing = comments;
    cut
}
