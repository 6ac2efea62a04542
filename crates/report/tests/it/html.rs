//! The page.

use crate::sample;
use insights::{Figure, METRICS};
use report::{Community, Lang, html};

fn variants() -> Vec<(&'static str, Community)> {
    vec![
        ("sample", sample::sample()),
        ("year", sample::group_of("一年的群", 365, 180, 9)),
        ("many", sample::many(4)),
        ("poor", sample::poor()),
        ("roster", sample::roster()),
        ("hostile", sample::hostile()),
    ]
}

/// The text of the page between `from` and the next `to` after it.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("{from} is not in the page"));
    let rest = &page[start..];
    &rest[..rest.find(to).unwrap()]
}

/// The half of the page in one language.
fn tongue(page: &str, lang: Lang) -> &str {
    let from = format!("<div class=\"tongue tongue-{}\"", lang.code());
    between(page, &from, lang.pick("<div class=\"tongue tongue-en\"", "<script>"))
}

#[test]
fn every_section_renders_in_both_languages() {
    let always = ["steps", "figures", "pulse", "cohorts", "limits"];
    let of_talk = ["waiting", "heat", "ties"];
    for (name, community) in variants() {
        let talks = community.overall.evidence.messages != domain::Extent::None;
        let own = if talks { of_talk.as_slice() } else { &["talk", "entry"] };
        let sections = || always.iter().chain(own);
        for shown_first in Lang::ALL {
            let page = html(&community, shown_first);
            assert!(page.ends_with("</html>\n") || page.ends_with("</html>"), "{name}");
            for lang in Lang::ALL {
                for section in sections() {
                    let id = format!("id=\"{}-{section}\"", lang.code());
                    assert_eq!(page.matches(&id).count(), 1, "{name}: {id}");
                }
            }
        }
    }
}

#[test]
fn the_language_asked_for_shows_first() {
    let page = html(&sample::sample(), Lang::En);
    assert!(page.contains("<html lang=\"en\""));
    assert!(
        page.contains("id=\"lang-en\"")
            && between(&page, "id=\"lang-en\"", ">").contains("checked")
    );
    assert!(!between(&page, "id=\"lang-zh\"", ">").contains("checked"));
}

#[test]
fn the_english_half_has_no_chinese_but_what_people_wrote() {
    let mut community = sample::sample();
    community.title = "Bakers".to_owned();
    community.sources[0].name = "bakers.txt".to_owned();
    for name in community.names.values_mut() {
        *name = "Ann".to_owned();
    }
    community.excerpts.clear();
    community.warnings.iter_mut().for_each(|warning| warning.examples.clear());
    let page = html(&community, Lang::En);
    let english = tongue(&page, Lang::En).replace("(活群)", "").replace("class=\"for-zh\">中<", "");
    let han: String = english.chars().filter(|letter| ('一'..='鿿').contains(letter)).collect();
    assert_eq!(han, "");
}

#[test]
fn ids_are_unique() {
    for (name, community) in variants() {
        let page = html(&community, Lang::Zh);
        let mut ids: Vec<&str> =
            page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}");
    }
}

#[test]
fn every_link_leads_to_a_place_in_the_page() {
    for (name, community) in variants() {
        let page = html(&community, Lang::Zh);
        for link in page.split(" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let id = link.strip_prefix('#').unwrap_or_else(|| panic!("{name}: {link} leads out"));
            assert!(page.contains(&format!(" id=\"{id}\"")), "{name}: {link}");
        }
    }
}

/// Each element of the page with the names of its attributes, without their values: a value may
/// hold any text that people wrote, escaped.
fn tags(page: &str) -> Vec<String> {
    let insides = page.split('<').skip(1).map(|tag| tag.split('>').next().unwrap());
    insides.map(|tag| tag.split('"').step_by(2).collect::<Vec<&str>>().join("")).collect()
}

#[test]
fn nothing_outside_the_file_is_loaded() {
    for (name, community) in variants() {
        let page = html(&community, Lang::Zh);
        assert!(page.contains("default-src 'none'"), "{name}");
        for tag in tags(&page) {
            for loads in [" src=", " srcset=", "xlink:", " data=", " style=", " action="] {
                assert!(!tag.contains(loads), "{name}: {tag}");
            }
            let element = tag.split_ascii_whitespace().next().unwrap_or_default();
            assert!(!["link", "iframe", "object", "embed", "img", "base"].contains(&element));
        }
        for (from, to) in [("<style>", "</style>"), ("<script>", "</script>")] {
            let inside = between(&page, from, to);
            for loads in ["url(", "@import", "fetch(", "http", "XMLHttpRequest"] {
                assert!(!inside.contains(loads), "{name}: {loads}");
            }
        }
    }
}

