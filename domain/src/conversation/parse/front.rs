//! Reads the front matter.

use super::{
    document::{Field, Front},
    expression::number,
    items::{Cut, is_comment},
    piece::{Advise, Findings, Piece},
    places::Place,
    suggest::offer,
};
use crate::{
    conversation::{
        model::{Channel, Domain, Party, Variable},
        text::is_name,
        validate::limit,
    },
    slug::Slug,
};

const KEYS: [&str; 10] = [
    "title", "family", "channel", "you", "them", "party", "subject", "var", "weight", "pass",
];

/// Words that mean something else in a node.
const RESERVED: [&str; 4] = ["note", "timer", "debrief", "briefing"];

pub(crate) fn front<'a>(cut: &Cut<'a>, found: &mut Findings<'_>) -> Front<'a> {
    let mut front = Front {
        start: cut.open,
        ..Front::default()
    };
    let top = cut.open.map_or(
        Place {
            line: 1,
            column: 1,
            length: 1,
        },
        |open| open.place(),
    );
    if cut.open.is_none() {
        found
            .error(
                "no-front-matter",
                top,
                "the file does not begin with front matter",
            )
            .advise("begin with a line `---`, then `title:`, `you:`, `them:`, then `---`");
    } else if !cut.closed {
        found
            .error("no-front-matter", top, "the front matter is not closed")
            .advise("end it with a line `---`");
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
            front
                .comments
                .push((field.unwrap_or(Field::End), std::mem::take(&mut comments)));
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
        (
            front.title.is_none(),
            "title",
            "title: The parcel that never came",
        ),
        (
            front.you.is_none() && parties_known,
            "you",
            "you: Sam, support",
        ),
        (
            front.them.is_none() && parties_known,
            "them",
            "them: Dana Whitfield (@dana_w)",
        ),
    ] {
        if absent {
            found
                .error(
                    "missing-field",
                    top,
                    format!("the front matter has no `{key}:`"),
                )
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
        found.error(
            "bad-field",
            key.place(),
            format!("`{}:` has no value", key.text()),
        );
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
        "pass" => front.pass.replace((pass(value, found)?, key)).is_some(),
        "you" | "them" | "party" => return party(key, value, front, found),
        "weight" => {
            front.weights.push(weight(value, front, found)?);
            false
        }
        other => {
            found
                .error(
                    "unknown-field",
                    key.place(),
                    format!("there is no field `{other}`"),
                )
                .advise(offer(other, KEYS, ""));
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
        _ => Field::Weight(front.weights.len() - 1),
    })
}

fn duplicate(key: Piece<'_>, found: &mut Findings<'_>) {
    found
        .error(
            "duplicate-field",
            key.place(),
            format!("`{}:` is given twice", key.text()),
        )
        .advise("keep one of them");
}

/// A short name, or an error.
pub(crate) fn slug(value: Piece<'_>, found: &mut Findings<'_>) -> Option<Slug> {
    let slug = value.text().parse();
    if slug.is_err() {
        found
            .error(
                "bad-name",
                value.place(),
                format!("`{}` is not a short name", value.text()),
            )
            .advise("use a to z, 0 to 9 and single hyphens, such as `late-parcel`");
    }
    slug.ok()
}

/// A channel, or an error.
pub(crate) fn channel(value: Piece<'_>, found: &mut Findings<'_>) -> Option<Channel> {
    let channel = Channel::from_word(value.text());
    if channel.is_none() {
        found
            .error(
                "unknown-channel",
                value.place(),
                format!("`{}` is no channel", value.text()),
            )
            .advise(offer(value.text(), ["public", "dm", "phone", "email"], ""));
    }
    channel
}

impl Channel {
    /// The channel written so.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Public, Self::DirectMessage, Self::Phone, Self::Email]
            .into_iter()
            .find(|channel| channel.word() == word)
    }

    /// How it is written: `public`, `dm`, `phone`, `email`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::DirectMessage => "dm",
            Self::Phone => "phone",
            Self::Email => "email",
        }
    }
}

fn pass(value: Piece<'_>, found: &mut Findings<'_>) -> Option<u8> {
    let pass = value
        .text()
        .parse()
        .ok()
        .filter(|pass| (1..=100).contains(pass));
    if pass.is_none() {
        found
            .error(
                "bad-value",
                value.place(),
                format!("`{}` is no pass mark", value.text()),
            )
            .advise("write a whole number from 1 to 100");
    }
    pass
}

fn weight<'a>(
    value: Piece<'a>,
    front: &Front<'_>,
    found: &mut Findings<'_>,
) -> Option<(Slug, u8, Piece<'a>)> {
    let (name, amount) = value.first_word();
    let weight: Option<u8> = amount.text().parse().ok();
    let Some(weight) = weight.filter(|weight| (1..=limit::WEIGHT).contains(weight)) else {
        found
            .error(
                "bad-value",
                value.place(),
                format!("`{}` is no weight", value.text()),
            )
            .advise("write a competency and a whole number from 1 to 10: `weight: privacy 2`");
        return None;
    };
    let id = slug(name, found)?;
    if front.weights.iter().any(|(known, ..)| *known == id) {
        found.error(
            "duplicate-field",
            name.place(),
            format!("`{id}` is weighed twice"),
        );
        return None;
    }
    Some((id, weight, name))
}

