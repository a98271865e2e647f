//! Keeps personal data private. Good; only a public reply can do it.
//!
//! Looks for an invitation to a private place ("message me", "by DM"), for asking *not* to post data, and for asking to delete them.
//! It also tells [`super::asks`] which request for data is right because its place is private.

use super::asks::{Asks, requested};
use super::clauses::{among, listed};
use super::lists::LISTS;
use crate::phrasing::pattern::{Match, Patterns};
use crate::phrasing::reading::Passage;
use crate::phrasing::sentence::Sentence;
use crate::phrasing::words::Sort;
use std::ops::Range;

/// Private places that need no more words.
const PLACES: &[&str] = &[
    "dm|dms|pm|privately|inbox|whatsapp",
    "in|into private",
    "private|direct|personal message*|chat|conversation|channel|msg",
    "message|messaging|inbox|msg us|me",
    "by|via|per|through|in|over message|messenger|chat|messages|messaging",
    "in|send|write|drop|leave|pop|shoot|ping us|me? a|your message|msg|dm|pm|line",
    "send|drop|write|leave|pop|shoot us|me a <private>|quick|short|private? message|msg|note|line",
    "move|continue|take|go .. this|it|on? to|into messages|private|dms|chat",
    "out of public|sight",
    "check|see your inbox|dms|messages",
    "not .. talk|discuss|go|speak|do|write|say ... in|here public|openly?",
    "off|away from this|the thread|page|wall",
];

/// Private places only where data are asked for: "e-mail us your order number".
const WITH_DATA: &[&str] = &[
    "email|ring|phone|call|text us|me",
    "email|phone|ring it|them|your|the",
    "as a <private>? message|msg|dm|pm",
    "by|via|per|in|over the|an|a|secure? email|phone|telephone|post|letter|form|link|app|chat|text|sms",
    "on|in|into|through|using|at the|our|your|this|a|my secure|online|private|web|contact|claims|tracking? form|link|app|portal|site|website|page|chat|box|field|area",
    "in|into|through|via your|my account|profile",
    "on|over the phone",
    "write|reply to our|us|me|my at|by? email?",
    "when|if|once you|we|i .. call|ring|phone|speak",
    "in|into your|my account|inbox",
    "secure form|link|page|upload|portal",
    "log in",
    "us|me a call|ring|bell|buzz",
    "call|ring us|me",
];

/// Everybody reads it there.
const OPEN: &[&str] = &[
    "here|publicly|below|underneath|comment|comments|tweet|tweeting|thread|replies|timeline|wall",
    "in|on .. public|thread|comments|page",
    "under this|the|your|my post|photo|picture",
    "^ reply|respond|answer with",
    "please|just reply|respond|answer .. with",
    "post|posting .. your|the",
];

/// Asking to take down what was posted.
const TAKES_DOWN: &[&str] = &[
    "delete|remove|hide|edit|blank .. post|tweet|comment|number|details|photo|picture|screenshot|address|postcode|reply|it|data|email|phone|message|that",
    "take .. down|off|out",
];

/// What should not be posted, apart from data by name.
const THINGS: &str =
    " it that them this those these anything details information info data numbers number personal private ";

/// The compiled rule.
pub(super) struct Private {
    places: Patterns,
    with_data: Patterns,
    open: Patterns,
    takes_down: Patterns,
}

impl Private {
    pub fn new() -> Self {
        Self {
            places: Patterns::new(PLACES, LISTS),
            with_data: Patterns::new(WITH_DATA, LISTS),
            open: Patterns::new(OPEN, LISTS),
            takes_down: Patterns::new(TAKES_DOWN, LISTS),
        }
    }