#[test]
fn hostile_names_and_texts_are_harmless() {
    let page = html(&sample::hostile(), Lang::Zh);
    assert_eq!(page.matches("<script").count(), 1, "only the script of the page itself");
    assert!(page.contains("&lt;script&gt;") || page.contains("&#60;script&#62;"));
    assert!(!page.contains("<img"), "no element comes out of a name");
    for invisible in ['\u{202E}', '\u{200B}', '\u{2066}', '\u{FEFF}'] {
        assert!(!page.contains(invisible), "U+{:04X}", u32::from(invisible));
    }
    assert!(!page.contains(&"长".repeat(40)) && !page.contains(&"A".repeat(200)), "names are cut");
    assert!(page.contains("{{7*7}}"), "braces of a text stay text");
}

#[test]
fn there_are_no_inline_handlers() {
    for (name, community) in variants() {
        let page = html(&community, Lang::Zh);
        for tag in tags(&page) {
            let mut words = tag.split_ascii_whitespace();
            let handler = words.find(|word| word.starts_with("on") && word.contains('='));
            assert_eq!(handler, None, "{name}: {tag}");
        }
    }
}

#[test]
fn each_measured_metric_has_its_definition_in_the_page() {
    let page = html(&sample::sample(), Lang::Zh);
    for lang in Lang::ALL {
        for metric in METRICS {
            let id = format!("id=\"{}-def-{}\"", lang.code(), metric.code);
            let definition = between(&page, &id, "</details>");
            for words in [metric.formula, metric.numerator, metric.filter, metric.window] {
                let text = lang.pick(words.zh, words.en);
                let first = text.split(['<', '>', '&', '"', '\'']).next().unwrap();
                assert!(definition.contains(first), "{}: {first}", metric.code);
            }
            assert!(definition.contains(metric.source), "{}", metric.code);
        }
    }
}

#[test]
fn unknown_figures_show_no_digit() {
    let page = html(&sample::poor(), Lang::Zh);
    let cards: Vec<&str> = page.split("<article class=\"card figure state-unknown\">").collect();
    assert!(cards.len() > 10, "the poor community has many unknown figures");
    for card in cards.iter().skip(1) {
        let after_name = &card[card.find("</h3>").unwrap()..];
        let shown = ["<details", "<p class=\"def-link\""];
        let end = shown.iter().filter_map(|end| after_name.find(end)).min().unwrap();
        let text: String = after_name[..end].replace("</h3>", "");
        assert!(!text.contains(|letter: char| letter.is_ascii_digit()), "{text}");
        assert!(text.contains("未知") || text.contains("Unknown"), "{text}");
    }
}

#[test]
fn a_roster_without_messages_never_speaks_of_zero_messages() {
    let community = sample::roster();
    let page = html(&community, Lang::En);
    let english = tongue(&page, Lang::En);
    assert!(!says_zero(english) && english.contains("the source holds no messages"));
    assert!(english.contains("Joins and leaves"), "what the roster tells is drawn");
}

#[test]
fn without_messages_joins_come_first_and_talk_is_one_line() {
    let page = html(&sample::roster(), Lang::En);
    let english = tongue(&page, Lang::En);
    let at = |words: &str| english.find(words).unwrap_or_else(|| panic!("{words} is missing"));
    assert!(at("id=\"en-entry\"") < at("id=\"en-pulse\""));
    assert_eq!(english.matches("the source holds no messages").count(), 2, "one line, and limits");
    let cards = between(english, "id=\"en-figures\"", "</section>");
    assert!(!cards.contains("state-unknown"), "a card only for what is known");
    for section in ["waiting", "heat", "ties"] {
        assert!(!english.contains(&format!("en-{section}\"")), "{section}");
    }
}

// catalogue: B14
#[test]
fn how_people_came_in_shows_its_base_and_its_definition() {
    let mut community = sample::sample();
    let page = html(&community, Lang::En);
    let entry = between(tongue(&page, Lang::En), "id=\"en-entry\"", "</section>").to_owned();
    for words in ["by code", "61 · 72.6%", "Definition", "each join in the period", "90.5%"] {
        assert!(entry.contains(words), "{words}: {entry}");
    }
    for one in &mut community.overall.entry.manners {
        one.still_in = None;
    }
    community.overall.entry.inviters.clear();
    let page = html(&community, Lang::En);
    let entry = between(tongue(&page, Lang::En), "id=\"en-entry\"", "</section>");
    assert!(entry.contains("the data does not tell all leaves") && !entry.contains("%</span>"));
    assert!(entry.contains("the data names no inviters"));
}

#[test]
fn people_in_several_groups_are_shown_by_the_names_of_the_groups() {
    let mut community = sample::many(4);
    let page = html(&community, Lang::Zh);
    let overlap = between(tongue(&page, Lang::Zh), "id=\"zh-overlap\"", "</section>");
    for words in ["只在 1 个群", "71.1%", "在 3 个群", "烘焙 4 群", "口径"] {
        assert!(overlap.contains(words), "{words}");
    }
    community.overall.overlap = None;
    assert!(!html(&community, Lang::Zh).contains("zh-overlap"), "nothing is claimed");
}

