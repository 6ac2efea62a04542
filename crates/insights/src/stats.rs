//! Small statistics for small groups: intervals, quantiles, inequality.
//!
//! Pure functions of numbers; none of them knows what is counted.

use crate::figure::{Figure, Missing};

/// Fewest cases for a rate to be shown at all.
pub(crate) const CASES_MIN: u64 = 5;
/// From so many cases on the interval of things that are not independent is left out.
const CASES_MANY: u64 = 30;
/// Fewest cases for a median to be shown.
const MEDIAN_CASES_MIN: u64 = 3;
/// Fewest cases for a 90th percentile to be shown: below, it is the largest one or nearly so.
const P90_CASES_MIN: u64 = 10;
/// Standard normal quantile of a two-sided 95 % interval.
const Z95: f64 = 1.959_963_984_540_054;

/// 95 % Wilson score interval of `hits` of `cases`; `None` without cases.
pub(crate) fn wilson(hits: u64, cases: u64) -> Option<(f64, f64)> {
    if cases == 0 {
        return None;
    }
    let (k, n) = (hits as f64, cases as f64);
    let (share, z2) = (k / n, Z95 * Z95);
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let spread = share * (1.0 - share) / n + z2 / (4.0 * n * n);
    let half = Z95 * spread.sqrt() / (1.0 + z2 / n);
    // At the ends the formula meets 0 and 1 but for rounding.
    let low = if hits == 0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if hits == cases { 1.0 } else { (middle + half).min(1.0) };
    Some((low, high))
}

/// A share of independent things or people, with its interval.
pub fn rate(hits: u64, cases: u64) -> Figure {
    share(hits, cases, wilson(hits, cases))
}

/// A share of things that hang together (messages of one talk): an interval only while there are
/// few of them, as a warning.
pub fn loose_rate(hits: u64, cases: u64) -> Figure {
    share(hits, cases, wilson(hits, cases).filter(|_| cases < CASES_MANY))
}

fn share(hits: u64, cases: u64, interval: Option<(f64, f64)>) -> Figure {
    match cases {
        0 => Figure::Unknown(Missing::NothingToMeasure),
        1..CASES_MIN => Figure::TooFew { have: cases, need: CASES_MIN },
        _ => Figure::Known {
            value: hits as f64 / cases as f64,
            of: Some((hits as f64, cases as f64)),
            interval,
        },
    }
}

/// A quotient that is no share: a mean. Unknown when there is nothing to divide by.
pub fn mean(sum: f64, count: f64) -> Figure {
    if count <= 0.0 {
        return Figure::Unknown(Missing::NothingToMeasure);
    }
    Figure::Known { value: sum / count, of: Some((sum, count)), interval: None }
}

/// A plain number.
pub fn count(value: f64) -> Figure {
    Figure::Known { value, of: None, interval: None }
}

/// The value at `share` (0 … 1) of `values`, between the two nearest; `None` when empty. Puts them
/// into another order.
pub(crate) fn quantile<T: Copy + Ord + Into<i64>>(values: &mut [T], share: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let (below, part) = (whole(place).min(last), place.fract());
    let (_, low, above) = values.select_nth_unstable(below);
    let low = (*low).into() as f64;
    let high = above.iter().min().map_or(low, |value| (*value).into() as f64);
    Some(low + (high - low) * part)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list: never negative, never beyond its length"
)]
fn whole(place: f64) -> usize {
    place.floor() as usize
}

/// The middle one, or the mean of the middle two.
pub(crate) fn median<T: Copy + Ord + Into<i64>>(values: &mut [T]) -> Option<f64> {
    quantile(values, 0.5)
}

/// Median as a figure; `of` is (cases, `out_of`): how many of how many could be timed.
pub(crate) fn median_figure<T: Copy + Ord + Into<i64>>(values: &mut [T], out_of: u64) -> Figure {
    quantile_figure(values, 0.5, MEDIAN_CASES_MIN, out_of)
}

/// 90th percentile as a figure, like [`median_figure`].
pub(crate) fn p90_figure<T: Copy + Ord + Into<i64>>(values: &mut [T], out_of: u64) -> Figure {
    quantile_figure(values, 0.9, P90_CASES_MIN, out_of)
}

fn quantile_figure<T: Copy + Ord + Into<i64>>(
    values: &mut [T],
    share: f64,
    need: u64,
    out_of: u64,
) -> Figure {
    let have = values.len() as u64;
    match quantile(values, share) {
        None => Figure::Unknown(Missing::NothingToMeasure),
        Some(_) if have < need => Figure::TooFew { have, need },
        Some(value) => {
            Figure::Known { value, of: Some((have as f64, out_of as f64)), interval: None }
        }
    }
}

/// Gini coefficient of the amounts, corrected for small n by n ÷ (n − 1) (metric #17); 0 = all
/// equal, 1 = one has everything. `None` for fewer than two or when all are 0.
pub(crate) fn gini(amounts: &mut [u64]) -> Option<f64> {
    amounts.sort_unstable();
    let (n, sum) = (amounts.len() as f64, amounts.iter().sum::<u64>() as f64);
    if amounts.len() < 2 || sum == 0.0 {
        return None;
    }
    let ranked: f64 = (1_u32..).zip(amounts.iter()).map(|(i, x)| f64::from(i) * *x as f64).sum();
    let plain = 2.0 * ranked / (n * sum) - (n + 1.0) / n;
    Some((plain * n / (n - 1.0)).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_equals_the_published_values() {
        // 12 of 200: 0.0346 … 0.1019; 0 of 10: 0 … 0.2775 (Newcombe 1998, method 3).
        let (low, high) = wilson(12, 200).unwrap();
        assert!((low - 0.0346).abs() < 1e-4 && (high - 0.1019).abs() < 1e-4, "{low} {high}");
        let (low, high) = wilson(0, 10).unwrap();
        assert!(low == 0.0 && (high - 0.2775).abs() < 1e-4, "{low} {high}");
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn few_cases_are_said_to_be_few() {
        assert_eq!(rate(0, 0), Figure::Unknown(Missing::NothingToMeasure));
        assert_eq!(rate(4, 4), Figure::TooFew { have: 4, need: 5 });
        assert_eq!(rate(1, 5).value(), Some(0.2));
        assert!(matches!(loose_rate(29, 29), Figure::Known { interval: Some(_), .. }));
        assert!(matches!(loose_rate(30, 30), Figure::Known { interval: None, .. }));
        assert_eq!(median_figure(&mut [1, 2], 9), Figure::TooFew { have: 2, need: 3 });
        assert_eq!(p90_figure(&mut [1; 9], 9), Figure::TooFew { have: 9, need: 10 });
    }

    #[test]
    fn quantiles_lie_between_neighbours() {
        assert_eq!(median(&mut [1, 3, 10]), Some(3.0));
        assert_eq!(median(&mut [1, 3, 10, 11]), Some(6.5));
        assert_eq!(quantile(&mut [0, 10], 0.9), Some(9.0));
        assert_eq!(median::<i64>(&mut []), None);
    }

    #[test]
    fn inequality_runs_from_all_equal_to_one_has_all() {
        assert_eq!(gini(&mut [5, 5, 5, 5]), Some(0.0));
        assert_eq!(gini(&mut [0, 0, 0, 8]), Some(1.0));
        // 1, 3: plain 0.25, corrected by 2 ÷ 1.
        assert_eq!(gini(&mut [3, 1]), Some(0.5));
        assert_eq!((gini(&mut [7]), gini(&mut [0, 0])), (None, None));
    }
}
