//! Long lists, page by page.

use std::collections::BTreeSet;

use chat::wecom::calls::groups::GroupFilter;
use chat::wecom::{CallError, Refusal};
use serde_json::json;

use super::house::House;
use super::stub::Stub;

#[tokio::test]
async fn fifteen_hundred_groups_come_each_once_also_when_one_begins_again_in_the_middle() {
    let house = House::new();
    house.groups(1_500);
    let filter = GroupFilter { owners: vec!["zhangsan".into()], ..GroupFilter::default() };
    let first = house.client().groups(&filter, None).await.unwrap();
    assert_eq!(first.items.len(), 1_000);
    // Somebody else goes on from the cursor that was kept, after groups were made.
    house.groups(20);
    let client = house.client();
    let mut seen: Vec<String> = first.items.into_iter().map(|row| row.chat_id).collect();
    let mut next = first.next;
    while let Some(cursor) = next {
        let page = client.groups(&filter, Some(&cursor)).await.unwrap();
        seen.extend(page.items.into_iter().map(|row| row.chat_id));
        next = page.next;
    }
    let each: BTreeSet<&String> = seen.iter().collect();
    assert_eq!(each.len(), seen.len(), "none twice");
    assert!(each.len() >= 1_500);
    let group = client.group(&seen[0]).await.unwrap();
    assert_eq!((group.chat_id.as_str(), group.owner.as_str()), (seen[0].as_str(), "zhangsan"));
    assert_eq!(group.members[0].name, "张三");
    assert_eq!(group.created, group.members[0].joined);
}

#[tokio::test]
async fn a_page_that_leads_to_itself_ends_with_an_error() {
    let stub = Stub::new().await;
    let path = "externalcontact/groupchat/list";
    stub.says(path, &json!({ "group_chat_list": [{ "chat_id": "wr1" }], "next_cursor": "c1" }));
    let page = stub.client.groups(&GroupFilter::default(), None).await.unwrap();
    let again = stub.client.groups(&GroupFilter::default(), page.next.as_deref()).await;
    assert!(matches!(again, Err(CallError::Refused(Refusal::Shape(_)))));
}
