//! The look of the console: themes, packed answers, errors as pages and as words in the corner.

use app::console::add_owner;
use axum::http::StatusCode;

use crate::browser::Place;

#[tokio::test]
async fn a_theme_is_kept_and_the_page_is_sent_in_it() {
    let place = Place::open().await;
    let mut owner = place.operator().await;
    let page = owner.get("/gallery").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("<html lang=\"zh-CN\">"), "the system's theme, unless asked");
    let dark = owner.get("/gallery?theme=dark").await;
    assert!(dark.text.contains("<html lang=\"zh-CN\" data-bs-theme=\"dark\">"));
    assert!(
        owner.get("/gallery").await.text.contains("<html lang=\"zh-CN\" data-bs-theme=\"dark\">")
    );
    let back = owner.get("/gallery?theme=system&q=1").await;
    assert!(back.text.contains("<html lang=\"zh-CN\">"));
    assert!(
        back.text.contains("href=\"?q=1&amp;theme=dark\"")
            || back.text.contains("?q=1&#38;theme=dark")
    );
}

#[tokio::test]
async fn what_stands_in_the_console_is_packed_for_those_who_take_it() {
    let place = Place::open().await;
    let page = place.operator().await.get("/gallery").await;
    let at = page.text.find("/assets/console.css?").unwrap();
    let address = page.text[at..].split('"').next().unwrap().to_owned();
    let mut browser = place.browser().with("accept-encoding", "gzip, br");
    let packed = browser.get(&address).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.header("cache-control").contains("immutable"));
    let plain = place.browser().get(&address).await;
    assert_eq!(plain.header("content-encoding"), "");
    assert!(plain.text.contains(".hq-frame"));
    let licences = place.browser().get("/licences").await;
    assert!(licences.text.contains("The Tabler Authors") && licences.text.contains("Apache"));
}

#[tokio::test]
async fn errors_of_the_console_are_pages_with_a_way_on() {
    let place = Place::open().await;
    let page = place.operator().await.get("/nowhere").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("没有这个页面") && page.text.contains("回到首页"));
    assert!(page.text.contains("hq-alone") && !page.text.contains("http-equiv"));
    let member = place.browser().get("/g/nosuchcode").await;
    assert!(!member.text.contains("hq-alone"), "members see their own look");
}

#[tokio::test]
async fn a_part_that_fails_says_so_in_the_corner() {
    let place = Place::open().await;
    let mut part = place.operator().await.with("hx-request", "true");
    let answer = part.get("/nowhere").await;
    let said = answer.header("hx-trigger");
    assert!(said.contains("hq:say") && said.is_ascii(), "{said}");
    let words: serde_json::Value = serde_json::from_str(said).unwrap();
    assert!(words["hq:say"]["words"].as_str().unwrap().contains("没有这个页面"));
}

#[tokio::test]
async fn a_part_whose_reader_is_logged_out_leads_the_page_to_the_log_in() {
    let place = Place::open().await;
    let mut part = place.browser().with("hx-request", "true");
    let answer = part.get("/gallery").await;
    assert_eq!((answer.status, answer.header("hx-redirect")), (StatusCode::OK, "/login"));
    let page = place.browser().get("/gallery").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_first_day_every_place_answers_and_today_says_what_to_do() {
    let place = Place::open().await;
    let fresh = place.another_organisation().await;
    let said = ["first", "小林", "a quiet evening"];
    add_owner(&place.store, fresh, said, place.now()).await.unwrap();
    let mut owner = place.elsewhere(fresh);
    owner.log_in(("first", "a quiet evening")).await;
    for path in ["/groups", "/people", "/figures", "/figures/groups", "/summary", "/settings"] {
        assert_eq!(owner.get(path).await.status, StatusCode::OK, "{path}");
    }
    let today = owner.get("/today").await.text;
    assert!(today.contains("先开一个群") && !today.contains("都处理完了"));
    let settings = owner.get("/settings").await.text;
    assert!(settings.contains("href=\"/gallery\"") && settings.contains("value=\"别家\""));
}
