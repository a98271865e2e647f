//! Repeats personal data in public. Blocker.
//!
//! Looks for data by their form (numbers, telephone, postcode, street, mail address, date of birth) and for names and numbers that the
//! other side mentioned. The organisation's own contact data, amounts, dates and model numbers are none.

use super::clauses::among;
use crate::phrasing::personal::{Datum, data};
use crate::phrasing::reading::Passage;
use crate::phrasing::sentence::{Sentence, sentences};
use crate::phrasing::words::{Sort, Word, words};
use std::ops::Range;

/// Before a number that belongs to a thing.
const THINGS: &str = " model version article flight train line section form room gate route page update error firmware product part iso \
    regulation paragraph bus tram clause chapter step windows android ios fault item sku type series size platform ";
/// Mailboxes of an organisation.
const BOXES: &str = " help support info care service services hello contact privacy office team returns refunds billing complaints \
    dataprotection data-protection press customercare customer-care customerservice feedback orders claims security accessibility ";

/// The data found, in bytes.
pub(super) fn find(passage: &Passage<'_>) -> Vec<Range<usize>> {
    if !passage.context.public {
        return Vec::new();
    }
    let sentence = passage.sentence();
    let mut found: Vec<Range<usize>> = data(passage.text, sentence)
        .into_iter()
        .filter(|(datum, places)| !harmless(sentence, *datum, places))
        .map(|(_, places)| places)
        .collect();
    for said in passage.context.said {
        found.extend(mentioned(sentence, said));
    }
    found.into_iter().map(|it| sentence.bytes(it)).collect()
}

/// The organisation's own, or nobody's.
fn harmless(sentence: &Sentence, datum: Datum, places: &Range<usize>) -> bool {
    let back = |steps: usize| places.start.checked_sub(steps).map_or("", |it| sentence.text(it));
    let before =
        sentence.tokens[..places.start].iter().rev().take(8).map(|it| it.word.text.as_str()).collect::<Vec<_>>();
    let near = |list: &str| before.iter().any(|it| among(list, it));
    let yours = before.iter().zip(before.iter().skip(1)).any(|(word, left)| {
        (*word == "you"
            && among(
                " call ring phone reach text called rang tried email emailed contact mail mailed phoned at ",
                left,
            ))
            || (among(" number phone mobile address email line ", word) && *left == "your")
    });
    let ours = near(
        " our us hotline helpline line call ring phone dial reception switchboard freephone desk text fax we my me shop office ",
    ) && !yours;
    match datum {
        Datum::Number => {
            among(THINGS, back(1))
                || among(THINGS, back(2)) && among(" no number is code – ", back(1))
                || near(" ending ends ")
                || back(1).ends_with('*')
                || (near(" call ring phone dial text hotline helpline ") && !yours)
        }
        Datum::Phone => ours,
        Datum::Email => {
            let local = sentence.text(places.start).split('@').next().unwrap_or_default();
            among(BOXES, local) || ours || (near(" write email contact mail at ") && near(" us me ") && !yours)
        }
        Datum::Street => near(" our shop office branch store counter depot locker ") && !near(" your "),
        Datum::Postcode | Datum::Birth => near(" our ") && !near(" your "),
    }
}

/// Names and numbers of the other side that the sentence says again.
fn mentioned(sentence: &Sentence, said: &str) -> Vec<Range<usize>> {
    let heard = words(said);
    let mut found = Vec::new();
    for (first, last) in names(said, &heard) {
        for at in 0..sentence.tokens.len().saturating_sub(1) {
            let title = among(" mr mrs ms miss mx dr ", sentence.text(at));
            let dot = usize::from(title && sentence.text(at + 1) == ".");
            let full = sentence.text(at) == first && sentence.text(at + 1) == last;
            let titled = title && sentence.text(at + 1 + dot) == last;
            if (full || titled) && sentence.tokens[at].word.capital {
                found.push(at..at + 2 + dot);
            }
        }
    }
    for number in numbers(said) {
        let again = sentence.tokens.iter().position(|it| it.word.text == number);
        let money = again.is_some_and(|at| at > 0 && ["€", "$", "£"].contains(&sentence.text(at - 1)));
        found.extend(again.filter(|_| !money).map(|at| at..at + 1));
    }
    found
}

/// Pairs of first name and surname: two capital words side by side that are no place, firm, day or greeting.
fn names<'a>(said: &str, heard: &'a [Word]) -> Vec<(&'a str, &'a str)> {
    const NOT: &str = " i hi hello hey dear the your my it we you they he she please thanks thank post mail bank ltd inc express group energy \
        telecom airlines air north south east west new great monday tuesday wednesday thursday friday saturday sunday january february \
        march april may june july august september october november december street road lane avenue city order customer service \
        and but so no yes what when where why how is are was do did can this that there here if ";
    let name = |it: &Word| it.sort == Sort::Word && it.capital && it.text.len() > 1 && !among(NOT, &it.text);
    let title = |it: &Word| among(" mr mrs ms miss mx dr ", &it.text);
    let mut found = Vec::new();
    for at in 0..heard.len().saturating_sub(1) {
        let (first, last) = (&heard[at], &heard[at + 1]);
        let close = said[first.range.end..last.range.start].trim().is_empty();
        let before = at.checked_sub(1).map_or("", |it| heard[it].text.as_str());
        let two = at.checked_sub(2).map_or("", |it| heard[it].text.as_str());
        let placed = among(" at from in to near by ", before)
            || (before == "of" && !among(" name behalf wife husband account mother ", two));
        if close && name(last) && (name(first) || title(first)) && !placed {
            found.push((first.text.as_str(), last.text.as_str()));
        }
    }
    found
}

/// Numbers the other side gave as data.
fn numbers(said: &str) -> Vec<String> {
    let mut found = Vec::new();
    for sentence in sentences(said) {
        for (_, places) in data(said, &sentence) {
            found.extend(
                places
                    .map(|at| sentence.text(at).to_owned())
                    .filter(|it| it.bytes().filter(u8::is_ascii_digit).count() > 2),
            );
        }
    }
    found
}
