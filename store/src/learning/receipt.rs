//! Issuing the proof of a completed course.

use super::{
    Enrolment,
    outline::{Outline, Step},
};
use crate::{Object, Result, StoreError, chain::no_key, read as stored, receipts::KeyedReceipt, tx::Tx};
use domain::{
    canonical::ContentHash,
    ids::{ReceiptId, SubjectId},
    percent::Percent,
    progress::States,
    receipt::{Evidence, Identity, RECEIPTS, Receipt, Rule},
    time::{Entropy, Timestamp},
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a receipt needs of chance, drawn before the transaction.
#[derive(Debug, Clone)]
pub(super) struct Fresh {
    id: ReceiptId,
    salt: [u8; 32],
    code: String,
}

impl Fresh {
    pub(super) fn draw(now: Timestamp, entropy: &dyn Entropy) -> Self {
        let mut salt = [0; 32];
        entropy.fill(&mut salt);
        Self { id: ReceiptId::new(now, entropy), salt, code: code(entropy) }
    }
}

/// What people type to look a receipt up: 80 random bits in Crockford's base 32, which has no letters that are mistaken
/// for digits, in four groups.
fn code(entropy: &dyn Entropy) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bytes = [0; 16];
    entropy.fill(&mut bytes);
    let letters: Vec<char> = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

type Holder = (Uuid, String, Option<String>, Option<String>, String);

/// Issues the receipt of an enrolment whose last required activity was just completed.
pub(super) async fn issue(
    tx: &mut Tx,
    enrolment: &Enrolment,
    outline: &Outline,
    states: &States,
    fresh: Fresh,
    now: Timestamp,
) -> Result<ReceiptId> {
    let keys = tx.keys().ok_or_else(no_key)?;
    let (subject, name, email, number, zone) = row!(
        tx,
        Holder,
        "SELECT subject_id, name, email, employee_number, zone FROM people WHERE id = $1",
        enrolment.person.0
    )?
    .ok_or(StoreError::NotFound("person"))?;
    let login = email.or(number).unwrap_or_default();
    let package = scalar!(tx, Vec<u8>, "SELECT hash FROM course_versions WHERE id = $1", enrolment.version.0)?
        .ok_or(StoreError::NotFound("version"))?;
    let package = ContentHash::from_bytes(stored::hash("course_versions", "hash", &package)?);
    let texts: BTreeMap<String, String> = rows!(
        tx,
        (String, String),
        "SELECT activity_id, body FROM acknowledgements WHERE enrolment_id = $1 ORDER BY acknowledged_at",
        enrolment.id.0
    )?
    .into_iter()
    .collect();
    let accepted: BTreeSet<String> = rows!(
        tx,
        (String,),
        "SELECT activity_id FROM rulings WHERE enrolment_id = $1 AND kind = 'accepted'",
        enrolment.id.0
    )?
    .into_iter()
    .map(|(activity,)| activity)
    .collect();
    // A practice score belongs to the learner alone, so no proof holds one.
    let counts = |step: &Step| step.rule.as_str() != "practice";
    let whole = |mark: Option<Percent>, step: &Step| mark.filter(|_| counts(step)).map(Percent::whole);
    let evidence = outline.required().filter_map(|step| {
        let state = states.get(&step.id)?;
        Some(Evidence {
            activity: step.id.clone(),
            title: step.title.clone(),
            asked: step.rule.as_str().to_owned(),
            content: state.content,
            completed: state.completed?,
            attempts: if counts(step) { state.attempts } else { 0 },
            first: whole(state.first, step),
            best: whole(state.best, step),
            text: texts.get(step.id.as_str()).map(|text| ContentHash::of(text.as_bytes())),
            accepted: accepted.contains(step.id.as_str()),
        })
    });
    let receipt = Receipt {
        format: 2,
        id: fresh.id,
        subject: SubjectId(subject),
        commitment: Identity { salt: fresh.salt, name: &name, login: &login }.commit(),
        course: outline.slug.clone(),
        title: outline.title.clone(),
        version: enrolment.number,
        package,
        language: outline.language.clone(),
        cycle: enrolment.cycle,
        rule: Rule::EveryRequiredActivity,
        keys: outline.keys.clone(),
        evidence: evidence.collect(),
        issued: now,
        zone: Some(stored::text("people", "zone", &zone)?),
    };
    let link = tx.append(RECEIPTS, receipt.body(), false, now).await?;
    let keyed = KeyedReceipt {
        chain: RECEIPTS,
        sequence: link.sequence,
        link: link.link,
        id: fresh.id.0,
        code: &fresh.code,
        subject,
        course: enrolment.course.0,
        version: enrolment.version.0,
        issued: now,
        zone: None,
        signed_late: None,
    };
    let mac = keys.mac(&keyed);
    run!(
        tx,
        "INSERT INTO receipts (id, sequence, code, subject_id, course_id, version_id, issued_at, body, previous, link,
                               mac)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        fresh.id.0,
        i64::try_from(link.sequence).unwrap_or(i64::MAX),
        fresh.code,
        subject,
        enrolment.course.0,
        enrolment.version.0,
        now.0,
        link.body,
        link.previous.as_bytes().as_slice(),
        link.link.as_bytes().as_slice(),
        mac.as_slice()
    )?;
    run!(
        tx,
        "INSERT INTO receipt_subjects (receipt_id, person_id, enrolment_id, salt, name, login)
         VALUES ($1, $2, $3, $4, $5, $6)",
        fresh.id.0,
        enrolment.person.0,
        enrolment.id.0,
        fresh.salt.as_slice(),
        name,
        login
    )?;
    let detail = json!({ "course": outline.slug.as_str(), "version": enrolment.number, "cycle": enrolment.cycle });
    tx.audit(Some(SubjectId(subject)), "receipt.issue", Object::Receipt(fresh.id), &detail, now).await?;
    Ok(fresh.id)
}