    /// Whether what is asked for at these places is asked for privately.
    pub fn covers(&self, passage: &Passage<'_>, asked: &Range<usize>) -> bool {
        let sentence = passage.sentence();
        let clause = sentence.clause_around(asked.start);
        let wide = clause.start..sentence.clause_around(asked.end - 1).end;
        let own: Vec<Match> = self.invitations(sentence, true);
        let in_clause = own.iter().any(|it| wide.contains(&it.start));
        let open = self.open.find(&sentence.tokens).into_iter().any(|it| {
            let first = &sentence.tokens[it.start];
            wide.contains(&it.start) && !first.negated && !first.quoted && it.end > clause.start
        });
        let either = open && wide.clone().any(|at| sentence.text(at) == "or");
        if in_clause {
            return !either;
        }
        if open {
            return false;
        }
        let otherwise = |it: &&Sentence| !among(" or otherwise alternatively ", it.text(0));
        !own.is_empty() || passage.neighbours().filter(otherwise).any(|it| !self.invitations(it, false).is_empty())
    }

    /// The words that keep data private.
    pub fn find(&self, passage: &Passage<'_>, asks: &Asks) -> Vec<Range<usize>> {
        if !passage.context.public {
            return Vec::new();
        }
        let sentence = passage.sentence();
        let asked = asks.asked(sentence);
        let mut found: Vec<Range<usize>> = asked.iter().filter(|it| it.negated).map(|it| it.places.clone()).collect();
        found.extend(self.spared(sentence));
        let data = asked.iter().any(|it| !it.negated && self.covers(passage, &it.places));
        found.extend(self.invitations(sentence, data).iter().map(|it| it.start..it.end));
        let down = self.takes_down.find(&sentence.tokens).into_iter().filter(|it| {
            let first = &sentence.tokens[it.start];
            !first.negated && !first.quoted && requested(sentence, it.start)
        });
        found.extend(down.map(|it| it.start..it.end));
        found.into_iter().map(|it| sentence.bytes(it)).collect()
    }

    /// Invitations to a private place that are neither refused nor told.
    fn invitations(&self, sentence: &Sentence, with_data: bool) -> Vec<Match> {
        let mut found = self.places.find(&sentence.tokens);
        if with_data {
            found.extend(self.with_data.find(&sentence.tokens));
        }
        let meant = |it: &Match| {
            let first = &sentence.tokens[it.start];
            let before = it.start.checked_sub(1).map_or("", |at| sentence.text(at));
            if first.word.text == "pm" && (listed("hour", before) || before.starts_with(|it: char| it.is_ascii_digit()))
            {
                return false;
            }
            // "Your message" is one they wrote; "your number as a message" is one to come.
            let to_come = sentence.text(it.start) == "as";
            let past = !to_come
                && (it.start.saturating_sub(3)..it.start).any(|at| {
                    among(" got received your answered saw read ", sentence.text(at))
                        || (sentence.text(at) == "sent" && at > 0 && sentence.text(at - 1) == "you")
                });
            let ours = (it.start.saturating_sub(4)..it.start).any(|at| among(" i we ", sentence.text(at)))
                && !sentence.tokens[it.start..it.end].iter().any(|it| ["me", "us"].contains(&it.word.text.as_str()));
            !(first.negated || first.quoted || past || (ours && with_data))
        };
        found.retain(meant);
        if with_data {
            found.extend(
                sentence
                    .tokens
                    .iter()
                    .enumerate()
                    .filter(|(_, it)| matches!(it.word.sort, Sort::Link | Sort::Email))
                    .map(|(at, _)| Match { start: at, end: at + 1 }),
            );
        }
        found
    }

    /// "Don't post it here", "never share personal details".
    fn spared(&self, sentence: &Sentence) -> Option<Range<usize>> {
        (0..sentence.tokens.len()).find_map(|at| {
            let token = &sentence.tokens[at];
            let verb =
                listed("give", &token.word.text) || listed("giving", &token.word.text) || token.word.text == "publish";
            if !verb || !token.negated || token.quoted || !(requested(sentence, at) || token.word.text.ends_with("ing"))
            {
                return None;
            }
            let clause = sentence.clause_around(at);
            let thing = (at + 1..clause.end.min(at + 6)).find(|it| among(THINGS, sentence.text(*it)))?;
            Some(at..thing + 1)
        })
    }
}
