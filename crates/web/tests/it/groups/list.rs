//! The list: filters, views, bulk changes, export.

use app::live::NewGroup;
use axum::http::StatusCode;
use domain::OrgId;

use crate::browser::{Place, form};
use crate::groups::done;

async fn many(place: &Place, names: &[&str]) -> Vec<i64> {
    let mut groups = Vec::new();
    for name in names {
        let new = NewGroup { name: (*name).to_owned(), zone: "Asia/Shanghai".to_owned() };
        groups.push(place.live.open_group(OrgId(1), new).await.unwrap().0);
    }
    groups
}

#[tokio::test]
async fn groups_are_found_by_name_pinyin_initials_and_owner() {
    let place = Place::open().await;
    many(&place, &["车友会", "读书会"]).await;
    let mut operator = place.operator().await;
    let all = operator.get("/groups").await;
    assert_eq!(all.status, StatusCode::OK);
    for name in ["早起打卡群", "车友会", "读书会"] {
        assert!(all.text.contains(name), "{name}");
    }
    for query in ["q=车友", "q=cheyou", "q=cyh"] {
        let found = operator.get(&format!("/groups?{}", query.replace("车友", "%E8%BD%A6"))).await;
        assert!(found.text.contains("车友会") && !found.text.contains("读书会"), "{query}");
    }
    assert!(operator.get("/groups?owner=none").await.text.contains("车友会"));
    assert!(operator.get("/groups?silent=45").await.text.contains("车友会"), "never a message");
    assert!(operator.get("/groups?mood=lively").await.text.contains("没有符合条件的群"));
    let odd = operator.get("/groups?sort=x&page=-3&kind=%22&owner=x").await;
    assert_eq!(odd.status, StatusCode::OK);
}

#[tokio::test]
async fn fifty_stand_on_a_page() {
    let place = Place::open().await;
    let names: Vec<String> = (0..60).map(|n| format!("群{n:03}")).collect();
    many(&place, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut operator = place.operator().await;
    let first = operator.get("/groups?sort=name").await.text;
    assert_eq!(first.matches("name=\"group\"").count(), 50);
    assert!(first.contains("rel=\"next\"") && !first.contains("rel=\"prev\""));
    let second = operator.get("/groups?sort=name&page=2").await.text;
    assert_eq!(second.matches("name=\"group\"").count(), 11);
}

// catalogue: A14
#[tokio::test]
async fn many_groups_are_changed_after_a_preview_and_changed_back() {
    let place = Place::open().await;
    let groups = many(&place, &["车友会", "读书会"]).await;
    let mut operator = place.operator().await;
    let (a, b) = (groups[0].to_string(), groups[1].to_string());
    let fields = [
        ("which", "picked"),
        ("group", a.as_str()),
        ("group", b.as_str()),
        ("group", "999"),
        ("kind", "interest"),
        ("add", "华东 vip"),
    ];
    let preview = operator.post("/groups/changes/preview", &form(&fields)).await;
    assert_eq!(preview.status, StatusCode::OK);
    assert!(preview.text.contains("将修改 2 个群") && preview.text.contains("兴趣群"));
    assert!(preview.text.contains("1 个不在你的权限内"));
    assert!(!operator.get("/groups").await.text.contains(">vip<"), "nothing was done yet");
    let changed = done(&mut operator, "/groups/changes", &fields).await;
    let told = operator.get(changed.header("location")).await.text;
    assert!(told.contains("已修改 2 个群"));
    let found = operator.get("/groups?kind=interest&tag=vip").await.text;
    assert!(found.contains("车友会") && found.contains("读书会") && !found.contains("早起打卡群"));
    // Somebody changes one of them meanwhile.
    let one = format!("/groups/{a}/card");
    done(&mut operator, &one, &[("kind", "member"), ("tags", "华东 vip")]).await;
    let undo = told.split("/groups/changes/").nth(1).unwrap().split('"').next().unwrap();
    let undone = done(&mut operator, &format!("/groups/changes/{undo}"), &[]).await;
    let told = operator.get(undone.header("location")).await.text;
    assert!(told.contains("已撤销 1 个群") && told.contains("1 个群后来又被人改过"));
    assert!(operator.get("/groups?kind=member").await.text.contains("车友会"));
    assert!(operator.get("/groups?kind=interest").await.text.contains("没有符合条件的群"));
    let twice = operator.post(&format!("/groups/changes/{undo}"), "").await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn all_that_a_filter_finds_is_changed_at_once() {
    let place = Place::open().await;
    let names: Vec<String> = (0..120).map(|n| format!("福利{n}")).collect();
    many(&place, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut operator = place.operator().await;
    let fields = [("which", "all"), ("query", "q=fuli"), ("kind", "benefit"), ("owner", "1")];
    let preview = operator.post("/groups/changes/preview", &form(&fields)).await.text;
    assert!(preview.contains("将修改 120 个群"), "{preview}");
    done(&mut operator, "/groups/changes", &fields).await;
    let csv = operator.get("/groups/export.csv?kind=benefit").await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert_eq!(csv.text.lines().count(), 121);
    assert!(csv.text.starts_with('\u{feff}') && csv.text.contains("福利群"));
}

#[tokio::test]
async fn a_view_is_saved_shown_and_deleted() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let nameless = operator.post("/groups/views", &form(&[("name", " ")])).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("name", "没人管的群"), ("query", "owner=none&sort=members"), ("shared", "1")];
    done(&mut operator, "/groups/views", &fields).await;
    done(&mut operator, "/groups/views", &fields).await;
    let page = operator.get("/groups?owner=none&sort=members").await.text;
    assert!(page.contains("没人管的群") && page.contains("/groups?owner=none&#38;sort=members"));
    let id = page.split("/groups/views/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    done(&mut operator, &format!("/groups/views/{id}/removal"), &[]).await;
    assert!(!operator.get("/groups").await.text.contains("没人管的群"));
    let gone = operator.post(&format!("/groups/views/{id}/removal"), "").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}
