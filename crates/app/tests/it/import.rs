//! Imports into a store: whole or not at all, undone without a trace, rebuilt equal, and the same
//! figures as a report straight from the files.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use crate::request::{asked, reading, sample};
use app::{Fault, ImportRequest, Imported, Unwatched, import_files, rebuild, report_files};
use app::{report_group, undo_import};
use insights::{Overview, Settings};
use std::path::PathBuf;

fn request(paths: &[PathBuf], group: Option<&str>) -> ImportRequest {
    let mut read = reading(paths, "Asia/Shanghai");
    read.options.group = group.map(str::to_owned);
    ImportRequest {
        read,
        group: group.map(str::to_owned),
        exporter: String::new(),
        settings: Settings::default(),
    }
}

async fn import(url: &str, path: PathBuf) -> Result<Imported, Fault> {
    import_files(url, &request(&[path], None), &Unwatched).await
}

async fn overview(url: &str) -> Overview {
    report_group(url, &[], &asked("Asia/Shanghai"), &Unwatched).await.unwrap().overall
}

/// Identities are numbered anew by each way in: compare what does not name them.
fn without_people(overview: &Overview) -> String {
    let mut plain = overview.clone();
    plain.totals.top_senders.clear();
    plain.matrix = insights::Matrix::default();
    plain.helpers.clear();
    plain.unanswered.clear();
    plain.lost.clear();
    plain.steps.clear();
    plain.entry.inviters.clear();
    format!("{plain:?}")
}

