//! Student's t distribution with a whole number of degrees of freedom.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

/// The t with P(|T| ≤ t) = `level`, for `freedom` ≥ 1 degrees of freedom; `level` is between 0 and 1.
///
/// With θ = arctan(t / √ν) the probability is a finite sum of sines and cosines (Abramowitz and Stegun, Handbook of
/// Mathematical Functions, 1964, 26.7.3 and 26.7.4), which grows with θ. Halving the quarter turn until its ends meet gives
/// θ to the last digit; nothing is approximated.
pub(super) fn quantile(level: f64, freedom: u32) -> f64 {
    let (mut low, mut high) = (0.0, FRAC_PI_2);
    // A double has 53 binary digits; each step gains one.
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if within(middle, freedom) < level {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::from(freedom.max(1)).sqrt() * f64::midpoint(low, high).tan()
}

/// P(|T| ≤ √ν · tan θ).
fn within(theta: f64, freedom: u32) -> f64 {
    let (sine, cosine) = theta.sin_cos();
    let odd = freedom % 2 == 1;
    // Odd: cos + 2/3 cos³ + 2·4/(3·5) cos⁵ + …; even: 1 + 1/2 cos² + 1·3/(2·4) cos⁴ + …; both up to cos^(ν−2).
    let (mut term, mut power) = if odd { (cosine, 1_u32) } else { (1.0, 0) };
    let mut sum = 0.0;
    while power + 2 <= freedom {
        sum += term;
        power += 2;
        term *= f64::from(power - 1) / f64::from(power) * cosine * cosine;
    }
    if odd { FRAC_2_PI * (theta + sine * sum) } else { sine * sum }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (level, freedom, expected) in [
            (0.95, 1, 12.706_204_736_174_7),
            (0.95, 2, 4.302_652_729_749_46),
            (0.95, 3, 3.182_446_305_283_71),
            (0.95, 4, 2.776_445_105_197_79),
            (0.95, 5, 2.570_581_835_636_31),
            (0.95, 7, 2.364_624_251_592_78),
            (0.95, 10, 2.228_138_851_986_27),
            (0.95, 30, 2.042_272_456_301_24),
            (0.95, 120, 1.979_930_405_082_44),
            (0.99, 1, 63.656_741_162_871_6),
            (0.99, 4, 4.604_094_871_349_99),
            (0.90, 3, 2.353_363_434_801_82),
            (0.50, 6, 0.717_558_196_490_6),
        ] {
            let found = quantile(level, freedom);
            assert!((found - expected).abs() < 1e-9 * expected, "{level}, {freedom}: {found} instead of {expected}");
        }
    }

    #[test]
    fn with_many_degrees_of_freedom_it_is_the_normal_distribution() {
        assert!((quantile(0.95, 100_000) - 1.959_96).abs() < 1e-4);
    }
}
