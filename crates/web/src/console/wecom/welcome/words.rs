//! What is wrong with a field, and what an outcome is called.

use app::wecom::{Said, WelcomeState};
use report::Lang;

use crate::console::wecom::welcome::slots::kind_word;

/// What is wrong with a field of a wording; `unknown` is the slot that stands for nothing.
pub(super) fn fault(field: &str, code: &str, (unknown, l): (&str, Lang)) -> String {
    let words = match (field, code) {
        ("name", "missing") => l.pick("请起个名字。", "Give it a name."),
        ("name", "too_many") => l.pick("已经有 200 条了，先删掉不用的。", "There are 200 already."),
        ("name", "signs") => l.pick("名字里不能有括号和竖线。", "No braces and bars in a name."),
        ("name", "taken") => l.pick(
            "这个名字系统已经用了（昵称、员工、渠道、群规、群公告）。",
            "This word has a meaning of its own already.",
        ),
        ("name", "in_use") => l.pick(
            "还有欢迎语在用这个段落，先从里面删掉。",
            "A welcome speaks of this block: take it out there first.",
        ),
        ("name", _) => l.pick("名字最多 30 个字。", "At most 30 letters."),
        ("text", "missing") => l.pick("写点什么，或者加一个附件。", "Write something, or add something."),
        ("text", "unknown_slot") => {
            return l.pick(
                format!("{{{unknown}}} 不是变量，也没有叫这个名字的公用段落。照样想发出去，就换成别的括号。"),
                format!("{{{unknown}}} stands for nothing. If these are words, use other brackets."),
            );
        }
        ("text", "not_in_groups") => l.pick(
            "入群欢迎语里只能用 {昵称} 和公用段落：企业微信发的时候不知道其他的。",
            "Only {nickname} and shared blocks: WeCom knows nothing else when it sends these.",
        ),
        ("text", "too_long_together") => l.pick(
            "有欢迎语放不下这么长的段落，请写短一点。",
            "A welcome with this block would become too long: shorten it.",
        ),
        ("text", _) => l.pick(
            "太长了：欢迎语最多 4000 字节（约 1300 个汉字），入群欢迎语 3000 字节，公用段落 1500 字节，\
             每个变量另留 64 字节。",
            "Too long: 4,000 bytes for contacts, 3,000 for groups, 1,500 for a block; each name \
             takes 64.",
        ),
        ("group", _) => l.pick("用了群规或群公告，请选是哪个群的。", "Pick the group whose rules are told."),
        ("channels", "too_many") => l.pick("渠道最多 50 个。", "At most 50 channels."),
        ("channels", _) => l.pick("渠道标识最长 64 字节。", "A channel has at most 64 bytes."),
        ("channel", _) => l.pick("最多 30 个字。", "At most 30 letters."),
        ("staff", _) => l.pick("最多选 500 人。", "At most 500 people."),
        ("beside", _) => l.pick("附件最多 9 个。", "At most nine things."),
        ("days", _) => l.pick("至少选一天。", "Choose at least one day."),
        ("from", _) => l.pick("时间不对，例：09:00。", "No time; for example 09:00."),
        _ => l.pick("这里不对。", "This is wrong."),
    };
    words.to_owned()
}

/// What is wrong with a thing beside the words, or with a file.
pub(super) fn slot_fault(kind: &str, code: &str, l: Lang) -> &'static str {
    match code {
        "no_title" => l.pick("请填标题。", "Give it a title."),
        "long_title" if kind == "app" => {
            l.pick("标题最多 64 字节（21 个汉字）。", "At most 64 bytes.")
        }
        "long_title" => l.pick("标题最多 128 字节（42 个汉字）。", "At most 128 bytes."),
        "long_desc" => l.pick("描述最多 512 字节（170 个汉字）。", "At most 512 bytes below."),
        "no_url" => l.pick(
            "请填能打开的链接地址，http:// 或 https:// 开头。",
            "Give an address that begins with http:// or https://.",
        ),
        "bad_picture" => l.pick("封面图地址不对。", "The address of the picture is wrong."),
        "no_appid" => l.pick("请填小程序的 AppID。", "Give the AppID."),
        "no_page" => l.pick("请填页面路径。", "Give the page."),
        "no_medium" => l.pick(
            "请选一个文件；还没有就先去「素材」上传。",
            "Choose a file; upload one under Files when there is none.",
        ),
        "not_an_image" => l.pick("这不是 JPG 或 PNG 图片。", "This is no JPG or PNG."),
        "not_a_video" => l.pick("这不是 MP4 视频。", "This is no MP4."),
        "empty_file" => {
            l.pick("文件是空的，或者不到 6 个字节。", "The file is empty, or below 6 bytes.")
        }
        "too_many_files" => l.pick("素材已经有 500 个了。", "There are 500 files already."),
        _ => l.pick(
            "文件太大：图片和视频最多 10 MB，文件最多 20 MB。",
            "Too big: 10 MB for pictures and films, 20 MB for files.",
        ),
    }
}

