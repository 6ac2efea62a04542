//! Callbacks: opened by the seal of the product, in the platform's order and with its retries.

use chat::wecom::{ContactChange, GroupChange, News, SealSettingError};
use domain::Millis;
use practice::wecom::books::{Event, Joining, Meeting, What};
use practice::wecom::{Callback, Took, Unverified};

use crate::house::{House, KEY, TOKEN};

#[tokio::test]
async fn only_an_address_that_opens_the_text_is_taken() {
    let house = House::new();
    let ear = house.ear().await;
    let right = ear.callback();
    let short = Callback { key: "short".into(), ..right.clone() };
    let refused = house.practice.call_back(short).await;
    assert_eq!(refused, Err(Unverified::Setting(SealSettingError::Key)));
    let other = Callback { token: "another".into(), ..right.clone() };
    assert!(house.practice.call_back(other).await.is_err());
    let nobody = Callback { url: "http://127.0.0.1:9/hook".into(), ..right };
    let refused = house.practice.call_back(nobody).await;
    assert!(matches!(refused, Err(Unverified::Silent(_))), "{refused:?}");
    let page = Callback { url: house.practice.url(), token: TOKEN.into(), key: KEY.into() };
    let refused = house.practice.call_back(page).await;
    assert!(matches!(refused, Err(Unverified::Wrong(404, _))), "{refused:?}");
}

#[tokio::test]
async fn what_people_do_is_told_in_order() {
    let house = House::new();
    let ear = house.ear().await;
    let first = house.group("一");
    let second = house.group("二");
    house.practice.act(|books, now| books.dismiss(&first, now)).unwrap();
    assert!(house.practice.settled().await);
    let told: Vec<_> = ear
        .fields()
        .iter()
        .map(|fields| {
            let word = |name| fields.get(name).unwrap_or_default().to_owned();
            (word("ChatId"), word("ChangeType"), word("FromUserName"))
        })
        .collect();
    let sys = |chat: &str, change: &str| (chat.to_owned(), change.to_owned(), "sys".to_owned());
    assert_eq!(told, [sys(&first, "create"), sys(&second, "create"), sys(&first, "dismiss")]);
    assert!(house.practice.sent().iter().all(practice::wecom::Sent::taken));
    assert!(matches!(ear.news()[0], News::Group { .. }));
}

#[tokio::test]
async fn a_letter_that_nobody_takes_is_tried_three_times() {
    let house = House::new();
    let ear = house.ear().await;
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", gone.local_addr().unwrap());
    drop(gone);
    house.practice.send_to(Callback { url, ..ear.callback() }).unwrap();
    house.group("一");
    assert!(house.practice.settled().await);
    let sent = house.practice.sent();
    assert_eq!(sent[0].tries.len(), 3);
    assert!(matches!(sent[0].tries[2], Took::Failed(_)));
    assert!(ear.fields().is_empty());
}

#[tokio::test]
async fn an_answer_that_does_not_come_in_time_is_asked_for_again() {
    let house = House::new();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let callback = Callback { url, token: TOKEN.into(), key: KEY.into() };
    house.practice.limits(|limits| limits.answer_ms = 50);
    house.practice.send_to(callback).unwrap();
    house.group("一");
    assert!(house.practice.settled().await);
    let sent = house.practice.sent();
    assert_eq!(sent[0].tries.len(), 3);
    assert!(!sent[0].taken());
}

#[tokio::test]
async fn every_kind_of_event_is_understood() {
    let house = House::new();
    let chat = house.group("群");
    let who = house.customers[0].as_str();
    let ear = house.ear().await;
    let practice = &house.practice;
    let met = Meeting { state: Some("a]]>b&<c".into()), ..Meeting::default() };
    practice.act(|books, now| books.meet("zhangsan", who, met, now)).unwrap();
    let remark = |bond: &mut practice::wecom::books::Bond| bond.remark = "老王".into();
    practice.act(|books, now| books.note("zhangsan", who, remark, now)).unwrap();
    practice.act(|books, now| books.drop_staff(who, "zhangsan", now)).unwrap();
    practice.act(|books, now| books.drop_customer("zhangsan", who, now)).unwrap();
    let by = Joining::Invited(None);
    practice.act(|books, now| books.join(&chat, &[who, "lisi"], &by, now)).unwrap();
    practice.act(|books, now| books.announce(&chat, "公告", now)).unwrap();
    practice.act(|books, now| books.give_group(&chat, "lisi", now)).unwrap();
    practice.act(|books, now| books.dismiss(&chat, now)).unwrap();
    let effect = Some(Millis(practice.now().0 + Millis::DAY));
    let app = What::App { event: "low_active_alert".into(), effect };
    practice.act(|_, at| Ok(vec![Event { at, what: app }])).unwrap();
    assert!(practice.settled().await);
    let news = ear.news();
    let contacts: Vec<&ContactChange> = news
        .iter()
        .filter_map(|news| match news {
            News::Contact { change, .. } => Some(change),
            _ => None,
        })
        .collect();
    let [ContactChange::Added { state: Some(state), .. }, rest @ ..] = &contacts[..] else {
        panic!("{contacts:?}")
    };
    assert_eq!(state, "a]]>b&<c", "whatever stands in a text comes through");
    let dropped = ContactChange::Dropped { handed_over: false };
    assert_eq!(rest, [&ContactChange::Edited, &ContactChange::Left, &dropped]);
    let changes = ear.changes();
    assert!(matches!(&changes[0], GroupChange::Joined(moved) if moved.scene == Some(0)));
    assert_eq!(changes[1..], [GroupChange::Notice, GroupChange::Owner, GroupChange::Dismissed]);
    assert_eq!(news.last(), Some(&News::App { event: "low_active_alert".into(), effect }));
    assert!(
        ear.fields()
            .iter()
            .all(|fields| { fields.number("CreateTime") == Some(practice.now().0 / 1_000) })
    );
}
