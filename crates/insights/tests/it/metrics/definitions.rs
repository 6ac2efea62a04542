//! Definitions are complete: in both languages, with source, and each code once.

use insights::{METRICS, Words, metric};
use std::collections::BTreeSet;

#[test]
fn every_definition_is_complete_in_both_languages() {
    for definition in METRICS {
        let texts: [(&str, Words); 6] = [
            ("name", definition.name),
            ("formula", definition.formula),
            ("numerator", definition.numerator),
            ("denominator", definition.denominator),
            ("filter", definition.filter),
            ("window", definition.window),
        ];
        for (what, words) in texts {
            let code = definition.code;
            let han = words.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(han, "{code}: {what}: {}", words.zh);
            assert!(
                words.en.is_ascii() && words.en.len() > 2 || words.en.contains(['÷', '×', '−']),
                "{code}: {what}: {}",
                words.en
            );
            assert!(!words.en.contains("  ") && !words.zh.contains("  "), "{code}: {what}");
        }
        assert!(!definition.needs.is_empty(), "{}", definition.code);
        let source = definition.source.split(" · ");
        for id in source {
            let (head, digits) = id.split_at(1);
            assert!(head == "#" || head.chars().all(|c| c.is_ascii_uppercase()), "{id}");
            assert!(digits.chars().all(|c| c.is_ascii_digit()) && !digits.is_empty(), "{id}");
        }
    }
}

#[test]
fn codes_and_names_are_unique_and_found() {
    let codes: BTreeSet<&str> = METRICS.iter().map(|metric| metric.code).collect();
    let names: BTreeSet<&str> = METRICS.iter().map(|metric| metric.name.zh).collect();
    let english: BTreeSet<&str> = METRICS.iter().map(|metric| metric.name.en).collect();
    assert_eq!([codes.len(), names.len(), english.len()], [METRICS.len(); 3]);
    assert!(codes.iter().all(|code| metric(code).is_some_and(|found| found.code == *code)));
    assert!(metric("wisdom").is_none());
}
