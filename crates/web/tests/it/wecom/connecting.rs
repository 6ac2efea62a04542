//! Connecting: what is wrong is named and nothing is kept; who may.

use axum::http::StatusCode;
use domain::OrgId;
use practice::wecom::Fault;

use crate::browser::{Place, form};
use crate::team::{acts, hired, invited, welcome};
use crate::wecom::Scene;

#[tokio::test]
async fn a_wrong_secret_is_named_and_nothing_is_kept() {
    let mut scene = Scene::set().await;
    let wrong = "not-the-secret-of-this-app";
    let page = scene.sends(wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("企业微信不认这个 Secret"), "{}", page.text);
    assert!(page.text.contains("is-invalid") && !page.text.contains(wrong));
    let (corp, api) = (scene.practice.corp().to_owned(), scene.practice.url());
    assert!(page.text.contains(&format!("value=\"{corp}\"")), "what was typed stays");
    assert!(page.text.contains(&format!("value=\"{api}\"")));
    assert!(page.text.contains("<details class=\"mb-3\" open><summary class=\"mb-3\""));
    assert!(scene.place.store.wecom_accounts(OrgId(1)).await.unwrap().is_empty());
    assert!(!acts(&scene.place.store).await.contains(&"wecom.connected".to_owned()));
}

#[tokio::test]
async fn every_field_that_is_wrong_says_why() {
    let mut scene = Scene::set().await;
    let corp = scene.practice.corp().to_owned();
    let api = scene.practice.url();
    let of = |name: &'static str, value: &'static str| (name, value);
    for (fields, words) in [
        (vec![], "请填上企业ID"),
        (vec![], "请填上应用的 Secret"),
        (vec![of("corp", "qq12")], "这不像企业ID"),
        (vec![of("corp", "ww0000000000000000"), ("api", &api)], "企业微信不认这个企业ID"),
        (vec![("corp", &corp), of("agent", "abc")], "AgentId 是数字"),
        (vec![("corp", &corp), of("token", "t")], "也要填 EncodingAESKey"),
        (vec![("corp", &corp), of("aes_key", "t")], "也要填 Token"),
        (vec![("corp", &corp), of("aes_key", "t"), of("token", "t")], "EncodingAESKey 不对"),
        (vec![("corp", &corp), of("api", "ftp:/<b>")], "这不是能用的接口地址"),
        (vec![("corp", &corp), of("api", "http://127.0.0.1:9")], "连不上企业微信的接口"),
        (vec![("corp", &corp), of("proxy", "::")], "这不是能用的代理地址"),
    ] {
        let mut all = fields.clone();
        if !fields.is_empty() {
            all.push(("secret", "typed-secret-43"));
        }
        let page = scene.owner.post("/settings/wecom", &form(&all)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(page.text.contains(words), "{words}: {}", page.text);
        assert!(!page.text.contains("typed-secret-43") && !page.text.contains("ftp:/<b>"));
    }
    scene.practice.faults(|faults| faults.plan("gettoken", 1, Fault::Code(60_020)));
    let secret = scene.practice.secret().to_owned();
    let page = scene.sends(&secret).await;
    assert!(page.text.contains("这台服务器的 IP 不在可信名单里"), "{}", page.text);
    scene.keeps_secrets(&page);
    assert!(scene.place.store.wecom_accounts(OrgId(1)).await.unwrap().is_empty());
}

#[tokio::test]
async fn without_a_key_nothing_is_connected_and_it_says_what_to_do() {
    let mut scene = Scene::on(Place::with(web::Limits::none()).await).await;
    let secret = scene.practice.secret().to_owned();
    let page = scene.sends(&secret).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("--key-file"), "{}", page.text);
    scene.keeps_secrets(&page);
}

#[tokio::test]
async fn a_company_is_connected_once() {
    let mut scene = Scene::set().await;
    scene.connected().await;
    let secret = scene.practice.secret().to_owned();
    let again = scene.sends(&secret).await;
    assert_eq!(again.header("location"), "/settings/wecom?done=before");
    let list = scene.owner.get(again.header("location")).await;
    assert!(list.text.contains("已经连接过了") && list.text.contains(scene.practice.corp()));
    assert!(list.text.contains("读完"), "{}", list.text);
    scene.keeps_secrets(&list);
    assert!(acts(&scene.place.store).await.contains(&"wecom.connected".to_owned()));
    let log = scene.owner.get("/audit?act=wecom.connected").await;
    assert!(log.text.contains("连接企业微信") && log.text.contains(scene.practice.corp()));
}

// catalogue: R04
#[tokio::test]
async fn leads_look_and_read_and_owners_alone_connect() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let link = invited(&mut scene.owner, "lead", None).await;
    let mut lead = scene.place.browser();
    welcome(&mut lead, &link, "lead-all").await;
    let list = lead.get("/settings/wecom").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(!list.text.contains("name=\"secret\""), "no form that would be refused");
    assert!(lead.get("/settings").await.text.contains("href=\"/settings/wecom\""));
    let page = lead.get(&address).await;
    assert!(page.status == StatusCode::OK && !page.text.contains(&format!("{address}/edit")));
    let pulled = lead.post(&format!("{address}/pulls"), "").await;
    assert_eq!(pulled.header("location"), address, "{}", pulled.text);
    for path in ["/edit", "/disconnection"] {
        let refused = lead.post(&format!("{address}{path}"), "").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(lead.post("/settings/wecom", "").await.status, StatusCode::FORBIDDEN);
    // What a company knows lies beyond every scope.
    let mut scoped = hired(&scene.place, "lead-1", "lead", &[scene.place.group]).await;
    assert!(!scoped.get("/settings").await.text.contains("href=\"/settings/wecom\""));
    for path in ["/settings/wecom".to_owned(), address.clone(), format!("{address}/calls")] {
        assert_eq!(scoped.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}
