//! What the column of message kinds says.

use domain::Media;

/// Kinds of rows told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words; the placeholders in them are looked for.
    Text,
    Media(Media),
    Recalled,
    System,
}

const WORDS: [(&[&str], Kind); 12] = [
    (&["system", "系统", "notice", "notification", "10000", "10002"], Kind::System),
    (&["recall", "撤回"], Kind::Recalled),
    (&["image", "图片", "picture", "photo", "img"], Kind::Media(Media::Image)),
    (&["video", "视频"], Kind::Media(Media::Video)),
    (&["voice", "audio", "语音"], Kind::Media(Media::Audio)),
    (&["sticker", "emoticon", "emoji", "表情"], Kind::Media(Media::Sticker)),
    (&["redpacket", "redenvelope", "红包", "转账", "transfer"], Kind::Media(Media::RedPacket)),
    (&["file", "attachment", "文件"], Kind::Media(Media::File)),
    (&["location", "位置"], Kind::Media(Media::Location)),
    (&["contact", "名片"], Kind::Media(Media::Contact)),
    (
        &[
            "link",
            "url",
            "链接",
            "miniprogram",
            "小程序",
            "chathistory",
            "聊天记录",
            "转发",
            "分享",
        ],
        Kind::Media(Media::Link),
    ),
    (&["poll", "投票"], Kind::Media(Media::Poll)),
];

/// Reads a kind by word or by the number that WeChat's database has for it; anything unknown is
/// taken for text.
pub(crate) fn kind(name: &str) -> Kind {
    let name: String = name
        .chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect();
    match name.as_str() {
        "3" => Kind::Media(Media::Image),
        "34" => Kind::Media(Media::Audio),
        "43" => Kind::Media(Media::Video),
        "47" => Kind::Media(Media::Sticker),
        "48" => Kind::Media(Media::Location),
        "42" => Kind::Media(Media::Contact),
        "49" => Kind::Media(Media::Link),
        _ => WORDS
            .iter()
            .find(|(words, _)| words.iter().any(|word| name.contains(word)))
            .map_or(Kind::Text, |(_, kind)| *kind),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};
    use domain::Media;

    #[test]
    fn kinds_are_known_in_both_languages() {
        for (name, expected) in [
            ("Text", Kind::Text),
            ("1", Kind::Text),
            ("", Kind::Text),
            ("文本", Kind::Text),
            ("图片", Kind::Media(Media::Image)),
            ("Mini_Program", Kind::Media(Media::Link)),
            ("系统通知", Kind::System),
            ("Recalled", Kind::Recalled),
            ("49", Kind::Media(Media::Link)),
        ] {
            assert_eq!(kind(name), expected, "{name}");
        }
    }
}
