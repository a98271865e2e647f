//! The canonical layout of a source.

use super::{
    choice::DONE,
    document::{ChoiceDoc, Document, Field, Front, JumpDoc, LineDoc, NodeDoc, OutcomeDoc, TimerDoc},
    piece::{Findings, Piece},
};
use crate::{
    conversation::model::{Domain, Party, Variable},
    diagnostic::{Diagnostic, has_errors},
};

/// Lays a source out canonically: fields and properties in a fixed order, conditions without needless parentheses, one
/// empty line between parts. Keeps comments, line breaks in text, and what the source means. Formatting twice changes
/// nothing more.
///
/// # Errors
/// Everything found wrong, when the source cannot be read.
pub fn format(source: &str, path: &str) -> Result<String, Vec<Diagnostic>> {
    let lines = super::lines(source);
    let mut found = Findings::new(path, &lines);
    let document = super::read(&lines, &mut found);
    let _ = super::facts(&lines, &mut found);
    let _ = super::resolve::resolve(&document, &mut found);
    let diagnostics = found.into_list();
    if has_errors(&diagnostics) { Err(diagnostics) } else { Ok(Printer::print(&document)) }
}

struct Printer<'d, 'a> {
    out: String,
    front: &'d Front<'a>,
}

impl Printer<'_, '_> {
    fn print(document: &Document<'_>) -> String {
        let mut printer = Printer { out: String::new(), front: &document.front };
        printer.front();
        if !document.briefing.is_empty() {
            for line in &document.briefing {
                printer.line(line);
            }
        }
        for node in &document.nodes {
            printer.node(node);
        }
        if !document.trailing.is_empty() {
            printer.gap();
            printer.comments(&document.trailing, "");
        }
        printer.out
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn comments(&mut self, comments: &[Piece<'_>], indent: &str) {
        for comment in comments {
            self.line(&format!("{indent}{}", comment.text()));
        }
    }

    /// A block behind its first words, further lines indented by two more than those.
    fn block(&mut self, start: &str, block: &[Piece<'_>], end: &str) {
        let indent = " ".repeat(start.len() - start.trim_start().len() + 2);
        self.out.push_str(start);
        let (mut first, mut blank) = (true, false);
        for piece in block {
            if piece.is_empty() {
                blank = !first;
                continue;
            }
            if !first {
                self.out.push_str(if blank { "\n\n" } else { "\n" });
                self.out.push_str(&indent);
            } else if !start.ends_with(' ') {
                self.out.push(' ');
            }
            self.out.push_str(piece.text());
            (first, blank) = (false, false);
        }
        self.line(end);
    }

    fn front(&mut self) {
        let front = self.front;
        self.line("---");
        let text = |piece: Option<Piece<'_>>| piece.map(|piece| piece.text().to_owned());
        self.field(Field::Title, "title", text(front.title));
        self.field(Field::Family, "family", front.family.as_ref().map(ToString::to_string));
        self.field(Field::Channel, "channel", front.channel.map(|it| it.word().to_owned()));
        self.field(Field::You, "you", front.you.as_ref().map(party));
        self.field(Field::Them, "them", front.them.as_ref().map(party));
        for (at, other) in front.others.iter().enumerate() {
            self.field(Field::Party(at), "party", Some(party(other)));
        }
        self.field(Field::Subject, "subject", text(front.subject));
        self.field(Field::Reach, "reach", front.reach.map(|(reach, _)| reach.to_string()));
        self.field(Field::Limit, "limit", front.limit.map(|(limit, _)| limit.to_string()));
        for (at, (variable, _)) in front.variables.iter().enumerate() {
            let key = format!("var {}", variable.name);
            self.field(Field::Variable(at), &key, Some(bounds(variable)));
        }
        for (at, (id, weight, _)) in front.weights.iter().enumerate() {
            self.field(Field::Weight(at), "weight", Some(format!("{id} {weight}")));
        }
        self.field(Field::Pass, "pass", front.pass.map(|(pass, _)| pass.to_string()));
        self.field(Field::Worked, "worked", front.worked.map(|it| if it { "yes" } else { "no" }.to_owned()));
        self.field(Field::End, "", None);
        self.line("---");
    }

    fn field(&mut self, field: Field, key: &str, value: Option<String>) {
        for (at, comments) in &self.front.comments {
            if *at == field {
                self.comments(comments, "");
            }
        }
        if let Some(value) = value {
            self.line(&format!("{key}: {value}"));
        }
    }

    fn node(&mut self, node: &NodeDoc<'_>) {
        self.gap();
        self.comments(&node.comments, "");
        let mut attributes = Vec::new();
        if let Some(channel) = node.channel {
            attributes.push(format!("channel: {}", channel.word()));
        }
        if !node.audience.is_empty() {
            let parties: Vec<&Party> = self.front.parties().collect();
            let names: Vec<&str> = node
                .audience
                .iter()
                .filter_map(|index| parties.get(usize::from(*index)).map(|it| it.first_name()))
                .collect();
            attributes.push(format!("audience: {}", names.join(" + ")));
        }
        if let Some(end) = node.end {
            attributes.push(format!("end: {}", end.word()));
        }
        let attributes = match attributes.as_slice() {
            [] => String::new(),
            some => format!(" ({})", some.join(", ")),
        };
        self.line(&format!("## {}{attributes}", node.name.text()));
        for line in &node.lines {
            self.speech(line);
        }
        if let Some((comments, _)) = &node.free {
            self.gap();
            self.comments(comments, "");
            self.line("reply: free");
        }
        if let Some(timer) = &node.timer {
            self.gap();
            self.timer(timer);
        }
        for choice in &node.choices {
            self.gap();
            self.choice(choice);
        }
        if !node.jumps.is_empty() {
            self.gap();
        }
        for jump in &node.jumps {
            self.jump(jump);
        }
        if let Some((comments, text)) = &node.debrief {
            self.comments(comments, "");
            self.block("debrief:", text, "");
        }
    }

    fn speech(&mut self, line: &LineDoc<'_>) {
        self.comments(&line.comments, "");
        let name = line.speaker.and_then(|index| self.front.parties().nth(usize::from(index)));
        let start = match line.hold {
            Some(seconds) => format!("hold: {seconds}s"),
            None => format!("{}:", name.map_or("note", |party| party.first_name())),
        };
        self.block(&start, &line.text, "");
        if let Some(audio) = line.audio {
            self.line(&format!("  audio: {}", audio.text()));
        }
    }

    fn timer(&mut self, timer: &TimerDoc<'_>) {
        self.comments(&timer.comments, "");
        let target = timer.outcome.target.map_or("", |piece| piece.text());
        self.line(&format!("timer: {}s -> {target}", timer.seconds));
        self.outcome(&timer.outcome);
    }

    fn guard(&self, condition: Option<&crate::conversation::condition::Condition>) -> String {
        let variables: Vec<Variable> = self.front.variables.iter().map(|(variable, _)| variable.clone()).collect();
        condition.map(|it| format!("[{}] ", it.show(&variables))).unwrap_or_default()
    }

    fn choice(&mut self, choice: &ChoiceDoc<'_>) {
        self.comments(&choice.comments, "");
        let guard = self.guard(choice.condition.as_ref().map(|(condition, _)| condition));
        let target = choice.outcome.target.map_or("", |piece| piece.text());
        let done = if choice.done { format!("{DONE} ") } else { String::new() };
        self.block(&format!("- {guard}{done}"), &choice.text, &format!(" -> {target}"));
        self.outcome(&choice.outcome);
    }

    fn outcome(&mut self, outcome: &OutcomeDoc<'_>) {
        for example in &outcome.says {
            self.line(&format!("  says: {}", example.text()));
        }
        if let Some(decision) = &outcome.decision {
            self.line(&format!("  decision: {decision}"));
        }
        if !outcome.ratings.is_empty() {
            let ratings: Vec<String> = outcome.ratings.iter().map(|(id, value, _)| format!("{id} {value}")).collect();
            self.line(&format!("  rate: {}", ratings.join(", ")));
        }
        if !outcome.effects.is_empty() {
            let variables: Vec<Variable> = self.front.variables.iter().map(|(variable, _)| variable.clone()).collect();
            let effects: Vec<String> = outcome.effects.iter().map(|(effect, _)| effect.show(&variables)).collect();
            self.line(&format!("  effect: {}", effects.join(", ")));
        }
        for blocker in &outcome.blockers {
            self.line(&format!("  blocker: {blocker}"));
        }
        for commitment in &outcome.commitments {
            let shown = format!("  commit: {} {}", commitment.kind, commitment.detail);
            self.line(shown.trim_end());
        }
        if !outcome.why.is_empty() {
            let mut why = outcome.why.clone();
            while why.last().is_some_and(Piece::is_empty) {
                why.pop();
            }
            self.block("  why:", &why, "");
        }
    }

    fn jump(&mut self, jump: &JumpDoc<'_>) {
        self.comments(&jump.comments, "");
        let guard = self.guard(jump.condition.as_ref().map(|(condition, _)| condition));
        let target = jump.target.map_or("", |piece| piece.text());
        self.line(&format!("-> {guard}{target}"));
    }
}

fn party(party: &Party) -> String {
    let mut out = party.name.clone();
    if let Some(handle) = &party.handle {
        out.push_str(&format!(" ({handle})"));
    }
    if let Some(role) = &party.role {
        out.push_str(&format!(", {role}"));
    }
    out
}

fn bounds(variable: &Variable) -> String {
    let domain = match &variable.domain {
        Domain::Range { min, max } => format!("{min}..{max}"),
        Domain::YesNo => "yes/no".to_owned(),
        Domain::OneOf(words) => words.join(" | "),
    };
    format!("{domain} = {}", variable.show(variable.start))
}
