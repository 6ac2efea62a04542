//! `[图片]` and its like: what a text export writes in place of media.

use domain::Media;
use std::borrow::Cow;

/// Placeholders that stand inside a text; what is around them is the author's own.
const INSIDE: [(&str, Media); 16] = [
    ("[图片]", Media::Image),
    ("[闪照]", Media::Image),
    ("[视频]", Media::Video),
    ("[短视频]", Media::Video),
    ("[语音]", Media::Audio),
    ("[表情]", Media::Sticker),
    ("[表情包]", Media::Sticker),
    ("[动画表情]", Media::Sticker),
    ("[原创表情]", Media::Sticker),
    ("[文件]", Media::File),
    ("[位置]", Media::Location),
    ("[名片]", Media::Contact),
    ("[链接]", Media::Link),
    ("[小程序]", Media::Link),
    ("[聊天记录]", Media::Link),
    ("[合并转发]", Media::Link),
];

/// Placeholders at the beginning after which everything is written by the client.
const BEFORE: [(&str, Media); 5] = [
    ("[QQ红包]", Media::RedPacket),
    ("[红包]", Media::RedPacket),
    ("[微信红包]", Media::RedPacket),
    ("[转账]", Media::RedPacket),
    ("[群签到]", Media::Other),
];

/// The text without placeholders, and what they stood for. A picture counts before a sticker.
pub(crate) fn without_placeholders(text: &str) -> (Cow<'_, str>, Media) {
    if !text.contains('[') {
        return (Cow::Borrowed(text), Media::None);
    }
    if let Some((_, media)) = BEFORE.iter().find(|(mark, _)| text.starts_with(mark)) {
        return (Cow::Borrowed(""), *media);
    }
    let mut media = Media::None;
    let mut left = Cow::Borrowed(text);
    for (mark, kind) in INSIDE {
        if left.contains(mark) {
            left = Cow::Owned(left.replace(mark, ""));
            if matches!(media, Media::None | Media::Sticker) {
                media = kind;
            }
        }
    }
    match left {
        Cow::Owned(text) => (Cow::Owned(text.trim().to_owned()), media),
        left @ Cow::Borrowed(_) => (left, media),
    }
}

#[cfg(test)]
mod tests {
    use super::without_placeholders;
    use domain::Media;

    #[test]
    fn words_beside_a_placeholder_stay() {
        for (text, left, media) in [
            ("早上好", "早上好", Media::None),
            ("[图片]", "", Media::Image),
            ("[表情]看这个[图片]", "看这个", Media::Image),
            ("[微笑]好", "[微笑]好", Media::None),
            ("[QQ红包]我发了一个红包，请查收。", "", Media::RedPacket),
        ] {
            assert_eq!(without_placeholders(text), (left.into(), media), "{text}");
        }
    }
}
