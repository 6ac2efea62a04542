//! The doctor of a connection, and what is said to be impossible.

use axum::http::StatusCode;
use practice::wecom::{Callback, Family, Faults};

use crate::browser::form;
use crate::wecom::Scene;
use crate::wecom::served::{KEY, Served, TOKEN};

#[tokio::test]
async fn every_trouble_says_what_it_means_and_which_page_to_open() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let doctor = format!("{address}/doctor");
    assert!(scene.owner.get(&address).await.text.contains(&format!("href=\"{doctor}\"")));
    let page = scene.owner.get(&doctor).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("能用，2 项值得留意"), "{}", page.text);
    assert!(page.text.contains("接收消息 → 设置 API 接收"), "{}", page.text);
    scene.keeps_secrets(&page);
    scene.practice.faults(|faults| faults.revoked.insert(Family::Groups));
    let page = scene.owner.get(&doctor).await;
    assert!(page.text.contains("1 项有问题"), "{}", page.text);
    for words in ["权限：客户群", "可调用接口的应用", "api forbidden"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let first = page.text.find("有问题</span>").unwrap();
    assert!(first < page.text.find("正常</span>").unwrap(), "what is to be done comes first");
    scene.practice.faults(Faults::clear);
    scene.practice.faults(|faults| faults.untrusted = true);
    let page = scene.owner.get(&doctor).await;
    assert!(page.text.contains("企业微信看到的 IP 是 127.0.0.1。"), "{}", page.text);
    let english = scene.owner.get(&format!("{doctor}?lang=en")).await;
    assert!(english.text.contains("WeCom saw 127.0.0.1.") && english.text.contains("Trusted IPs"));
    let all = scene.owner.get("/doctor?lang=zh").await;
    assert!(all.text.contains(&format!("href=\"{doctor}\"")), "{}", all.text);
    scene.owner.post(&format!("{address}/disconnection"), "").await;
    assert!(scene.owner.get(&doctor).await.text.contains("这家企业已经断开"));
}

#[tokio::test]
async fn a_letter_of_our_own_goes_out_and_comes_back_through_the_public_address() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let served = Served::start(&scene.place).await;
    let edit = format!("{address}/edit");
    let api = scene.practice.url();
    let typed = form(&[("token", TOKEN), ("aes_key", KEY), ("api", &api)]);
    let saved = scene.owner.post(&edit, &typed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    scene.rested(&address).await;
    let doctor = format!("{address}/doctor");
    let seen = async |to: Option<&str>, scene: &Scene| {
        let mut owner = scene.place.operator_at(to).await;
        let page = owner.get(&doctor).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        page
    };
    let page = seen(None, &scene).await;
    assert!(page.text.contains("没有告诉 huoqun 它的对外网址"), "{}", page.text);
    let page = seen(Some(&served.url), &scene).await;
    assert!(page.text.contains("转一圈回来，能验过、能解开"), "{}", page.text);
    assert!(page.text.contains("还没有收到过任何回调"), "{}", page.text);
    scene.keeps_secrets(&page);
    assert!(!page.text.contains(TOKEN) && !page.text.contains(KEY));
    let page = seen(Some("http://127.0.0.1:1"), &scene).await;
    assert!(page.text.contains("从本机打不开自己的回调地址"), "{}", page.text);
    let page = seen(Some(&format!("{}/elsewhere", served.url)), &scene).await;
    assert!(page.text.contains("那个网址回答了 HTTP 404"), "{}", page.text);
    let row = scene.place.store.wecom_accounts(domain::OrgId(1)).await.unwrap().remove(0);
    let url = format!("{}/hooks/wecom/{}", served.url, row.access.hook);
    let callback = Callback { url, token: TOKEN.to_owned(), key: KEY.to_owned() };
    scene.practice.call_back(callback).await.unwrap();
}

#[tokio::test]
async fn what_wecom_lets_nobody_do_is_said_before_somebody_relies_on_it() {
    let mut scene = Scene::set().await;
    let list = scene.owner.get("/settings/wecom").await;
    assert!(list.text.contains("href=\"/settings/wecom/honest\""), "{}", list.text);
    let address = scene.connected().await;
    assert!(scene.owner.get(&address).await.text.contains("href=\"/settings/wecom/honest\""));
    let page = scene.owner.get("/settings/wecom/honest").await;
    for words in ["想做的事", "企业微信允许什么", "huoqun 怎么办", "把人移出群", "会话内容存档"]
    {
        assert!(page.text.contains(words), "{words}");
    }
    let english = scene.owner.get("/settings/wecom/honest?lang=en").await;
    assert!(english.text.contains("Remove somebody") && !english.text.contains("想做的事"));
}
