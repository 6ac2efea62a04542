//! Every family of calls against a company that reads what goes out by itself.

use std::collections::BTreeSet;

use chat::wecom::calls::attachments::{Attachment, Link, Medium};
use chat::wecom::calls::contacts::{
    Behind, ContactWayChange, Giver, Marking, NewContactWay, NewTag, NewTags, Remark, Scene,
    TagHome, TagIds, Transfer, TransferState, Welcome,
};
use chat::wecom::calls::groups::{FigureDays, GroupFilter, JoinWay, Notify, Template, WhenFull};
use chat::wecom::calls::media::MediaKind;
use chat::wecom::calls::staff::cards::{Button, ButtonCard, Card, Title};
use chat::wecom::calls::staff::{CardChange, CardUpdate, Content, Message, Receivers};
use domain::Millis;
use practice::wecom::books::{ContactNews, Customer, Meeting, What};

use super::house::House;

/// zhangsan and lisi, and so many customers of zhangsan; their ids, and codes for a welcome.
fn company(customers: usize) -> (House, Vec<String>, Vec<String>) {
    let house = House::new();
    let mut codes = Vec::new();
    let ids: Vec<String> = house.practice.write(|books| {
        let lisi = books.staff.get("zhangsan").unwrap().clone();
        books.staff.insert("lisi".into(), lisi);
        let add =
            |n| books.add_customer(Customer { name: format!("顾客{n}"), ..Customer::default() });
        (0..customers).map(add).collect()
    });
    for id in &ids {
        let meeting = Meeting { add_way: 1, state: Some("poster_a".into()), checked: false };
        let told = house.practice.act(|books, now| books.meet("zhangsan", id, meeting, now));
        codes.extend(told.unwrap().into_iter().filter_map(|event| match event.what {
            What::Contact { change: ContactNews::Added { welcome, .. }, .. } => welcome,
            _ => None,
        }));
    }
    (house, ids, codes)
}

#[tokio::test]
async fn customers_are_paged_noted_tagged_and_welcomed() {
    let (house, ids, codes) = company(230);
    let client = house.client();
    let (mut seen, mut cursor) = (BTreeSet::new(), None);
    loop {
        let staff = ["zhangsan".to_owned(), "lisi".to_owned()];
        let page = client.contacts_of_many(&staff, cursor.as_deref()).await.unwrap();
        seen.extend(page.items.into_iter().map(|row| row.person.external_userid));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, ids.iter().cloned().collect());
    assert_eq!(client.contacts_of("zhangsan").await.unwrap().len(), 230);
    assert!(client.contacts_of("lisi").await.unwrap().is_empty());
    let remark = Remark {
        userid: "zhangsan".into(),
        external_userid: ids[0].clone(),
        remark: Some("老王".into()),
        remark_mobiles: Some(Vec::new()),
        ..Remark::default()
    };
    client.set_remark(&remark).await.unwrap();
    let tags = [("重要", 2), ("一般", 1)].map(|(name, order)| NewTag { name: name.into(), order });
    let home = TagHome::Named { group_name: "客户等级".into(), order: 1 };
    let made = client.add_tags(&NewTags { group: home, tags: tags.into() }).await.unwrap();
    let group = client.tags(&TagIds::default()).await.unwrap().remove(0);
    assert_eq!((group.group_id.as_str(), group.tags.len()), (made.group_id.as_str(), 2));
    assert_eq!(group.tags[0].name, "重要", "the larger order stands first");
    let marking = Marking {
        userid: "zhangsan".into(),
        external_userid: ids[0].clone(),
        add_tag: vec![group.tags[0].id.clone()],
        remove_tag: Vec::new(),
    };
    client.mark_tags(&marking).await.unwrap();
    let (person, follows) = client.contact(&ids[0], None).await.unwrap();
    let follow = &follows.items[0];
    assert_eq!((person.name.as_str(), follow.remark.as_str()), ("顾客0", "老王"));
    assert_eq!(follow.tag_ids().collect::<Vec<_>>(), [group.tags[0].id.as_str()]);
    assert_eq!(follow.state.as_deref(), Some("poster_a"));
    let ids = TagIds { tag_id: Vec::new(), group_id: vec![group.group_id] };
    client.delete_tags(&ids).await.unwrap();
    assert!(client.tags(&TagIds::default()).await.unwrap().is_empty());
    let link =
        Link { title: "社区守则".into(), url: "https://example.com".into(), ..Link::default() };
    let welcome = Welcome {
        code: codes[0].clone(),
        text: "您好".into(),
        attachments: vec![Attachment::Link(link)],
    };
    client.welcome(&welcome).await.unwrap();
    let again = client.welcome(&welcome).await.unwrap_err();
    assert!(matches!(again.code(), Some(41_050 | 41_051)), "{again}");
}

