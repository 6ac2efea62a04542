//! First words to customers, and words at the door of groups.

use chat::wecom::calls::Unit;
use chat::wecom::calls::attachments::{Attachment, Link, Medium, MiniProgram, Picture};
use chat::wecom::calls::contacts::Welcome;
use chat::wecom::calls::groups::{Notify, Template};
use serde_json::json;

use super::{too_little, too_much};
use crate::wecom::client::stub::Stub;

const SEND: &str = "externalcontact/send_welcome_msg";

fn link() -> Link {
    Link {
        title: "社区守则".into(),
        picurl: "https://example.com/p.png".into(),
        desc: "请先阅读".into(),
        url: "https://example.com/rules".into(),
    }
}

fn image() -> Attachment {
    Attachment::Image(Picture { media_id: "M1".into(), ..Picture::default() })
}

fn app() -> MiniProgram {
    MiniProgram {
        title: "签到".into(),
        pic_media_id: "M2".into(),
        appid: "wx8b".into(),
        page: "/path/index.html".into(),
    }
}

fn welcome(text: &str, attachments: Vec<Attachment>) -> Welcome {
    Welcome { code: "CODE".into(), text: text.into(), attachments }
}

#[tokio::test]
async fn a_welcome_goes_out_with_all_kinds_of_attachments() {
    let stub = Stub::new().await;
    stub.says(SEND, &json!({}));
    let all = vec![
        image(),
        Attachment::Link(link()),
        Attachment::Miniprogram(app()),
        Attachment::Video(Medium { media_id: "M3".into() }),
        Attachment::File(Medium { media_id: "M4".into() }),
    ];
    stub.client.welcome(&welcome("您好", all)).await.unwrap();
    assert_eq!(
        stub.body(SEND),
        json!({
            "welcome_code": "CODE", "text": { "content": "您好" },
            "attachments": [
                { "msgtype": "image", "image": { "media_id": "M1" } },
                { "msgtype": "link", "link": { "title": "社区守则", "desc": "请先阅读",
                    "picurl": "https://example.com/p.png", "url": "https://example.com/rules" } },
                { "msgtype": "miniprogram", "miniprogram": { "title": "签到",
                    "pic_media_id": "M2", "appid": "wx8b", "page": "/path/index.html" } },
                { "msgtype": "video", "video": { "media_id": "M3" } },
                { "msgtype": "file", "file": { "media_id": "M4" } },
            ],
        })
    );
    stub.client.welcome(&welcome("", vec![image()])).await.unwrap();
    assert_eq!(stub.body(SEND).get("text"), None);
    stub.client.welcome(&welcome(&"群".repeat(1_333), Vec::new())).await.unwrap();
    assert_eq!(stub.body(SEND).get("attachments"), None);
}

#[tokio::test]
async fn welcomes_that_the_platform_would_refuse_are_not_sent() {
    let stub = Stub::new().await;
    let send = |welcome: Welcome| {
        let client = stub.client.clone();
        async move { client.welcome(&welcome).await }
    };
    let long = welcome(&"群".repeat(1_334), Vec::new());
    too_much(send(long).await, ("text.content", 4_002, 4_000, Unit::Bytes));
    let many = welcome("x", vec![image(); 10]);
    too_much(send(many).await, ("attachments", 10, 9, Unit::Entries));
    too_little(send(welcome("", Vec::new())).await, "text");
    too_little(
        send(Welcome { code: String::new(), ..welcome("x", Vec::new()) }).await,
        "welcome_code",
    );
    let with = |attachment| welcome("x", vec![attachment]);
    let no_picture = with(Attachment::Image(Picture::default()));
    too_little(send(no_picture).await, "image.media_id");
    for (change, expected) in [
        (Link { title: "群".repeat(43), ..link() }, ("link.title", 129, 128)),
        (Link { desc: "群".repeat(171), ..link() }, ("link.desc", 513, 512)),
        (Link { url: "x".repeat(2_049), ..link() }, ("link.url", 2_049, 2_048)),
        (Link { picurl: "x".repeat(2_049), ..link() }, ("link.picurl", 2_049, 2_048)),
    ] {
        let (what, has, most) = expected;
        let answer = send(with(Attachment::Link(change))).await;
        too_much(answer, (what, has, most, Unit::Bytes));
    }
    let long = MiniProgram { title: "群".repeat(22), ..app() };
    let answer = send(with(Attachment::Miniprogram(long))).await;
    too_much(answer, ("miniprogram.title", 66, 64, Unit::Bytes));
    let nowhere = MiniProgram { page: String::new(), ..app() };
    too_little(send(with(Attachment::Miniprogram(nowhere))).await, "miniprogram.page");
    assert_eq!(stub.heard(), 0);
}

#[tokio::test]
async fn the_library_of_group_welcomes_is_written_and_read() {
    let stub = Stub::new().await;
    let (add, get) = (
        "externalcontact/group_welcome_template/add",
        "externalcontact/group_welcome_template/get",
    );
    stub.says(add, &json!({ "template_id": "msg1" }));
    let template =
        Template { text: "亲爱的%NICKNAME%".into(), attachment: Some(Attachment::Link(link())) };
    assert_eq!(stub.client.add_template(&template, Notify::Nobody).await.unwrap(), "msg1");
    let link_body = json!({ "title": "社区守则", "picurl": "https://example.com/p.png",
        "desc": "请先阅读", "url": "https://example.com/rules" });
    assert_eq!(
        stub.body(add),
        json!({ "text": { "content": "亲爱的%NICKNAME%" }, "link": link_body, "notify": 0 })
    );
    stub.says(
        get,
        &json!({ "text": { "content": "亲爱的%NICKNAME%" }, "link": link_body,
            "file": { "media_id": "M" } }),
    );
    assert_eq!(stub.client.template("msg1").await.unwrap(), template);
    let edit = "externalcontact/group_welcome_template/edit";
    stub.says(edit, &json!({}));
    let picture = Template { text: String::new(), attachment: Some(image()) };
    stub.client.edit_template("msg1", &picture).await.unwrap();
    assert_eq!(stub.body(edit), json!({ "template_id": "msg1", "image": { "media_id": "M1" } }));
    stub.says("externalcontact/group_welcome_template/del", &json!({}));
    stub.client.delete_template("msg1").await.unwrap();
    let long = Template { text: "群".repeat(1_001), attachment: None };
    let added = stub.client.add_template(&long, Notify::Staff).await;
    too_much(added, ("text.content", 3_003, 3_000, Unit::Bytes));
    let nothing = stub.client.add_template(&Template::default(), Notify::Staff).await;
    too_little(nothing, "text.content");
}
