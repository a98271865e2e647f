//! From a document as read to a scenario: targets become positions, and each node gets its one way on.

use super::{
    document::{Document, Front, NodeDoc, joined},
    exit::exit,
    piece::Findings,
    places::{NodePlaces, Place, Places},
};
use crate::{
    conversation::{
        model::{Channel, Competency, Index, Line, Node, Reply, Scenario},
        validate::limit,
    },
    slug::Slug,
    source::nearest,
};
use std::{
    cell::Cell,
    collections::{BTreeMap, HashMap},
};

/// How often a name that is unknown is compared with one that is known. Whoever has so many mistakes mends some first.
const COMPARED: usize = 100_000;

/// What can be named.
pub(crate) struct Names<'d> {
    /// The names of the nodes, each once, in reading order.
    nodes: Vec<&'d str>,
    /// Where each is; of several of one name, the first.
    at: HashMap<&'d str, usize>,
    /// In their order.
    pub competencies: Vec<Slug>,
    /// How many comparisons are left.
    left: Cell<usize>,
}

impl Names<'_> {
    /// Where the node of this name is.
    pub fn node(&self, name: &str) -> Option<Index> {
        self.at.get(name).and_then(|at| Index::try_from(*at).ok())
    }

    /// The name of a node that was probably meant.
    pub fn near(&self, name: &str) -> Option<&str> {
        self.left.set(self.left.get().checked_sub(self.nodes.len())?);
        nearest(name, self.nodes.iter().copied())
    }
}

/// The scenario with its places; `None` when anything was or is found wrong.
pub(crate) fn resolve(document: &Document<'_>, found: &mut Findings<'_>) -> (Option<Scenario>, Places) {
    let front = &document.front;
    let top = front.start.map_or(Place { line: 1, column: 1, length: 1 }, |piece| piece.place());
    let mut places = Places { front: top, pass: top, ..Places::default() };
    places.variables = front.variables.iter().map(|(_, piece)| piece.place()).collect();
    if let Some((_, piece)) = front.pass {
        places.pass = piece.place();
    }
    let (competencies, named) = competencies(document).into_iter().unzip();
    places.competencies = named;
    let (nodes, at) = unique(document, found);
    let names = Names { nodes, at, competencies, left: Cell::new(COMPARED) };
    if document.nodes.is_empty() {
        found.error("no-nodes", top, "the conversation has no nodes").advise("begin one with a line `## opening`");
    }
    let channel = front.channel.unwrap_or(Channel::Public);
    let mut nodes = Vec::new();
    for doc in &document.nodes {
        let (node, node_places) = node(doc, channel, &names, found);
        nodes.extend(node);
        places.nodes.push(node_places);
        let recordings = doc.lines.iter().filter_map(|line| line.audio);
        places.audio.extend(recordings.map(|piece| (piece.text().to_owned(), piece.place())));
    }
    let public = nodes.is_empty() || nodes.iter().any(|node| node.channel == Channel::Public);
    if !public {
        of_public_threads(front, found);
    }
    let email = channel == Channel::Email;
    if let Some(subject) = front.subject.filter(|_| !email) {
        found
            .warning("unused-subject", subject.place(), "only an e-mail shows a subject")
            .advise("remove it, or set `channel: email`");
    }
    if email && front.subject.is_none() && front.start.is_some() {
        found
            .error("missing-field", top, "an e-mail needs a `subject:`")
            .advise("for example `subject: Where is my parcel?`");
    }
    if found.has_errors() {
        return (None, places);
    }
    let weights: HashMap<&Slug, u8> = front.weights.iter().map(|(id, weight, _)| (id, *weight)).collect();
    let weight = |id: &Slug| weights.get(id).copied().unwrap_or(1);
    let scenario = Scenario {
        title: front.title.map(|title| title.text().to_owned()).unwrap_or_default(),
        family: front.family.clone(),
        channel,
        subject: front.subject.map(|subject| subject.text().to_owned()),
        reach: front.reach.map(|(reach, _)| reach),
        limit: front.limit.map(|(limit, _)| limit),
        worked: front.worked.unwrap_or(false),
        parties: front.parties().cloned().collect(),
        variables: front.variables.iter().map(|(variable, _)| variable.clone()).collect(),
        competencies: names.competencies.iter().map(|id| Competency { id: id.clone(), weight: weight(id) }).collect(),
        pass: front.pass.map_or(Scenario::DEFAULT_PASS, |(pass, _)| pass),
        briefing: document.briefing.join("\n"),
        nodes,
    };
    (Some(scenario), places)
}

