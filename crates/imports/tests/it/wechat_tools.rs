//! The other files that tools write from WeChat's database: `PyWxDump`, TXT, a training set.

use crate::recorder::{Event, read_file};
use domain::JoinManner;
use proptest::prelude::{ProptestConfig, any, prop, proptest};

/// 2024-01-05 09:07:03 in Shanghai.
const AT: i64 = 1_704_416_823_000;

#[test]
fn pywxdump_rows_keep_the_server_id_and_private_chats_are_skipped() {
    let text = "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime\n\
        1,9007199254740993,文本,0,wxid_a,1@chatroom,早上好,,2024-01-05 09:07:03\n\
        2,9007199254740994,图片,1,我,1@chatroom,[图片],a.jpg,2024-01-05 09:07:04\n\
        3,9007199254740995,系统通知,0,1@chatroom,1@chatroom,\"\"\"安\"\"邀请\"\"小林\"\"加入了群聊\",,2024-01-05 09:07:05\n\
        4,9007199254740996,文本,0,wxid_b,wxid_b,private,,2024-01-05 09:07:06\n\
        5,9007199254740997,文本,0,wxid_b,wxid_b,private,,2024-01-05 09:07:07\n";
    let told = read_file("pywxdump", "1@chatroom_0_5000.csv", text.as_bytes()).unwrap();
    assert_eq!(told.messages(), [("wxid_a", "早上好"), ("self", " [Image]")]);
    assert_eq!((told.rows[0].at, told.rows[0].key), (AT, Some(9_007_199_254_740_993)));
    let joined = Event::Join(JoinManner::Invited, Some("name:安".into()));
    assert_eq!((told.rows[2].who.as_deref(), &told.rows[2].what), (Some("name:小林"), &joined));
    assert_eq!(told.warned(), [("skipped_file", 5)]);
}

#[test]
fn older_pywxdump_rows_hold_json() {
    let text = "id,MsgSvrID,type_name,is_sender,talker,room_name,content,CreateTime\n\
        1,7,文本,0,wxid_a,1@chatroom,\"{\"\"src\"\": \"\"\"\", \"\"msg\"\": \"\"hi\"\"}\",2024-01-05 09:07:03\n";
    let told = read_file("pywxdump", "a.csv", text.as_bytes()).unwrap();
    assert_eq!(told.messages(), [("wxid_a", "hi")]);
}

#[test]
fn text_rows_without_a_body_are_the_clients() {
    let text = "2024-01-05 09:07:03 安\n早上好\n\n第二段\n\n\
        2024-01-05 09:07:04 \"安\"邀请\"小林\"加入了群聊\n\n\
        2024-01-05 09:07:05 小林\n[图片]\n\n\
        2024-01-05 09:07:06 安\n[链接]:title:花\n  des:x\n\n\
        2024-01-05 09:07:07 小林\n好的\n引用:安:早上好\n\n";
    let told = read_file("wechatmsg-txt", "花友会.txt", text.as_bytes()).unwrap();
    let expected =
        [("安", "早上好\n\n第二段"), ("小林", " [Image]"), ("安", " [Link]"), ("小林", "好的")];
    assert_eq!(told.messages(), expected);
    assert_eq!(told.rows[1].what, Event::Join(JoinManner::Invited, Some("安".into())));
    assert_eq!(told.rows[1].who.as_deref(), Some("小林"));
    assert_eq!((told.rows[0].at, told.groups[0].name.as_str()), (AT, "花友会"));
}

#[test]
fn a_training_set_is_refused_with_the_remedy() {
    let text = "{\"conversations\": [{\"role\": \"user\", \"content\": \"hi\"}]}";
    let error = read_file("wechatmsg-json", "train.json", text.as_bytes()).err().unwrap();
    assert_eq!(error.code(), "unsupported");
    assert!(error.to_string().contains("CSV"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let txt = "2024-01-05 09:07:03 安\na\n\n2024-01-05 09:07:04 安\n";
        let csv = "id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime\n";
        for (word, head) in [("wechatmsg-txt", txt), ("pywxdump", csv)] {
            let mut file = head.as_bytes().to_vec();
            file.extend(&bytes);
            // Random bytes can look like UTF-16 and be nothing at all.
            let _ = read_file(word, "a.txt", &file);
        }
    }
}
