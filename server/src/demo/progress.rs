//! What the invented people have done so far. They learn as anybody does, through the same calls; only the clock is set
//! back for them.

use super::dice::Dice;
use super::people::Cast;
use super::talk;
use crate::clock::SystemEntropy;
use domain::conversation::{Scenario, Solved};
use domain::course::{Activity, Body, Mode, Package};
use domain::facts::Facts;
use domain::ids::PersonId;
use domain::quiz::{Answer, Item, Key, Quiz};
use domain::time::Timestamp;
use std::collections::HashMap;
use store::{Db, Enrolment, StoreError};

struct Player<'a> {
    db: &'a Db,
    package: &'a Package,
    facts: &'a Facts,
    solved: &'a HashMap<String, Solved>,
    dice: Dice,
    clock: Timestamp,
    /// How likely they are to know an answer, in a hundred.
    skill: usize,
}

/// Lets everybody learn for a while.
pub async fn play(
    db: &Db,
    package: &Package,
    facts: &Facts,
    cast: &Cast,
    start: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut solved = HashMap::new();
    for activity in package.activities() {
        if let Body::Conversation { scenario, .. } = &activity.body
            && let Ok(found) = Solved::new(scenario)
        {
            solved.insert(activity.id.to_string(), found);
        }
    }
    let all = package.activities().count();
    let mut dice = Dice(2026);
    let mut tasks: Vec<(PersonId, usize)> = vec![(cast.learner, 3)];
    tasks.extend(cast.others.first().map(|trainer| (*trainer, all)));
    for (_, _, members) in &cast.groups {
        for (index, person) in members.iter().enumerate() {
            let far = match index % 4 {
                0 | 3 => all,
                1 => 1 + dice.below(all - 2),
                _ => 0,
            };
            tasks.push((*person, far));
        }
    }
    for (person, far) in tasks {
        if far == 0 {
            continue;
        }
        let begin = start.plus(i64::try_from(dice.below(18)).unwrap_or(0) * Timestamp::DAY + Timestamp::HOUR);
        let skill = 72 + dice.below(26);
        let mut player = Player { db, package, facts, solved: &solved, dice: Dice(dice.roll()), clock: begin, skill };
        player.learn(person, far, now).await?;
        // The trainer's own page is for looking at what is finished.
        if far == all && cast.others.first() != Some(&person) && player.dice.happens(40) {
            player.leave(person, now).await?;
        }
    }
    Ok(())
}

