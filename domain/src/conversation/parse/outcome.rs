//! Reads what comes of a choice: the indented `name: value` lines below it.

use super::{
    document::{Front, OutcomeDoc},
    expression,
    front::slug,
    piece::{Findings, Piece},
};
use crate::conversation::{model::Commitment, validate::limit};
use crate::source::nearest;
use std::collections::HashSet;

const KEYS: [&str; 7] = ["says", "decision", "rate", "effect", "blocker", "commit", "why"];

/// Splits `name: value` when the name is, or nearly is, one that a choice can have.
pub(crate) fn property<'a>(piece: Piece<'a>) -> Option<(Piece<'a>, Piece<'a>)> {
    let (key, value) = piece.split_once(":")?;
    let word = key.text();
    let wordy = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    (wordy && (KEYS.contains(&word) || slip(word).is_some())).then_some((key, value))
}

/// The property that was probably meant.
fn slip(word: &str) -> Option<&'static str> {
    match word {
        "rating" | "ratings" | "score" => Some("rate"),
        "effects" | "set" => Some("effect"),
        "because" | "reason" | "rationale" => Some("why"),
        "commitment" | "promise" => Some("commit"),
        "block" | "blocks" => Some("blocker"),
        "example" | "examples" => Some("says"),
        "does" | "action" => Some("do"),
        // `who:` or `what:` may begin a line of prose; longer words hardly do by accident.
        _ if word.len() < 4 => None,
        // Many a word of prose is one letter away from `says`.
        _ => nearest(word, KEYS[1..].iter().copied()),
    }
}

/// Reads all properties. `rest` begins at the first of them.
pub(crate) fn outcome<'a>(rest: &[Piece<'a>], front: &Front<'a>, found: &mut Findings<'_>) -> OutcomeDoc<'a> {
    let mut outcome = OutcomeDoc::default();
    let mut in_why = false;
    let mut seen: Vec<&str> = Vec::new();
    for piece in rest {
        let Some((key, value)) = property(*piece) else {
            if in_why {
                outcome.why.push(*piece);
            } else if !piece.is_empty() {
                found
                    .error("unexpected-line", piece.place(), "this line belongs to nothing")
                    .advise("below a choice stand `says:`, `decision:`, `rate:`, `effect:`, `blocker:`, `commit:` and `why:`; only `why:` goes on over several lines");
            }
            continue;
        };
        let word = key.text();
        if !KEYS.contains(&word) {
            let advice = match slip(word) {
                Some("do") => {
                    "to have it done and not said, begin the choice so: `- do: Ring the depot. -> depot`".to_owned()
                }
                meant => format!("did you mean `{}:`?", meant.unwrap_or("why")),
            };
            found.error("unknown-property", key.place(), format!("a choice has no `{word}:`")).advise(advice);
            in_why = false;
            continue;
        }
        in_why = word == "why";
        if seen.contains(&word) && !matches!(word, "blocker" | "commit" | "says") {
            found
                .error("duplicate-property", key.place(), format!("`{word}:` is given twice"))
                .advise("put it all on one line, or keep one of them");
            continue;
        }
        seen.push(word);
        if value.is_empty() && !in_why {
            found.error("bad-property", key.place(), format!("`{word}:` has no value"));
            continue;
        }
        match word {
            "says" => example(value, &mut outcome, found),
            "decision" => outcome.decision = slug(value, found),
            "rate" => rate(value, &mut outcome, found),
            "effect" => outcome.effects.extend(
                value
                    .split(',')
                    .into_iter()
                    .filter_map(|part| expression::effect(part, front, found).map(|effect| (effect, part))),
            ),
            "blocker" => outcome.blockers.extend(slug(value, found)),
            "commit" => outcome.commitments.extend(commitment(value, found)),
            _ if value.is_empty() => {}
            _ => outcome.why.push(value),
        }
    }
    outcome
}

fn example<'a>(value: Piece<'a>, outcome: &mut OutcomeDoc<'a>, found: &mut Findings<'_>) {
    if outcome.says.len() >= limit::SAYS {
        found
            .error("too-many", value.place(), format!("a choice has at most {} examples", limit::SAYS))
            .advise("keep those that differ most");
        return;
    }
    if value.text().chars().count() > limit::EXAMPLE {
        found
            .error("too-long", value.place(), format!("an example has at most {} characters", limit::EXAMPLE))
            .advise("write what somebody would say, in a sentence or two");
    }
    outcome.says.push(value);
}

fn commitment(value: Piece<'_>, found: &mut Findings<'_>) -> Option<Commitment> {
    let (kind, detail) = value.first_word();
    let kind = slug(kind, found)?;
    Some(Commitment { kind, detail: detail.text().to_owned() })
}

fn rate<'a>(value: Piece<'a>, outcome: &mut OutcomeDoc<'a>, found: &mut Findings<'_>) {
    let mut rated = HashSet::new();
    for part in value.split(',') {
        let (name, amount) = part.first_word();
        let rating = amount.text().replace('−', "-").parse::<i8>().ok();
        let Some(rating) = rating.filter(|value| (-limit::RATING..=limit::RATING).contains(value)) else {
            found
                .error("bad-rating", part.place(), format!("`{}` is not a rating", part.text()))
                .advise("write a competency and a whole number from -2 to 2: `rate: acknowledge 2, privacy -1`");
            continue;
        };
        let Some(id) = slug(name, found) else {
            continue;
        };
        if !rated.insert(name.text()) {
            found.error("duplicate-rating", part.place(), format!("`{id}` is rated twice"));
            continue;
        }
        outcome.ratings.push((id, rating, name));
    }
}
