//! Simulated conversations: read, checked, played, scored and talked over.
//!
//! * [`model`]: what a [`Scenario`] is made of. It holds no layout, so that its hash means its content.
//! * [`parse`](parse()), [`format`](format()) and [`check`](check()) (feature `authoring`): the text format and the checker.
//! * [`plan`](mod@plan) (feature `authoring`): scripted plays, which are a conversation's tests.
//! * [`import`] (feature `authoring`): drafts out of stories from Twine.
//! * [`play`]: a run is a fold over [`Event`]s. [`turn`](mod@turn): what a browser may see of it.
//! * [`score`](mod@score): the fair score. [`debrief`](mod@debrief): the run talked over. [`summary`]: what it comes to. [`policy`]: how others would fare.
//!   [`insight`]: all runs together.
//! * [`difference`]: what a later version makes of runs of an earlier one.
//!
//! A scenario is a machine whose states are (node × values of the variables). All variables are bounded, so there are
//! finitely many, and whatever is claimed of a scenario is claimed of every one of them.

#[cfg(feature = "authoring")]
mod check;
#[cfg(feature = "authoring")]
mod codes;
mod components;
pub mod condition;
mod deadline;
pub mod debrief;
mod decided;
pub mod difference;
mod graph;
#[cfg(feature = "authoring")]
pub mod import;
pub mod insight;
pub mod model;
#[cfg(feature = "authoring")]
mod parse;
#[cfg(feature = "authoring")]
pub mod plan;
pub mod play;
pub mod policy;
pub mod score;
mod solve;
pub mod solved;
mod states;
pub mod summary;
mod talk;
pub mod text;
pub mod turn;
mod validate;
pub mod view;
mod ways;
pub mod wording;
mod words;

pub use self::{
    condition::{Comparison, Condition},
    deadline::{GRACE, is_late},
    debrief::Debrief,
    decided::{Decided, Promise, decided},
    difference::Difference,
    insight::{Insight, Track},
    model::{Channel, EndingKind, Scenario},
    play::{Event, Impossible, State, Why, replay},
    policy::{Fare, Policy},
    score::{CompetencyScore, Score, Unscorable, score},
    solved::{Solved, Unsolvable},
    talk::debrief,
    text::{Lookup, fill, no_facts},
    turn::{choose, scene, turn},
    validate::Unsound,
    view::{Scene, Turn},
    wording::{Heard, OwnReply},
};

#[cfg(feature = "authoring")]
pub use self::check::{Bot, Checked, Summary, check, load};
#[cfg(feature = "authoring")]
pub use self::codes::{Explanation, explain, explanations};
#[cfg(feature = "authoring")]
pub use self::import::{Imported, Notation, twee, twine_html};
#[cfg(feature = "authoring")]
pub use self::parse::{ChoicePlaces, NodePlaces, Parsed, Place, Places, format::format, parse};
#[cfg(feature = "authoring")]
pub use self::plan::{ParsedPlan, Plan, format_plan, parse_plan, run_plan};
