//! Reads conditions.

use super::{
    document::Front,
    expression::{value, variable},
    piece::{Findings, Piece},
};
use crate::conversation::{
    condition::{Comparison, Condition},
    model::Domain,
    validate::limit,
};

/// A condition, without its brackets.
pub(crate) fn condition(piece: Piece<'_>, front: &Front<'_>, found: &mut Findings<'_>) -> Option<Condition> {
    let tokens = tokens(piece);
    let mut reader = Reader { tokens: &tokens, at: 0, end: piece, front };
    let condition = reader.any(0, found)?;
    if let Some(extra) = reader.next() {
        found
            .error("bad-condition", extra.place(), format!("`{}` was not expected here", extra.text()))
            .advise("join comparisons by `and` or `or`, for example `[trust >= 3 and not told]`");
        return None;
    }
    Some(condition)
}

fn tokens(piece: Piece<'_>) -> Vec<Piece<'_>> {
    let text = piece.text();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if ["<=", ">=", "!=", "=="].iter().any(|sign| rest.starts_with(sign)) {
            2
        } else if is_wordy(first) || first == '-' || first == '−' || first == '+' {
            let tail = rest[first.len_utf8()..].find(|c| !is_wordy(c));
            tail.map_or(rest.len(), |tail| tail + first.len_utf8())
        } else {
            first.len_utf8()
        };
        tokens.push(piece.part(at, at + length));
        at += length;
    }
    tokens
}

fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

struct Reader<'t, 'a> {
    tokens: &'t [Piece<'a>],
    at: usize,
    end: Piece<'a>,
    front: &'t Front<'a>,
}

impl<'a> Reader<'_, 'a> {
    fn peek(&self) -> &'a str {
        self.tokens.get(self.at).map_or("", Piece::text)
    }

    fn next(&mut self) -> Option<Piece<'a>> {
        let token = self.tokens.get(self.at).copied();
        self.at += 1;
        token
    }

    fn expected(&self, what: &str, found: &mut Findings<'_>) {
        let place = self.tokens.get(self.at.saturating_sub(1)).map_or_else(
            || {
                // Past the last word: point just behind it.
                let mut place = self.end.place();
                place.column += place.length - u32::from(!self.end.is_empty());
                place.length = 1;
                place
            },
            Piece::place,
        );
        found
            .error("bad-condition", place, format!("here {what} is expected"))
            .advise("for example `[trust >= 3 and not told]`");
    }

    fn any(&mut self, depth: usize, found: &mut Findings<'_>) -> Option<Condition> {
        let mut parts = vec![self.all(depth, found)?];
        while self.peek() == "or" {
            self.at += 1;
            parts.push(self.all(depth, found)?);
        }
        Some(flat(parts, false))
    }

    fn all(&mut self, depth: usize, found: &mut Findings<'_>) -> Option<Condition> {
        let mut parts = vec![self.not(depth, found)?];
        while self.peek() == "and" {
            self.at += 1;
            parts.push(self.not(depth, found)?);
        }
        Some(flat(parts, true))
    }

    fn not(&mut self, depth: usize, found: &mut Findings<'_>) -> Option<Condition> {
        if depth > limit::DEPTH {
            found.error("bad-condition", self.end.place(), "this condition is nested too deeply");
            return None;
        }
        match self.peek() {
            "not" => {
                self.at += 1;
                Some(Condition::Not(Box::new(self.not(depth + 1, found)?)))
            }
            "(" => {
                self.at += 1;
                let inner = self.any(depth + 1, found)?;
                if self.next().is_none_or(|token| token.text() != ")") {
                    self.expected("a closing parenthesis", found);
                    return None;
                }
                Some(inner)
            }
            _ => self.compare(found),
        }
    }

    fn compare(&mut self, found: &mut Findings<'_>) -> Option<Condition> {
        let name = self.next();
        let Some(name) = name.filter(|name| name.text().starts_with(char::is_alphabetic)) else {
            self.expected("a variable", found);
            return None;
        };
        if matches!(name.text(), "and" | "or" | "not") {
            self.expected("a variable", found);
            return None;
        }
        let (index, variable) = variable(name, self.front, found)?;
        let is = match self.peek() {
            "=" | "==" => Comparison::Equal,
            "!=" => Comparison::NotEqual,
            "<" => Comparison::Less,
            "<=" => Comparison::AtMost,
            ">" => Comparison::Greater,
            ">=" => Comparison::AtLeast,
            _ if variable.domain == Domain::YesNo => {
                return Some(Condition::Compare { variable: index, is: Comparison::Equal, value: 1 });
            }
            _ => {
                self.at += 1;
                self.expected("a comparison such as `>= 3`", found);
                return None;
            }
        };
        let sign = self.next()?;
        let ordered = !matches!(is, Comparison::Equal | Comparison::NotEqual);
        if ordered && !matches!(variable.domain, Domain::Range { .. }) {
            found
                .error("bad-condition", sign.place(), format!("the values of `{}` have no order", variable.name))
                .advise("compare it by `=` or `!=`");
            return None;
        }
        let Some(right) = self.next() else {
            self.expected("a value", found);
            return None;
        };
        Some(Condition::Compare { variable: index, is, value: value(right, variable, found)? })
    }
}

/// One part is itself; several of the same kind are one list.
fn flat(parts: Vec<Condition>, all: bool) -> Condition {
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Condition::All(inner) if all => flat.extend(inner),
            Condition::Any(inner) if !all => flat.extend(inner),
            other => flat.push(other),
        }
    }
    match flat.pop() {
        Some(only) if flat.is_empty() => only,
        last => {
            flat.extend(last);
            if all { Condition::All(flat) } else { Condition::Any(flat) }
        }
    }
}