impl Player<'_> {
    fn later(&mut self, minutes: i64) -> Timestamp {
        let jitter = i64::try_from(self.dice.below(50)).unwrap_or(0) * Timestamp::SECOND;
        self.clock = self.clock.plus(minutes * Timestamp::MINUTE + jitter);
        self.clock
    }

    async fn learn(&mut self, person: PersonId, far: usize, now: Timestamp) -> Result<(), StoreError> {
        let enrolment = self.db.enrol(person, &self.package.id, self.clock, &SystemEntropy).await?;
        let activities: Vec<&Activity> = self.package.activities().collect();
        for (index, activity) in activities.into_iter().take(far).enumerate() {
            if index % 5 == 4 {
                self.clock = self.clock.plus(Timestamp::DAY);
            }
            if self.clock >= now.plus(-Timestamp::HOUR) {
                return Ok(());
            }
            self.db.visit_activity(enrolment.id, person, &activity.id, self.clock).await?;
            match &activity.body {
                Body::Lesson(_) => {
                    let at = self.later(3);
                    self.db.finish_lesson(&enrolment, self.package, &activity.id, at, &SystemEntropy).await?;
                }
                Body::Acknowledgement(text) => {
                    let at = self.later(1);
                    let exact = text.exact(self.facts);
                    self.db.acknowledge(&enrolment, self.package, &activity.id, &exact, at, &SystemEntropy).await?;
                }
                Body::Quiz(quiz) => self.quiz(&enrolment, activity, quiz).await?,
                Body::Conversation { scenario, .. } => self.talk(&enrolment, activity, scenario).await?,
            }
        }
        Ok(())
    }

    async fn quiz(&mut self, enrolment: &Enrolment, activity: &Activity, quiz: &Quiz) -> Result<(), StoreError> {
        for _ in 0..quiz.attempts.unwrap_or(3) {
            let at = self.later(1);
            let attempt = self.db.start_attempt(enrolment, self.package, &activity.id, at, &SystemEntropy).await?;
            for item in &quiz.items {
                if let Some(answer) = self.answer(item) {
                    let at = self.later(0);
                    self.db.answer(attempt.id, enrolment.person, &item.id, &answer, at).await?;
                }
            }
            let at = self.later(1);
            let (handed_in, _) =
                self.db.submit_attempt(attempt.id, enrolment.person, self.package, at, &SystemEntropy).await?;
            if handed_in.passed == Some(true) {
                break;
            }
            self.skill = (self.skill + 12).min(99);
        }
        Ok(())
    }

    fn answer(&mut self, item: &Item) -> Option<Answer> {
        use domain::quiz::ItemKind;
        let knows = self.dice.happens(self.skill);
        let options: Vec<_> = item.named_options().collect();
        let guess = options.get(self.dice.below(options.len())).map(|(id, _)| *id)?;
        let right = |key: Key| matches!(key, Key::Right);
        Some(match item.kind {
            ItemKind::Single | ItemKind::TrueFalse => {
                let key = options.iter().find(|(_, option)| right(option.key)).map(|(id, _)| *id);
                Answer::One(if knows { key? } else { guess })
            }
            ItemKind::Multiple if knows => {
                Answer::Many(options.iter().filter(|(_, option)| right(option.key)).map(|(id, _)| *id).collect())
            }
            ItemKind::Multiple => Answer::Many([guess].into()),
            ItemKind::Judgement => {
                let rated = options.iter().filter_map(|(id, option)| match option.key {
                    Key::Rated(rating) => Some((*id, rating)),
                    _ => None,
                });
                Answer::Ratings(rated.collect())
            }
        })
    }

    async fn talk(
        &mut self,
        enrolment: &Enrolment,
        activity: &Activity,
        scenario: &Scenario,
    ) -> Result<(), StoreError> {
        let Some(solved) = self.solved.get(activity.id.as_str()) else { return Ok(()) };
        let assessed = matches!(&activity.body, Body::Conversation { mode: Mode::Assessed { .. }, .. });
        let played = if assessed {
            talk::passing(solved, &mut self.dice)
        } else if scenario.family.is_some() {
            talk::best_of(solved, talk::care(scenario.channel), &mut self.dice)
        } else {
            talk::best_of(solved, 1 + self.skill / 3, &mut self.dice)
        };
        let Some((events, _)) = played else { return Ok(()) };
        let at = self.later(0);
        let run = self.db.start_run(enrolment, self.package, &activity.id, at, &SystemEntropy).await?;
        for (number, event) in (0..).zip(events) {
            let at = self.later(0);
            self.db.take_turn(run.id, enrolment.person, number, event, self.package, at, &SystemEntropy).await?;
        }
        Ok(())
    }

    /// Begins the first practice conversation once more some days later and stops half-way: authors see where people do.
    async fn leave(&mut self, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
        let practice = self
            .package
            .activities()
            .find(|activity| matches!(&activity.body, Body::Conversation { mode: Mode::Practice, .. }));
        self.clock = self.clock.plus(2 * Timestamp::DAY);
        let (Some(activity), true) = (practice, self.clock < now.plus(-2 * Timestamp::DAY)) else {
            return Ok(());
        };
        let Some(enrolment) = self.db.enrolment(person, &self.package.id).await? else { return Ok(()) };
        let Some(solved) = self.solved.get(activity.id.as_str()) else { return Ok(()) };
        let Some((events, _)) = talk::best_of(solved, 1, &mut self.dice) else { return Ok(()) };
        let at = self.later(0);
        let run = self.db.start_run(&enrolment, self.package, &activity.id, at, &SystemEntropy).await?;
        let said = self.dice.below(events.len() / 2);
        for (number, event) in (0..).zip(events.into_iter().take(said)) {
            let at = self.later(0);
            self.db.take_turn(run.id, person, number, event, self.package, at, &SystemEntropy).await?;
        }
        Ok(())
    }
}