#[test]
fn the_source_has_a_size_only_where_a_file_was_read() {
    let mut community = sample::sample();
    community.sources[0].bytes = 0;
    assert!(!html(&community, Lang::Zh).contains(" 0 B"));
}

#[test]
fn words_that_were_cut_end_with_an_ellipsis() {
    let mut community = sample::sample();
    let half = "we ran ".repeat(16) + "up it an";
    let whole = "a".repeat(119) + ".";
    let mut texts = [half, whole].into_iter().cycle();
    for text in community.excerpts.values_mut() {
        *text = texts.next().unwrap();
        assert_eq!(text.chars().count(), 120);
    }
    let page = html(&community, Lang::Zh);
    assert!(page.contains("…</blockquote>") && page.contains("a.</blockquote>"));
    assert!(!page.contains("it an</blockquote>"));
}

#[test]
fn known_figures_come_first_when_the_data_shows_few_headlines() {
    let community = sample::roster();
    let known = community.overall.measured.iter();
    let known = known.filter(|one| matches!(one.now, Figure::Known { .. })).count();
    let page = html(&community, Lang::En);
    let head = between(tongue(&page, Lang::En), "id=\"en-figures\"", "</section>");
    assert!(known >= 5 && head.matches("state-known").count() >= 5);
}

#[test]
fn the_page_prints_and_fits_a_phone() {
    let page = html(&sample::sample(), Lang::Zh);
    for rule in ["@media print", "@page{size:A4", "break-inside:avoid", "@media (max-width:600px)"]
    {
        assert!(page.contains(rule), "{rule}");
    }
    assert!(page.contains("width=device-width") && page.contains("prefers-color-scheme:dark"));
}

#[test]
fn a_year_of_one_group_stays_under_400_kb() {
    let page = html(&sample::group_of("一年的群", 365, 180, 9), Lang::Zh);
    assert!(page.len() < 400 * 1024, "{} bytes", page.len());
}

#[test]
fn only_the_thirty_largest_groups_have_a_section_of_their_own() {
    let page = html(&sample::many(33), Lang::Zh);
    assert_eq!(tongue(&page, Lang::Zh).matches("<details class=\"card group\"").count(), 30);
    assert!(tongue(&page, Lang::Zh).contains("烘焙 33 群"), "the table has all");
    assert!(page.len() < 1_000 * 1024, "{} bytes", page.len());
}

#[test]
fn one_group_has_no_table_of_groups() {
    assert!(!html(&sample::sample(), Lang::Zh).contains("id=\"zh-groups\""));
}

// catalogue: P13
#[test]
fn still_in_and_still_active_are_two_grids() {
    let page = html(&sample::sample(), Lang::Zh);
    let grids = between(tongue(&page, Lang::Zh), "id=\"zh-cohorts\"", "</section>");
    assert!(grids.contains("还在群里") && grids.contains("还在说话"));
    assert_eq!(grids.matches("<table").count(), 2);
}

/// Whether a count of zero messages is claimed.
fn says_zero(text: &str) -> bool {
    let claims = text.match_indices("0 messages").map(|(at, _)| &text[..at]);
    claims.into_iter().any(|before| !before.ends_with(|letter: char| letter.is_ascii_digit()))
}

#[test]
fn what_one_person_said_twice_is_quoted_once() {
    let mut community = sample::many(4);
    let items = &mut community.overall.unanswered;
    for item in items.iter_mut() {
        item.who = domain::IdentityId(5);
    }
    for text in community.excerpts.values_mut() {
        *text = "谁要一起买面粉".to_owned();
    }
    let page = html(&community, Lang::Zh);
    let waiting = between(tongue(&page, Lang::Zh), "id=\"zh-waiting\"", "</section>");
    assert_eq!(waiting.matches("谁要一起买面粉").count(), 3, "once in each of the lists");
    assert!(waiting.contains("同样的话还说了 23 次"), "and how often");
}

#[test]
fn a_group_is_named_without_the_name_of_its_community_and_unknown_columns_are_left_out() {
    let mut community = sample::many(3);
    community.title = "烘焙社".to_owned();
    community.groups[0].name = "烘焙社 / 求助".to_owned();
    for measured in community.groups.iter_mut().flat_map(|group| &mut group.overview.measured) {
        if measured.code == "interaction_rate" {
            measured.now = Figure::Unknown(insights::Missing::NoKeepersNamed);
        }
    }
    let page = html(&community, Lang::Zh);
    let table = between(tongue(&page, Lang::Zh), "<table class=\"groups\"", "</table>");
    assert!(table.contains("<bdi>求助</bdi>") && table.contains("烘焙 2 群"));
    assert!(table.contains("应答率") && !table.contains("互动率"), "{table}");
}
