//! Settings of a group: card, notices, links, check-list.

use axum::http::StatusCode;

use crate::browser::{Place, form};
use crate::groups::{at, done};

// catalogue: A01
#[tokio::test]
async fn changing_the_purpose_changes_the_figures_that_stand_first() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    place.two().await;
    place.live.caught_up().await;
    let first = |page: &str| {
        let part = page.split("id=\"first\"").nth(1).unwrap();
        part.split("</div></div>").next().unwrap().to_owned()
    };
    let before = first(&operator.get(&at(&place, "/activity")).await.text);
    assert!(before.contains("互动率") && !before.contains("入群人次"), "{before}");
    done(&mut operator, &at(&place, "/card"), &[("purpose_traffic", "3")]).await;
    let after = first(&operator.get(&at(&place, "/activity")).await.text);
    assert!(after.contains("入群人次") && !after.contains("互动率"), "{after}");
}

// catalogue: A30, A31
#[tokio::test]
async fn each_missing_setting_is_listed_until_it_is_set() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let page = operator.get(&at(&place, "/feed")).await.text;
    for word in ["定负责人和后备", "选运营目的", "写群规", "发群公告", "写欢迎语", "置顶一条消息"]
    {
        assert!(page.contains(word), "{word}");
    }
    let mint = [place.mint(), place.mint()];
    let rules = [("key", mint[0].as_str()), ("text", "不发广告")];
    done(&mut operator, &at(&place, "/rules"), &rules).await;
    let notice = [("key", mint[1].as_str()), ("text", "每天六点打卡")];
    done(&mut operator, &at(&place, "/announcement"), &notice).await;
    let card = [("kind", "interest"), ("owner", "1"), ("welcome", "欢迎新朋友"), ("tags", "晨间")];
    done(&mut operator, &at(&place, "/card"), &card).await;
    let page = operator.get(&at(&place, "/feed")).await.text;
    for word in ["写群规", "发群公告", "写欢迎语", "选群类型"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("定负责人和后备") && page.contains("每天六点打卡"));
    assert!(place.browser().get(&place.link()).await.text.contains("不发广告"));
    let settings = operator.get(&at(&place, "/settings")).await.text;
    assert!(settings.contains("欢迎新朋友") && settings.contains("value=\"晨间\""));
}

// catalogue: A14
#[tokio::test]
async fn a_kind_fills_in_what_is_empty_and_nothing_holds_before_it_is_saved() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let mint = place.mint();
    let rules = [("key", mint.as_str()), ("text", "只聊跑步")];
    done(&mut operator, &at(&place, "/rules"), &rules).await;
    let card = [("kind", "benefit"), ("owner", "1")];
    let saved = done(&mut operator, &at(&place, "/card"), &card).await;
    let page = operator.get(saved.header("location")).await.text;
    for usual in ["每周的福利在固定时间发", "领取方式：", "一人进一个福利群"]
    {
        assert!(page.contains(usual), "{usual}");
    }
    // What somebody wrote stays, and what was only filled in is not in force.
    assert!(page.contains("只聊跑步") && !page.contains("一人一个账号"));
    assert!(!place.browser().get(&place.link()).await.text.contains("领取方式"));
    let plain = operator.get(&at(&place, "/settings")).await.text;
    assert!(!plain.contains("领取方式：") && plain.contains("href=\"?fill=1\""));
    let chosen = "name=\"purpose_conversion\"><option value=\"0\">";
    assert!(page.contains(chosen), "no longer the weight of nothing");
    assert!(!plain.contains(chosen));
    // Saved again without another kind, nothing is filled in.
    let again = done(&mut operator, &at(&place, "/card"), &card).await;
    assert!(!again.header("location").contains("fill"));
}

#[tokio::test]
async fn a_wrong_card_keeps_what_was_typed_and_names_the_field() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let long = "长".repeat(501);
    let fields = [("welcome", long.as_str()), ("tags", "晨间"), ("purpose_service", "2")];
    let page = operator.post(&at(&place, "/card"), &form(&fields)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("最多 500 个字") && page.text.contains("value=\"晨间\""));
    assert!(page.text.contains(&long));
    let nobody = operator.post(&at(&place, "/card"), &form(&[("owner", "77")])).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.text.contains("负责人不在员工名单里"));
}

#[tokio::test]
async fn a_group_is_renamed_closed_and_opened_again() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let key = || place.mint();
    let (a, b, c, d) = (key(), key(), key(), key());
    assert!(operator.get("/search?q=zaoqi").await.text.contains("早起打卡群"));
    done(&mut operator, &at(&place, "/title"), &[("key", &a), ("text", "晨跑群")]).await;
    assert!(operator.get(&at(&place, "/feed")).await.text.contains("晨跑群"));
    assert!(operator.get("/search?q=cpq").await.text.contains("晨跑群"), "found by its new name");
    assert!(!operator.get("/search?q=zaoqi").await.text.contains("早起打卡群"));
    let empty = operator.post(&at(&place, "/title"), &form(&[("key", &d), ("text", "")])).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    done(&mut operator, &at(&place, "/closure"), &[("key", &b), ("text", "再见")]).await;
    let shut = operator.get(&at(&place, "/feed")).await.text;
    assert!(shut.contains("已关闭") && !shut.contains("name=\"reply_to\""));
    done(&mut operator, &at(&place, "/reopening"), &[("key", &c)]).await;
    assert!(operator.get(&at(&place, "/feed")).await.text.contains("name=\"reply_to\""));
}

#[tokio::test]
async fn a_link_has_a_placement_and_a_code_to_scan() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let wrong = operator.post(&at(&place, "/links"), &form(&[("via", " ")])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    done(&mut operator, &at(&place, "/links"), &[("via", "店门口海报")]).await;
    let page = operator.get(&at(&place, "/settings")).await.text;
    assert!(page.contains("店门口海报") && page.matches("class=\"hq-qr\"").count() == 2);
}
