//! Small pictures for rows of a list, and the line of a head count.

use std::fmt::Write;

use crate::charts::scale::short;

/// A small picture of bars as SVG, to stand in a line of text: `label` says the same in words.
/// Classes `hq-spark` and `hq-bar` give it size and colour; nothing is drawn for a silent day.
pub fn sparkline(values: &[u32], label: &str) -> String {
    let top = f64::from(values.iter().copied().max().unwrap_or(0).max(1));
    let mut path = String::new();
    for (place, value) in values.iter().enumerate().filter(|(_, value)| **value > 0) {
        // A single message still shows.
        let height = (f64::from(*value) / top * 100.0).max(6.0);
        // Writing into a string cannot fail.
        let _ = write!(path, "M{} 100v-{}h.7V100z", short(place as f64 + 0.15), short(height));
    }
    let width = values.len().max(1);
    let label = askama::filters::escape(label, askama::filters::Html)
        .map_or_else(|_| String::new(), |label| label.to_string());
    format!(
        "<svg class=\"hq-spark\" width=\"96\" height=\"24\" viewBox=\"0 0 {width} 100\" \
         preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{label}\">\
         <path class=\"hq-bar\" d=\"{path}\"/></svg>"
    )
}

/// The path of a line through `values` in a view box of (values × 100), between the lowest and
/// the highest value; empty for fewer than two.
pub fn line_path(values: &[f64]) -> String {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let height = (high - low).max(1.0);
    let mut path = String::new();
    if values.len() < 2 {
        return path;
    }
    for (place, value) in values.iter().enumerate() {
        let letter = if place == 0 { 'M' } else { 'L' };
        let y = 95.0 - (value - low) / height * 90.0;
        let _ = write!(path, "{letter}{} {}", short(place as f64 + 0.5), short(y));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sparkline_draws_each_day_with_messages_and_says_so_in_words() {
        let svg = sparkline(&[0, 1, 200, 0, 100], "30 天 <301> 条");
        assert_eq!(svg.matches('M').count(), 3);
        assert!(svg.contains("M1.15 100v-6h") && svg.contains("M2.15 100v-100h"), "{svg}");
        assert!(svg.contains("v-50h") && !svg.contains("<301>") && !svg.contains("style="));
        assert!(sparkline(&[], "空").contains("viewBox=\"0 0 1 100\""));
    }

    #[test]
    fn a_line_lies_between_its_lowest_and_highest_value() {
        assert_eq!(line_path(&[10.0, 12.0, 11.0]), "M0.5 95L1.5 5L2.5 50");
        assert_eq!(line_path(&[5.0]), "");
        assert_eq!(line_path(&[5.0, 5.0]), "M0.5 95L1.5 95");
    }
}
