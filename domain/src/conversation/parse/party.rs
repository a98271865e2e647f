//! Reads who takes part.

use super::{
    document::{Field, Front},
    front::duplicate,
    piece::{Findings, Piece},
};
use crate::conversation::{model::Party, validate::limit};

/// Words that mean something else in a node.
const RESERVED: [&str; 6] = ["note", "timer", "debrief", "briefing", "hold", "reply"];

/// `Name (handle), role`, the last two optional.
pub(crate) fn party<'a>(
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
                .error("bad-party", value.from(open).place(), "the parenthesis is not closed")
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
            .error("bad-party", value.place(), format!("`{text}` cannot name a party"))
            .advise("write `Name (handle), role`, for example `Dana Whitfield (@dana_w), customer`");
        return None;
    }
    if front.parties().any(|known| known.first_name() == first) {
        found
            .error("duplicate-party", value.place(), format!("two parties are called `{first}`"))
            .advise("their lines could not be told apart; give one another first name");
        return None;
    }
    let slot = match key.text() {
        "you" => (&mut front.you, Field::You),
        "them" => (&mut front.them, Field::Them),
        _ => {
            if front.others.len() + 2 >= limit::PARTIES {
                found.error("too-many", key.place(), "a conversation has at most 12 parties");
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

impl Front<'_> {
    /// The parties in the order of the model.
    pub(crate) fn parties(&self) -> impl Iterator<Item = &Party> {
        self.you.iter().chain(&self.them).chain(&self.others)
    }
}
