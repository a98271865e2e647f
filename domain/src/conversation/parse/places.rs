//! Where in the source each part of a scenario stands. Kept beside the model, so that layout never changes a hash.

/// A place in the source: line and column from 1, length in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The line, from 1; 0 means the whole file.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// The length, in characters, at least 1.
    pub length: u32,
}

/// The places of a whole scenario, in the order of the model's lists.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The file's name, for diagnostics.
    pub path: String,
    /// The source, for showing lines of it.
    pub source: String,
    /// The opening `---`, or the first line.
    pub front: Place,
    /// The pass mark, or the front matter's first line.
    pub pass: Place,
    /// The variables.
    pub variables: Vec<Place>,
    /// Where each competency is first named.
    pub competencies: Vec<Place>,
    /// The nodes.
    pub nodes: Vec<NodePlaces>,
    /// Every site fact used, with its place, in reading order.
    pub facts: Vec<(String, Place)>,
    /// Every recording, with its place, in reading order.
    pub audio: Vec<(String, Place)>,
}

/// The places of a node.
#[derive(Debug, Clone, Default)]
pub struct NodePlaces {
    /// Its name in the heading.
    pub heading: Place,
    /// Its choices.
    pub choices: Vec<ChoicePlaces>,
    /// Its timer.
    pub timer: Option<ChoicePlaces>,
    /// Its jumps.
    pub jumps: Vec<ChoicePlaces>,
}

/// The places of a choice, a timer or a jump.
#[derive(Debug, Clone, Default)]
pub struct ChoicePlaces {
    /// The first line of its text; the arrow of a jump.
    pub text: Place,
    /// The condition, without its brackets.
    pub condition: Option<Place>,
    /// The name it leads to.
    pub target: Place,
    /// Its effects.
    pub effects: Vec<Place>,
}
