//! "Did you mean …": the nearest known word.

/// The known word nearest to `word`, if any is near enough to be a slip of the finger.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let reach = (word.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= reach)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Advice that offers the nearest word, or else lists what there is.
pub(crate) fn offer<'a>(word: &str, known: impl IntoIterator<Item = &'a str> + Clone, otherwise: &str) -> String {
    if let Some(near) = nearest(word, known.clone()) {
        return format!("did you mean `{near}`?");
    }
    let list: Vec<String> = known.into_iter().take(8).map(|name| format!("`{name}`")).collect();
    if list.is_empty() { otherwise.to_owned() } else { format!("known are {}", list.join(", ")) }
}

/// How many letters must be added, dropped, changed or swapped with their neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(80).flat_map(char::to_lowercase).collect();
    let b: Vec<char> = b.chars().take(80).flat_map(char::to_lowercase).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + changed);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_only_what_is_near() {
        let known = ["opening", "private", "settled"];
        for (word, near) in [
            ("openning", Some("opening")),
            ("privaet", Some("private")),
            ("Settled", Some("settled")),
            ("kitchen", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), near, "{word}");
        }
    }
}
