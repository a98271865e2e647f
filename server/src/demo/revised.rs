//! A course whose text was changed once, some weeks ago: authors see what became of it beside the version before.

use super::hours;
use crate::clock::SystemEntropy;
use domain::course::{self, Files, Package};
use domain::slug::Slug;
use domain::time::Timestamp;
use store::{Change, Db, StoreError};

/// The course, and the conversation of it that read otherwise.
const COURSE: &str = "in-the-working-day";
const TALK: &str = "saturday/saturdays-rumour-public.conversation";

/// What it says now, and what it said then. Key and shape are the same, so a run scores alike in both.
const WORDS: [(&str, &str); 2] = [
    (
        "- do: Close the app. It's Saturday, you're in payroll, and there are people whose job this is.",
        "- do: Close the app. It's Saturday, and there are people whose job this is.",
    ),
    (
        "- I work for {{company_name}}, in payroll, so I'm not their voice. But I can read a repair slip.",
        "- I work for {{company_name}}, in payroll, so I'm not their voice.",
    ),
];

/// A course that goes out in its earlier words first.
pub struct Revised {
    /// As it was published first.
    pub earlier: Package,
    /// When it was changed.
    pub at: Timestamp,
    now: (Package, Files),
}

impl Revised {
    /// The course before its change, a little past the middle of the weeks from `start`; nothing for the others.
    ///
    /// # Errors
    /// Only for a moment outside the calendar.
    pub fn of(package: &Package, files: &Files, start: Timestamp) -> Result<Option<(Self, Files)>, StoreError> {
        let Some((earlier, before)) = earlier(package, files) else { return Ok(None) };
        let at = hours::opened(start.plus(18 * Timestamp::DAY))?;
        Ok(Some((Self { earlier, at, now: (package.clone(), files.clone()) }, before)))
    }

    /// Which course it is.
    pub fn slug(&self) -> &Slug {
        &self.earlier.id
    }

    /// Publishes it as it is now; whoever is half-way goes on with that.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn publish(&self, db: &Db) -> Result<(), StoreError> {
        let (package, files) = &self.now;
        db.import_draft(None, package, files, self.at, &SystemEntropy).await?;
        db.publish(None, &package.id, Change::Minor, self.at).await?;
        Ok(())
    }
}

/// The course in its earlier words; nothing when it is another, or has none of the words that were changed.
fn earlier(package: &Package, files: &Files) -> Option<(Package, Files)> {
    if package.id.as_str() != COURSE {
        return None;
    }
    let now = std::str::from_utf8(files.get(TALK)?).ok()?;
    let then = WORDS.iter().fold(now.to_owned(), |text, (now, then)| text.replace(now, then));
    if then == now {
        return None;
    }
    let mut files = files.clone();
    files.insert(TALK.to_owned(), then.into_bytes());
    let loaded = course::load(&files);
    Some((loaded.package?, loaded.canonical))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shipped;
    use domain::conversation::Solved;

    /// Whoever changes the shipped text changes it here too, or the demonstration has nothing to compare.
    #[test]
    fn the_shipped_course_has_all_the_words_and_scores_alike_without_them() {
        let courses = shipped::courses().unwrap();
        let (package, files) = courses.iter().find(|(package, _)| package.id.as_str() == COURSE).unwrap();
        let text = String::from_utf8(files[TALK].clone()).unwrap();
        for (now, _) in WORDS {
            assert!(text.contains(now), "{TALK} has no longer: {now}");
        }
        let (before, _) = earlier(package, files).expect("the earlier words make a sound course");
        let ranges = |package: &Package| -> Vec<(i64, i64)> {
            let tellings = package.activities().flat_map(|activity| activity.tellings().collect::<Vec<_>>());
            tellings.map(|telling| Solved::new(telling.scenario).unwrap().range()).collect()
        };
        assert_eq!(ranges(&before), ranges(package));
        assert_ne!(before.hash(), package.hash());
    }
}