#[tokio::test]
async fn codes_are_made_read_changed_and_deleted() {
    let (house, ..) = company(0);
    house.groups(2);
    let client = house.client();
    let way = NewContactWay {
        behind: Behind::One("zhangsan".into()),
        scene: Scene::Code,
        remark: "渠道客户".into(),
        state: "poster_a".into(),
        skip_verify: true,
        is_exclusive: false,
    };
    let made = client.add_contact_way(&way).await.unwrap();
    assert!(made.qr_code.starts_with("http"));
    let change = ContactWayChange { user: Some(vec!["lisi".into()]), ..Default::default() };
    client.change_contact_way(&made.config_id, &change).await.unwrap();
    let read = client.contact_way(&made.config_id).await.unwrap();
    assert_eq!((read.user, read.remark.as_str()), (vec!["lisi".to_owned()], "渠道客户"));
    let listed = client.contact_ways(None, None).await.unwrap();
    assert_eq!(listed.items, std::slice::from_ref(&made.config_id));
    client.delete_contact_way(&made.config_id).await.unwrap();
    assert_eq!(client.contact_way(&made.config_id).await.unwrap_err().code(), Some(41_044));
    let groups = client.groups(&GroupFilter::default(), None).await.unwrap().items;
    let mut way = JoinWay {
        scene: Scene::Code,
        remark: "门店".into(),
        full: WhenFull::Another { name: "新手群".into(), number: 3 },
        chat_id_list: groups.into_iter().map(|row| row.chat_id).collect(),
        state: "shop".into(),
    };
    let id = client.add_join_way(&way).await.unwrap();
    assert_eq!(client.join_way(&id).await.unwrap().way, way);
    way.chat_id_list.truncate(1);
    way.full = WhenFull::Stop;
    client.overwrite_join_way(&id, &way).await.unwrap();
    assert_eq!(client.join_way(&id).await.unwrap().way, way);
    client.delete_join_way(&id).await.unwrap();
    client.join_way(&id).await.unwrap_err();
}

#[tokio::test]
async fn files_templates_and_messages_fit_together() {
    let (house, ..) = company(0);
    let client = house.client();
    let file = client.upload_media(MediaKind::File, "群规 1.pdf", b"%PDF-1.7").await.unwrap();
    assert_eq!(file.created, Millis(house.practice.now().0 / 1_000 * 1_000));
    let name = house.practice.read(|books| books.media[&file.media_id].name.clone());
    assert_eq!(name, "群规 1.pdf");
    let file = Medium { media_id: file.media_id };
    let template =
        Template { text: "欢迎%NICKNAME%".into(), attachment: Some(Attachment::File(file)) };
    let id = client.add_template(&template, Notify::Nobody).await.unwrap();
    assert_eq!(client.template(&id).await.unwrap(), template);
    let shorter = Template { text: "欢迎".into(), attachment: None };
    client.edit_template(&id, &shorter).await.unwrap();
    assert_eq!(client.template(&id).await.unwrap().text, "欢迎");
    client.delete_template(&id).await.unwrap();
    let card = ButtonCard {
        main_title: Title { title: "请移出成员".into(), ..Title::default() },
        task_id: "kick-1".into(),
        buttons: vec![Button { text: "已处理".into(), style: 1, key: "done".into(), to: None }],
        ..ButtonCard::default()
    };
    let message = Message {
        agent: house.practice.agent(),
        to: Receivers::Staff(vec!["lisi".into(), "Nobody".into()]),
        content: Content::Card(Box::new(Card::ButtonInteraction(card))),
        same_within_s: 0,
    };
    let sent = client.send(&message).await.unwrap();
    assert_eq!(sent.invalid, ["nobody"]);
    let update = CardUpdate {
        agent: house.practice.agent(),
        response_code: sent.response_code.unwrap(),
        staff: vec!["lisi".into()],
        change: CardChange::Button("已处理".into()),
    };
    client.update_card(&update).await.unwrap();
    let shown = house
        .practice
        .read(|books| books.inbox("lisi").last().map(|message| message.answered.clone()));
    assert_eq!(shown.unwrap()["lisi"], "已处理");
    assert!(client.update_card(&update).await.is_err(), "a code serves once");
}

