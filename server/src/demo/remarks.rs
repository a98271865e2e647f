//! What the demonstration's learners said back to the authors of the flagship.

use super::hours;
use super::people::Cast;
use crate::clock::SystemEntropy;
use domain::course::{Body, Package};
use domain::ids::VersionId;
use domain::remark::{At, RemarkKind, RemarkText, Spot};
use domain::time::Timestamp;
use store::{Db, NewRemark, StoreError};

/// Leaves a few remarks: about a reply, about a question, and about a lesson.
pub async fn make(
    db: &Db,
    version: VersionId,
    package: &Package,
    cast: &Cast,
    now: Timestamp,
) -> Result<(), StoreError> {
    let reply = package.activities().find_map(|activity| match &activity.body {
        Body::Conversation { scenario, .. } => {
            let node = scenario.nodes.first()?.id.clone();
            Some(Spot { activity: activity.id.clone(), at: At::Decision { variant: None, node, choice: Some(0) } })
        }
        _ => None,
    });
    let question = package.activities().find_map(|activity| match &activity.body {
        Body::Quiz(quiz) => {
            let item = quiz.items.first()?.id.clone();
            Some(Spot { activity: activity.id.clone(), at: At::Item(item) })
        }
        _ => None,
    });
    let lesson = package.activities().find_map(|activity| match &activity.body {
        Body::Lesson(_) => Some(Spot { activity: activity.id.clone(), at: At::Whole }),
        _ => None,
    });
    let said = [
        (
            reply,
            RemarkKind::Disagree,
            "We have to use this sentence at work, and people do write to us after it. Is it really that bad?",
        ),
        (
            question,
            RemarkKind::Problem,
            "Two of the answers seem right to me. Could the question say whether others can read along?",
        ),
        (
            lesson,
            RemarkKind::Problem,
            "Our phone team has no way to see the thread. What should they do when somebody calls about it?",
        ),
    ];
    for (ago, ((spot, kind, words), person)) in (1..).zip(said.into_iter().zip(cast.everyone().skip(3))) {
        let (Some(spot), Ok(text)) = (spot, RemarkText::parse(words)) else { continue };
        let at = hours::worked(now.plus(-ago * 19 * Timestamp::HOUR))?;
        db.remark(NewRemark { person, version, spot, kind, text }, at, &SystemEntropy).await?;
    }
    Ok(())
}
