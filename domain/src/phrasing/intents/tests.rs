use super::*;

type Set = &'static [(&'static str, &'static [&'static str])];

const PARCEL: Set = &[
    (
        "trace",
        &[
            "I'll trace your parcel with the depot now.",
            "Let me find out where the parcel is.",
            "I'm calling the depot to trace it.",
            "We'll look for your parcel at the depot.",
            "I will check with the driver where your parcel went.",
            "I'll ask the courier to trace the parcel.",
        ],
    ),
    (
        "refund",
        &[
            "We'll refund the delivery charge.",
            "I'll give you your money back.",
            "You'll get a full refund today.",
            "I have refunded the charge to your card.",
            "I can refund the money you paid for delivery.",
            "The refund of the charge is on its way to your card.",
        ],
    ),
    (
        "private",
        &[
            "Please send us a private message.",
            "Message me and we'll go on in private.",
            "Send me a direct message with your details.",
            "Let's go on by private message.",
            "Drop us a message with your order details.",
            "Please don't post your details here, message me.",
        ],
    ),
    (
        "apology",
        &[
            "I'm sorry that we missed you three times.",
            "I apologise, that was our mistake.",
            "We're so sorry about this.",
            "Sorry, we got this wrong.",
            "My apologies for our mistake.",
            "That was wrong of us and I'm sorry.",
        ],
    ),
];

const TABLE: Set = &[
    (
        "yes",
        &[
            "Yes, the table is free at eight.",
            "Of course, I've booked the table for you.",
            "Yes, I have put you down for eight.",
            "Your table is booked for tonight.",
            "Yes, we have a table for four tonight.",
        ],
    ),
    (
        "no",
        &[
            "No, we're full tonight.",
            "I'm afraid we have no table left.",
            "We can't seat you tonight, we're full.",
            "There is no free table, sorry, we are full.",
            "No, I can't offer you a table tonight.",
        ],
    ),
    (
        "ask",
        &[
            "How many people are you?",
            "What time would you like to come?",
            "For how many people and at what time?",
            "How many are coming, and when?",
            "What name and how many people?",
        ],
    ),
];

const DATA: Set = &[
    (
        "refuse",
        &[
            "I can't give you her address.",
            "We don't share customer data.",
            "No, I'm not allowed to tell you that, it's customer data.",
            "I can't share data about another customer.",
            "I'm not allowed to give out an address.",
        ],
    ),
    (
        "give",
        &[
            "Her address is on the label, I'll send it.",
            "Sure, I'll send you the list.",
            "Here is the customer list.",
            "I'll send the list over to you.",
            "Sure, here is the address.",
        ],
    ),
    (
        "check",
        &[
            "I'll ask our privacy officer first.",
            "Let me check with my manager whether that's possible.",
            "I have to ask the privacy officer before that.",
            "I'll check first and ask my manager.",
            "Let me ask whether we may do that first.",
        ],
    ),
];

/// Of sentences left out one at a time: all, those with the right intent first, those clearly read and right, clearly read and wrong.
fn leave_one_out(set: Set) -> [usize; 4] {
    let mut tally = [0; 4];
    for (own, (id, examples)) in set.iter().enumerate() {
        for left in 0..examples.len() {
            let rest: Vec<Vec<&str>> = set
                .iter()
                .enumerate()
                .map(|(it, (_, texts))| {
                    let kept = texts.iter().enumerate().filter(|(at, _)| it != own || *at != left);
                    kept.map(|(_, text)| *text).collect()
                })
                .collect();
            let intents: Vec<(&str, &[&str])> =
                set.iter().zip(&rest).map(|((id, _), texts)| (*id, texts.as_slice())).collect();
            let proposals = Intents::new(&intents).propose(examples[left]);
            let right = proposals.first().is_some_and(|it| it.id == *id);
            let clear = Intents::verdict(&proposals) == Verdict::Clear;
            tally[0] += 1;
            tally[1] += usize::from(right);
            tally[2] += usize::from(right && clear);
            tally[3] += usize::from(!right && clear);
        }
    }
    tally
}

#[test]
fn finds_the_intent_of_a_sentence_left_out() {
    let mut sum = [0; 4];
    for (name, set) in [("parcel", PARCEL), ("table", TABLE), ("data", DATA)] {
        let tally = leave_one_out(set);
        println!(
            "{name}: {} sentences, {} right, {} clearly right, {} clearly wrong",
            tally[0], tally[1], tally[2], tally[3]
        );
        sum.iter_mut().zip(tally).for_each(|(sum, it)| *sum += it);
    }
    let [all, right, _, wrong] = sum;
    assert!(right * 100 >= all * 75, "{right} of {all}");
    assert!(wrong * 100 <= all * 12, "{wrong} of {all} wrong and sure of it");
}

#[test]
fn an_example_is_its_own_intent_and_clear() {
    let intents = Intents::new(PARCEL);
    for (id, examples) in PARCEL {
        for example in *examples {
            let proposals = intents.propose(example);
            assert_eq!(proposals[0].id, *id);
            assert!(proposals[0].similarity > 0.75 && proposals[0].similarity <= 1.0, "{example}: {proposals:?}");
            assert_eq!(Intents::verdict(&proposals), Verdict::Clear);
        }
    }
}

#[test]
fn proposes_nothing_for_what_is_none_of_them() {
    let intents = Intents::new(PARCEL);
    for text in [
        "",
        "   ",
        "…!?",
        "😀😀",
        "Bananas grow in warm lands.",
        "Ich rufe das Lager gleich an.",
        "我们会退款",
        "the of and to",
    ] {
        assert_eq!(intents.propose(text), [], "{text}");
        assert_eq!(Intents::verdict(&intents.propose(text)), Verdict::Nothing);
    }
    assert!(Intents::new(&[]).propose("anything").is_empty());
    assert!(Intents::new(&[("none", &[]), ("empty", &["", "the"])]).propose("the").is_empty());
}

#[test]
fn is_unsure_between_two() {
    let intents = Intents::new(&[("a", &["I'll call the depot"]), ("b", &["I'll call the driver"])]);
    let proposals = intents.propose("I'll call");
    assert_eq!(proposals.len(), 2);
    assert_eq!(Intents::verdict(&proposals), Verdict::Unsure);
}

#[test]
fn heeds_a_not_and_reads_no_further_than_the_limit() {
    let intents = Intents::new(&[("do", &["We can refund you"]), ("not", &["We can not refund you"])]);
    assert_eq!(intents.propose("We can't refund you").first().map(|it| it.id.as_str()), Some("not"));
    let long = "x ".repeat(super::super::MOST_CHARACTERS / 2) + "We can refund you";
    assert!(intents.propose(&long).is_empty());
}
