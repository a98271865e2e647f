//! The normal form of `course.toml`: what the author wrote, tidied. Order and comments stay.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// The text with one form of line ends, no stray spaces, single blank lines, one before each table, and `key = value`.
/// Texts and lists over several lines stay as they are. A text that is no TOML is given back unchanged.
pub(super) fn format(text: &str) -> String {
    let Ok(root) = DeTable::parse(text) else {
        return text.to_owned();
    };
    let mut kept = Vec::new();
    values(root.get_ref(), &mut kept);
    // The lines that a value begins on, of those that go on below, and those that one goes on in.
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line_of = |at: usize| starts.partition_point(|start| *start <= at).saturating_sub(1);
    let (mut opening, mut inside) = (vec![false; starts.len()], vec![false; starts.len()]);
    for range in kept {
        let (first, last) = (line_of(range.start), line_of(range.end));
        opening[first] |= first < last;
        inside[first + 1..=last].fill(true);
    }
    let mut out: Vec<String> = Vec::new();
    for ((line, opens), goes_on) in text.lines().zip(opening).zip(inside) {
        if goes_on {
            out.push(line.to_owned());
            continue;
        }
        let plain = if opens { line.trim_start() } else { line.trim() };
        let blank_before = out.last().is_none_or(String::is_empty);
        if plain.is_empty() && blank_before {
            continue;
        }
        let after_comment = out.last().is_some_and(|last| last.starts_with('#'));
        if plain.starts_with('[') && !blank_before && !after_comment {
            out.push(String::new());
        }
        out.push(key_value(plain));
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out.join("\n") + "\n"
}

fn values(table: &DeTable<'_>, kept: &mut Vec<std::ops::Range<usize>>) {
    for value in table.values() {
        value_of(value, kept);
    }
}

fn value_of(value: &Spanned<DeValue<'_>>, kept: &mut Vec<std::ops::Range<usize>>) {
    match value.get_ref() {
        DeValue::Table(table) => values(table, kept),
        DeValue::Array(array) if array.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_))) => {
            for item in array {
                value_of(item, kept);
            }
        }
        _ => kept.push(value.span()),
    }
}

/// One space on each side of the first `=` after a plain key.
fn key_value(line: &str) -> String {
    let Some((key, value)) = line.split_once('=') else {
        return line.to_owned();
    };
    let bare = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let key = key.trim_end();
    if !key.is_empty() && key.chars().all(bare) { format!("{key} = {}", value.trim_start()) } else { line.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidies_and_keeps_comments_and_long_texts() {
        let given = "\n\n# A course\nformat=1 \nid   =  \"a = b\"\nsummary = \"\"\"\nOne  \n\n\nx=2\n\"\"\"\nfacts = [\n  \"a\",\n\n]\n[[module]]\n  title = 'x'\n\n\n# about the next\n[[module]]\n";
        let tidy = "# A course\nformat = 1\nid = \"a = b\"\nsummary = \"\"\"\nOne  \n\n\nx=2\n\"\"\"\nfacts = [\n  \"a\",\n\n]\n\n[[module]]\ntitle = 'x'\n\n# about the next\n[[module]]\n";
        assert_eq!(format(given), tidy);
        assert_eq!(format(tidy), tidy);
        assert_eq!(format("id = \n"), "id = \n", "no TOML");
    }
}
