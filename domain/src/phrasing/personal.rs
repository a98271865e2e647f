//! Data that tell who somebody is, by their form: numbers, codes, postcodes, streets, addresses for mail.

use super::sentence::{Sentence, Token};
use super::words::Sort;
use std::ops::Range;

/// What sort of datum it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Datum {
    /// An order, customer, tracking or card number.
    Number,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A postcode with letters.
    Postcode,
    /// House and street.
    Street,
    /// A date of birth.
    Birth,
}

/// Data of one sentence: places of words, in order, never overlapping.
pub(super) fn data(text: &str, sentence: &Sentence) -> Vec<(Datum, Range<usize>)> {
    let tokens = &sentence.tokens;
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match datum(text, tokens, at) {
            Some((datum, end)) => {
                found.push((datum, at..end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn datum(text: &str, tokens: &[Token], at: usize) -> Option<(Datum, usize)> {
    match tokens[at].word.sort {
        Sort::Email => Some((Datum::Email, at + 1)),
        Sort::Code | Sort::Word => {
            postcode(tokens, at).or_else(|| continental(tokens, at)).or_else(|| coded(text, tokens, at))
        }
        Sort::Number => birth(tokens, at).or_else(|| street(tokens, at)).or_else(|| number(text, tokens, at)),
        Sort::Mark if ["+", "("].contains(&text_of(tokens, at)) => phone(text, tokens, at),
        _ => None,
    }
}

fn text_of(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |it| it.word.text.as_str())
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// `LM4 7QD`, `LM47QD`.
fn postcode(tokens: &[Token], at: usize) -> Option<(Datum, usize)> {
    let outward = |it: &str| {
        let letters = it.bytes().take_while(u8::is_ascii_lowercase).count();
        let rest = &it.as_bytes()[letters..];
        (1..=2).contains(&letters)
            && (1..=2).contains(&rest.len())
            && rest[0].is_ascii_digit()
            && rest.iter().all(u8::is_ascii_alphanumeric)
    };
    let inward = |it: &str| {
        let bytes = it.as_bytes();
        bytes.len() == 3 && bytes[0].is_ascii_digit() && bytes[1..].iter().all(u8::is_ascii_lowercase)
    };
    let own = text_of(tokens, at);
    if outward(own) && inward(text_of(tokens, at + 1)) {
        return Some((Datum::Postcode, at + 2));
    }
    let cut = own.len().checked_sub(3).filter(|_| own.is_ascii())?;
    (outward(&own[..cut]) && inward(&own[cut..])).then_some((Datum::Postcode, at + 1))
}

/// `FR2291034`, `AB 204 17`-like codes joined by hyphens: letters with four digits or more.
fn coded(text: &str, tokens: &[Token], at: usize) -> Option<(Datum, usize)> {
    let own = &tokens[at].word;
    let mut end = at + 1;
    let mut count = digits(&own.text);
    if own.sort == Sort::Word && (own.text.len() > 4 || !own.capital) {
        return None;
    }
    while tokens.get(end).is_some_and(|it| {
        matches!(it.word.sort, Sort::Number | Sort::Code)
            && matches!(&text[tokens[end - 1].word.range.end..it.word.range.start], "-" | "/" | "_")
    }) {
        count += digits(text_of(tokens, end));
        end += 1;
    }
    let wanted = if end > at + 1 { 3 } else { 4 };
    (count >= wanted).then_some((Datum::Number, end))
}

/// `14 Mill Lane`, `221b Baker Street`.
fn street(tokens: &[Token], at: usize) -> Option<(Datum, usize)> {
    const KINDS: &str = " street road lane avenue close drive way court place square terrace gardens grove hill crescent \
        st rd ave row mews walk park boulevard ";
    if digits(text_of(tokens, at)) > 4 {
        return None;
    }
    let named = tokens[at + 1..].iter().take(4).take_while(|it| it.word.sort == Sort::Word && it.word.capital).count();
    let end = (at + 2..=at + named).rev().find(|it| KINDS.split(' ').any(|kind| kind == text_of(tokens, *it)))?;
    Some((Datum::Street, end + 1))
}

/// `Mühlenweg 14`: the street in one word, then the house.
fn continental(tokens: &[Token], at: usize) -> Option<(Datum, usize)> {
    const ENDS: [&str; 9] = ["straße", "strasse", "weg", "gasse", "platz", "allee", "straat", "laan", "ufer"];
    let own = &tokens[at].word;
    let good = own.capital && ENDS.iter().any(|it| own.text.len() > it.len() && own.text.ends_with(it));
    let house = tokens.get(at + 1).is_some_and(|it| it.word.sort == Sort::Number && it.word.text.len() <= 4);
    (good && house).then_some((Datum::Street, at + 2))
}

/// A date close after "born" or "birth".
fn birth(tokens: &[Token], at: usize) -> Option<(Datum, usize)> {
    let told = tokens[at.saturating_sub(5)..at]
        .iter()
        .any(|it| ["born", "birth", "birthday", "dob"].contains(&it.word.text.as_str()));
    if !told {
        return None;
    }
    let year = |it: &str| it.len() == 4 && digits(it) == 4;
    if digits(text_of(tokens, at)) >= 6 {
        return Some((Datum::Birth, at + 1));
    }
    let end = (at..(at + 5).min(tokens.len())).find(|it| year(text_of(tokens, *it)))?;
    Some((Datum::Birth, end + 1))
}

/// Numbers in groups, told apart by their length and by what stands beside them.
fn number(text: &str, tokens: &[Token], at: usize) -> Option<(Datum, usize)> {
    if let Some(found) = phone(text, tokens, at) {
        return Some(found);
    }
    let own = text_of(tokens, at);
    let end = grouped(text, tokens, at);
    let count: usize = tokens[at..end].iter().map(|it| digits(&it.word.text)).sum();
    let thousands =
        end > at + 1 && own.len() <= 3 && tokens[at + 1..end].iter().all(|it| it.word.text.len() == 3) && count < 10;
    let named = introduced(text, tokens, at);
    if is_amount(tokens, at, end, named) || is_date_or_time(own) || (thousands && !named) {
        return None;
    }
    (count >= 5 || (named && count >= 3)).then_some((Datum::Number, end))
}

/// A telephone number begins with `+`, `(0` or `0` and has seven to fifteen digits.
fn phone(text: &str, tokens: &[Token], at: usize) -> Option<(Datum, usize)> {
    let first = tokens[at..].iter().take(3).find(|it| it.word.sort == Sort::Number)?;
    let plus = text_of(tokens, at) == "+";
    if (!plus && !first.word.text.starts_with('0')) || is_date_or_time(&first.word.text) {
        return None;
    }
    let end = grouped(text, tokens, at);
    let count: usize = tokens[at..end].iter().map(|it| digits(&it.word.text)).sum();
    (7..=15).contains(&count).then_some((Datum::Phone, end))
}

/// The end of groups of digits with at most one space or sign between them.
fn grouped(text: &str, tokens: &[Token], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(next) = tokens.get(end) {
        let between = &text[tokens[end - 1].word.range.end..next.word.range.start];
        let close = between.is_empty() || matches!(between, " " | "-" | "/" | "\u{a0}");
        let sign = ["+", "(", ")", "/"].contains(&next.word.text.as_str());
        let bare = next.word.sort == Sort::Number && next.word.text.bytes().all(|it| it.is_ascii_digit() || it == b'-');
        if !close || !(bare || (sign && tokens.get(end + 1).is_some_and(|it| it.word.sort == Sort::Number))) {
            break;
        }
        end += 1;
    }
    end
}

/// Money, a share, or a number of things.
fn is_amount(tokens: &[Token], at: usize, end: usize, named: bool) -> bool {
    const THINGS: &str = " euro euros eur pound pounds dollars cents percent customers parcels people orders km miles metres kilometres \
        litres followers items users words characters steps times hours days units reviews tickets points visitors homes \
        households kilos kg grams watts kwh calls messages families shops drivers members passengers letters ";
    let own = text_of(tokens, at);
    let before = if at > 0 { text_of(tokens, at - 1) } else { "" };
    let money = |it: &str| ["€", "$", "£", "eur", "gbp", "usd"].contains(&it);
    let next = text_of(tokens, end);
    let plural = !named
        && next.len() > 3
        && next.ends_with('s')
        && !next.ends_with("ss")
        && !["this", "goes", "shows", "comes", "says", "leaves", "arrives", "gets", "needs", "looks", "seems"]
            .contains(&next);
    plural
        || own.ends_with('%')
        || money(before)
        || money(text_of(tokens, end))
        || THINGS.split(' ').any(|it| !it.is_empty() && it == text_of(tokens, end))
}

/// `16:00`, `2024-05-01`, `1.5.2024`, `49.90`, `30,000`, `8-18`, `24/7`.
fn is_date_or_time(own: &str) -> bool {
    let parts: Vec<&str> = own.split(['-', '.', '/', ',', ':']).collect();
    if own.contains(':') || (parts.len() > 1 && own.contains(['.', ',']) && !own.contains('-')) {
        return true;
    }
    let lengths: Vec<usize> = parts.iter().map(|it| it.len()).collect();
    matches!(lengths[..], [4, 2, 2] | [2 | 1, 2 | 1, 4 | 2] | [1 | 2, 1 | 2] | [4, 2] | [4, 4])
        && (lengths.len() > 2 || lengths[0] < 3 || parts[0].starts_with("20") || parts[0].starts_with("19"))
}

/// "order", "number", `#` or the like stands just before.
fn introduced(text: &str, tokens: &[Token], at: usize) -> bool {
    const NAMES: [&str; 14] = [
        "order",
        "booking",
        "customer",
        "account",
        "tracking",
        "invoice",
        "number",
        "no",
        "reference",
        "ref",
        "#",
        "reservation",
        "parcel",
        "contract",
    ];
    let from = at.saturating_sub(3);
    let near = tokens[from..at].iter().rev().take_while(|it| it.word.sort != Sort::Number);
    let touching =
        at > 0 && tokens[at - 1].word.is_mark("#") && tokens[at - 1].word.range.end == tokens[at].word.range.start;
    let digits_only = text[tokens[at].word.range.clone()].bytes().all(|it| it.is_ascii_digit() || it == b'-');
    let named = near.enumerate().any(|(gap, it)| {
        let name = NAMES.contains(&it.word.text.as_str());
        let between = tokens[at - gap..at]
            .iter()
            .all(|it| ["is", "was", ":", "no", "number", ".", "#", "nr"].contains(&it.word.text.as_str()));
        name && between
    });
    touching || (digits_only && named)
}
