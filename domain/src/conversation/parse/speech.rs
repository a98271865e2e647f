//! Reads what is said on arriving at a node: speech, stage directions, a call on hold.

use super::{
    choice::{block, seconds},
    document::{Front, LineDoc, NodeDoc},
    items::Item,
    piece::{Findings, Piece},
};
use crate::conversation::{model::Index, validate::is_recording};
use crate::source::nearest;

/// The party of this name, or an error.
pub(crate) fn speaker(name: Piece<'_>, front: &Front<'_>, found: &mut Findings<'_>) -> Option<Index> {
    let at = front.parties().position(|party| party.name == name.text() || party.first_name() == name.text());
    if at.is_none() && !front.parties_broken {
        let known: Vec<&str> = front.parties().map(|party| party.first_name()).collect();
        let text = name.text();
        found.error("unknown-speaker", name.place(), format!("nobody here is called `{text}`")).advise_with(|| {
            match nearest(text, known.iter().copied().chain(["note", "timer", "debrief", "hold", "reply"])) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "known are {} and `note`; declare others above: `party: {text}`",
                    known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                ),
            }
        });
    }
    at.and_then(|at| Index::try_from(at).ok())
}

/// `Dana: Hello`, `note: The line goes dead`, `hold: 40s`.
pub(crate) fn line<'a>(
    item: Item<'a>,
    value: Piece<'a>,
    node: &mut NodeDoc<'a>,
    front: &Front<'a>,
    found: &mut Findings<'_>,
) {
    let head = item.head;
    let Some((name, _)) = head.split_once(":") else { return };
    if !node.choices.is_empty() || !node.jumps.is_empty() {
        found
            .error("line-after-choices", head.place(), "this line stands after the node's choices")
            .advise("what is said comes first; move it up, or make it a continuation by indenting it");
    }
    let (body, audio) = audio(item.body, found);
    let (speaker, hold, text) = match name.text() {
        "note" => (None, None, block(value, body)),
        "hold" => {
            let (length, words) = value.first_word();
            let Some(hold) = seconds(length, found) else { return };
            (None, Some(hold), block(words, body))
        }
        _ => (speaker(name, front, found), None, block(value, body)),
    };
    if text.iter().all(Piece::is_empty) && (hold.is_none() || audio.is_some()) {
        let problem = found.error("empty-line", head.place(), format!("`{}:` says nothing", name.text()));
        if audio.is_some() {
            problem.advise("write down what is heard, for people who cannot hear it");
        }
    }
    node.lines.push(LineDoc { comments: item.comments, place: head, speaker, text, hold, audio });
}

/// Takes `audio: media/…` off the end of the lines below.
fn audio<'a>(mut body: Vec<Piece<'a>>, found: &mut Findings<'_>) -> (Vec<Piece<'a>>, Option<Piece<'a>>) {
    let value = |piece: &Piece<'a>| piece.split_once(":").filter(|(key, _)| key.text() == "audio").map(|(_, it)| it);
    let Some(at) = body.iter().position(|piece| value(piece).is_some()) else {
        return (body, None);
    };
    let rest = body.split_off(at);
    for stray in rest[1..].iter().filter(|piece| !piece.is_empty()) {
        if value(stray).is_some() {
            found.error("duplicate-property", stray.place(), "a line has one recording").advise("keep one of them");
        } else {
            found
                .error("unexpected-line", stray.place(), "text follows the recording")
                .advise("put `audio:` below everything that is said");
        }
    }
    let audio = rest.first().and_then(value);
    if let Some(name) = audio.filter(|name| !is_recording(name.text())) {
        let place = if name.is_empty() { rest[0].place() } else { name.place() };
        found
            .error("bad-audio", place, format!("`{}` cannot be a recording", name.text()))
            .advise("write a file of the course, `audio: media/dana-1.mp3`; mp3, ogg and m4a can be heard");
    }
    (body, audio)
}
