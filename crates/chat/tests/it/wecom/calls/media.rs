//! Files.

use chat::wecom::calls::Unit;
use chat::wecom::calls::media::{Media, MediaKind};
use domain::Millis;
use serde_json::json;

use super::{malformed, too_little, too_much};
use crate::wecom::client::stub::{Stub, TOKEN};

const MB: usize = 1_024 * 1_024;

#[tokio::test]
async fn a_file_goes_out_under_its_name_as_it_is() {
    let stub = Stub::new().await;
    for created in [json!("1380000000"), json!(1_380_000_000)] {
        let fields =
            json!({ "errmsg": "", "type": "file", "media_id": "1G6", "created_at": created });
        stub.says("media/upload", &fields);
        let media = stub.client.upload_media(MediaKind::File, "群规 1.pdf", b"%PDF-1.7").await;
        let expected = Media { media_id: "1G6".into(), created: Millis(1_380_000_000_000) };
        assert_eq!(media.unwrap(), expected);
    }
    let heard = stub.last();
    assert_eq!(heard.query, format!("access_token={TOKEN}&type=file"));
    let body = String::from_utf8(heard.body).unwrap();
    let part = r#"Content-Disposition: form-data; name="media"; filename="群规 1.pdf""#;
    assert!(body.contains(part), "{body}");
    assert!(body.contains("\r\n\r\n%PDF-1.7\r\n"), "{body}");
}

#[tokio::test]
async fn a_picture_for_good_has_an_address() {
    let stub = Stub::new().await;
    stub.says("media/uploadimg", &json!({ "url": "https://p.qpic.cn/0" }));
    let url = stub.client.upload_image("a.png", &vec![7; 2 * MB]).await.unwrap();
    assert_eq!(url, "https://p.qpic.cn/0");
    let big = stub.client.upload_image("a.png", &vec![7; 2 * MB + 1]).await;
    too_much(big, ("media", 2 * MB + 1, 2 * MB, Unit::Bytes));
}

#[tokio::test]
async fn files_that_the_platform_would_refuse_are_not_sent() {
    let stub = Stub::new().await;
    for (kind, most) in [
        (MediaKind::Image, 10 * MB),
        (MediaKind::Voice, 2 * MB),
        (MediaKind::Video, 10 * MB),
        (MediaKind::File, 20 * MB),
    ] {
        let sent = stub.client.upload_media(kind, "a", &vec![7; most + 1]).await;
        too_much(sent, ("media", most + 1, most, Unit::Bytes));
        too_little(stub.client.upload_media(kind, "a", &[7; 5]).await, "media");
    }
    for name in ["a\"b", "a\r\nb", "../a", "a\\b"] {
        malformed(stub.client.upload_media(MediaKind::File, name, &[7; 9]).await, "filename");
    }
    too_little(stub.client.upload_media(MediaKind::File, "", &[7; 9]).await, "filename");
}
