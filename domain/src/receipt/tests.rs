use super::*;
use proptest::prelude::*;

fn chain(bodies: &[&str]) -> (Vec<Link>, Head) {
    let mut head = Head::start(RECEIPTS);
    let links = bodies
        .iter()
        .map(|body| {
            let link = head.append((*body).to_owned());
            head = Head { sequence: link.sequence, link: link.link };
            link
        })
        .collect();
    (links, head)
}

fn receipt() -> Receipt {
    Receipt {
        format: 1,
        id: ReceiptId(uuid::Uuid::nil()),
        subject: SubjectId(uuid::Uuid::max()),
        commitment: ContentHash::of(b"who"),
        course: "outside".parse().unwrap(),
        title: "Outside".into(),
        version: 2,
        package: ContentHash::of(b"package"),
        language: Locale::default(),
        cycle: 1,
        rule: Rule::EveryRequiredActivity,
        keys: "single author".into(),
        evidence: vec![Evidence {
            activity: "quiz".parse().unwrap(),
            title: "Quiz".into(),
            asked: "quiz".into(),
            content: ContentHash::of(b"quiz"),
            completed: Timestamp(5),
            attempts: 2,
            first: Some(50),
            best: Some(90),
            text: None,
            accepted: false,
        }],
        issued: Timestamp(5),
        zone: None,
    }
}

