//! Words of a text as they stand in it: each with its place in bytes, its kind and a form that rules can compare.

use std::ops::Range;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    /// Letters: `parcel`, `don't` (as two words).
    Word,
    /// Begins with a digit: `4`, `49.90`, `16:00`, `88213-4`.
    Number,
    /// Begins with a letter and has digits: `FR2291034`, `LM4`.
    Code,
    /// `https://…`, `www.…`, `shop.example/returns`.
    Link,
    /// `dana@mail.example`.
    Email,
    /// `@dana_w`.
    Handle,
    /// A picture character.
    Emoji,
    /// Punctuation, one sign at a time; `...` is one.
    Mark,
}

/// One word or sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, with straight apostrophes; contractions are taken apart (`I'll` is `i` and `will`), a possessive `'s` is left out.
    pub text: String,
    /// Where it stands, in bytes. The parts of a contraction lie next to each other.
    pub range: Range<usize>,
    /// What it is.
    pub sort: Sort,
    /// Begins with a capital letter.
    pub capital: bool,
}

impl Word {
    /// A sign that is this one.
    pub fn is_mark(&self, mark: &str) -> bool {
        self.sort == Sort::Mark && self.text == mark
    }
}

/// All words and signs of `text`, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        at = if first.is_whitespace() || is_joiner(first) {
            at + first.len_utf8()
        } else if let Some((sort, end)) = address(text, at) {
            push(&mut found, text, at..end, sort);
            end
        } else if first.is_ascii_digit() {
            let end = number_end(text, at);
            push(&mut found, text, at..end, Sort::Number);
            end
        } else if first.is_alphabetic() {
            letters(&mut found, text, at)
        } else {
            sign(&mut found, text, at, first)
        };
    }
    found
}

fn push(found: &mut Vec<Word>, text: &str, range: Range<usize>, sort: Sort) {
    let raw = &text[range.clone()];
    let capital = raw.chars().next().is_some_and(char::is_uppercase);
    found.push(Word { text: raw.to_lowercase(), range, sort, capital });
}

/// Variation selectors and joiners between parts of one picture.
fn is_joiner(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_emoji(sign: char) -> bool {
    matches!(sign, '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Straight, curly and modifier apostrophe.
pub(super) fn is_apostrophe(sign: char) -> bool {
    matches!(sign, '\'' | '’' | 'ʼ')
}

/// A link, e-mail address or handle that begins at `at`, and where it ends.
fn address(text: &str, at: usize) -> Option<(Sort, usize)> {
    let rest = &text[at..];
    let run = rest.find(char::is_whitespace).map_or(rest, |end| &rest[..end]);
    if !run.contains(['@', '.', '/']) {
        return None;
    }
    let run = run.trim_end_matches(|it: char| !it.is_alphanumeric() && !matches!(it, '/' | '_'));
    let head: String = run.chars().take(8).flat_map(char::to_lowercase).collect();
    if head.starts_with("https://") || head.starts_with("http://") || (head.starts_with("www.") && run.len() > 4) {
        return Some((Sort::Link, at + run.len()));
    }
    if let Some(name) = run.strip_prefix('@') {
        let end = name.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(name.len());
        return (end > 0).then_some((Sort::Handle, at + 1 + end));
    }
    let stop = |it: char| !it.is_alphanumeric() && !matches!(it, '.' | '-' | '_' | '+' | '@');
    let plain = &run[..run.find(stop).unwrap_or(run.len())];
    if let Some((local, host)) = plain.split_once('@') {
        let host = host.split('@').next().unwrap_or_default().trim_end_matches(['.', '-', '_', '+']);
        let named = !local.is_empty() && host.split('.').count() > 1 && host.split('.').all(|it| !it.is_empty());
        return named.then_some((Sort::Email, at + local.len() + 1 + host.len()));
    }
    let host = run.split('/').next().unwrap_or_default();
    let (name, ending) = host.rsplit_once('.')?;
    let known = ["com", "org", "net", "eu", "uk", "de", "io", "example"].contains(&ending.to_lowercase().as_str());
    let good = name.len() > 1 && name.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '-'));
    (good && known && name.contains(|it: char| it.is_ascii_alphabetic())).then_some((Sort::Link, at + run.len()))
}

/// Digits and letters, with `.`, `,`, `:`, `/` and `-` only before a further digit, and `%` at the end.
fn number_end(text: &str, at: usize) -> usize {
    let mut signs = text[at..].char_indices().peekable();
    let mut end = at;
    while let Some((place, sign)) = signs.next() {
        let next = signs.peek().map(|(_, it)| *it);
        let inner = matches!(sign, '.' | ',' | ':' | '/' | '-') && next.is_some_and(|it| it.is_ascii_digit());
        if !sign.is_alphanumeric() && !inner {
            break;
        }
        end = at + place + sign.len_utf8();
    }
    if text[end..].starts_with('%') { end + 1 } else { end }
}

/// A word of letters: an abbreviation with points, a code with digits, a contraction, or plain.
fn letters(found: &mut Vec<Word>, text: &str, at: usize) -> usize {
    if let Some(end) = pointed(text, at) {
        push(found, text, at..end, Sort::Word);
        if let Some(last) = found.last_mut() {
            last.text.retain(|it| it != '.');
        }
        return end;
    }
    let mut end = at;
    let mut apostrophe = None;
    let mut digits = false;
    let mut signs = text[at..].char_indices().peekable();
    while let Some((place, sign)) = signs.next() {
        let letter_next = signs.peek().is_some_and(|(_, it)| it.is_alphabetic());
        if is_apostrophe(sign) && letter_next {
            apostrophe = Some(at + place);
        } else if !sign.is_alphanumeric() && !is_mark_over(sign) {
            break;
        }
        digits |= sign.is_ascii_digit();
        end = at + place + sign.len_utf8();
    }
    let mail = &text[at..end];
    if mail.eq_ignore_ascii_case("e") && text.get(end..end + 5).is_some_and(|it| it.eq_ignore_ascii_case("-mail")) {
        let tail = text[end + 5..].find(|it: char| !it.is_ascii_alphabetic()).unwrap_or(text.len() - end - 5);
        end += 5 + tail;
        push(found, text, at..end, Sort::Word);
        if let Some(last) = found.last_mut() {
            last.text.retain(|it| it != '-');
        }
    } else if let Some(cut) = apostrophe {
        contraction(found, text, at..end, cut);
    } else {
        push(found, text, at..end, if digits { Sort::Code } else { Sort::Word });
        together(found);
    }
    end
}

/// Accents written as signs of their own.
fn is_mark_over(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}')
}

