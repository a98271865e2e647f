//! Conditions on what a conversation remembers, and changes to it.

use super::model::{Change, Domain, Effect, Index, Variable};
use serde::{Deserialize, Serialize};

/// An expression over the variables that is true or false.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// A variable compared with a value.
    Compare {
        /// Which variable.
        variable: Index,
        /// How.
        is: Comparison,
        /// With what, as a number: see [`Domain`].
        value: i32,
    },
    /// The opposite.
    Not(Box<Condition>),
    /// Every one, two or more. Never holds another `All` directly.
    All(Vec<Condition>),
    /// At least one, of two or more. Never holds another `Any` directly.
    Any(Vec<Condition>),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// The sign as written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }

    fn holds(self, left: i32, right: i32) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Greater => left > right,
            Self::AtLeast => left >= right,
        }
    }
}

impl Condition {
    /// Whether it is true of these values, given in the order of the scenario's variables.
    #[must_use]
    pub fn holds(&self, values: &[i32]) -> bool {
        match self {
            Self::Compare { variable, is, value } => is.holds(values[usize::from(*variable)], *value),
            Self::Not(inner) => !inner.holds(values),
            Self::All(parts) => parts.iter().all(|part| part.holds(values)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(values)),
        }
    }

    /// Calls `visit` with every variable it reads.
    pub fn reads(&self, visit: &mut impl FnMut(Index)) {
        match self {
            Self::Compare { variable, .. } => visit(*variable),
            Self::Not(inner) => inner.reads(visit),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.reads(visit);
                }
            }
        }
    }

    /// The text of it, with no more parentheses than it needs.
    #[must_use]
    pub fn show(&self, variables: &[Variable]) -> String {
        match self {
            Self::Compare { variable, is, value } => {
                let variable = &variables[usize::from(*variable)];
                match (&variable.domain, is, value) {
                    (Domain::YesNo, Comparison::Equal, 1) => variable.name.clone(),
                    _ => format!("{} {} {}", variable.name, is.sign(), variable.show(*value)),
                }
            }
            Self::Not(inner) => match **inner {
                Self::All(_) | Self::Any(_) => format!("not ({})", inner.show(variables)),
                _ => format!("not {}", inner.show(variables)),
            },
            Self::All(parts) => {
                let shown: Vec<String> = parts
                    .iter()
                    .map(|part| match part {
                        Self::Any(_) => format!("({})", part.show(variables)),
                        _ => part.show(variables),
                    })
                    .collect();
                shown.join(" and ")
            }
            Self::Any(parts) => {
                let shown: Vec<String> = parts.iter().map(|part| part.show(variables)).collect();
                shown.join(" or ")
            }
        }
    }
}

impl Variable {
    /// The least and the greatest value.
    #[must_use]
    pub fn bounds(&self) -> (i32, i32) {
        match &self.domain {
            Domain::Range { min, max } => (*min, *max),
            Domain::YesNo => (0, 1),
            Domain::OneOf(words) => (0, i32::try_from(words.len()).unwrap_or(i32::MAX).saturating_sub(1)),
        }
    }

    /// A value as people write it: `4`, `yes`, `calm`.
    #[must_use]
    pub fn show(&self, value: i32) -> String {
        match &self.domain {
            Domain::Range { .. } => value.to_string(),
            Domain::YesNo => if value == 0 { "no" } else { "yes" }.to_owned(),
            Domain::OneOf(words) => {
                usize::try_from(value).ok().and_then(|index| words.get(index)).cloned().unwrap_or_default()
            }
        }
    }
}

impl Effect {
    /// The value after the change, held within the variable's bounds.
    #[must_use]
    pub fn applied(&self, variables: &[Variable], value: i32) -> i32 {
        let (least, greatest) = variables[usize::from(self.variable)].bounds();
        match self.change {
            Change::Add(amount) => value.saturating_add(amount).clamp(least, greatest),
            Change::Set(to) => to.clamp(least, greatest),
        }
    }

    /// The text of it: `trust +2`, `told = yes`.
    #[must_use]
    pub fn show(&self, variables: &[Variable]) -> String {
        let variable = &variables[usize::from(self.variable)];
        match self.change {
            Change::Add(amount) => format!("{} {amount:+}", variable.name),
            Change::Set(to) => format!("{} = {}", variable.name, variable.show(to)),
        }
    }
}

/// Applies effects one after another.
pub(super) fn apply(effects: &[Effect], variables: &[Variable], values: &mut [i32]) {
    for effect in effects {
        let value = &mut values[usize::from(effect.variable)];
        *value = effect.applied(variables, *value);
    }
}