/// `Name (handle), role`, the last two optional.
fn party<'a>(
    key: Piece<'a>,
    value: Piece<'a>,
    front: &mut Front<'a>,
    found: &mut Findings<'_>,
) -> Option<Field> {
    front.parties_broken = true;
    let text = value.text();
    let mut handle = None;
    let mut plain = text.to_owned();
    if let Some(open) = text.find('(') {
        let Some(close) = text[open..].find(')') else {
            found
                .error(
                    "bad-party",
                    value.from(open).place(),
                    "the parenthesis is not closed",
                )
                .advise("write `Dana Whitfield (@dana_w)`");
            return None;
        };
        handle = Some(text[open + 1..open + close].trim().to_owned());
        plain = format!("{}{}", text[..open].trim_end(), &text[open + close + 1..]);
    }
    let (name, role) = plain.split_once(',').unwrap_or((plain.as_str(), ""));
    let party = Party {
        name: name.trim().to_owned(),
        role: Some(role.trim().to_owned()).filter(|role| !role.is_empty()),
        handle: handle.filter(|handle| !handle.is_empty()),
    };
    let first = party.first_name();
    if first.is_empty()
        || party.name.contains([':', '(', ')', '+'])
        || RESERVED.contains(&first)
        || text.matches('(').count() > 1
    {
        found
            .error(
                "bad-party",
                value.place(),
                format!("`{text}` cannot name a party"),
            )
            .advise(
                "write `Name (handle), role`, for example `Dana Whitfield (@dana_w), customer`",
            );
        return None;
    }
    if front.parties().any(|known| known.first_name() == first) {
        found
            .error(
                "duplicate-party",
                value.place(),
                format!("two parties are called `{first}`"),
            )
            .advise("their lines could not be told apart; give one another first name");
        return None;
    }
    let slot = match key.text() {
        "you" => (&mut front.you, Field::You),
        "them" => (&mut front.them, Field::Them),
        _ => {
            if front.others.len() + 2 >= limit::PARTIES {
                found.error(
                    "too-many",
                    key.place(),
                    "a conversation has at most 12 parties",
                );
                return None;
            }
            front.others.push(party);
            front.parties_broken = false;
            return Some(Field::Party(front.others.len() - 1));
        }
    };
    if slot.0.replace(party).is_some() {
        duplicate(key, found);
    }
    front.parties_broken = false;
    Some(slot.1)
}

impl Party {
    /// The first word of the name, by which the source names the speaker.
    #[must_use]
    pub fn first_name(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or_default()
    }
}

impl Front<'_> {
    /// The parties in the order of the model.
    pub(crate) fn parties(&self) -> impl Iterator<Item = &Party> {
        self.you.iter().chain(&self.them).chain(&self.others)
    }
}

/// `var trust: 0..10 = 4`, `var told: yes/no = no`, `var mood: calm | cross = cross`.
fn variable<'a>(
    piece: Piece<'a>,
    name: Piece<'a>,
    value: Piece<'a>,
    front: &mut Front<'a>,
    found: &mut Findings<'_>,
) -> Option<Field> {
    const HOW: &str =
        "write `var trust: 0..10 = 4`, `var told: yes/no = no` or `var mood: calm | cross = cross`";
    front.broken.push(name.text());
    if !is_name(name.text()) || ["and", "or", "not", "yes", "no"].contains(&name.text()) {
        found
            .error(
                "bad-variable",
                name.place(),
                format!("`{}` cannot name a variable", name.text()),
            )
            .advise("use a to z, 0 to 9 and `_`, beginning with a letter");
        return None;
    }
    if front
        .variables
        .iter()
        .any(|(known, _)| known.name == name.text())
    {
        found
            .error(
                "duplicate-variable",
                name.place(),
                format!("`{}` is declared twice", name.text()),
            )
            .advise("keep one of them");
        return None;
    }
    if front.variables.len() >= limit::VARIABLES {
        found.error(
            "too-many",
            piece.place(),
            "a conversation has at most 16 variables",
        );
        return None;
    }
    let Some((bounds, start)) = value.split_once("=") else {
        found
            .error(
                "bad-variable",
                piece.place(),
                format!("`{}` has no start value", name.text()),
            )
            .advise(HOW);
        return None;
    };
    let Some(domain) = domain(bounds) else {
        found
            .error(
                "bad-variable",
                bounds.place(),
                format!("`{}` is not bounded soundly", name.text()),
            )
            .advise(format!("{HOW}; numbers lie between -1000 and 1000"));
        return None;
    };
    let mut variable = Variable {
        name: name.text().to_owned(),
        domain,
        start: 0,
    };
    variable.start = super::expression::value(start, &variable, found)?;
    front.variables.push((variable, name));
    front.broken.pop();
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
    let words: Vec<String> = bounds
        .split('|')
        .iter()
        .map(|word| word.text().to_owned())
        .collect();
    let distinct = words
        .iter()
        .enumerate()
        .all(|(at, word)| !words[..at].contains(word));
    let good = (2..=limit::WORDS).contains(&words.len()) && distinct;
    (good && words.iter().all(|word| is_name(word))).then_some(Domain::OneOf(words))
}
