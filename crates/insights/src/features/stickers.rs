//! Emoji written as codes: `:smile:`, `<:name:1>`, `[微笑]`.

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Names of WeChat and QQ faces, in the languages that exports write.
const FACES: &str = "\
    微笑 撇嘴 色 发呆 得意 流泪 害羞 闭嘴 睡 大哭 尴尬 发怒 调皮 呲牙 惊讶 难过 酷 冷汗 \
    抓狂 吐 偷笑 愉快 可爱 白眼 傲慢 饥饿 困 惊恐 流汗 憨笑 大兵 悠闲 奋斗 咒骂 疑问 嘘 \
    晕 折磨 疯了 衰 骷髅 敲打 再见 擦汗 抠鼻 鼓掌 糗大了 坏笑 左哼哼 右哼哼 哈欠 鄙视 \
    委屈 快哭了 阴险 亲亲 吓 可怜 菜刀 西瓜 啤酒 篮球 乒乓 咖啡 饭 猪头 玫瑰 凋谢 示爱 \
    嘴唇 爱心 心碎 蛋糕 闪电 炸弹 刀 足球 瓢虫 便便 月亮 太阳 礼物 拥抱 强 弱 握手 胜利 \
    抱拳 勾引 拳头 差劲 爱你 no ok 爱情 飞吻 跳跳 发抖 怄火 转圈 磕头 回头 跳绳 挥手 \
    激动 街舞 献吻 左太极 右太极 嘿哈 捂脸 奸笑 机智 皱眉 耶 红包 鸡 旺柴 笑脸 生病 脸红 \
    破涕为笑 恐惧 失望 无语 吃瓜 加油 汗 天啊 社会社会 好的 打脸 哇 翻白眼 666 让我看看 \
    叹气 苦涩 裂开 合十 福 烟花 爆竹 发 囧 doge 笑哭 泪奔 无奈 托腮 卖萌 斜眼笑 喷血 \
    惊喜 骚扰 小纠结 我最美 眨眼睛 拍头 拍手 点赞 佛系 求放过 面无表情 比心 酸了 敬礼 \
    握手 小丑 smile grimace drool scowl coolguy sob shy silent sleep cry awkward angry \
    tongue grin surprise frown cool blush scream puke chuckle joyful slight smug hungry \
    drowsy panic sweat laugh commando determined scold shocked shush dizzy tormented \
    toasted skull hammer wave speechless nosepick clap shame trick yawn pooh-pooh \
    shrunken tearingup sly kiss wrath whimper cleaver watermelon beer coffee pig rose \
    wilt lips heart brokenheart cake bomb poop moon sun hug thumbsup thumbsdown shake \
    peace fist salute beckon waddle tremble twirl hey facepalm smirk smart concerned \
    yeah! packet chick rofl worship party fireworks";

static NAMES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| FACES.split_whitespace().collect());

const NAME_BYTES_MAX: usize = 64;

/// `[微笑]` at the beginning: its length in bytes. Other brackets are words.
pub(super) fn bracketed(rest: &str) -> Option<usize> {
    let body = rest.get(1..)?;
    let head = body.as_bytes();
    let end = head.iter().take(NAME_BYTES_MAX).position(|byte| *byte == b']')?;
    NAMES.contains(body.get(..end)?).then_some(end + 2)
}

/// `:smile:` at the beginning: its length in bytes. `:30:` of a clock is none.
pub(super) fn short_code(rest: &str) -> Option<usize> {
    let body = rest.as_bytes().get(1..)?;
    let end = body.iter().take(NAME_BYTES_MAX).position(|byte| !is_code(*byte))?;
    let name = body.get(..end)?;
    let is_word = name.len() > 1
        && (name.iter().any(u8::is_ascii_alphabetic)
            || name == b"+1"
            || name == b"-1"
            || name == b"100");
    (is_word && body.get(end) == Some(&b':')).then_some(end + 2)
}

/// `<:name:1>` or `<a:name:1>` at the beginning: its length in bytes.
pub(super) fn custom(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix("<a:").or_else(|| rest.strip_prefix("<:"))?;
    let end = body.as_bytes().iter().take(NAME_BYTES_MAX + 24).position(|byte| *byte == b'>')?;
    let name = body.get(..end)?;
    let is_code = name.bytes().all(|byte| is_code(byte) || byte == b':');
    is_code.then_some(rest.len() - body.len() + end + 1)
}

fn is_code(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-' | b'\'')
}
