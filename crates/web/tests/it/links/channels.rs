//! Channels beside each other, as a page and as a file; the way in.

use axum::http::StatusCode;

use crate::browser::{Place, form};
use crate::links::{placed, web_code};
use crate::team::acts;

// catalogue: B09
#[tokio::test]
async fn channels_are_compared_by_own_dates_and_taken_as_a_file_that_is_noted() {
    let place = Place::with(web::Limits::none()).await;
    let mut owner = place.operator().await;
    let code = web_code(&mut owner, "双十一引流").await;
    let at = placed(&mut owner, &code, "店门口海报").await;
    let cost =
        form(&[("name", "店门口海报"), ("partner", "翠苑驿站"), ("spends", "2026-11-20 80")]);
    assert_eq!(owner.post(&at, &cost).await.status, StatusCode::SEE_OTHER);
    let page = owner.get("/codes/channels").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for words in [
        "按投放位",
        "按活码",
        "按邀请人",
        "店门口海报",
        "翠苑驿站",
        "¥80.00",
        "网址那边不会告诉我们谁来了",
    ] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let span = "from=2026-11-01&to=2026-11-10";
    let before = owner.get(&format!("/codes/channels?{span}")).await;
    assert!(!before.text.contains("¥80.00"), "the cost was later: {}", before.text);
    let wrong = owner.get("/codes/channels?from=2026-11-10&to=2026-11-01").await;
    assert!(wrong.text.contains("开始要早于结束") && wrong.text.contains("value=\"2026-11-10\""));
    let file = owner.get("/codes/channels/export/placements.csv").await;
    assert_eq!(file.status, StatusCode::OK);
    let lines: Vec<&str> = file.text.lines().collect();
    assert!(lines[0].starts_with("\u{feff}渠道,所属活码,来源,合作方,扫码次数"), "{}", lines[0]);
    assert!(lines[1].starts_with("店门口海报,双十一引流,"), "{}", lines[1]);
    assert!(lines[1].contains("翠苑驿站") && lines[1].contains(",80,"), "{}", lines[1]);
    assert!(!lines[1].contains("没有人"), "of an address nobody knows: {}", lines[1]);
    assert_eq!(acts(&place.store).await[0], "list.exported");
    let log = owner.get("/audit?act=list.exported").await;
    assert!(log.text.contains("渠道对比") && log.text.contains("按投放位"), "{}", log.text);
    let book = owner.get("/codes/channels/export/codes.xlsx").await;
    assert!(book.header("content-type").contains("spreadsheet"));
    let none = owner.get("/codes/channels/export/secrets.csv").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

// catalogue: B10
#[tokio::test]
async fn the_way_in_says_what_is_not_known() {
    let place = Place::with(web::Limits::none()).await;
    let mut owner = place.operator().await;
    let code = web_code(&mut owner, "知乎文章").await;
    placed(&mut owner, &code, "文章").await;
    let all = owner.get("/codes/funnel").await;
    for words in ["扫码（次）", "加上好友（人）", "进群（人）", "这段时间没有人进来"]
    {
        assert!(all.text.contains(words), "{words}: {}", all.text);
    }
    let one = owner.get(&format!("/codes/funnel?code={code}")).await;
    assert!(one.text.contains(&format!("<option value=\"{code}\" selected>")), "{}", one.text);
    assert!(!one.text.contains("进群（人）"), "an address of the web tells of nobody");
}
