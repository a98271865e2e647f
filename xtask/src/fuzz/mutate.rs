//! Changes to an input that keep most of its shape: by lines, by words of the grammar, by characters.

use super::random::Random;

/// Longer inputs are cut: most mistakes need little, and short runs try more.
const LONGEST: usize = 48 << 10;

/// Signs that are easily got wrong anywhere.
const ANYWHERE: [&str; 26] = [
    "\u{feff}",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\u{a0}",
    "\u{2028}",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "🤷",
    "\u{200b}",
    "\\",
    "\"",
    "'",
    "\n\n",
    "\n  ",
    "    ",
    "--",
    "...",
    "0",
    "-1",
    "99999999999999999999",
    "−1",
    "\u{1}",
];

pub fn mutate(random: &mut Random, input: &str, other: &str, words: &[&str]) -> String {
    let mut text = input.to_owned();
    for _ in 0..=random.below(4) {
        text = match random.below(12) {
            0 => lines(random, &text, other),
            1 => lines(random, &text, other),
            2 => splice(random, &text, other),
            3 => cut(random, &text),
            4 => repeat(random, &text),
            5 => characters(random, &text),
            6 => swap_words(random, &text),
            7 => {
                let sign = random.one(&ANYWHERE);
                insert(random, &text, sign)
            }
            _ => {
                let word = random.one(words);
                if random.below(2) == 0 { insert(random, &text, word) } else { replace(random, &text, word) }
            }
        };
        if text.len() > LONGEST {
            text.truncate(floor(&text, LONGEST));
        }
    }
    text
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn place(random: &mut Random, text: &str) -> usize {
    let at = random.below(text.len() + 1);
    floor(text, at)
}

/// Two places, mostly near to each other.
fn range(random: &mut Random, text: &str) -> (usize, usize) {
    let from = place(random, text);
    let reach = if random.below(4) == 0 { text.len() } else { 40 };
    let to = floor(text, from + random.below(reach.min(text.len() - from) + 1));
    (from, to.max(from))
}

fn insert(random: &mut Random, text: &str, word: &str) -> String {
    let at = place(random, text);
    format!("{}{word}{}", &text[..at], &text[at..])
}

fn replace(random: &mut Random, text: &str, word: &str) -> String {
    let (from, to) = range(random, text);
    format!("{}{word}{}", &text[..from], &text[to..])
}

fn cut(random: &mut Random, text: &str) -> String {
    replace(random, text, "")
}

fn splice(random: &mut Random, text: &str, other: &str) -> String {
    let (from, to) = range(random, other);
    replace(random, text, &other[from..to])
}

fn repeat(random: &mut Random, text: &str) -> String {
    let (from, to) = range(random, text);
    let times = 1 << random.below(10);
    let part = &text[from..to];
    let times = if part.len() * times > LONGEST { 2 } else { times };
    format!("{}{}{}", &text[..from], part.repeat(times), &text[from..])
}

fn characters(random: &mut Random, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.below(6) {
        let value = u8::try_from(random.below(256)).unwrap_or(0);
        let at = random.below(bytes.len());
        match (bytes.get_mut(at), random.below(3)) {
            (Some(byte), 0) => *byte = value,
            (Some(byte), 1) => *byte ^= 1 << (value % 8),
            (Some(_), _) => {
                bytes.remove(at);
            }
            (None, _) => bytes.push(value),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn lines(random: &mut Random, text: &str, other: &str) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let (one, two) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(6) {
        0 => {
            lines.remove(one);
        }
        1 => lines.swap(one, two),
        2 => lines.insert(two, lines[one]),
        3 => {
            let others: Vec<&str> = other.split('\n').collect();
            let from = random.below(others.len());
            let to = (from + 1 + random.below(8)).min(others.len());
            lines.splice(one..one, others[from..to].iter().copied());
        }
        4 => {
            let (from, to) = (one.min(two), one.max(two).min(one.min(two) + 10));
            lines.drain(from..to);
        }
        _ => {
            let dent = random.one(&["", " ", "  ", "\t", "      "]);
            let changed = format!("{dent}{}", lines[one].trim_start());
            lines[one] = &changed;
            return lines.join("\n");
        }
    }
    lines.join("\n")
}

/// Puts one word of the text in another's place.
fn swap_words(random: &mut Random, text: &str) -> String {
    let words: Vec<(usize, &str)> = text.match_indices(char::is_alphanumeric).collect();
    if words.is_empty() {
        return text.to_owned();
    }
    let mut word = || {
        let at = words[random.below(words.len())].0;
        let end = text[at..].find(|sign: char| !sign.is_alphanumeric()).map_or(text.len(), |end| at + end);
        (at, end)
    };
    let (from, to) = (word(), word());
    format!("{}{}{}", &text[..to.0], &text[from.0..from.1], &text[to.1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_inputs() {
        let texts = ["", "é", "## a\n- b -> c\n", "🤷\r\n\u{feff}"];
        let all = |seed| {
            let mut random = Random::new(seed);
            let mut all: Vec<String> = Vec::new();
            for _ in 0..2000 {
                let (one, two) = (random.one(&texts), random.one(&texts));
                all.push(mutate(&mut random, one, two, &["->", "##"]));
            }
            all
        };
        assert_eq!(all(1), all(1));
        assert_ne!(all(1), all(2));
        assert!(all(3).iter().all(|text| text.len() <= LONGEST));
    }
}
