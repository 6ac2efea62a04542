//! The access to a company, changed and ended.

use axum::http::StatusCode;

use crate::browser::form;
use crate::team::acts;
use crate::wecom::Scene;

#[tokio::test]
async fn secrets_that_are_left_empty_stay_and_wrong_ones_change_nothing() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let edit = format!("{address}/edit");
    let page = scene.owner.get(&edit).await;
    let api = scene.practice.url();
    assert!(page.text.contains(&format!("value=\"{api}\"")), "{}", page.text);
    assert!(page.text.contains("不改就留空") && page.text.contains("/hooks/wecom/"));
    scene.keeps_secrets(&page);
    let wrong = form(&[("secret", "another-secret"), ("api", &api)]);
    let refused = scene.owner.post(&edit, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("企业微信不认这个 Secret"), "{}", refused.text);
    assert!(!refused.text.contains("another-secret"));
    let saved = scene.owner.post(&edit, &form(&[("agent", "1000002"), ("api", &api)])).await;
    assert_eq!(saved.header("location"), format!("{address}?done=changed"), "{}", saved.text);
    let page = scene.owner.get(saved.header("location")).await;
    assert!(page.text.contains("已保存"));
    assert!(scene.owner.get(&edit).await.text.contains("value=\"1000002\""));
    let page = scene.rested(&address).await;
    assert!(!page.text.contains("停住了"), "the secret that was there still works");
    assert!(acts(&scene.place.store).await.contains(&"wecom.changed".to_owned()));
}

#[tokio::test]
async fn the_end_is_asked_for_and_what_is_known_stays() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let page = scene.owner.get(&format!("{address}/edit")).await;
    let asks = "确定断开这家企业吗？已有的数据都留着。";
    assert!(page.text.contains(asks) && page.text.contains("连接日志都留着"), "{}", page.text);
    let ended = scene.owner.post(&format!("{address}/disconnection"), "").await;
    let list = scene.owner.get(ended.header("location")).await;
    assert!(list.text.contains("已断开，不会再读取") && list.text.contains(&address));
    let page = scene.owner.get(&address).await;
    assert!(page.text.contains("12 个客户群") && page.text.contains("已断开，不再读取"));
    assert!(!page.text.contains(&format!("{address}/pulls")), "nothing that would be refused");
    let pulled = scene.owner.post(&format!("{address}/pulls"), "").await;
    assert_eq!(pulled.header("location"), format!("{address}?wrong=locked"));
    assert!(scene.owner.get(&format!("{address}/edit")).await.text.contains("已经断开"));
    assert!(acts(&scene.place.store).await.contains(&"wecom.disconnected".to_owned()));
    // Connected again it keeps its number, and is read again.
    assert_eq!(scene.connected().await, address);
}

#[tokio::test]
async fn a_company_that_is_not_there_is_not_found() {
    let mut scene = Scene::set().await;
    for path in ["", "/steps", "/calls", "/edit"] {
        for number in ["1", "-1", "99"] {
            let page = scene.owner.get(&format!("/settings/wecom/{number}{path}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{number}{path}");
        }
    }
    for path in ["/pulls", "/edit", "/disconnection"] {
        let page = scene.owner.post(&format!("/settings/wecom/1{path}"), "").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
}
