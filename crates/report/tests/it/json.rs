//! The JSON.

use crate::sample;
use report::json;
use serde_json::Value;
use std::collections::BTreeSet;

fn parsed(community: &report::Community) -> Value {
    serde_json::from_str(&json(community)).unwrap()
}

/// Every key path of a value, with `[]` for the items of a list.
fn paths(value: &Value, at: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(keys) => {
            for (key, inner) in keys {
                let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                paths(inner, &path, into);
                into.insert(path);
            }
        }
        Value::Array(items) => {
            for item in items {
                paths(item, &format!("{at}[]"), into);
            }
        }
        _ => {}
    }
}

/// The path under the name of its shape, where the documentation describes a shape once.
fn shape(path: &str) -> String {
    let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
    let is_person =
        parent.ends_with("who") || parent.ends_with("ties[].a") || parent.ends_with("ties[].b");
    if is_person || parent == "steps[].people[]" {
        return format!("person.{key}");
    }
    match parent {
        "steps[].items[]" | "charts.unanswered[]" => format!("item.{key}"),
        "metrics[].figure" | "metrics[].before" => format!("figure.{key}"),
        _ => path.to_owned(),
    }
}

/// The key paths that the documentation lists: the first cell of each row of its tables.
fn documented() -> BTreeSet<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/report-json.md");
    let text = std::fs::read_to_string(path).unwrap();
    let cells = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    cells.map(str::to_owned).collect()
}

#[test]
fn the_documentation_lists_exactly_the_keys_there_are() {
    let mut found = BTreeSet::new();
    paths(&parsed(&sample::many(2)), "", &mut found);
    // A group has the keys of the whole: they are documented once.
    let shared = ["span", "evidence", "totals", "health", "steps", "metrics", "charts"];
    let of_group = |path: &String| {
        let rest = path.strip_prefix("groups[].");
        rest.is_some_and(|rest| shared.iter().any(|key| rest.starts_with(key)))
    };
    let (of_groups, own): (BTreeSet<String>, BTreeSet<String>) =
        found.into_iter().partition(of_group);
    let shapes: BTreeSet<String> = own.iter().map(|path| shape(path)).collect();
    let listed = documented();
    let missing: Vec<&String> = shapes.difference(&listed).collect();
    let stale: Vec<&String> = listed.difference(&shapes).collect();
    assert!(missing.is_empty() && stale.is_empty(), "missing {missing:?}, stale {stale:?}");
    for path in of_groups {
        let rest = path.strip_prefix("groups[].").unwrap();
        assert!(own.contains(rest), "{path} is not a key of the whole");
    }
}

#[test]
fn what_the_sources_do_not_tell_is_null_and_never_zero() {
    let roster = parsed(&sample::roster());
    for key in ["messages", "senders", "days_with_messages", "first_ms", "median_daily_senders"] {
        assert_eq!(roster["totals"][key], Value::Null, "{key}");
    }
    assert!(roster["totals"]["joins"].as_u64().unwrap() > 0);
    assert_eq!(roster["charts"]["pulse"][0]["messages"], Value::Null);
    let poor = parsed(&sample::poor());
    for key in ["joins", "leaves", "joined_people", "left_people", "members"] {
        assert_eq!(poor["totals"][key], Value::Null, "{key}");
    }
    assert_eq!(poor["totals"]["messages"], 21);
}

#[test]
fn an_unknown_figure_has_a_reason_and_no_value() {
    let poor = parsed(&sample::poor());
    let metrics = poor["metrics"].as_array().unwrap();
    let unknown: Vec<&Value> =
        metrics.iter().filter(|metric| metric["figure"]["state"] == "unknown").collect();
    assert!(unknown.len() > 5);
    for metric in unknown {
        assert_eq!(metric["figure"]["value"], Value::Null);
        assert!(metric["figure"]["reason"].is_string());
    }
    let few = metrics.iter().find(|metric| metric["figure"]["state"] == "too_few").unwrap();
    assert_eq!((&few["figure"]["have"], &few["figure"]["need"]), (&3.into(), &10.into()));
}

#[test]
fn every_known_metric_names_its_definition() {
    let whole = parsed(&sample::sample());
    let metrics = whole["metrics"].as_array().unwrap();
    assert_eq!(metrics.len(), insights::METRICS.len());
    for metric in metrics {
        for key in ["catalogue", "unit", "good"] {
            assert!(metric[key].is_string(), "{metric}");
        }
        assert!(metric["name"]["zh"].is_string() && metric["name"]["en"].is_string());
    }
}

#[test]
fn names_and_texts_come_whole_and_keys_keep_their_order() {
    let text = json(&sample::sample());
    let order = ["schema", "made_at", "zone", "zone_given", "sources", "totals", "groups"];
    let places: Vec<usize> =
        order.iter().map(|key| text.find(&format!("\n  \"{key}\":")).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(text.ends_with("}\n"));
}
