//! Files that leave: each is noted with who took what, how many rows and of which days.

use domain::OrgId;

use super::scene::Scene;

async fn noted(scene: &Scene) -> Vec<(Option<i64>, String)> {
    let query = store::AuditQuery {
        act: Some("list.exported".to_owned()),
        limit: 50,
        ..store::AuditQuery::default()
    };
    let lines = scene.place.store.audit(OrgId(1), query).await.unwrap();
    lines.into_iter().map(|line| (line.group.map(|group| group.0), line.about)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_that_leaves_is_noted_and_a_refused_one_is_not() {
    let scene = Scene::set().await;
    let group = scene.place.group.0;
    let window = "from=2026-11-20&to=2026-11-22";
    let files = [
        ("/people/export.csv".to_owned(), None, "people", ""),
        ("/groups/export.csv".to_owned(), None, "groups", ""),
        (format!("/groups/{group}/members.csv"), Some(group), "members", ""),
        ("/audit/export.csv".to_owned(), None, "audit", ""),
        (format!("/figures/export/days.csv?{window}"), None, "figures", "days"),
        (format!("/figures/export/groups.xlsx?{window}"), None, "figures", "groups"),
        (
            format!("/figures/groups/{group}/export/days.csv?{window}"),
            Some(group),
            "figures",
            "days",
        ),
        (
            format!("/figures/groups/{group}/export/came.xlsx?{window}"),
            Some(group),
            "figures",
            "came",
        ),
    ];
    for (path, _, _, _) in &files {
        let refused = scene.tender.clone().get(path).await;
        assert_eq!(refused.status, 403, "{path}");
    }
    assert!(noted(&scene).await.is_empty(), "what was refused did not leave");
    for (path, of, list, part) in files {
        let response = scene.owner.clone().open("GET", &path, "").await;
        assert_eq!(response.status(), 200, "{path}");
        let named = response.headers()["content-disposition"].to_str().unwrap().to_owned();
        assert!(named.starts_with("attachment; "), "{path}: {named}");
        let bytes = axum::body::to_bytes(response.into_body(), 10_000_000).await.unwrap();
        let (noted_of, about) = noted(&scene).await.remove(0);
        let about: serde_json::Value = serde_json::from_str(&about).unwrap();
        assert_eq!(noted_of, of, "{path}");
        assert_eq!(about["list"], list, "{path}");
        assert_eq!(about["part"].as_str().unwrap_or_default(), part, "{path}");
        if path.contains(".csv") {
            let lines = String::from_utf8_lossy(&bytes).lines().count() as u64;
            assert_eq!(about["rows"].as_u64(), Some(lines - 1), "{path}");
        }
        if path.contains(window) {
            assert_eq!(about["days"], "2026-11-20 – 2026-11-22", "{path}");
        }
    }
    let log = scene.owner.clone().get("/audit?act=list.exported").await.text;
    for words in ["导出表格</td>", "客户列表", "2026-11-20 – 2026-11-22", "按天", "早起打卡群"]
    {
        assert!(log.contains(words), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_runs_a_formula_whoever_chose_the_name() {
    let scene = Scene::set().await;
    for name in ["=HYPERLINK(1)", "+7", "-2+3"] {
        scene.place.member(name).await;
    }
    scene.place.live.caught_up().await;
    let group = scene.place.group.0;
    let mut owner = scene.owner.clone();
    for path in [
        "/people/export.csv".to_owned(),
        format!("/groups/{group}/members.csv"),
        format!("/figures/groups/{group}/export/came.csv?from=2026-11-16&to=2026-11-22"),
    ] {
        let file = owner.get(&path).await.text;
        for name in ["=HYPERLINK(1)", "+7", "-2+3"] {
            assert!(file.contains(&format!("'{name}")), "{path}: {name}\n{file}");
            assert!(!file.contains(&format!(",{name}")) && !file.contains(&format!("\n{name}")));
        }
    }
}
