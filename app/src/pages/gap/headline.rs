//! What was found, in one sentence.

use super::{place, points};
use crate::t;
use domain::gap::{FAMILIES, Gap, Interval, PEOPLE, Verdict};

/// The widest gap there is; without one, what is closed; without that, why nothing can be said.
pub fn words(found: &[Gap]) -> String {
    let open = of(found, Verdict::Open).max_by(|(_, a), (_, b)| a.mean.abs().total_cmp(&b.mean.abs()));
    if let Some((gap, difference)) = open {
        let (better, worse) = if difference.mean > 0.0 { gap.channels } else { (gap.channels.1, gap.channels.0) };
        let ends = [difference.low.abs(), difference.high.abs()];
        let size = |value: f64| points(value.abs()).trim_start_matches('+').to_owned();
        return t!(
            "gap-headline-open",
            better = place(better),
            worse = place(worse),
            points = size(difference.mean),
            low = size(ends[0].min(ends[1])),
            high = size(ends[0].max(ends[1])),
        );
    }
    if let Some((gap, _)) = of(found, Verdict::Closed).next() {
        return t!("gap-headline-closed", one = place(gap.channels.0), other = place(gap.channels.1));
    }
    if of(found, Verdict::Unclear).next().is_some() {
        return t!("gap-headline-unclear");
    }
    t!("gap-headline-few", people = PEOPLE, cases = FAMILIES)
}

fn of(found: &[Gap], verdict: Verdict) -> impl Iterator<Item = (&Gap, Interval)> {
    let wanted = found.iter().filter(move |gap| gap.verdict == verdict);
    wanted.filter_map(|gap| Some((gap, gap.figures.as_ref()?.difference)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::conversation::Channel;
    use domain::gap::{Figures, Order, Share};

    fn gap(channels: (Channel, Channel), families: u32, low: f64, high: f64) -> Gap {
        let difference = Interval { mean: f64::midpoint(low, high), low, high };
        let order = Order { first: 9, second: 9, when_first: None, when_second: None };
        let breaches = (Share::default(), Share::default());
        let figures = Figures { difference, commitments: None, breaches, order };
        Gap { channels, people: 20, families, verdict: Verdict::of(20, families, difference), figures: Some(figures) }
    }

    #[test]
    fn the_widest_gap_is_told_from_the_better_side() {
        let (public, phone, mail) = (Channel::Public, Channel::Phone, Channel::Email);
        let found = [
            gap((public, phone), 5, 0.02, 0.06),
            gap((public, mail), 5, -0.2, -0.1),
            gap((phone, mail), 9, -0.01, 0.01),
        ];
        let said = words(&found);
        assert!(said.contains("15.0") && said.contains("10.0") && said.contains("20.0"), "{said}");
        let (better, worse) = (said.find(&place(mail)).unwrap(), said.find(&place(public)).unwrap());
        assert!(better < worse, "{said}");
        assert!(words(&found[2..]).contains(&place(phone)), "without a gap, what is closed");
        assert_eq!(words(&[gap((public, phone), 5, -0.1, 0.1)]), t!("gap-headline-unclear"));
    }

    #[test]
    fn too_little_says_what_it_takes() {
        let few = Gap {
            channels: (Channel::Public, Channel::Phone),
            people: 3,
            families: 1,
            verdict: Verdict::TooFew { people: 3, families: 1 },
            figures: None,
        };
        let said = words(&[few]);
        assert!(said.contains("15") && said.contains('4'), "{said}");
    }
}
