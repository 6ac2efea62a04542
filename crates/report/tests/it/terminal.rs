//! The summary for a terminal.

use crate::sample;
use report::{Lang, terminal};
use unicode_width::UnicodeWidthStr;

#[test]
fn no_line_is_wider_than_asked() {
    let all =
        [sample::sample(), sample::many(20), sample::poor(), sample::roster(), sample::hostile()];
    for community in &all {
        for lang in Lang::ALL {
            for width in [24, 40, 60, 80, 100, 160] {
                for line in terminal(community, lang, width, false).lines() {
                    assert!(line.width() <= width, "{width} < {}: {line}", line.width());
                }
            }
        }
    }
}

#[test]
fn colour_is_only_used_when_asked() {
    let plain = terminal(&sample::sample(), Lang::Zh, 80, false);
    let coloured = terminal(&sample::sample(), Lang::Zh, 80, true);
    assert!(!plain.contains('\u{1b}') && coloured.contains("\u{1b}["));
    assert!(!terminal(&sample::hostile(), Lang::En, 80, false).contains(['\u{202E}', '\u{7}']));
}

#[test]
fn it_says_which_zone_was_used_and_how_to_change_it() {
    for lang in Lang::ALL {
        let text = terminal(&sample::sample(), lang, 80, false);
        assert!(text.contains("Asia/Shanghai") && text.contains("--timezone"), "{text}");
    }
}

#[test]
fn what_to_do_next_stands_above_the_figures_with_names_and_words() {
    let text = terminal(&sample::sample(), Lang::Zh, 80, false);
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is missing"));
    assert!(at("走弱") < at("接下来做什么") && at("接下来做什么") < at("关键数字"));
    assert!(at("大家好，我是新来的") < at("关键数字"), "the first post is quoted");
    assert!(text.contains("2,108 / 17,010"), "a figure stands with its base");
    assert!(text.contains("目前 7 例，至少 10 例"), "too few is said");
}

#[test]
fn several_groups_come_as_a_table_first() {
    let text = terminal(&sample::many(20), Lang::En, 80, false);
    assert!(text.find("烘焙 1 群").unwrap() < text.find("What to do next").unwrap());
    assert!(text.contains("5 more"), "{text}");
}

#[test]
fn one_group_of_90_days_takes_at_most_two_screens() {
    let lines = terminal(&sample::sample(), Lang::Zh, 80, false).lines().count();
    assert!(lines <= 90, "{lines}");
}

#[test]
fn how_people_came_in_takes_two_lines_and_unknown_leaves_are_said() {
    let mut community = sample::many(3);
    let text = terminal(&community, Lang::En, 100, false);
    assert!(text.contains("by code 84 (61 still in)"), "{text}");
    assert!(text.contains("1: 96 · 2: 31 · 3: 8"), "{text}");
    for one in &mut community.overall.entry.manners {
        one.still_in = None;
    }
    let text = terminal(&community, Lang::En, 100, false);
    assert!(text.contains("by code 84 ·") && text.contains("not all leaves are told"), "{text}");
}

#[test]
fn a_roster_says_that_talk_is_unknown() {
    let text = terminal(&sample::roster(), Lang::En, 80, false);
    assert!(text.contains("the source holds no messages") && !says_zero(&text), "{text}");
}

/// Whether a count of zero messages is claimed.
fn says_zero(text: &str) -> bool {
    let claims = text.match_indices("0 messages").map(|(at, _)| &text[..at]);
    claims.into_iter().any(|before| !before.ends_with(|letter: char| letter.is_ascii_digit()))
}
