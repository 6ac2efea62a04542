//! Tags of the company.

use chat::wecom::calls::Unit;
use chat::wecom::calls::contacts::{
    Marking, NewTag, NewTags, Tag, TagEdit, TagGroup, TagHome, TagIds,
};
use domain::Millis;
use serde_json::json;

use super::{too_little, too_much};
use crate::wecom::client::stub::Stub;

const ADD: &str = "externalcontact/add_corp_tag";

#[tokio::test]
async fn tags_are_listed_with_those_that_are_gone() {
    let stub = Stub::new().await;
    let path = "externalcontact/get_corp_tag_list";
    stub.says(
        path,
        &json!({ "tag_group": [{
            "group_id": "et0", "group_name": "客户等级", "create_time": 1_557_838_797, "order": 1,
            "tag": [
                { "id": "et1", "name": "重要", "create_time": 1_557_838_797,
                    "order": 4_294_967_295_u32 },
                { "id": "et2", "name": "一般", "create_time": 1_557_838_797, "deleted": true },
            ],
        }] }),
    );
    let created = Millis(1_557_838_797_000);
    let tag = |id: &str, name: &str, order, deleted| Tag {
        id: id.into(),
        name: name.into(),
        created,
        order,
        deleted,
    };
    let group = TagGroup {
        group_id: "et0".into(),
        group_name: "客户等级".into(),
        created,
        order: 1,
        deleted: false,
        tags: vec![tag("et1", "重要", u32::MAX, false), tag("et2", "一般", 0, true)],
    };
    assert_eq!(stub.client.tags(&TagIds::default()).await.unwrap(), [group]);
    assert_eq!(stub.body(path), json!({ "tag_id": [], "group_id": [] }));
}

#[tokio::test]
async fn tags_are_made_in_a_group_that_is_there_or_a_named_one() {
    let stub = Stub::new().await;
    stub.says(ADD, &json!({ "tag_group": { "group_id": "et0", "tag": [{ "id": "et1" }] } }));
    let tag = NewTag { name: "群".repeat(30), order: 2 };
    let home = TagHome::Named { group_name: "客户等级".into(), order: 1 };
    let named = NewTags { group: home, tags: vec![tag.clone()] };
    assert_eq!(stub.client.add_tags(&named).await.unwrap().tags[0].id, "et1");
    assert_eq!(
        stub.body(ADD),
        json!({ "group_name": "客户等级", "order": 1,
            "tag": [{ "name": "群".repeat(30), "order": 2 }] })
    );
    let there = NewTags { group: TagHome::Group { group_id: "et0".into() }, ..named.clone() };
    stub.client.add_tags(&there).await.unwrap();
    assert_eq!(stub.body(ADD)["group_id"], "et0");
    assert_eq!(stub.body(ADD).get("order"), None);
    let long = NewTag { name: "群".repeat(31), ..tag };
    let long = NewTags { tags: vec![long], ..named.clone() };
    too_much(stub.client.add_tags(&long).await, ("tag.name", 31, 30, Unit::Chars));
    too_little(stub.client.add_tags(&NewTags { tags: Vec::new(), ..named }).await, "tag");
}

#[tokio::test]
async fn tags_are_renamed_deleted_and_put_on_customers() {
    let stub = Stub::new().await;
    for path in ["edit_corp_tag", "del_corp_tag", "mark_tag"] {
        stub.says(&format!("externalcontact/{path}"), &json!({}));
    }
    let edit = TagEdit { id: "et1".into(), name: Some("重点".into()), order: None };
    stub.client.edit_tag(&edit).await.unwrap();
    let body = json!({ "id": "et1", "name": "重点" });
    assert_eq!(stub.body("externalcontact/edit_corp_tag"), body);
    let nameless = TagEdit { name: Some(String::new()), ..edit };
    too_little(stub.client.edit_tag(&nameless).await, "name");
    let ids = TagIds { tag_id: vec!["et1".into()], group_id: Vec::new() };
    stub.client.delete_tags(&ids).await.unwrap();
    too_little(stub.client.delete_tags(&TagIds::default()).await, "tag_id");
    let mut marking = Marking {
        userid: "zhangsan".into(),
        external_userid: "wo1".into(),
        add_tag: vec!["et1".into()],
        remove_tag: Vec::new(),
    };
    stub.client.mark_tags(&marking).await.unwrap();
    assert_eq!(
        stub.body("externalcontact/mark_tag"),
        json!({ "userid": "zhangsan", "external_userid": "wo1", "add_tag": ["et1"],
            "remove_tag": [] })
    );
    marking.add_tag.clear();
    too_little(stub.client.mark_tags(&marking).await, "add_tag");
}
