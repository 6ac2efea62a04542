//! Pages and files of somebody who sees one group hold that group and its people, and no more.

use axum::http::StatusCode;

use super::scene::{ELSEWHERE, MARKS, Scene};

/// Pages over groups, and files.
const PAGES: [&str; 16] = [
    "/today",
    "/people",
    "/people?show=new",
    "/people/export.csv",
    "/blacklist",
    "/figures?from=2026-11-16&to=2026-11-22",
    "/figures/groups?from=2026-11-16&to=2026-11-22",
    "/figures/full?from=2026-11-16&to=2026-11-22",
    "/figures/explore?from=2026-11-16&to=2026-11-22",
    "/figures/speakers?from=2026-11-16&to=2026-11-22",
    "/figures/export/groups.csv?from=2026-11-16&to=2026-11-22",
    "/figures/export/days.csv?from=2026-11-16&to=2026-11-22",
    "/summary",
    "/search?q=e",
    "/audit",
    "/audit/export.csv",
];

// catalogue: R04
#[tokio::test(flavor = "multi_thread")]
async fn everything_is_cut_to_the_groups_of_who_looks() {
    let scene = Scene::set().await;
    let mut lead = scene.lead_elsewhere.clone();
    for path in PAGES {
        let page = lead.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
        for mark in MARKS {
            assert!(!page.text.contains(mark), "{path} tells of {mark}");
        }
    }
    let people = lead.get("/people/export.csv").await.text;
    assert_eq!(people.lines().count(), 2, "{people}");
    assert!(people.contains(ELSEWHERE.1) && people.contains(ELSEWHERE.0));
    let groups = lead.get("/figures/export/groups.csv?from=2026-11-16&to=2026-11-22").await.text;
    assert_eq!(groups.lines().count(), 2, "{groups}");
    assert!(groups.contains(ELSEWHERE.0));
    // Numbers of people, once over groups and added up, are those of the one group.
    let mut owner = scene.owner.clone();
    let [own, all] = [joins(&lead.get(FILE).await.text), joins(&owner.get(FILE).await.text)];
    assert!(own == 1 && all == 3, "{own} and {all} came in");
    for asked in ["wand", "%E7%9F%B3%E5%A4%B4", "%E7%A7%98%E5%AF%86"] {
        let found = lead.get(&format!("/search?q={asked}")).await.text;
        assert!(!MARKS.iter().any(|mark| found.contains(mark)), "{asked}");
        let people = lead.get(&format!("/people?q={asked}")).await.text;
        assert!(!people.contains("data-main>"), "{asked}");
    }
    // The number of people with a tag counts only those who are seen.
    let tags = lead.get("/people/tags").await.text;
    assert!(tags.contains("0 人") && !tags.contains("1 人"), "{tags}");
    assert!(owner.get("/people/tags").await.text.contains("1 人"));
}

const FILE: &str = "/figures/export/days.csv?from=2026-11-16&to=2026-11-22";

/// How many came in on all days of a file; days before the data have words.
fn joins(file: &str) -> i64 {
    let mut lines = file.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heads = lines.next().unwrap();
    let at = heads.iter().position(|head| head.contains("入群人次")).unwrap();
    lines.filter_map(|cells| cells.get(at).unwrap().parse::<i64>().ok()).sum()
}

// catalogue: R04
#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_is_cut_like_its_table() {
    let scene = Scene::set().await;
    let mut lead = scene.lead_elsewhere.clone();
    let mut owner = scene.owner.clone();
    for (path, told) in [
        ("/figures/export/groups.xlsx?from=2026-11-16&to=2026-11-22".to_owned(), ELSEWHERE.0),
        (
            format!(
                "/figures/groups/{}/export/came.xlsx?from=2026-11-16&to=2026-11-22",
                scene.other.0
            ),
            ELSEWHERE.1,
        ),
    ] {
        let words = book(&mut lead, &path).await;
        assert!(words.contains(told), "{path}");
        assert!(!MARKS.iter().any(|mark| words.contains(mark)), "{path}");
    }
    assert!(
        book(&mut owner, "/figures/export/groups.xlsx?from=2026-11-16&to=2026-11-22")
            .await
            .contains(MARKS[0])
    );
}

/// All texts of a workbook.
async fn book(browser: &mut crate::browser::Browser, path: &str) -> String {
    let response = browser.open("GET", path, "").await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    let bytes = axum::body::to_bytes(response.into_body(), 10_000_000).await.unwrap();
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let strings = book.by_name("xl/sharedStrings.xml").unwrap();
    std::io::read_to_string(strings).unwrap()
}
