//! `/uploads` and `/imports`: an export in the browser, from the form to its undoing.

use axum::http::StatusCode;
use web::Limits;

use crate::browser::{Browser, Page, Place, form};
use crate::team::hired;

const BOUNDARY: &str = "--------x7Y";

/// A form with these files.
fn multipart(files: &[(&str, &str)]) -> String {
    let part = |(name, text): &(&str, &str)| {
        format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             content-type: text/plain\r\n\r\n{text}\r\n"
        )
    };
    files.iter().map(part).collect::<String>() + &format!("--{BOUNDARY}--\r\n")
}

pub(crate) async fn upload(browser: &Browser, files: &[(&str, &str)]) -> Page {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    browser.clone().typed(&kind).post("/uploads", &multipart(files)).await
}

pub(crate) fn sample() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/running-group-qq.txt");
    std::fs::read_to_string(path).unwrap()
}

/// Reloads a page until it no longer says that it goes on.
pub(crate) async fn ended(browser: &mut Browser, path: &str) -> Page {
    loop {
        let page = browser.get(path).await;
        if !page.text.contains("hx-get=\"/uploads/") {
            return page;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn an_export_is_uploaded_recognised_imported_and_undone() {
    let place = Place::with(Limits::none()).await;
    let mut desk = place.operator().await;
    assert!(desk.get("/imports").await.text.contains("还没有导入过"));
    let sent = upload(&desk, &[("../跑步群.txt", &sample())]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let address = sent.header("location").to_owned();
    let draft = desk.get(&address).await;
    assert!(draft.text.contains("QQ") && draft.text.contains("跑步群.txt"), "{}", draft.text);
    assert!(draft.text.contains("开始导入") && draft.text.contains("请选导出的人所在的时区"));
    let start = format!("{address}/start");
    let wrong = desk.post(&start, &form(&[("zone", "Mars/Base")])).await;
    assert!(desk.get(wrong.header("location")).await.text.contains("没有这个时区"));
    let zone = form(&[("zone", "Asia/Shanghai"), ("group", "跑步群"), ("staff", "小林\n阿杰")]);
    for _ in 0..2 {
        assert_eq!(desk.post(&start, &zone).await.header("location"), address);
    }
    let done = ended(&mut desk, &address).await;
    assert!(done.text.contains("导入完成") && done.text.contains("跑步群"), "{}", done.text);
    let list = desk.get("/imports").await;
    assert!(list.text.contains("/imports/1") && list.text.contains("跑步群"));
    assert!(desk.get("/imports/1").await.text.contains("撤销这次导入"));
    let undone = desk.post("/imports/1/undoing", "").await;
    let told = desk.get(undone.header("location")).await;
    assert!(told.text.contains("已撤销，移除"), "{}", told.text);
    assert!(!told.text.contains("/imports/1/undoing"));
    let again = desk.post("/imports/1/undoing", "").await;
    assert_eq!(again.header("location"), "/imports/1");
}

#[tokio::test]
async fn what_cannot_be_read_says_why_and_can_be_removed() {
    let place = Place::with(Limits::none()).await;
    let mut desk = place.operator().await;
    let sent = upload(&desk, &[("notes.txt", "just some words\n")]).await;
    let address = sent.header("location").to_owned();
    let draft = desk.get(&address).await;
    assert!(draft.text.contains("认不出是哪种聊天记录"), "{}", draft.text);
    desk.post(&format!("{address}/start"), &form(&[("zone", "UTC")])).await;
    assert!(ended(&mut desk, &address).await.text.contains("没有导入成功"));
    assert!(desk.get("/imports").await.text.contains("没有成功"));
    assert_eq!(desk.post(&format!("{address}/removal"), "").await.header("location"), "/imports");
    assert_eq!(desk.get(&address).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_without_a_file_or_above_the_limit_leaves_nothing() {
    let place = Place::set(|settings| settings.upload_bytes_max = 100_000).await;
    let mut desk = place.operator().await;
    assert_eq!(upload(&desk, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let big = "长".repeat(50_000);
    let refused = upload(&desk, &[("big.txt", &big)]).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.text.contains("文件太大了"));
    let list = desk.get("/imports").await;
    assert!(!list.text.contains("big.txt") && !list.text.contains("还没导入的"));
    let bare = place.browser().post("/uploads", "").await;
    assert_eq!(bare.status, StatusCode::SEE_OTHER, "only staff");
}

#[tokio::test]
async fn the_feed_of_an_imported_group_shows_who_spoke() {
    let place = Place::with(Limits::none()).await;
    let mut desk = place.operator().await;
    let sent = upload(&desk, &[("跑步群.txt", &sample())]).await;
    let address = sent.header("location").to_owned();
    let fields = form(&[("zone", "Asia/Shanghai"), ("group", "跑步群"), ("staff", "小林")]);
    let begun = desk.post(&format!("{address}/start"), &fields).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text);
    ended(&mut desk, &address).await;
    let groups = place.store.groups(domain::OrgId(1)).await.unwrap();
    let group = groups.into_iter().find(|row| row.id != place.group).unwrap().id;
    let feed = desk.get(&format!("/groups/{}/feed", group.0)).await;
    assert_eq!(feed.status, StatusCode::OK);
    let people = place.store.last_stays(domain::OrgId(1), group, false).await.unwrap();
    let shown = people.iter().filter(|one| !one.name.is_empty() && feed.text.contains(&one.name));
    assert!(shown.count() > 3 && !feed.text.contains("（未留名）"), "{}", feed.text);
}

/// An upload that waits for its form.
async fn waiting(place: &Place) -> String {
    let sent = upload(&place.operator().await, &[("跑步群.txt", &sample())]).await;
    sent.header("location").to_owned()
}

#[tokio::test]
async fn imports_are_for_leads_who_see_all_groups_and_for_their_own_organisation() {
    let place = Place::open().await;
    let address = waiting(&place).await;
    let mut operator = hired(&place, "operator-1", "operator", &[place.group]).await;
    let mut some = hired(&place, "lead-1", "lead", &[place.group]).await;
    for browser in [&mut operator, &mut some] {
        assert_eq!(upload(browser, &[("a.txt", "x")]).await.status, StatusCode::FORBIDDEN);
        for path in [&address, "/imports", "/imports/1"] {
            assert_eq!(browser.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        for act in ["/start", "/cancelling", "/removal"] {
            let refused = browser.post(&format!("{address}{act}"), "zone=UTC").await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{act}");
        }
        let undone = browser.post("/imports/1/undoing", "").await;
        assert_eq!(undone.status, StatusCode::FORBIDDEN);
    }
    let mut desk = place.operator().await;
    for path in ["/uploads/999", "/uploads/-1", "/imports/999"] {
        assert_eq!(desk.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(desk.get(&address).await.text.contains("开始导入"), "nothing was done to it");
}

#[tokio::test]
async fn undoing_twice_undoes_once_and_the_log_says_so_once() {
    let place = Place::with(Limits::none()).await;
    let mut desk = place.operator().await;
    let address = waiting(&place).await;
    let zone = form(&[("zone", "Asia/Shanghai"), ("group", "跑步群")]);
    desk.post(&format!("{address}/start"), &zone).await;
    ended(&mut desk, &address).await;
    let mut other = desk.clone();
    let (one, two) =
        tokio::join!(desk.post("/imports/1/undoing", ""), other.post("/imports/1/undoing", ""));
    for answer in [one, two] {
        assert!(answer.header("location").starts_with("/imports/1"), "{}", answer.text);
    }
    assert_eq!(acts(&place, "import.undone").await, 1);
    // What has ended cannot be cancelled, and nobody is said to have done so.
    let late = desk.post(&format!("{address}/cancelling"), "").await;
    assert_eq!(late.header("location"), address);
    assert_eq!(acts(&place, "import.cancelled").await, 0);
}

#[tokio::test]
async fn who_cancels_an_import_under_way_stands_in_the_log_once() {
    let place = Place::open().await;
    let mut desk = place.operator().await;
    let address = waiting(&place).await;
    desk.post(&format!("{address}/start"), &form(&[("zone", "UTC"), ("group", "跑步群")])).await;
    for _ in 0..2 {
        desk.post(&format!("{address}/cancelling"), "").await;
    }
    let said = acts(&place, "import.cancelled").await;
    let end = ended(&mut desk, &address).await;
    // Where the import was faster there was nothing to cancel.
    let was_faster = end.text.contains("导入完成") && said == 0;
    assert!(said == 1 || was_faster, "{said}: {}", end.text);
}

/// How often an act stands in the audit log.
async fn acts(place: &Place, act: &str) -> u32 {
    let since = domain::Millis(0);
    let all = place.store.acts_since(domain::OrgId(1), act, since).await.unwrap();
    all.iter().map(|(_, times)| times).sum()
}
