//! Customers and groups that go to another member of staff.

use chat::wecom::calls::contacts::{
    FailedGroup, Giver, Transfer, TransferState, Transferred, Transferring, Unassigned,
};
use chat::wecom::calls::{Page, Unit};
use domain::Millis;
use serde_json::json;

use super::{names, too_little, too_much};
use crate::wecom::client::stub::Stub;

fn transfer(many: usize) -> Transfer {
    Transfer {
        handover_userid: "zhangsan".into(),
        takeover_userid: "lisi".into(),
        external_userid: names(many),
        transfer_success_msg: "您好".into(),
    }
}

#[tokio::test]
async fn customers_are_handed_over_by_who_is_there_and_who_has_left() {
    let stub = Stub::new().await;
    let rows = json!([{ "external_userid": "wo1", "errcode": 0 },
        { "external_userid": "wo2", "errcode": 40_096 }]);
    let row = |id: &str, errcode| Transferring { external_userid: id.into(), errcode };
    for (giver, path, words) in [
        (Giver::Present, "externalcontact/transfer_customer", Some(&json!("您好"))),
        (Giver::Left, "externalcontact/resigned/transfer_customer", None),
    ] {
        stub.says(path, &json!({ "customer": rows }));
        let begun = stub.client.transfer_contacts(giver, &transfer(100)).await.unwrap();
        assert_eq!(begun, [row("wo1", 0), row("wo2", 40_096)]);
        assert_eq!(stub.body(path).get("transfer_success_msg"), words);
    }
    let many = stub.client.transfer_contacts(Giver::Left, &transfer(101)).await;
    too_much(many, ("external_userid", 101, 100, Unit::Entries));
    too_little(stub.client.transfer_contacts(Giver::Left, &transfer(0)).await, "external_userid");
    let long = Transfer { transfer_success_msg: "群".repeat(201), ..transfer(1) };
    let sent = stub.client.transfer_contacts(Giver::Present, &long).await;
    too_much(sent, ("transfer_success_msg", 201, 200, Unit::Chars));
}

#[tokio::test]
async fn how_far_customers_are_is_read() {
    use TransferState::{Done, Full, Refused, Unknown, Waiting};
    let stub = Stub::new().await;
    let states = [(1, Done), (2, Waiting), (3, Refused), (4, Full), (5, Unknown), (9, Unknown)];
    let rows: Vec<_> = states
        .iter()
        .map(|(number, _)| {
            json!({ "external_userid": "wo1", "status": number,
            "takeover_time": 1_588_482_400 })
        })
        .collect();
    let found: Vec<_> = states
        .iter()
        .map(|(_, state)| Transferred {
            external_userid: "wo1".into(),
            state: *state,
            taken_over: Millis(1_588_482_400_000),
        })
        .collect();
    for (giver, path) in [
        (Giver::Present, "externalcontact/transfer_result"),
        (Giver::Left, "externalcontact/resigned/transfer_result"),
    ] {
        stub.says(path, &json!({ "customer": rows, "next_cursor": "n" }));
        let page = stub.client.transfer_results(giver, ("zhangsan", "lisi"), None).await.unwrap();
        assert_eq!(page, Page { items: found.clone(), next: Some("n".into()) });
        let body =
            json!({ "handover_userid": "zhangsan", "takeover_userid": "lisi", "cursor": "" });
        assert_eq!(stub.body(path), body);
    }
}

#[tokio::test]
async fn customers_without_anybody_are_listed_to_the_last() {
    let stub = Stub::new().await;
    let path = "externalcontact/get_unassigned_list";
    let row = json!({ "handover_userid": "zhangsan", "external_userid": "wo1",
        "dimission_time": 1_550_838_571 });
    stub.says(path, &json!({ "info": [row], "is_last": false, "next_cursor": "n" }));
    let page = stub.client.unassigned(None).await.unwrap();
    let one = Unassigned {
        handover_userid: "zhangsan".into(),
        external_userid: "wo1".into(),
        left: Millis(1_550_838_571_000),
    };
    assert_eq!(page, Page { items: vec![one], next: Some("n".into()) });
    stub.says(path, &json!({ "info": [], "is_last": true, "next_cursor": "m" }));
    assert_eq!(stub.client.unassigned(Some("n")).await.unwrap().next, None);
}

#[tokio::test]
async fn groups_that_were_not_handed_over_are_told_with_their_reason() {
    let stub = Stub::new().await;
    for (giver, path) in [
        (Giver::Present, "externalcontact/groupchat/onjob_transfer"),
        (Giver::Left, "externalcontact/groupchat/transfer"),
    ] {
        let words = "the owner of this chat is not resigned";
        stub.says(
            path,
            &json!({ "failed_chat_list": [{ "chat_id": "wr1", "errcode": 90_500, "errmsg": words }] }),
        );
        let failed = stub.client.transfer_groups(giver, &names(100), "lisi").await.unwrap();
        let row = FailedGroup { chat_id: "wr1".into(), errcode: 90_500, errmsg: words.into() };
        assert_eq!(failed, [row]);
        assert_eq!(stub.body(path), json!({ "chat_id_list": names(100), "new_owner": "lisi" }));
    }
    let many = stub.client.transfer_groups(Giver::Left, &names(101), "lisi").await;
    too_much(many, ("chat_id_list", 101, 100, Unit::Entries));
    too_little(stub.client.transfer_groups(Giver::Left, &names(1), "").await, "new_owner");
}
