//! The normal form of Markdown.

/// Markdown as it is kept: lines end with a line feed and without stray spaces, single blank lines, none at the ends.
/// The two spaces that make a hard break stay, and so does everything between code fences.
pub(crate) fn tidy(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    for line in text.lines() {
        let start = line.trim_start();
        let mark = start.chars().next().filter(|c| "`~".contains(*c));
        let length = mark.map_or(0, |mark| start.chars().take_while(|c| *c == mark).count());
        match (fence, mark) {
            (Some((open, least)), _) => {
                lines.push(line.to_owned());
                if mark == Some(open) && length >= least && start.trim_end().chars().all(|c| c == open) {
                    fence = None;
                }
                continue;
            }
            (None, Some(mark)) if length >= 3 => fence = Some((mark, length)),
            _ => {}
        }
        let plain = line.trim_end();
        if plain.is_empty() {
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
        } else if fence.is_none() && line.ends_with("  ") {
            lines.push(format!("{plain}  "));
        } else {
            lines.push(plain.to_owned());
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}
