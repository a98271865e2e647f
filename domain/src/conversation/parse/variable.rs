//! Reads what a conversation remembers.

use super::{
    document::{Field, Front},
    expression::{number, value},
    piece::{Findings, Piece},
};
use crate::conversation::{
    model::{Domain, Variable},
    text::is_name,
    validate::limit,
};

/// `var trust: 0..10 = 4`, `var told: yes/no = no`, `var mood: calm | cross = cross`.
pub(crate) fn variable<'a>(
    piece: Piece<'a>,
    name: Piece<'a>,
    declared: Piece<'a>,
    front: &mut Front<'a>,
    found: &mut Findings<'_>,
) -> Option<Field> {
    const HOW: &str = "write `var trust: 0..10 = 4`, `var told: yes/no = no` or `var mood: calm | cross = cross`";
    front.broken.insert(name.text());
    if !is_name(name.text()) || ["and", "or", "not", "yes", "no"].contains(&name.text()) {
        found
            .error("bad-variable", name.place(), format!("`{}` cannot name a variable", name.text()))
            .advise("use a to z, 0 to 9 and `_`, beginning with a letter");
        return None;
    }
    if front.variables.iter().any(|(known, _)| known.name == name.text()) {
        found
            .error("duplicate-variable", name.place(), format!("`{}` is declared twice", name.text()))
            .advise("keep one of them");
        return None;
    }
    if front.variables.len() >= limit::VARIABLES {
        found.error("too-many", piece.place(), "a conversation has at most 16 variables");
        return None;
    }
    let Some((bounds, start)) = declared.split_once("=") else {
        found.error("bad-variable", piece.place(), format!("`{}` has no start value", name.text())).advise(HOW);
        return None;
    };
    let Some(domain) = domain(bounds) else {
        found
            .error("bad-variable", bounds.place(), format!("`{}` is not bounded soundly", name.text()))
            .advise(format!("{HOW}; numbers lie between -1000 and 1000"));
        return None;
    };
    let mut variable = Variable { name: name.text().to_owned(), domain, start: 0 };
    variable.start = value(start, &variable, found)?;
    front.variables.push((variable, name));
    front.broken.remove(name.text());
    Some(Field::Variable(front.variables.len() - 1))
}

fn domain(bounds: Piece<'_>) -> Option<Domain> {
    if let Some((least, greatest)) = bounds.split_once("..") {
        let (min, max) = (number(least.text())?, number(greatest.text())?);
        return (min < max).then_some(Domain::Range { min, max });
    }
    if bounds.text().replace(' ', "") == "yes/no" {
        return Some(Domain::YesNo);
    }
    let words: Vec<String> = bounds.split('|').iter().map(|word| word.text().to_owned()).collect();
    let distinct = words.iter().enumerate().all(|(at, word)| !words[..at].contains(word));
    let good = (2..=limit::WORDS).contains(&words.len()) && distinct;
    (good && words.iter().all(|word| is_name(word))).then_some(Domain::OneOf(words))
}
