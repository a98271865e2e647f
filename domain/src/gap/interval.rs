//! Intervals: for a mean over a few families, and for a share of things that people did several of.

use super::student;

/// How sure an interval is.
const LEVEL: f64 = 0.95;
/// The quantile of the normal distribution that belongs to [`LEVEL`], both sides.
const Z: f64 = 1.959_963_984_540_054;

/// An estimate and the interval that holds the true value 95 times in a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Interval {
    /// The estimate.
    pub mean: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How many of all, with a 95 % interval for the share; `rate` is from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Share {
    /// How many.
    pub hits: u32,
    /// Of how many.
    pub of: u32,
    /// The share and its interval.
    pub rate: Interval,
}

/// What one person adds to a share: what the same person does is alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cluster {
    /// How many.
    pub hits: u32,
    /// Of how many.
    pub of: u32,
}

/// The mean with its t interval: m ± t(k − 1) · s / √k, where k is how many values there are and s their standard
/// deviation with k − 1 in the denominator ("Student", The probable error of a mean, Biometrika 6, 1908).
///
/// Nothing for fewer than two values. The interval assumes that the values are drawn alike and are not far from normal;
/// means over a dozen people usually are.
#[must_use]
pub fn mean(values: &[f64]) -> Option<Interval> {
    let count = u32::try_from(values.len()).ok().filter(|count| *count >= 2)?;
    let k = f64::from(count);
    let mean = values.iter().sum::<f64>() / k;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let half = student::quantile(LEVEL, count - 1) * (squares / (k - 1.0) / k).sqrt();
    Some(Interval { mean, low: mean - half, high: mean + half })
}

/// The share over all people, with Wilson's interval (Probable inference, the law of succession, and statistical
/// inference, JASA 22, 1927) at an effective number of observations.
///
/// Wilson's interval takes every observation for independent, and what one person does is not. So the number of
/// observations n is divided by the design effect (Kish, Survey Sampling, 1965): the variance of the share as a ratio
/// over people, K / (K − 1) · Σ (hits − p · of)² / n², in units of p (1 − p) / n, and at least 1. Where the share is 0 or 1
/// that cannot be estimated, and each of the K people counts once, which is the cautious end.
///
/// Nothing when nothing was observed. The interval speaks of other people and the same cases, not of other cases.
#[must_use]
pub fn share(clusters: &[Cluster]) -> Option<Share> {
    let (hits, of) = clusters.iter().fold((0, 0), |(hits, of), it| (hits + it.hits, of + it.of));
    let people = u32::try_from(clusters.len()).unwrap_or(u32::MAX);
    if of == 0 {
        return None;
    }
    let (n, k) = (f64::from(of), f64::from(people));
    let p = f64::from(hits) / n;
    let effective = if hits == 0 || hits == of || people < 2 {
        k
    } else {
        let squares: f64 = clusters.iter().map(|it| (f64::from(it.hits) - p * f64::from(it.of)).powi(2)).sum();
        let effect = (k / (k - 1.0) * squares / n) / (p * (1.0 - p));
        n / effect.max(1.0)
    };
    Some(Share { hits, of, rate: wilson(p, effective) })
}

fn wilson(p: f64, n: f64) -> Interval {
    let shrink = 1.0 + Z * Z / n;
    let centre = (p + Z * Z / (2.0 * n)) / shrink;
    let half = Z / shrink * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Interval { mean: p, low: (centre - half).clamp(0.0, p), high: (centre + half).clamp(p, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-5, "{found} instead of {expected}");
    }

    #[test]
    fn a_mean_of_few_values_has_a_wide_interval() {
        // Worked by hand: mean 3, s² = 2.5, s/√5 = 0.7071, t(4) = 2.7764.
        let found = mean(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        close(found.mean, 3.0);
        close(found.low, 3.0 - 1.96324);
        close(found.high, 3.0 + 1.96324);
        assert_eq!(mean(&[1.0]), None);
        assert_eq!(mean(&[]), None);
    }

    #[test]
    fn wilsons_interval_is_the_published_one() {
        // Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        for (hits, of, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = wilson(f64::from(hits) / f64::from(of), f64::from(of));
            close(found.low, low);
            close(found.high, high);
        }
    }

    #[test]
    fn people_who_repeat_themselves_count_once() {
        let once: Vec<Cluster> = (0..20).map(|person| Cluster { hits: u32::from(person < 5), of: 1 }).collect();
        let alike: Vec<Cluster> = once.iter().map(|it| Cluster { hits: it.hits * 6, of: 6 }).collect();
        let (once, alike) = (share(&once).unwrap(), share(&alike).unwrap());
        assert_eq!((alike.hits, alike.of), (30, 120));
        let width = |share: &Share| share.rate.high - share.rate.low;
        assert!((width(&once) - width(&alike)).abs() < 0.01, "six times the same is no more than once");
        let apart = vec![Cluster { hits: 1, of: 4 }; 30];
        assert!(width(&share(&apart).unwrap()) < width(&alike));
    }

    #[test]
    fn nobody_is_taken_for_never() {
        let none = share(&[Cluster { hits: 0, of: 5 }; 20]).unwrap();
        close(none.rate.low, 0.0);
        close(none.rate.high, 0.1611);
        let all = share(&[Cluster { hits: 5, of: 5 }; 20]).unwrap();
        close(all.rate.low, 1.0 - 0.1611);
        close(all.rate.high, 1.0);
        assert_eq!(share(&[]), None);
    }
}
