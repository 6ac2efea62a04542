//! Reading: how far it is, why it stands still, what is found, what was called.

use axum::http::StatusCode;
use practice::wecom::{Family, Fault};

use crate::wecom::Scene;

// catalogue: P01
#[tokio::test]
async fn what_was_read_is_shown_with_why_it_matters_and_where_to_go() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let page = scene.owner.get(&address).await;
    assert_eq!(page.status, StatusCode::OK);
    let told = scene.owner.get(&format!("{address}?done=connected")).await;
    assert!(told.text.contains("第一次读取结束") && !told.text.contains("正在第一次读取"));
    assert!(page.text.contains("<div id=\"pull\">") && page.text.contains("<b>员工</b>"));
    assert!(page.text.contains("<b>群成员</b> <span class=\"text-secondary\">12 个群</span>"));
    for words in ["员工", "客户群名单", "群成员", "客户", "读完", "12 个客户群", "去重后的客户"]
    {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    for words in ["各渠道码留住多少人", "需要会话内容存档", "连接以来还没有看到有人退群"]
    {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert!(page.text.contains("连接以前退掉的人，企业微信不提供"), "{}", page.text);
    // People once and per group, as the books have them.
    let (once, per_group) = scene.practice.read(|books| {
        let mut all = Vec::new();
        for group in books.groups.values() {
            let outside = |id: &&String| books.customers.contains_key(*id);
            all.extend(group.members.iter().map(|one| &one.id).filter(outside));
        }
        let per_group = all.len();
        all.sort();
        all.dedup();
        (all.len(), per_group)
    });
    for (label, value) in [("去重后的客户", once), ("按群相加", per_group)] {
        let cell = format!("{label}</span><b>{value}</b>");
        assert!(page.text.contains(&cell), "{cell}: {}", page.text);
    }
    // Who left the company still owns groups; each leads to its page.
    let part = page.text.split("id=\"ownerless\"").nth(1).unwrap().split("</section>").next();
    let mut hrefs = part.unwrap().split("href=\"").filter_map(|rest| rest.split('"').next());
    let href = hrefs.find(|href| href.starts_with("/groups/")).unwrap();
    assert_eq!(scene.owner.get(href).await.status, StatusCode::OK, "{href}");
    let english = scene.owner.get(&format!("{address}?lang=en")).await;
    assert!(english.text.contains("Findings") && english.text.contains("chat archive"));
    for page in [&page, &english] {
        scene.keeps_secrets(page);
    }
}

#[tokio::test]
async fn an_address_that_is_not_trusted_is_named_and_reading_goes_on_after() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    scene.practice.faults(|faults| faults.untrusted = true);
    scene.owner.post(&format!("{address}/pulls"), "").await;
    let page = scene.rested(&address).await;
    assert!(page.text.contains("企业可信IP"), "{}", page.text);
    assert!(page.text.contains("企业微信看到的 IP 是 127.0.0.1。"), "{}", page.text);
    assert!(page.text.contains("not allow to access"), "in the platform's words: {}", page.text);
    let list = scene.owner.get("/settings/wecom").await;
    assert!(list.text.contains("停在「员工」"), "{}", list.text);
    scene.practice.faults(practice::wecom::Faults::clear);
    scene.owner.post(&format!("{address}/pulls"), "").await;
    let page = scene.rested(&address).await;
    assert!(!page.text.contains("停住了") && !page.text.contains("127.0.0.1"), "{}", page.text);
    scene.practice.faults(|faults| faults.revoked.insert(Family::Groups));
    scene.owner.post(&format!("{address}/pulls"), "").await;
    let page = scene.rested(&address).await;
    assert!(page.text.contains("可调用接口的应用") && page.text.contains("48002"));
}

#[tokio::test]
async fn every_call_stands_in_the_log_and_failed_ones_say_what_failed() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let log = format!("{address}/calls");
    let page = scene.owner.get(&log).await;
    assert!(page.text.contains("<code>gettoken</code>"), "{}", page.text);
    assert!(page.text.contains("<code>externalcontact/groupchat/get</code>"));
    assert!(page.text.contains("成功") && !page.text.contains("access_token"));
    scene.keeps_secrets(&page);
    let failed = format!("{log}?failed=1");
    assert!(scene.owner.get(&failed).await.text.contains("没有记录"));
    scene.practice.faults(|faults| faults.plan("", 1, Fault::Code(48_002)));
    scene.owner.post(&format!("{address}/pulls"), "").await;
    scene.rested(&address).await;
    let page = scene.owner.get(&failed).await;
    assert!(page.text.contains("48002 应用没有接口权限"), "{}", page.text);
    assert!(!page.text.contains("成功"));
}

#[tokio::test]
async fn older_lines_are_a_page_further() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let id = store::WecomId { org: domain::OrgId(1), account: 1 };
    let line = |n: u32| store::WecomCall {
        at: scene.place.now(),
        call: format!("/cgi-bin/made/{n}"),
        took_ms: n,
        code: Some(0),
        words: String::new(),
        size: 2_048,
    };
    scene.place.store.note_wecom_calls(id, (0..250).map(line).collect()).await.unwrap();
    let page = scene.owner.get(&format!("{address}/calls")).await;
    assert!(page.text.contains("made/249<") && !page.text.contains("made/49<"));
    assert!(page.text.contains("2 KB"));
    let older = page.text.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let page = scene.owner.get(older).await;
    assert!(page.text.contains("made/49<") && !page.text.contains("made/50<"), "{older}");
}

#[tokio::test]
async fn a_group_is_read_anew_on_demand_and_what_was_different_is_said() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let letters = format!("{address}/letters");
    let page = scene.owner.get(&letters).await;
    assert!(page.text.contains("还没有填 Token 和 EncodingAESKey"), "{}", page.text);
    let chat = page.text.split("name=\"chat\" value=\"").nth(1).unwrap();
    let chat = chat.split('"').next().unwrap().to_owned();
    let goes = scene.practice.read(|books| {
        let mut members = books.groups[&chat].members.iter().map(|one| one.id.clone());
        members.find(|id| books.customers.contains_key(id)).unwrap()
    });
    scene.practice.act(|books, now| books.leave(&chat, &[&goes], now)).unwrap();
    scene.place.pass_ms(60_000);
    scene.practice.advance(60_000);
    let resync = format!("{address}/resyncs");
    let done = scene.owner.post(&resync, &crate::browser::form(&[("chat", &chat)])).await;
    let page = scene.owner.get(done.header("location")).await;
    assert!(page.text.contains("补上了：退群 1。"), "{}", page.text);
    assert!(page.text.contains("手工对账"), "{}", page.text);
    let done = scene.owner.post(&resync, &crate::browser::form(&[("chat", &chat)])).await;
    assert!(scene.owner.get(done.header("location")).await.text.contains("没有不同"));
    let unknown = scene.owner.post(&resync, &crate::browser::form(&[("chat", "wr0")])).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let all = scene.owner.post(&resync, "").await;
    assert_eq!(all.header("location"), format!("{letters}?done=all"));
    let page = scene.rested(&address).await;
    assert!(page.text.contains("企业微信的统计") && page.text.contains("员工单聊发出的消息"));
    let english = scene.owner.get(&format!("{letters}?lang=en")).await;
    assert!(english.text.contains("What no letter told") && english.text.contains("1 went"));
}