/// Tells of fields that only mean something in public.
fn of_public_threads(front: &Front<'_>, found: &mut Findings<'_>) {
    let fields = [("reach", front.reach.map(|(_, key)| key)), ("limit", front.limit.map(|(_, key)| key))];
    for (name, key) in fields {
        if let Some(key) = key {
            found
                .warning("unused-field", key.place(), format!("`{name}:` is about public threads, and there is none"))
                .advise("remove it, or let a part be public: `(channel: public)`");
        }
    }
}

/// Every competency that is rated or weighed, in order, with the first place that names it.
fn competencies(document: &Document<'_>) -> BTreeMap<Slug, Place> {
    let mut all = BTreeMap::new();
    let outcomes = document.nodes.iter().flat_map(|node| {
        let timer = node.timer.iter().map(|timer| &timer.outcome);
        node.choices.iter().map(|choice| &choice.outcome).chain(timer)
    });
    let rated = outcomes.flat_map(|outcome| &outcome.ratings).map(|(id, _, piece)| (id, piece));
    let weighed = document.front.weights.iter().map(|(id, _, piece)| (id, piece));
    for (id, piece) in weighed.chain(rated) {
        if !all.contains_key(id) {
            all.insert(id.clone(), piece.place());
        }
    }
    all
}

/// The names of all nodes in order, each once, and where they are.
fn unique<'d>(document: &'d Document<'_>, found: &mut Findings<'_>) -> (Vec<&'d str>, HashMap<&'d str, usize>) {
    let mut names = Vec::new();
    let mut places = HashMap::new();
    let mut sound = 0;
    for (count, node) in document.nodes.iter().enumerate() {
        let Some(id) = &node.id else { continue };
        if places.contains_key(id.as_str()) {
            found
                .error("duplicate-node", node.name.place(), format!("there are two nodes `{id}`"))
                .advise("give one of them another name");
        } else {
            places.insert(id.as_str(), sound);
            names.push(id.as_str());
        }
        if count == limit::NODES {
            let message = format!("a conversation has at most {} nodes", limit::NODES);
            found.error("too-many", node.name.place(), message);
        }
        sound += 1;
    }
    (names, places)
}

fn node(
    doc: &NodeDoc<'_>,
    channel: Channel,
    names: &Names<'_>,
    found: &mut Findings<'_>,
) -> (Option<Node>, NodePlaces) {
    let mut places = NodePlaces { heading: doc.name.place(), ..NodePlaces::default() };
    let exit = exit(doc, names, &mut places, found);
    let channel = doc.channel.unwrap_or(channel);
    for line in doc.lines.iter().filter(|line| line.hold.is_some() && channel != Channel::Phone && !doc.broken) {
        found
            .error("hold-off-phone", line.place.place(), "only a call can be put on hold")
            .advise("make it a `note:`, or mark the part `(channel: phone)`");
    }
    replies(doc, found);
    let lines = doc
        .lines
        .iter()
        .map(|line| {
            let text = joined(&line.text);
            let audio = line.audio.map(|piece| piece.text().to_owned());
            Line { speaker: line.speaker, text, hold: line.hold, audio }
        })
        .collect();
    let node = doc.id.clone().zip(exit).map(|(id, exit)| Node {
        id,
        channel,
        audience: doc.audience.clone(),
        lines,
        reply: if doc.free.is_some() { Reply::Free } else { Reply::Pick },
        exit,
    });
    (node, places)
}

/// A free reply needs choices, and each of them examples; without one examples are of no use.
fn replies(doc: &NodeDoc<'_>, found: &mut Findings<'_>) {
    let Some((_, place)) = &doc.free else {
        if let Some(example) = doc.choices.iter().find_map(|choice| choice.outcome.says.first()) {
            found
                .warning("unused-says", example.place(), "nothing is compared with this example")
                .advise("write `reply: free` above the choices, or remove it");
        }
        return;
    };
    if doc.choices.is_empty() {
        found
            .error("free-without-choices", place.place(), "a free reply needs choices, which say what it can mean")
            .advise("add choices, each with `says:` lines below it, or remove `reply: free`");
    }
    for choice in doc.choices.iter().filter(|choice| choice.done) {
        found
            .error(
                "done-in-free-reply",
                choice.place.place(),
                "own words are said, so they cannot mean something that is done",
            )
            .advise("remove `do:` and write what is said, or remove `reply: free`");
    }
    for choice in doc.choices.iter().filter(|choice| choice.outcome.says.is_empty() && !choice.done) {
        found
            .error("few-examples", choice.place.place(), "this choice has too few examples to be told from others")
            .advise("add an indented line `says:` with the same in other words; better, several");
    }
}
