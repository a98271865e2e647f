//! Reads the front matter.

use super::{
    document::{Field, Front},
    items::{Cut, is_comment},
    party::party,
    piece::{Findings, Piece},
    places::Place,
    variable::variable,
};
use crate::{
    conversation::{model::Channel, validate::limit},
    slug::Slug,
    source::offer,
};

const KEYS: [&str; 13] = [
    "title", "family", "channel", "you", "them", "party", "subject", "reach", "limit", "var", "weight", "pass",
    "worked",
];

pub(crate) fn front<'a>(cut: &Cut<'a>, found: &mut Findings<'_>) -> Front<'a> {
    let mut front = Front { start: cut.open, ..Front::default() };
    let top = cut.open.map_or(Place { line: 1, column: 1, length: 1 }, |open| open.place());
    if cut.open.is_none() {
        found
            .error("no-front-matter", top, "the file does not begin with front matter")
            .advise("begin with a line `---`, then `title:`, `you:`, `them:`, then `---`");
    } else if !cut.closed {
        found.error("no-front-matter", top, "the front matter is not closed").advise("end it with a line `---`");
    }
    let mut comments = Vec::new();
    for piece in &cut.front {
        if piece.is_empty() {
            continue;
        }
        if is_comment(piece.text()) {
            comments.push(piece.trim());
            continue;
        }
        let field = field(*piece, &mut front, found);
        if !comments.is_empty() {
            front.comments.push((field.unwrap_or(Field::End), std::mem::take(&mut comments)));
        }
    }
    if !comments.is_empty() {
        front.comments.push((Field::End, comments));
    }
    // A file without front matter has one finding, not four.
    if cut.open.is_some() {
        missing(&mut front, top, found);
    }
    front.parties_broken |= front.you.is_none() || front.them.is_none();
    front
}

fn missing(front: &mut Front<'_>, top: Place, found: &mut Findings<'_>) {
    let parties_known = !front.parties_broken;
    for (absent, key, example) in [
        (front.title.is_none(), "title", "title: The parcel that never came"),
        (front.you.is_none() && parties_known, "you", "you: Sam, support"),
        (front.them.is_none() && parties_known, "them", "them: Dana Whitfield (@dana_w)"),
    ] {
        if absent {
            found
                .error("missing-field", top, format!("the front matter has no `{key}:`"))
                .advise(format!("for example `{example}`"));
        }
    }
}

fn field<'a>(piece: Piece<'a>, front: &mut Front<'a>, found: &mut Findings<'_>) -> Option<Field> {
    let Some((key, value)) = piece.split_once(":") else {
        found
            .error("bad-field", piece.trim().place(), "this is not a field")
            .advise("write `name: value`, one on a line");
        return None;
    };
    if key.first_word().0.text() == "var" {
        return variable(piece, key.first_word().1, value, front, found);
    }
    if value.is_empty() && KEYS.contains(&key.text()) {
        found.error("bad-field", key.place(), format!("`{}:` has no value", key.text()));
        if matches!(key.text(), "you" | "them") {
            front.parties_broken = true;
        }
        return None;
    }
    let twice = match key.text() {
        "title" => front.title.replace(value).is_some(),
        "subject" => front.subject.replace(value).is_some(),
        "family" => front.family.replace(slug(value, found)?).is_some(),
        "channel" => front.channel.replace(channel(value, found)?).is_some(),
        "pass" => front.pass.replace((whole(value, "pass mark", 1..=100, found)?, key)).is_some(),
        "reach" => {
            let reach = whole(value, "number of people", 1..=limit::REACH, found)?;
            front.reach.replace((reach, key)).is_some()
        }
        "limit" => {
            let most = whole(value, "number of characters", 1..=limit::CHARACTERS, found)?;
            front.limit.replace((most, key)).is_some()
        }
        "worked" => front.worked.replace(yes_no(value, found)?).is_some(),
        "you" | "them" | "party" => return party(key, value, front, found),
        "weight" => {
            let weight = weight(value, front, found)?;
            front.weights.push(weight);
            false
        }
        other => {
            found
                .error("unknown-field", key.place(), format!("there is no field `{other}`"))
                .advise_with(|| offer(other, KEYS, ""));
            return None;
        }
    };
    if twice {
        duplicate(key, found);
    }
    Some(match key.text() {
        "title" => Field::Title,
        "subject" => Field::Subject,
        "family" => Field::Family,
        "channel" => Field::Channel,
        "pass" => Field::Pass,
        "reach" => Field::Reach,
        "limit" => Field::Limit,
        "worked" => Field::Worked,
        _ => Field::Weight(front.weights.len() - 1),
    })
}

pub(crate) fn duplicate(key: Piece<'_>, found: &mut Findings<'_>) {
    found.error("duplicate-field", key.place(), format!("`{}:` is given twice", key.text())).advise("keep one of them");
}

/// A short name, or an error.
pub(crate) fn slug(value: Piece<'_>, found: &mut Findings<'_>) -> Option<Slug> {
    let slug = value.text().parse();
    if slug.is_err() {
        found
            .error("bad-name", value.place(), format!("`{}` is not a short name", value.text()))
            .advise("use a to z, 0 to 9 and single hyphens, such as `late-parcel`");
    }
    slug.ok()
}

/// A channel, or an error.
pub(crate) fn channel(value: Piece<'_>, found: &mut Findings<'_>) -> Option<Channel> {
    let channel = Channel::from_word(value.text());
    if channel.is_none() {
        found
            .error("unknown-channel", value.place(), format!("`{}` is no channel", value.text()))
            .advise_with(|| offer(value.text(), Channel::ALL.map(Channel::word), ""));
    }
    channel
}

/// A whole number within `range`, or an error that says what it is not.
fn whole<N: std::str::FromStr + PartialOrd + std::fmt::Display>(
    value: Piece<'_>,
    what: &str,
    range: std::ops::RangeInclusive<N>,
    found: &mut Findings<'_>,
) -> Option<N> {
    let number = value.text().parse().ok().filter(|number| range.contains(number));
    if number.is_none() {
        found.error("bad-value", value.place(), format!("`{}` is no {what}", value.text())).advise(format!(
            "write a whole number from {} to {}",
            range.start(),
            range.end()
        ));
    }
    number
}

fn yes_no(value: Piece<'_>, found: &mut Findings<'_>) -> Option<bool> {
    match value.text() {
        "yes" => Some(true),
        "no" => Some(false),
        other => {
            found
                .error("bad-value", value.place(), format!("`{other}` is neither yes nor no"))
                .advise("write `yes` or `no`");
            None
        }
    }
}

fn weight<'a>(value: Piece<'a>, front: &mut Front<'_>, found: &mut Findings<'_>) -> Option<(Slug, u8, Piece<'a>)> {
    let (name, amount) = value.first_word();
    let weight: Option<u8> = amount.text().parse().ok();
    let Some(weight) = weight.filter(|weight| (1..=limit::WEIGHT).contains(weight)) else {
        found
            .error("bad-value", value.place(), format!("`{}` is no weight", value.text()))
            .advise("write a competency and a whole number from 1 to 10: `weight: privacy 2`");
        return None;
    };
    let id = slug(name, found)?;
    if !front.weighed.insert(id.clone()) {
        found.error("duplicate-field", name.place(), format!("`{id}` is weighed twice"));
        return None;
    }
    Some((id, weight, name))
}
