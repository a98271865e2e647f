use super::*;

fn texts(text: &str) -> Vec<String> {
    words(text).into_iter().map(|it| it.text).collect()
}

#[test]
fn takes_contractions_apart() {
    assert_eq!(texts("I’ll, don't can't won't"), ["i", "will", ",", "do", "not", "can", "not", "will", "not"]);
    assert_eq!(texts("That's Dana's o'clock"), ["that", "is", "dana", "oclock"]);
    assert_eq!(texts("dont cannot let's"), ["do", "not", "can", "not", "let", "us"]);
}

#[test]
fn keeps_addresses_whole() {
    let found = words("See https://a.example/x?y=1, mail dana.w@mail.example. Or @dana_w!");
    let sorts: Vec<_> = found.iter().filter(|it| it.sort != Sort::Mark && it.sort != Sort::Word).collect();
    assert_eq!(sorts.len(), 3);
    assert_eq!(sorts[0].text, "https://a.example/x?y=1");
    assert_eq!(sorts[1].text, "dana.w@mail.example");
    assert_eq!(sorts[2].text, "@dana_w");
}

#[test]
fn reads_numbers_codes_and_abbreviations() {
    assert_eq!(texts("49.90 by 4 p.m. 88213-4"), ["49.90", "by", "4", "pm", "88213-4"]);
    assert_eq!(texts("LM4 7QD... e-mails 😀"), ["lm4", "7qd", "…", "emails", "😀"]);
    assert_eq!(words("LM4")[0].sort, Sort::Code);
}