#[tokio::test]
async fn a_text_whose_answer_was_cut_is_sent_once_where_it_is_checked() {
    let (house, ..) = company(0);
    let client = house.client();
    let message = |same_within_s| Message {
        agent: house.practice.agent(),
        to: Receivers::All,
        content: Content::Text(format!("3 条待审 {same_within_s}")),
        same_within_s,
    };
    for (seconds, fails) in [(1_800, false), (0, true)] {
        let path = "message/send";
        house.practice.faults(|faults| faults.plan(path, 1, practice::wecom::Fault::Cut));
        assert_eq!(client.send(&message(seconds)).await.is_err(), fails);
    }
    let inbox = house.practice.read(|books| books.inbox("lisi").count());
    assert_eq!((inbox, house.asked("message/send")), (2, 3));
}

#[tokio::test]
async fn customers_and_groups_change_hands_and_figures_are_told() {
    let (house, ids, _) = company(1);
    house.groups(1);
    let client = house.client();
    let transfer = Transfer {
        handover_userid: "zhangsan".into(),
        takeover_userid: "lisi".into(),
        external_userid: vec![ids[0].clone(), "wm-nobody".into()],
        transfer_success_msg: String::new(),
    };
    let begun = client.transfer_contacts(Giver::Present, &transfer).await.unwrap();
    let codes: Vec<i64> = begun.iter().map(|row| row.errcode).collect();
    assert_eq!(codes, [0, 40_096]);
    let pair = ("zhangsan", "lisi");
    let results = client.transfer_results(Giver::Present, pair, None).await.unwrap();
    assert_eq!(results.items[0].state, TransferState::Waiting);
    house.practice.advance(Millis::DAY);
    let results = client.transfer_results(Giver::Present, pair, None).await.unwrap();
    assert_eq!(results.items[0].state, TransferState::Done);
    assert_eq!(client.contacts_of("lisi").await.unwrap(), [ids[0].clone()]);
    let now = house.practice.now();
    let yesterday = Millis(now.0 - Millis::DAY);
    let days = FigureDays { first: yesterday, last: yesterday, owners: vec!["zhangsan".into()] };
    let by_day = client.figures_by_day(&days).await.unwrap();
    let by_owner = client.figures_by_owner(&days, None).await.unwrap();
    assert_eq!((by_day[0].data.new_chat_cnt, by_day[0].data.chat_total), (1, 1));
    assert_eq!((by_owner.items[0].data, by_owner.next), (by_day[0].data, None));
    let groups = client.groups(&GroupFilter::default(), None).await.unwrap().items;
    let groups: Vec<String> = groups.into_iter().map(|row| row.chat_id).collect();
    let failed = client.transfer_groups(Giver::Left, &groups, "lisi").await.unwrap();
    assert_eq!((failed[0].chat_id.as_str(), failed[0].errcode), (groups[0].as_str(), 90_500));
    assert!(client.transfer_groups(Giver::Present, &groups, "lisi").await.unwrap().is_empty());
    assert_eq!(client.group(&groups[0]).await.unwrap().owner, "lisi");
    let meeting = Meeting::default();
    let told = house.practice.act(|books, now| books.meet("zhangsan", &ids[0], meeting, now));
    told.unwrap();
    house.practice.act(|books, now| books.resign("zhangsan", now)).unwrap();
    let waiting = client.unassigned(None).await.unwrap();
    assert_eq!(waiting.items[0].handover_userid, "zhangsan");
    assert_eq!(waiting.items[0].external_userid, ids[0]);
}