/// `p.m.`, `e.g.`, `i.e.`: single letters, each with a point.
fn pointed(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    let mut pairs = 0;
    let mut signs = text[at..].chars();
    while let (Some(letter), Some('.')) = (signs.next(), signs.next()) {
        if !letter.is_alphabetic() {
            break;
        }
        end += letter.len_utf8() + 1;
        pairs += 1;
    }
    (pairs > 1).then_some(end)
}

/// Takes `I'll`, `don't`, `that's` apart; other words lose a possessive `'s` or keep their letters (`o'clock`).
fn contraction(found: &mut Vec<Word>, text: &str, range: Range<usize>, cut: usize) {
    let sign = text[cut..].chars().next().map_or(1, char::len_utf8);
    let tail = text[cut + sign..range.end].to_lowercase();
    let base = text[range.start..cut].to_lowercase();
    let says_is = [
        "it",
        "that",
        "there",
        "here",
        "what",
        "who",
        "where",
        "how",
        "he",
        "she",
        "name",
        "this",
        "everything",
        "when",
    ];
    let (first, second, split) = match tail.as_str() {
        "t" if base.ends_with('n') => {
            let first = match base.as_str() {
                "won" => "will".to_owned(),
                "can" => "can".to_owned(),
                "shan" => "shall".to_owned(),
                other => other[..other.len() - 1].to_owned(),
            };
            (first, "not", if base == "can" { cut } else { cut - 1 })
        }
        "ll" => (base, "will", cut),
        "ve" => (base, "have", cut),
        "re" => (base, "are", cut),
        "m" => (base, "am", cut),
        "d" => (base, "would", cut),
        "s" if base == "let" => (base, "us", cut),
        "s" if says_is.contains(&base.as_str()) => (base, "is", cut),
        "s" => (base, "", cut),
        _ => (base + &tail, "", cut),
    };
    let capital = text[range.clone()].chars().next().is_some_and(char::is_uppercase);
    let middle = if second.is_empty() { range.end } else { split };
    found.push(Word { text: first, range: range.start..middle, sort: Sort::Word, capital });
    if !second.is_empty() {
        found.push(Word { text: second.to_owned(), range: split..range.end, sort: Sort::Word, capital: false });
    }
}

/// Contractions written as one word: without their apostrophe, or as `cannot` and `gonna`.
fn together(found: &mut Vec<Word>) {
    const ONE: [(&str, &str, &str); 21] = [
        ("cannot", "can", "not"),
        ("dont", "do", "not"),
        ("cant", "can", "not"),
        ("didnt", "did", "not"),
        ("doesnt", "does", "not"),
        ("isnt", "is", "not"),
        ("wasnt", "was", "not"),
        ("couldnt", "could", "not"),
        ("shouldnt", "should", "not"),
        ("wouldnt", "would", "not"),
        ("havent", "have", "not"),
        ("hasnt", "has", "not"),
        ("wont", "will", "not"),
        ("im", "i", "am"),
        ("ive", "i", "have"),
        ("youre", "you", "are"),
        ("youve", "you", "have"),
        ("thats", "that", "is"),
        ("lets", "let", "us"),
        ("gonna", "going", "to"),
        ("wanna", "want", "to"),
    ];
    let Some(last) = found.last_mut() else { return };
    let Some((_, first, second)) = ONE.iter().find(|(whole, ..)| *whole == last.text) else { return };
    let end = last.range.end;
    let middle = last.range.start + first.len().min(last.range.len() - 1);
    *last = Word { text: (*first).to_owned(), range: last.range.start..middle, ..last.clone() };
    found.push(Word { text: (*second).to_owned(), range: middle..end, sort: Sort::Word, capital: false });
}

/// One sign; runs of points are one ellipsis, dashes are alike, a hyphen inside a word is no sign.
fn sign(found: &mut Vec<Word>, text: &str, at: usize, first: char) -> usize {
    let points = text[at..].bytes().take_while(|it| *it == b'.').count();
    let end = at + if points > 1 { points } else { first.len_utf8() };
    let before = text[..at].chars().next_back();
    let after = text[end..].chars().next();
    let within = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    if first == '-' && within {
        return end;
    }
    let sort = if is_emoji(first) { Sort::Emoji } else { Sort::Mark };
    push(found, text, at..end, sort);
    if let Some(last) = found.last_mut() {
        match first {
            '.' if points > 1 => last.text = "…".to_owned(),
            '–' | '—' | '-' => last.text = "–".to_owned(),
            '“' | '”' | '„' | '«' | '»' | '"' => last.text = "\"".to_owned(),
            '’' | '‘' | 'ʼ' => last.text = "'".to_owned(),
            _ => {}
        }
    }
    end
}

#[cfg(test)]
mod tests;
