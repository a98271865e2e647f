//! Who sees what of a learner: one table. The page about it is rendered from it, and pages, exports, receipts and lists are held to
//! it. A person with several roles sees what any of them sees.

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The learner.
    Oneself,
    /// A manager of a group that the learner is in.
    Manager,
    /// HR, and admins.
    Hr,
    /// Somebody who writes courses.
    Trainer,
}

impl Reader {
    /// Every one, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Oneself, Self::Manager, Self::Hr, Self::Trainer];

    /// The name in the catalogue.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Oneself => "you",
            Self::Manager => "manager",
            Self::Hr => "hr",
            Self::Trainer => "trainer",
        }
    }
}

/// What is kept of a learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Who they are: name, login, roles, groups.
    Account,
    /// How much more time to answer they asked for.
    MoreTime,
    /// What is assigned, how far they are, and the days of it.
    Status,
    /// Marks of quizzes and of conversations that count, how many attempts it took, and what trainers decided about them.
    Results,
    /// Scores of practice.
    Practice,
    /// How well they do in each competency.
    Competencies,
    /// Single answers in quizzes.
    Answers,
    /// What was said and done in conversations.
    Talks,
    /// How long they took for a reply, and the time of day at which they learned.
    Dwell,
    /// Where the same case went differently on two channels.
    Channels,
    /// What they agreed to.
    Pledges,
    /// Proof that a course was completed.
    Receipts,
    /// Their sessions.
    Visits,
    /// Who changed what on the site.
    Changes,
}

impl Kept {
    /// Every one, in the order of the page.
    pub const ALL: [Self; 14] = [
        Self::Account,
        Self::MoreTime,
        Self::Status,
        Self::Results,
        Self::Practice,
        Self::Competencies,
        Self::Answers,
        Self::Talks,
        Self::Dwell,
        Self::Channels,
        Self::Pledges,
        Self::Receipts,
        Self::Visits,
        Self::Changes,
    ];

    /// The name in the catalogue.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::MoreTime => "time",
            Self::Status => "status",
            Self::Results => "results",
            Self::Practice => "practice",
            Self::Competencies => "competencies",
            Self::Answers => "answers",
            Self::Talks => "talks",
            Self::Dwell => "dwell",
            Self::Channels => "channels",
            Self::Pledges => "pledges",
            Self::Receipts => "receipts",
            Self::Visits => "visits",
            Self::Changes => "actions",
        }
    }
}

/// How much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Nothing.
    Nothing,
    /// Figures about several people, which lead to nobody.
    Figures,
    /// Single records under a pseudonym.
    Pseudonym,
    /// That it is so, by name, with days and without the time of day.
    Days,
    /// Some of it, by name; the page says what.
    Part,
    /// All of it, by name.
    All,
}

impl Sight {
    /// Whether it is shown with the name of the person.
    #[must_use]
    pub fn is_named(self) -> bool {
        matches!(self, Self::Days | Self::Part | Self::All)
    }
}

/// The table.
#[must_use]
pub const fn sight(reader: Reader, kept: Kept) -> Sight {
    // Oneself, a manager, HR, a trainer.
    let row = match kept {
        Kept::Account => [Sight::All, Sight::Part, Sight::All, Sight::Nothing],
        Kept::MoreTime => [Sight::All, Sight::Nothing, Sight::Nothing, Sight::Nothing],
        Kept::Status => [Sight::All, Sight::Part, Sight::Days, Sight::Figures],
        Kept::Results => [Sight::All, Sight::Nothing, Sight::Days, Sight::Pseudonym],
        Kept::Practice => [Sight::All, Sight::Nothing, Sight::Nothing, Sight::Figures],
        Kept::Competencies => [Sight::All, Sight::Nothing, Sight::Nothing, Sight::Nothing],
        Kept::Answers => [Sight::Part, Sight::Nothing, Sight::Nothing, Sight::Figures],
        Kept::Talks => [Sight::All, Sight::Nothing, Sight::Nothing, Sight::Pseudonym],
        Kept::Dwell => [Sight::Part, Sight::Nothing, Sight::Nothing, Sight::Figures],
        Kept::Channels => [Sight::Figures, Sight::Nothing, Sight::Figures, Sight::Figures],
        Kept::Pledges => [Sight::All, Sight::Nothing, Sight::Days, Sight::Nothing],
        Kept::Receipts => [Sight::All, Sight::Part, Sight::All, Sight::Nothing],
        Kept::Visits => [Sight::All, Sight::Nothing, Sight::Days, Sight::Nothing],
        Kept::Changes => [Sight::Nothing, Sight::Nothing, Sight::Part, Sight::Nothing],
    };
    row[match reader {
        Reader::Oneself => 0,
        Reader::Manager => 1,
        Reader::Hr => 2,
        Reader::Trainer => 3,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn practice_and_words_and_competencies_are_the_learners_own() {
        for kept in [Kept::Practice, Kept::Talks, Kept::Dwell, Kept::Competencies] {
            for reader in [Reader::Manager, Reader::Hr, Reader::Trainer] {
                assert!(!sight(reader, kept).is_named(), "{reader:?} {kept:?}");
            }
        }
    }

    #[test]
    fn a_manager_sees_status_and_dates_and_a_trainer_nobody_by_name() {
        for kept in Kept::ALL {
            assert!(!sight(Reader::Trainer, kept).is_named(), "{kept:?}");
            let named = sight(Reader::Manager, kept).is_named();
            assert_eq!(named, matches!(kept, Kept::Account | Kept::Status | Kept::Receipts), "{kept:?}");
        }
    }

    #[test]
    fn nobody_sees_more_than_the_learner_but_of_changes() {
        for kept in Kept::ALL.into_iter().filter(|kept| *kept != Kept::Changes) {
            assert_ne!(sight(Reader::Oneself, kept), Sight::Nothing, "{kept:?}");
        }
    }

    #[test]
    fn names_in_the_catalogue_are_each_ones_own() {
        let names: std::collections::BTreeSet<&str> = Kept::ALL.map(Kept::as_str).into();
        assert_eq!(names.len(), Kept::ALL.len());
    }
}
