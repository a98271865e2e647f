//! What the checker says of broken conversations, to the letter: `conversation_errors/NAME.conversation` and `NAME.txt`.
//! With `UPDATE=1` the texts are written anew, to be read before they are kept.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "authoring")]

use domain::conversation;
use std::{fs, path::Path};

#[test]
fn says_exactly_this() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conversation_errors");
    let update = std::env::var_os("UPDATE").is_some();
    let mut cases = 0;
    let mut wrong = Vec::new();
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    for path in files {
        if path.extension().is_none_or(|it| it != "conversation") {
            continue;
        }
        cases += 1;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (_, checked) = conversation::load(&fs::read_to_string(&path).unwrap(), &name);
        let said: String = checked.diagnostics.iter().map(|it| it.render() + "\n").collect();
        let expected = path.with_extension("txt");
        if update {
            fs::write(expected, said).unwrap();
        } else if fs::read_to_string(expected).unwrap_or_default() != said {
            wrong.push(format!("{name} now says:\n{said}"));
        }
    }
    assert!(cases >= 30, "only {cases} cases found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