#[test]
fn the_form_is_fixed() {
    // What is printed and signed today must verify in ten years: this text may never change for format 1.
    let body = receipt().body();
    assert!(body.starts_with(r#"{"commitment":""#), "{body}");
    assert!(body.contains(
        r#""cycle":1,"evidence":[{"activity":"quiz","asked":"quiz","attempts":2,"best":90,"completed":5,"content":""#
    ));
    assert!(
        body.contains(
            r#""first":50,"text":null,"title":"Quiz"}],"format":1,"id":"00000000-0000-0000-0000-000000000000""#
        )
    );
    assert!(body.ends_with(r#""rule":"every-required-activity","subject":"ffffffff-ffff-ffff-ffff-ffffffffffff","title":"Outside","version":2}"#));
    assert_eq!(serde_json::from_str::<Receipt>(&body).unwrap(), receipt());
    assert_eq!(
        ContentHash::of(body.as_bytes()).to_string(),
        "291ba59ce51bb012fd122a9580889487c651fd34182158489af3e91f91385241"
    );
    assert_eq!(
        link(&genesis(RECEIPTS), 1, "{}").to_string(),
        "c52c1c2ca3a2f1866351632fa775b4be843d4c5118ad26ccb8eed91ba3ab0d47"
    );
}

#[test]
fn a_whole_chain_holds_and_each_tampering_is_found() {
    let (links, head) = chain(&["one", "two", "three", "four"]);
    assert_eq!(verify(RECEIPTS, &links, Some(head)), Ok(head));
    assert_eq!(verify(RECEIPTS, &[], None), Ok(Head::start(RECEIPTS)));

    let mut changed = links.clone();
    changed[1].body = "tow".into();
    assert_eq!(verify(RECEIPTS, &changed, None), Err(Broken::Changed(2)));

    // Somebody who also recomputes the link of the changed record is found at the next one.
    changed[1].link = link(&changed[0].link, 2, "tow");
    assert_eq!(verify(RECEIPTS, &changed, None), Err(Broken::Previous(3)));

    let gap: Vec<Link> = [0, 2, 3].map(|index: usize| links[index].clone()).into();
    assert_eq!(verify(RECEIPTS, &gap, None), Err(Broken::Gap { expected: 2, found: 3 }));

    let swapped: Vec<Link> = [0, 2, 1, 3].map(|index: usize| links[index].clone()).into();
    assert_eq!(verify(RECEIPTS, &swapped, None), Err(Broken::Gap { expected: 2, found: 3 }));

    assert_eq!(verify(RECEIPTS, &links[..3], Some(head)), Err(Broken::End { expected: 4, found: 3 }));
    assert!(verify(RECEIPTS, &links[..3], None).is_ok(), "only a known end shows that the end was cut off");

    assert_eq!(verify(AUDIT, &links, None), Err(Broken::Previous(1)), "another chain");
}

#[test]
fn the_commitment_binds_name_login_and_salt() {
    let identity = Identity { salt: [7; 32], name: "Ann", login: "ann@a.example" };
    let commitment = identity.commit();
    assert_eq!(commitment, identity.clone().commit());
    for other in [
        Identity { salt: [8; 32], ..identity.clone() },
        Identity { name: "Anna", ..identity.clone() },
        Identity { login: "bob@a.example", ..identity.clone() },
        Identity { name: "Anna", login: "nn@a.example", ..identity.clone() },
    ] {
        assert_ne!(commitment, other.commit(), "{other:?}");
    }
}

#[test]
fn a_seal_covers_every_row_and_its_number() {
    let seal = Seal::over([(3, "a"), (4, "bc")]).unwrap();
    assert_eq!((seal.first, seal.last, seal.count), (3, 4, 2));
    for other in [vec![(3, "a"), (5, "bc")], vec![(3, "ab"), (4, "c")], vec![(3, "a")], vec![(4, "bc"), (3, "a")]] {
        assert_ne!(Seal::over(other.clone()).unwrap().rows, seal.rows, "{other:?}");
    }
    assert_eq!(Seal::over([]), None);
    assert_eq!(serde_json::from_str::<Seal>(&seal.body()).unwrap(), seal);
}

proptest! {
    #[test]
    fn any_single_change_is_found(bodies in prop::collection::vec("[a-c]{0,3}", 1..8), at in 0usize..8, new in "[a-d]{0,4}") {
        let texts: Vec<&str> = bodies.iter().map(String::as_str).collect();
        let (mut links, head) = chain(&texts);
        prop_assert_eq!(verify(RECEIPTS, &links, Some(head)), Ok(head));
        let at = at % links.len();
        prop_assume!(links[at].body != new);
        links[at].body = new;
        let number = u64::try_from(at).unwrap() + 1;
        prop_assert_eq!(verify(RECEIPTS, &links, Some(head)), Err(Broken::Changed(number)));
    }
}

#[test]
fn what_a_trainer_accepted_says_so_and_other_receipts_stay_as_they_were() {
    let mut receipt = receipt();
    assert!(!receipt.body().contains("accepted"), "as earlier releases wrote it");
    assert_eq!(serde_json::from_str::<Receipt>(&receipt.body()).unwrap(), receipt);
    receipt.evidence[0].accepted = true;
    assert!(receipt.body().contains(r#""accepted":true"#));
    assert_eq!(serde_json::from_str::<Receipt>(&receipt.body()).unwrap(), receipt);
}

#[test]
fn a_receipt_says_where_its_days_are_and_earlier_ones_stay_as_they_were() {
    let there = Receipt { format: 2, zone: Some("Pacific/Kiritimati".parse().unwrap()), ..receipt() };
    let body = there.body();
    assert!(body.contains(r#""format":2,"#) && body.ends_with(r#""version":2,"zone":"Pacific/Kiritimati"}"#), "{body}");
    assert_eq!(serde_json::from_str::<Receipt>(&body).unwrap(), there);
    assert!(!receipt().body().contains("zone"));
}

#[test]
fn the_form_of_a_withdrawal_is_fixed() {
    let revocation = Revocation { format: 1, receipt: ReceiptId(uuid::Uuid::nil()), revoked: Timestamp(9) };
    let text = r#"{"format":1,"receipt":"00000000-0000-0000-0000-000000000000","revoked":9}"#;
    assert_eq!(revocation.body(), text);
    assert_eq!(serde_json::from_str::<Revocation>(text).unwrap(), revocation);
}
