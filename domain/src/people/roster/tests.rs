use super::{Fault, Listed, Roster, Separator, read};

/// `line name email number` of each person.
fn shown(roster: &Roster) -> Vec<String> {
    let text = |person: &Listed| {
        let email = person.email.as_ref().map_or("-", |email| email.as_str());
        let number = person.number.as_ref().map_or("-", |number| number.as_str());
        format!("{} {} {email} {number}", person.line, person.name)
    };
    roster.people.iter().map(text).collect()
}

fn people(text: &str) -> Vec<String> {
    read(text, 200).map(|roster| shown(&roster)).unwrap_or_else(|faults| panic!("{text:?}: {faults:?}"))
}

fn faults(text: &str) -> Vec<Fault> {
    read(text, 200).expect_err(text)
}

#[test]
fn spreadsheets_are_read_whatever_separates_and_quotes_their_cells() {
    let cases: &[(&str, &[&str])] = &[
        ("\"Byrne, Ada\",ada.b@trial.example", &["1 Byrne, Ada ada.b@trial.example -"]),
        ("\"Byrne \"\"Addie\"\" Ada\",ada.b@trial.example", &["1 Byrne \"Addie\" Ada ada.b@trial.example -"]),
        ("Ada Byrne, \"ada.b@trial.example\"", &["1 Ada Byrne ada.b@trial.example -"]),
        ("010234;Zoë;Müller;zoe.m@firm.example", &["1 Zoë Müller zoe.m@firm.example 010234"]),
        ("\u{FEFF}010234;\"Müller; Zoë\";zoe.m@firm.example\r\n", &["1 Müller; Zoë zoe.m@firm.example 010234"]),
        (
            "Zoë\tMüller\tzoe.m@firm.example\nTom\tReyes\tE-104",
            &["1 Zoë Müller zoe.m@firm.example -", "2 Tom Reyes - E-104"],
        ),
        ("sep=;\nTom Reyes;E-104", &["2 Tom Reyes - E-104"]),
        (
            "Tom Reyes,,E-104,\n,,,\n\nAda Byrne,ada@work.example,,",
            &["1 Tom Reyes - E-104", "4 Ada Byrne ada@work.example -"],
        ),
        (
            "Ada Byrne, ada@work.example\r\n\r\n  Byrne, Tom ; E-104\nZoë Ruiz\tzoe@work.example\n",
            &["1 Ada Byrne ada@work.example -", "3 Byrne, Tom - E-104", "4 Zoë Ruiz zoe@work.example -"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(people(text), *expected, "{text:?}");
    }
}

#[test]
fn a_heading_says_what_the_columns_are() {
    let text = "Personalnummer;Nachname;Vorname;E-Mail-Adresse\n010234;Müller;Zoë;zoe.m@firm.example\n";
    let roster = read(text, 200).unwrap();
    assert!(roster.has_heading && roster.separator == Separator::Semicolon);
    assert_eq!(shown(&roster), ["2 Zoë Müller zoe.m@firm.example 010234"]);

    assert_eq!(people("Name,Email\nAda Byrne,ada@work.example"), ["2 Ada Byrne ada@work.example -"]);
    assert_eq!(people("Email,Notes,Name\nada@work.example,,Ada"), ["2 Ada ada@work.example -"], "an empty column");
    assert_eq!(faults("Name,Department\nAda,\nTom,"), [Fault::Heading]);
    assert_eq!(faults("Name,Email"), [Fault::Empty]);
}

#[test]
fn a_column_that_is_not_understood_is_shown_and_nobody_is_read() {
    let column = |number, shown: &str| vec![Fault::Column { number, shown: shown.into() }];
    let fault = "010234;Zoë;Müller;zoe.m@firm.example;Care;01.12.2026\n";
    assert_eq!(faults(fault), column(5, "Care"));
    assert_eq!(faults("Zoë Müller;zoe.m@firm.example;010234;01.12.2026"), column(4, "01.12.2026"));
    assert_eq!(faults("Name;Email;Start\nZoë;zoe.m@firm.example;01.12.2026"), column(3, "Start"));
    assert_eq!(faults("Name;Email\nZoë;zoe.m@firm.example;Care"), column(3, "Care"));
    assert_eq!(faults("Name;Email;E-mail\nZoë;zoe.m@firm.example;z@b.example"), column(3, "E-mail"));
}

#[test]
fn every_line_that_needs_a_change_is_named() {
    let bad = "Ada Byrne\n, ada@work.example\nTom, tom@\nEve, eve@work.example\nEva, EVE@work.example\nTim, E 104\n\"Zoe, z@b.example";
    let line = |line, code| Fault::Line { line, code };
    assert_eq!(
        faults(bad),
        [
            line(1, "line-comma"),
            line(2, "name-empty"),
            line(3, "email-domain"),
            line(5, "line-twice"),
            line(6, "employee-number-characters"),
            line(7, "line-comma"),
        ]
    );
    // An open quotation mark takes the rest with it, and says so.
    assert_eq!(faults("Ada, ada@work.example\n\"Zoe, z@b.example\nTim, E-104"), [line(2, "line-quote")]);
    let both = "Ada, ada@work.example, E-1\nTom, tom@work.example, e-1";
    assert_eq!(faults(both), [line(2, "line-twice")], "a number is one person's too");
}

#[test]
fn at_most_so_many_people_and_at_least_one() {
    assert_eq!(read(&"Ada, ada@work.example\n".repeat(4), 3), Err(vec![Fault::TooMany]));
    assert_eq!(faults(" \n\t\n;;"), [Fault::Empty]);
    assert_eq!(faults(""), [Fault::Empty]);
}

proptest::proptest! {
    #[test]
    fn nothing_that_can_be_pasted_breaks_the_reader(text in "[a-c@.1;,\t\"\r\n \u{FEFF}é=]{0,60}") {
        let _ = read(&text, 5);
    }
}
