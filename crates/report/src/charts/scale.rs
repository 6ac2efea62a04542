//! Scales: round maxima, steps of tint, short numbers.

/// Steps of tint of a single-hue scale; 0 is empty.
pub(crate) const LEVELS: u8 = 8;

/// The step of tint for a value: 0 for nothing, else 1 … [`LEVELS`].
pub(crate) fn level(value: f64, max: f64) -> u8 {
    if value <= 0.0 || max <= 0.0 {
        return 0;
    }
    let steps = (1..=LEVELS).find(|step| value <= max * f64::from(*step) / f64::from(LEVELS));
    steps.unwrap_or(LEVELS)
}

/// The smallest round number that is not below the largest value; half of it is round too.
pub(crate) fn round_up(max: f64) -> f64 {
    let mut power = 1.0;
    while power * 10.0 < max {
        power *= 10.0;
    }
    let steps = [0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.6, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    let halves = |top: f64| (top / 2.0 - (top / 2.0).round()).abs() < 1e-9;
    let fits = |step: &f64| {
        let top = *step * power;
        top >= max && top >= 2.0 && halves(top)
    };
    steps.into_iter().find(fits).unwrap_or(10.0) * power
}

/// A number for SVG: two decimals at most.
pub(crate) fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Part of a whole in per cent, for SVG.
pub(crate) fn percent(part: f64, whole: f64) -> String {
    short(if whole > 0.0 { part / whole * 100.0 } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_an_axis_is_round_and_halves() {
        for (max, top) in
            [(0.0, 2.0), (1.0, 2.0), (3.0, 4.0), (11.0, 12.0), (20.6, 30.0), (237.0, 300.0)]
        {
            assert!((round_up(max) - top).abs() < 1e-9, "{max} → {}", round_up(max));
        }
    }

    #[test]
    fn only_nothing_has_no_tint() {
        assert_eq!((level(0.0, 9.0), level(0.01, 9.0), level(9.0, 9.0)), (0, 1, LEVELS));
    }

    #[test]
    fn svg_numbers_are_short() {
        assert_eq!(
            (short(1.0), short(0.126), percent(1.0, 3.0)),
            ("1".into(), "0.13".into(), "33.33".into())
        );
    }
}
