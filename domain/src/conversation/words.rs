//! How things are written.

use super::{
    model::{Channel, EndingKind, Index, Party, Scenario},
    text::{Lookup, fill},
};

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 5] = [Self::Public, Self::DirectMessage, Self::Phone, Self::Email, Self::Board];

    /// The channel written so.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.word() == word)
    }

    /// How it is written: `public`, `dm`, `phone`, `email`, `board`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::DirectMessage => "dm",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Board => "board",
        }
    }
}

impl EndingKind {
    /// How it is written: `success`, `failure`, `neutral`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Neutral => "neutral",
        }
    }
}

impl Party {
    /// The first word of the name, by which the source names the speaker.
    #[must_use]
    pub fn first_name(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or_default()
    }
}

impl Scenario {
    /// The words of a choice at a node, with the site's facts.
    #[must_use]
    pub fn words(&self, node: Index, choice: Index, facts: Lookup<'_>) -> Option<String> {
        let node = self.nodes.get(usize::from(node))?;
        node.choices().get(usize::from(choice)).map(|choice| fill(&choice.text, facts))
    }

    /// Whether a choice at a node is done and not said.
    #[must_use]
    pub fn is_done(&self, node: Index, choice: Index) -> bool {
        let node = self.nodes.get(usize::from(node));
        node.and_then(|node| node.choices().get(usize::from(choice))).is_some_and(|choice| choice.done)
    }

    /// The words and the rationale of a choice of the node at this position, or of its silence, as they are written.
    #[must_use]
    pub fn said(&self, node: usize, choice: Option<Index>) -> Option<(String, String)> {
        let node = self.nodes.get(node)?;
        match choice {
            Some(choice) => {
                let choice = node.choices().get(usize::from(choice))?;
                Some((choice.text.clone(), choice.outcome.why.clone()))
            }
            None => Some((String::new(), node.timer()?.outcome.why.clone())),
        }
    }
}
