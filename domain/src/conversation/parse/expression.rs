//! Reads variables in use: their values and effects.

use super::{
    document::Front,
    piece::{Findings, Piece},
};
use crate::conversation::{
    model::{Change, Domain, Effect, Index, Variable},
    validate::limit,
};
use crate::source::offer;

/// Looks a variable up; reports it when it is unknown and was not already found broken.
pub(crate) fn variable<'v>(
    name: Piece<'_>,
    front: &'v Front<'_>,
    found: &mut Findings<'_>,
) -> Option<(Index, &'v Variable)> {
    let text = name.text();
    if let Some(at) = front.variables.iter().position(|(known, _)| known.name == text) {
        return Some((Index::try_from(at).ok()?, &front.variables[at].0));
    }
    if !front.broken.contains(text) {
        let known = front.variables.iter().map(|(known, _)| known.name.as_str());
        found
            .error("unknown-variable", name.place(), format!("there is no variable `{text}`"))
            .advise_with(|| offer(text, known, "declare it above: `var trust: 0..10 = 5`"));
    }
    None
}

/// A whole number with an optional sign, small enough.
pub(crate) fn number(text: &str) -> Option<i32> {
    let text = text.replace('−', "-");
    let value: i32 = text.parse().ok()?;
    (-limit::NUMBER..=limit::NUMBER).contains(&value).then_some(value)
}

/// A value of a variable as its number.
pub(crate) fn value(piece: Piece<'_>, variable: &Variable, found: &mut Findings<'_>) -> Option<i32> {
    let text = piece.text();
    let (least, greatest) = variable.bounds();
    let (value, expected) = match &variable.domain {
        Domain::Range { .. } => (
            number(text).filter(|value| (least..=greatest).contains(value)),
            format!("a whole number from {least} to {greatest}"),
        ),
        Domain::YesNo => (
            match text {
                "yes" => Some(1),
                "no" => Some(0),
                _ => None,
            },
            "`yes` or `no`".to_owned(),
        ),
        Domain::OneOf(words) => (
            words.iter().position(|word| word == text).and_then(|at| i32::try_from(at).ok()),
            words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        ),
    };
    if value.is_none() {
        found
            .error("bad-value", piece.place(), format!("`{text}` is not a value of `{}`", variable.name))
            .advise(format!("it can be {expected}"));
    }
    value
}

/// `trust +2`, `trust -1`, `told = yes`.
pub(crate) fn effect(piece: Piece<'_>, front: &Front<'_>, found: &mut Findings<'_>) -> Option<Effect> {
    let text = piece.text();
    let sign = text.find(['+', '-', '−', '=']).filter(|at| *at > 0);
    let Some(at) = sign else {
        found
            .error("bad-effect", piece.place(), format!("`{text}` is not an effect"))
            .advise("write `trust +2`, `trust -1` or `told = yes`, separated by commas");
        return None;
    };
    let (index, variable) = variable(piece.part(0, at).trim(), front, found)?;
    let after = piece.from(at);
    let change = if let Some(rest) = after.text().strip_prefix('=') {
        let rest = after.from(after.text().len() - rest.len()).trim();
        Change::Set(value(rest, variable, found)?)
    } else {
        let amount = number(&after.text().replace(char::is_whitespace, ""));
        let Some(amount) = amount.filter(|_| matches!(variable.domain, Domain::Range { .. })) else {
            let name = &variable.name;
            found.error("bad-effect", piece.place(), format!("`{text}` is not an effect")).advise(
                match variable.domain {
                    Domain::Range { .. } => format!("write `{name} +2`, a whole number"),
                    _ => format!("`{name}` cannot be added to; set it: `{name} = …`"),
                },
            );
            return None;
        };
        Change::Add(amount)
    };
    Some(Effect { variable: index, change })
}
