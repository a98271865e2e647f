//! "Did you mean …": the nearest known word.

/// How many known words a word is compared with, and how many are listed where none is near.
const COMPARED: usize = 500;
const SHOWN: usize = 12;

/// The known word nearest to `word`, if any is near enough to be a slip of the finger.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let reach = (word.chars().count() / 3).clamp(1, 3);
    let word = letters(word);
    known
        .into_iter()
        .filter_map(|candidate| Some((distance(&word, &letters(candidate), reach)?, candidate)))
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

/// Advice for a word that is not among the known ones: the nearest, or else the first of them.
pub(crate) fn suggest(word: &str, known: &[&str]) -> String {
    if let Some(near) = nearest(word, known.iter().copied().take(COMPARED)) {
        return format!("did you mean `{near}`?");
    }
    let more = if known.len() > SHOWN { ", …" } else { "" };
    format!("use one of: {}{more}", known.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", "))
}

/// What of a word is compared.
fn letters(word: &str) -> Vec<char> {
    word.chars().take(80).flat_map(char::to_lowercase).collect()
}

/// How many letters must be added, dropped, changed or swapped with their neighbour (optimal string alignment); nothing,
/// if more than `reach`. Only the cells that near to the diagonal are looked at, and no further row once all are past it.
fn distance(a: &[char], b: &[char], reach: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > reach {
        return None;
    }
    let far = reach + 1;
    let mut before = vec![far; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).map(|j| j.min(far)).collect();
    let mut row = vec![far; b.len() + 1];
    let mut near_before = true;
    for i in 1..=a.len() {
        let (from, to) = (i.saturating_sub(reach).max(1), b.len().min(i + reach));
        row[from - 1] = if from == 1 { i.min(far) } else { far };
        let mut near = row[from - 1] <= reach;
        for j in from..=to {
            let changed = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + changed);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row[j] = least.min(far);
            near |= least <= reach;
        }
        // The next row looks one cell further.
        if let Some(next) = row.get_mut(to + 1) {
            *next = far;
        }
        // A swap reaches back over two rows.
        if !near && !near_before {
            return None;
        }
        near_before = near;
        (before, last, row) = (last, row, before);
    }
    last.last().copied().filter(|distance| *distance <= reach)
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

    #[test]
    fn steps_are_counted() {
        assert_eq!(distance(&letters("kitten"), &letters("sitting"), 3), Some(3));
        assert_eq!(distance(&letters("ab"), &letters("ba"), 1), Some(1));
    }

    /// The whole table, as the definition has it.
    fn plainly(a: &[char], b: &[char]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let changed = usize::from(a[i - 1] != b[j - 1]);
                    let least = (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + changed);
                    let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if swapped { least.min(table[i - 2][j - 2] + 1) } else { least }
                };
            }
        }
        table[a.len()][b.len()]
    }

    #[test]
    fn leaving_out_what_is_far_changes_nothing() {
        let words: Vec<Vec<char>> = (0..4_usize.pow(5))
            .map(|number| (0..number % 6).map(|at| ['a', 'b', 'c', 'd'][number >> (2 * at) & 3]).collect())
            .collect();
        for a in words.iter().step_by(7) {
            for (b, reach) in words.iter().step_by(5).zip((1..=3).cycle()) {
                assert_eq!(distance(a, b, reach), Some(plainly(a, b)).filter(|it| *it <= reach), "{a:?} {b:?} {reach}");
            }
        }
    }
}