/// How far a welcome is: tone and words.
pub(super) fn state(state: WelcomeState, l: Lang) -> (&'static str, &'static str) {
    match state {
        WelcomeState::Waiting => ("secondary", l.pick("等待发送", "waits")),
        WelcomeState::Taken => ("teal", l.pick("正在发", "under way")),
        WelcomeState::Sent => ("green", l.pick("已发送", "sent")),
        WelcomeState::Refused => ("red", l.pick("没发成", "refused")),
        WelcomeState::Unknown => ("orange", l.pick("不确定", "unknown")),
        WelcomeState::Late => ("orange", l.pick("太晚了", "too late")),
        WelcomeState::Unwritten => ("secondary", l.pick("没有欢迎语", "nothing written")),
    }
}

/// Why a welcome ended as it did; empty when there is nothing to tell.
pub(super) fn why(at: WelcomeState, said: &Said, l: Lang) -> String {
    let mut all = Vec::new();
    let main = match (at, said.code) {
        (WelcomeState::Refused, Some(41_050)) => l.pick(
            "欢迎码已被用掉：别的应用先发了，或已过期",
            "its code was used: another app was first",
        ),
        (WelcomeState::Refused, Some(41_051)) => {
            l.pick("已经在聊天，或已有欢迎语", "the two were chatting, or had a welcome")
        }
        (WelcomeState::Refused, Some(41_053)) => l.pick(
            "客户还没同意会话存档，同意后会再发",
            "the customer has not agreed to the archive yet",
        ),
        (WelcomeState::Refused, Some(41_096)) => {
            l.pick("别的应用正在发", "another app was sending")
        }
        (WelcomeState::Refused, Some(45_009)) => {
            l.pick("到了调用上限", "the limit of calls was reached")
        }
        (WelcomeState::Refused, Some(48_002)) => {
            l.pick("应用没有接口权限", "the app may not call this")
        }
        (WelcomeState::Refused, Some(60_020)) => {
            l.pick("IP 不在企业可信IP 里", "address not trusted")
        }
        (WelcomeState::Unknown, Some(41_050 | 41_051)) => l.pick(
            "发出后没收到回答，再问时说已经用过：多半已送达",
            "no answer at first, then the code was used: most likely it arrived",
        ),
        (WelcomeState::Unknown, _) if said.words == "unanswered" => l.pick(
            "发送时程序停了，没有再发，免得重复",
            "the program stopped while sending; not sent again, so that nobody gets it twice",
        ),
        (WelcomeState::Unknown, _) => l.pick("企业微信没有回答", "no answer"),
        (WelcomeState::Late, _) => {
            l.pick("回调到得太晚，过了 20 秒", "the callback came more than 20 s late")
        }
        _ => "",
    };
    if !main.is_empty() {
        all.push(main.to_owned());
    }
    if main.is_empty() && at == WelcomeState::Refused {
        all.push(said.words.clone());
    }
    if !said.left_out.is_empty() {
        let kinds = ["image", "link", "app", "video", "file"];
        let word = |one: &String| {
            if kinds.contains(&one.as_str()) { kind_word(one, l).to_owned() } else { one.clone() }
        };
        let list: Vec<String> = said.left_out.iter().map(word).collect();
        let list = list.join(l.pick("、", ", "));
        all.push(l.pick(format!("没带上：{list}"), format!("left out: {list}")));
    }
    all.join(l.pick("；", "; "))
}
