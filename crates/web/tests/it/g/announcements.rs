//! Versions of the announcement.

use crate::browser::Place;

// catalogue: A25
#[tokio::test]
async fn the_history_shows_who_changed_what_and_when() {
    let place = Place::open().await;
    let mut keeper = place.keeper().await;
    let (mut ann, _) = place.two().await;
    place.act(&mut keeper, "/announcement", &[("text", "周五八点直播")]).await;
    place.pass_ms(3_600_000);
    place.act(&mut keeper, "/announcement", &[("text", "改到周六八点")]).await;
    let chat = ann.get(&place.link()).await.text;
    assert!(chat.contains("负责人小林 更新了群公告") && chat.contains("class=\"notice\""));
    let history = ann.get(&place.at("/announcements")).await.text;
    let new = history.find("改到周六八点").unwrap();
    let old = history.find("周五八点直播").unwrap();
    assert!(new < old, "the latest stands first");
    assert!(history.contains("第 2 版") && history.contains("负责人小林 · 21:05"));
    assert!(history.contains("第 1 版") && history.contains("负责人小林 · 20:05"));
    place.act(&mut keeper, "/announcement", &[("text", "")]).await;
    assert!(!ann.get(&place.link()).await.text.contains("class=\"notice\""));
    assert!(ann.get(&place.at("/announcements")).await.text.contains("（撤下）"));
}
