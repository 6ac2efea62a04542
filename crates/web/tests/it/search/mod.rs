//! `/search`: groups, people and words, by letters, pinyin and initials.

use axum::http::StatusCode;

use crate::browser::Place;
use crate::team::hired;

#[tokio::test]
async fn groups_and_people_are_found_by_letters_pinyin_and_initials() {
    let place = Place::open().await;
    place.two().await;
    let mut desk = place.operator().await;
    for (asked, found) in [
        ("早起", "早起打卡群"),
        ("zqdk", "早起打卡群"),
        ("zaoqi", "早起打卡群"),
        ("%E5%B0%8F%E6%9E%97", "小林"),
        ("xl", "小林"),
        ("ANN", "Ann"),
    ] {
        let page =
            desk.get(&format!("/search?q={asked}").replace("早起", "%E6%97%A9%E8%B5%B7")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains(found), "{asked}");
    }
    let nothing = desk.get("/search?q=zzzz").await;
    assert!(nothing.text.contains("没有叫这个名字") && nothing.text.contains("没有人说过"));
    assert!(desk.get("/search").await.text.contains("找群、找人"));
}

#[tokio::test]
async fn messages_are_found_by_their_words_the_newest_first() {
    let place = Place::open().await;
    let (mut ann, mut lin) = place.two().await;
    place.said(&mut ann, "Python 课几点开始？").await;
    place.pass_ms(60_000);
    place.said(&mut lin, "python 课八点").await;
    let page = place.operator().await.get("/search?q=PYTHON").await;
    let at = |text: &str| page.text.find(text).unwrap();
    assert!(at("课八点") < at("课几点开始"));
    assert!(page.text.contains("<mark>Python</mark>"));
    assert!(page.text.contains(&format!("/groups/{}/feed?at=", place.group.0)));
}

#[tokio::test]
async fn a_script_gets_the_drop_down_alone() {
    let place = Place::open().await;
    place.two().await;
    let mut desk = place.operator().await.with("hx-request", "true");
    let part = desk.get("/search?q=xl").await.text;
    assert!(part.contains("小林") && !part.contains("<html"), "{part}");
    assert!(part.contains("/search?q=xl"));
    assert!(!desk.get("/search?q=").await.text.contains("dropdown"));
}

#[tokio::test]
async fn nobody_finds_anything_without_a_log_in() {
    let place = Place::open().await;
    assert_eq!(place.browser().get("/search?q=xl").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_lies_outside_the_scope_or_elsewhere_is_not_found() {
    let place = Place::open().await;
    let (mut ann, _) = place.two().await;
    place.said(&mut ann, "只有群里人知道的暗号").await;
    let asked = "/search?q=%E6%9A%97%E5%8F%B7";
    assert!(place.operator().await.get(asked).await.text.contains("只有群里人知道的"));
    let mut staff = hired(&place, "staff-1", "staff", &[]).await;
    for path in [asked, "/search?q=xl", "/search?q=zqdk"] {
        let page = staff.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        for theirs in ["群里人知道", "早起打卡群", "小林</"] {
            assert!(!page.text.contains(theirs), "{path}: {theirs}");
        }
    }
}

#[tokio::test]
async fn whatever_is_asked_is_shown_as_words_and_bounded() {
    let place = Place::open().await;
    place.two().await;
    let mut desk = place.operator().await;
    let long = "a".repeat(5_000);
    for asked in ["%3Cscript%3Ealert(1)%3C/script%3E", "%25", "_", "%27%20OR%201=1--", "%00", &long]
    {
        let page = desk.get(&format!("/search?q={asked}")).await;
        assert_eq!(page.status, StatusCode::OK, "{asked}");
        assert!(!page.text.contains("<script>alert") && page.text.len() < 120_000, "{asked}");
        assert!(!page.text.contains("早起打卡群"), "{asked}");
    }
}