fn url(place: &testkit::Database) -> String {
    place.url().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_gives_the_figures_of_a_report_straight_from_the_file() {
    for place in testkit::databases().await {
        for name in ["running-group-telegram.json", "running-group-qq.txt"] {
            let straight = report_files(
                &reading(&[sample(name)], "Asia/Shanghai"),
                &asked("Asia/Shanghai"),
                &Unwatched,
            );
            let imported = import(&url(&place), sample(name)).await.unwrap();
            let stored = overview(&url(&place)).await;
            assert_eq!(
                without_people(&stored),
                without_people(&straight.unwrap().overall),
                "{name} on {}",
                place.url()
            );
            undo_import(&url(&place), imported.id.unwrap(), &Unwatched).await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_again_doubles_nothing() {
    for place in testkit::databases().await {
        for name in ["running-group-telegram.json", "running-group-qq.txt"] {
            let first = import(&url(&place), sample(name)).await.unwrap();
            let before = without_people(&overview(&url(&place)).await);
            let again = import(&url(&place), sample(name)).await.unwrap();
            let stored: u64 = first.groups.iter().map(|(_, facts)| facts).sum();
            assert_eq!(again.groups.iter().map(|(_, facts)| facts).sum::<u64>(), 0, "{name}");
            assert_eq!(again.duplicates, stored + first.duplicates, "{name}");
            assert_eq!(without_people(&overview(&url(&place)).await), before, "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rebuilt_pages_are_equal() {
    for place in testkit::databases().await {
        import(&url(&place), sample("running-group-telegram.json")).await.unwrap();
        let rebuilt = rebuild(&url(&place), &Settings::default(), &Unwatched).await.unwrap();
        assert!(rebuilt.pages >= 85, "{rebuilt:?}");
        assert_eq!((rebuilt.groups, rebuilt.unequal), (1, 0));
        let other = Settings { version: 2, han_min: 9, ..Settings::default() };
        let judged_anew = rebuild(&url(&place), &other, &Unwatched).await.unwrap();
        assert_eq!(judged_anew.unequal, judged_anew.pages, "other settings give other pages");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_truncated_file_leaves_nothing_unless_part_of_it_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let whole = std::fs::read(sample("running-group-telegram.json")).unwrap();
    let path = folder.path().join("result.json");
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    for place in testkit::databases().await {
        let refused = import(&url(&place), path.clone()).await.expect_err("it is refused");
        assert!(refused.to_string().contains("--partial"), "{refused}");
        let empty = report_group(&url(&place), &[], &asked("UTC"), &Unwatched).await.err();
        assert!(matches!(empty, Some(Fault::NoSuchGroup { .. })), "nothing is visible");
        let mut part = request(std::slice::from_ref(&path), None);
        part.read.options.partial = true;
        let kept = import_files(&url(&place), &part, &Unwatched).await.unwrap();
        assert!(kept.warnings.iter().any(|warned| warned.code == "truncated"));
        assert!(overview(&url(&place)).await.totals.messages > 1_000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_export_adds_only_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(sample("running-group-qq.txt")).unwrap();
    let cut = text.match_indices("\r\n\r\n20").nth(2_000).unwrap().0 + 4;
    let earlier = folder.path().join("earlier.txt");
    std::fs::write(&earlier, &text[..cut]).unwrap();
    for place in testkit::databases().await {
        let first = import(&url(&place), earlier.clone()).await.unwrap();
        let second = import(&url(&place), sample("running-group-qq.txt")).await.unwrap();
        let facts =
            |imported: &Imported| imported.groups.iter().map(|(_, facts)| facts).sum::<u64>();
        assert_eq!(second.duplicates, facts(&first));
        let both = overview(&url(&place)).await;
        undo_import(&url(&place), second.id.unwrap(), &Unwatched).await.unwrap();
        undo_import(&url(&place), first.id.unwrap(), &Unwatched).await.unwrap();
        import(&url(&place), sample("running-group-qq.txt")).await.unwrap();
        let once = overview(&url(&place)).await;
        assert_eq!((&both.totals.messages, &both.pulse), (&once.totals.messages, &once.pulse));
        assert_eq!((both.heat, both.idle), (once.heat, once.idle), "as if imported at once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_contradicts_the_store_is_refused_and_leaves_it_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(sample("running-group-qq.txt")).unwrap();
    let middle = text.match_indices("\r\n\r\n20").nth(1_500).unwrap().0;
    let next = text[middle + 4..].find("\r\n\r\n20").unwrap() + middle + 4;
    let gappy = folder.path().join("gappy.txt");
    std::fs::write(&gappy, format!("{}{}", &text[..middle], &text[next..])).unwrap();
    for place in testkit::databases().await {
        import(&url(&place), sample("running-group-qq.txt")).await.unwrap();
        let before = without_people(&overview(&url(&place)).await);
        let refused = import(&url(&place), gappy.clone()).await.expect_err("it is refused");
        assert!(matches!(refused, Fault::NotCertain { stored: true, .. }), "{refused}");
        assert_eq!(without_people(&overview(&url(&place)).await), before);
        let mut other = request(std::slice::from_ref(&gappy), None);
        other.exporter = "阿杰".to_owned();
        let refused = import_files(&url(&place), &other, &Unwatched).await.err();
        assert!(refused.is_some(), "another exporter's telling of the same time would count twice");
        let apart = request(std::slice::from_ref(&gappy), Some("另一个群"));
        let apart = import_files(&url(&place), &apart, &Unwatched).await.unwrap();
        assert!(apart.groups[0].1 > 3_000, "under another name it is another group");
        let names = ["另一个群".to_owned()];
        let report = report_group(&url(&place), &names, &asked("UTC"), &Unwatched).await.unwrap();
        let sources: Vec<&str> = report.sources.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(sources, ["gappy.txt"], "the other group's export is not a source of this one");
    }
}

/// A channel whose only message bears `hearts` reactions by nobody in particular.
fn channel(hearts: u32) -> String {
    format!(
        r#"{{"guild": {{"id": "1", "name": "书社"}}, "channel": {{"id": "2", "name": "help"}},
 "messages": [{{"id": "4194304", "type": "Default", "timestamp": "2024-01-05T09:07:03+00:00",
  "content": "hi", "author": {{"id": "5", "name": "ann"}},
  "reactions": [{{"emoji": {{"name": "👍"}}, "count": 3}},
   {{"emoji": {{"name": "❤"}}, "count": {hearts}, "users": [{{"id": "9", "name": "bob"}}]}}]}}]}}"#
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn reactions_known_by_their_number_are_each_stored_and_a_grown_number_adds_the_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("help [2].json");
    for place in testkit::databases().await {
        let mut stored = Vec::new();
        for hearts in [4, 4, 6] {
            std::fs::write(&path, channel(hearts)).unwrap();
            let imported = import(&url(&place), path.clone()).await.unwrap();
            let facts: u64 = imported.groups.iter().map(|(_, facts)| facts).sum();
            stored.push((facts, imported.duplicates));
        }
        // One message, three thumbs, four hearts.
        assert_eq!(stored, [(8, 0), (0, 8), (2, 8)], "{}", place.url());
    }
}
