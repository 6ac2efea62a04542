//! Customer groups, and their figures.

use chat::wecom::calls::groups::{
    DayFigures, FigureDays, Figures, FollowState, Group, GroupFilter, GroupMember, GroupRow,
    OwnerFigures,
};
use chat::wecom::calls::{Page, Unit};
use domain::Millis;
use serde_json::json;

use super::{malformed, names, too_little, too_much};
use crate::wecom::client::house::stopped;
use crate::wecom::client::stub::Stub;

const LIST: &str = "externalcontact/groupchat/list";
const BY_OWNER: &str = "externalcontact/groupchat/statistic";

#[tokio::test]
async fn groups_are_listed_by_owner_and_state() {
    let stub = Stub::new().await;
    let rows = json!([{ "chat_id": "wr1", "status": 1 }, { "chat_id": "wr2" }]);
    stub.says(LIST, &json!({ "group_chat_list": rows, "next_cursor": "n" }));
    let filter = GroupFilter { state: Some(FollowState::Left), owners: names(100) };
    let page = stub.client.groups(&filter, Some("c")).await.unwrap();
    let rows = vec![
        GroupRow { chat_id: "wr1".into(), state: FollowState::Left },
        GroupRow { chat_id: "wr2".into(), state: FollowState::Present },
    ];
    assert_eq!(page, Page { items: rows, next: Some("n".into()) });
    assert_eq!(
        stub.body(LIST),
        json!({ "status_filter": 1, "cursor": "c", "limit": 1_000,
            "owner_filter": { "userid_list": names(100) } })
    );
    stub.client.groups(&GroupFilter::default(), None).await.unwrap();
    assert_eq!(stub.body(LIST), json!({ "status_filter": 0, "cursor": "", "limit": 1_000 }));
    let crowd = GroupFilter { owners: names(101), ..filter };
    let expected = ("owner_filter.userid_list", 101, 100, Unit::Entries);
    too_much(stub.client.groups(&crowd, None).await, expected);
}

#[tokio::test]
async fn a_group_is_read_with_its_members() {
    let stub = Stub::new().await;
    stub.says(
        "externalcontact/groupchat/get",
        &json!({ "group_chat": {
            "chat_id": "wr1", "name": "", "owner": "ZhuShengBen", "create_time": 1_572_505_490,
            "notice": "文明沟通", "new_field": { "x": [1] },
            "member_list": [
                { "userid": "abel", "type": 1, "join_time": 1_572_505_491, "join_scene": 1,
                    "invitor": { "userid": "jack" }, "group_nickname": "客服小张", "name": "张三丰" },
                { "userid": "wm1", "type": 2, "unionid": "oz", "join_time": "1572505491",
                    "join_scene": 3, "state": "klsdup3kj3s1", "invitor": null, "name": "王语嫣" },
            ],
            "admin_list": [{ "userid": "sam" }, { "userid": "pony" }], "member_version": "v1",
        } }),
    );
    let joined = Millis(1_572_505_491_000);
    let expected = Group {
        chat_id: "wr1".into(),
        name: String::new(),
        owner: "ZhuShengBen".into(),
        created: Millis(1_572_505_490_000),
        notice: "文明沟通".into(),
        members: vec![
            GroupMember {
                userid: "abel".into(),
                class: 1,
                joined,
                join_scene: 1,
                invitor: Some("jack".into()),
                group_nickname: "客服小张".into(),
                name: "张三丰".into(),
                ..GroupMember::default()
            },
            GroupMember {
                userid: "wm1".into(),
                class: 2,
                unionid: Some("oz".into()),
                joined,
                join_scene: 3,
                name: "王语嫣".into(),
                state: Some("klsdup3kj3s1".into()),
                ..GroupMember::default()
            },
        ],
        admins: vec!["sam".into(), "pony".into()],
        member_version: "v1".into(),
    };
    assert_eq!(stub.client.group("wr1").await.unwrap(), expected);
    let path = "externalcontact/groupchat/get";
    assert_eq!(stub.body(path), json!({ "chat_id": "wr1", "need_name": 1 }));
    stub.says(path, &json!({ "group_chat": {} }));
    assert_eq!(stub.client.group("wr1").await.unwrap(), Group::default());
    stub.says("externalcontact/opengid_to_chatid", &json!({ "chat_id": "wr9" }));
    assert_eq!(stub.client.group_of_opengid("oA").await.unwrap(), "wr9");
}

fn days(first: i64, last: i64) -> FigureDays {
    let now = stopped()();
    let at = |back: i64| Millis(now.0 - back * Millis::DAY);
    FigureDays { first: at(first), last: at(last), owners: vec!["zhangsan".into()] }
}

#[tokio::test]
async fn figures_are_read_by_owner_and_by_day() {
    let stub = Stub::new().await;
    let data = json!({
        "new_chat_cnt": 2, "chat_total": 2, "chat_has_msg": 1, "new_member_cnt": 3,
        "member_total": 6, "member_has_msg": 2, "msg_total": 40, "migrate_trainee_chat_cnt": 0,
    });
    let figures = Figures {
        new_chat_cnt: 2,
        chat_total: 2,
        chat_has_msg: 1,
        new_member_cnt: 3,
        member_total: 6,
        member_has_msg: 2,
        msg_total: 40,
    };
    let item = json!({ "owner": "zhangsan", "data": data });
    stub.says(BY_OWNER, &json!({ "total": 1_001, "next_offset": 1_000, "items": [item] }));
    let page = stub.client.figures_by_owner(&days(3, 1), None).await.unwrap();
    let row = OwnerFigures { owner: "zhangsan".into(), data: figures };
    assert_eq!(page, Page { items: vec![row], next: Some("1000".into()) });
    stub.says(BY_OWNER, &json!({ "total": 1_001, "next_offset": 1_001, "items": [] }));
    let page = stub.client.figures_by_owner(&days(3, 1), page.next.as_deref()).await.unwrap();
    assert_eq!((page.next, stub.body(BY_OWNER)["offset"].clone()), (None, json!(1_000)));
    let path = "externalcontact/groupchat/statistic_group_by_day";
    stub.says(path, &json!({ "items": [{ "stat_time": 1_600_272_000, "data": data }] }));
    let by_day = stub.client.figures_by_day(&days(3, 1)).await.unwrap();
    assert_eq!(by_day, [DayFigures { day: Millis(1_600_272_000_000), data: figures }]);
    assert_eq!(
        stub.body(path),
        json!({
            "day_begin_time": days(3, 1).first.0 / 1_000, "day_end_time": days(3, 1).last.0 / 1_000,
            "owner_filter": { "userid_list": ["zhangsan"] },
        })
    );
}

#[tokio::test]
async fn figures_are_asked_for_within_thirty_days_and_half_a_year() {
    let stub = Stub::new().await;
    stub.says("externalcontact/groupchat/statistic_group_by_day", &json!({}));
    stub.client.figures_by_day(&days(30, 1)).await.unwrap();
    stub.client.figures_by_day(&days(180, 160)).await.unwrap();
    let (begin, end) = ("day_begin_time", "day_end_time");
    too_much(stub.client.figures_by_day(&days(31, 1)).await, (end, 31, 30, Unit::Days));
    too_much(stub.client.figures_by_day(&days(181, 160)).await, (begin, 181, 180, Unit::Days));
    malformed(stub.client.figures_by_day(&days(1, 2)).await, end);
    let nobody = FigureDays { owners: Vec::new(), ..days(2, 1) };
    too_little(stub.client.figures_by_day(&nobody).await, "owner_filter.userid_list");
}
