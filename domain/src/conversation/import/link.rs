//! The insides of `[[…]]`.

/// The words and the target of a link, without its brackets and setter. As in Twine the last `->` counts, else the
/// first `<-`, else the last `|`.
pub(super) fn split(inside: &str) -> (&str, &str) {
    let (text, target) = if let Some((text, target)) = inside.rsplit_once("->") {
        (text, target)
    } else if let Some((target, text)) = inside.split_once("<-") {
        (text, target)
    } else if let Some((text, target)) = inside.rsplit_once('|') {
        (text, target)
    } else {
        (inside, inside)
    };
    let (text, target) = (text.trim(), target.trim());
    (if text.is_empty() { target } else { text }, target)
}

/// Where a link that begins with `[[` ends, and where its setter begins. `line` ends with the line.
pub(super) fn extent(line: &str) -> Option<(usize, Option<usize>)> {
    let end = line.find("]]")? + 2;
    let Some(setter) = line[..end].find("][").map(|at| at + 1) else {
        // The name may end in a bracket of its own: `[[Room [4]]]`.
        let count = |sign: char| line[2..end - 2].matches(sign).count();
        let closes = line[end..].starts_with(']') && count('[') == count(']') + 1;
        return Some((end + usize::from(closes), None));
    };
    // Brackets within a setter, as in `[$seen[$place[0]] to true]`; a longer one is cut at the first `]]`.
    let mut depth = 0;
    for (at, sign) in line.bytes().enumerate().skip(setter).take(500) {
        match sign {
            b'[' => depth += 1,
            b']' if depth > 1 => depth -= 1,
            b']' => {
                let whole = line[at + 1..].starts_with(']');
                return Some((if whole { at + 2 } else { end }, Some(setter)));
            }
            _ => {}
        }
    }
    Some((end, Some(setter)))
}

/// Whether a target is an address on the web: letters, then `://`.
pub(super) fn is_url(target: &str) -> bool {
    target.split_once("://").is_some_and(|(scheme, rest)| {
        let word = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
        !scheme.is_empty() && scheme.chars().all(word) && rest.trim_start_matches('/').starts_with(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_target() {
        for (inside, text, target) in [
            ("Cellar", "Cellar", "Cellar"),
            ("Go to the cellar->Cellar", "Go to the cellar", "Cellar"),
            ("Cellar<-Go to the cellar", "Go to the cellar", "Cellar"),
            ("Go to the cellar|Cellar", "Go to the cellar", "Cellar"),
            ("A->B->C->D->E", "A->B->C->D", "E"),
            ("A<-B<-C<-D<-E", "B<-C<-D<-E", "A"),
            ("a|b|c", "a|b", "c"),
            ("a|b->c", "a|b", "c"),
            (" a -> b ", "a", "b"),
            ("->b", "b", "b"),
            ("a->", "a", ""),
            ("", "", ""),
        ] {
            assert_eq!(split(inside), (text, target), "{inside}");
        }
    }

    #[test]
    fn ends_and_setters() {
        for (line, whole, setter) in [
            ("[[a]] and [[b]]", "[[a]]", None),
            ("[[a|b][$x to 1]] rest", "[[a|b][$x to 1]]", Some("[$x to 1]]")),
            ("[[a][$x[0] to 1]]", "[[a][$x[0] to 1]]", Some("[$x[0] to 1]]")),
            ("[[a][$x[$y[0]] to 1]] z", "[[a][$x[$y[0]] to 1]]", Some("[$x[$y[0]] to 1]]")),
            ("[[a][b [[c]]", "[[a][b [[c]]", Some("[b [[c]]")),
            ("[[a]b]]", "[[a]b]]", None),
            ("[[On->Room [4]]] z", "[[On->Room [4]]]", None),
            ("[[a]]] z", "[[a]]", None),
        ] {
            let (end, at) = extent(line).expect(line);
            assert_eq!(&line[..end], whole, "{line}");
            assert_eq!(at.map(|at| &line[at..end]), setter, "{line}");
        }
        assert_eq!(extent("[[a]"), None);
    }

    #[test]
    fn addresses() {
        for (target, url) in [
            ("https://example.org", true),
            ("file:///x", true),
            ("Chapter 1: the sea", false),
            ("a b://c", false),
            ("://c", false),
            ("a://", false),
        ] {
            assert_eq!(is_url(target), url, "{target}");
        }
    }
}
