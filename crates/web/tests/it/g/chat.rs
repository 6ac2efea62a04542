//! The chat page: paging, jumping, weight, parts.

use axum::http::StatusCode;

use crate::browser::{Browser, Place};

async fn talk(place: &Place, by: &mut Browser, lines: usize) -> Vec<String> {
    let mut keys = Vec::new();
    for number in 0..lines {
        place.pass_ms(2_000);
        keys.push(place.said(by, &format!("第 {number} 句话")).await);
    }
    keys
}

#[tokio::test]
async fn earlier_and_later_lines_come_page_by_page_without_scripts() {
    let place = Place::open().await;
    let (mut ann, _) = place.two().await;
    talk(&place, &mut ann, 120).await;
    let mut path = place.link();
    let mut seen = Vec::new();
    for _ in 0..5 {
        let page = ann.get(&path).await.text;
        seen.extend((0..120).filter(|number| page.contains(&format!("第 {number} 句话<"))));
        let Some(rest) = page.split("href=\"?before=").nth(1) else { break };
        path = format!("{}?before={}", place.link(), rest.split('"').next().unwrap());
    }
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!((seen.len(), all), (120, 120), "every line once");
    let later = ann.get(&format!("{}?after=10", place.link())).await.text;
    assert!(later.contains("回到最新") && later.contains("查看更新的消息"));
}

// catalogue: A28
#[tokio::test]
async fn a_pinned_message_is_reached_also_when_it_is_far_up() {
    let place = Place::open().await;
    let mut keeper = place.keeper().await;
    let (mut ann, _) = place.two().await;
    let key = place.said(&mut ann, "今天的课在这里").await;
    place.act(&mut keeper, "/pins", &[("of", &key), ("on", "1")]).await;
    talk(&place, &mut ann, 120).await;
    let page = ann.get(&place.link()).await.text;
    let href = format!("{}?at={key}#m{key}", place.link());
    assert!(
        page.contains(&format!("href=\"{href}\"")) && !page.contains(&format!("id=\"m{key}\""))
    );
    let there = ann.get(&href).await.text;
    assert!(there.contains(&format!("id=\"m{key}\"")) && there.contains("回到最新"));
    place.act(&mut keeper, "/pins", &[("of", &key), ("on", "0")]).await;
    assert!(!ann.get(&place.link()).await.text.contains("置顶</b>"));
    let gone = ann.get(&format!("{}?at=12345", place.link())).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_with_its_files_weighs_less_than_60_kb() {
    let place = Place::open().await;
    let (mut ann, _) = place.two().await;
    talk(&place, &mut ann, 80).await;
    let page = ann.get(&place.link()).await.text;
    let mut weight = page.len();
    let mut files = Vec::new();
    for attribute in ["href=\"/assets/", "src=\"/assets/"] {
        for rest in page.split(attribute).skip(1) {
            let path = format!("/assets/{}", rest.split('"').next().unwrap());
            let file = ann.get(&path).await;
            assert_eq!(file.status, StatusCode::OK);
            weight += file.text.len();
            files.push((path, file.text.len()));
        }
    }
    println!("page {} bytes, files {files:?}, together {weight}", page.len());
    assert!(weight <= 60_000);
    let size = |name: &str| files.iter().find(|(path, _)| path.contains(name)).unwrap().1;
    assert!(size("page.css") <= 12_000 && size("chat.js") <= 14_000);
}

#[tokio::test]
async fn parts_are_for_members_only() {
    let place = Place::open().await;
    let mut stranger = place.browser();
    for path in ["?part=lines", "?part=frame", "/names", "/members", "/announcements", "/events"] {
        let answer = stranger.get(&(place.link() + path)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
}
