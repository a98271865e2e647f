//! Which telling of an assessed case an attempt plays.

use crate::slug::Slug;

/// The place in `all` of the telling that comes next, by the run's seed. `all` begins with the main file, which is `None`;
/// `played` has the names of earlier attempts, the oldest first. Gives 0 where there is nothing to draw from.
///
/// The first attempt plays the main file, so that first attempts can be compared. A further one plays what was not played
/// yet; when nothing is left, what was last played longest ago. Names that `all` lacks come from other versions.
#[must_use]
pub fn draw(all: &[Option<&Slug>], played: &[Option<&Slug>], seed: u64) -> usize {
    if played.is_empty() {
        return 0;
    }
    let last = |telling: &Option<&Slug>| played.iter().rposition(|other| other == telling);
    let left: Vec<usize> = (0..all.len()).filter(|place| last(&all[*place]).is_none()).collect();
    match u64::try_from(left.len()) {
        Ok(count) if count > 0 => usize::try_from(seed % count).ok().and_then(|place| left.get(place)).copied(),
        _ => (0..all.len()).min_by_key(|place| last(&all[*place])),
    }
    .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_telling_comes_once_before_one_comes_again() {
        let names: Vec<Slug> = ["b", "c", "d"].map(|name| name.parse().unwrap()).into();
        let all: Vec<Option<&Slug>> = std::iter::once(None).chain(names.iter().map(Some)).collect();
        let mut seconds = BTreeSet::new();
        for seed in 0..60 {
            let mut played = Vec::new();
            for _ in 0..all.len() {
                let place = draw(&all, &played, seed);
                played.push(all[place]);
            }
            assert_eq!(played[0], None, "the first attempt plays the main file");
            assert_eq!(played.iter().collect::<BTreeSet<_>>().len(), all.len(), "{played:?}");
            seconds.insert(played[1]);
            for earlier in 0..all.len() {
                let again = all[draw(&all, &played, seed)];
                assert_eq!(again, played[earlier], "then the one that was played longest ago");
                played.push(again);
            }
        }
        assert_eq!(seconds.len(), 3, "each variant is drawn by some seed");
    }

    #[test]
    fn names_of_other_versions_do_not_matter() {
        let (gone, new): (Slug, Slug) = ("gone".parse().unwrap(), "new".parse().unwrap());
        assert_eq!(draw(&[None, Some(&new)], &[None, Some(&gone)], 7), 1);
        assert_eq!(draw(&[None], &[None, Some(&gone)], 7), 0);
        assert_eq!(draw(&[], &[None], 7), 0);
    }
}
