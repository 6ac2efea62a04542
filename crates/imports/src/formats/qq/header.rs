//! Lines of the QQ TXT that are not somebody's words: message headers and block heads.

use crate::formats::chinese::clock;
use crate::formats::wall::Reading;
use domain::ActorClass;

/// `2024-01-05 9:07:03 【管理员】安(123456789)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header<'a> {
    pub(super) clock: Reading,
    /// Staff by the title in front, else unknown: level titles say nothing.
    pub(super) class: Option<ActorClass>,
    /// The group card without the title; can be empty.
    pub(super) card: &'a str,
    pub(super) sender: Sender<'a>,
}

/// Whose header it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender<'a> {
    /// 系统消息.
    System,
    /// By QQ number or mail address.
    Account(&'a str),
    /// No id: a chat with a friend is written so.
    Unnumbered,
}

/// Numbers under which the client itself writes.
const SYSTEM: [&str; 2] = ["10000", "1000000"];

/// Reads a header; `None` for any other line.
pub(super) fn header(line: &str) -> Option<Header<'_>> {
    let (clock, label) = clock(line)?;
    let label = label.trim();
    let (card, sender) = account(label).unwrap_or((label, Sender::Unnumbered));
    if card.is_empty() && sender == Sender::Unnumbered {
        return None;
    }
    let (class, card) = titled(card);
    Some(Header { clock, class, card, sender })
}

/// The last `(digits)` or `<mail>` of the line.
fn account(label: &str) -> Option<(&str, Sender<'_>)> {
    if let Some(inside) = label.strip_suffix(')') {
        let (card, number) = inside.rsplit_once('(')?;
        let digits = (5..=12).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        let sender =
            if SYSTEM.contains(&number) { Sender::System } else { Sender::Account(number) };
        return digits.then_some((card, sender));
    }
    let (card, mail) = label.strip_suffix('>')?.rsplit_once('<')?;
    (!mail.is_empty() && !mail.contains(' ')).then_some((card, Sender::Account(mail)))
}

/// Takes a title such as 【群主】 off the front of a card.
fn titled(card: &str) -> (Option<ActorClass>, &str) {
    let Some((title, rest)) = card.strip_prefix('【').and_then(|rest| rest.split_once('】'))
    else {
        return (None, card);
    };
    let class = matches!(title, "群主" | "管理员").then_some(ActorClass::Staff);
    (class, rest)
}

/// `消息分组:` and `消息对象:` lines, and the rules between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark<'a> {
    /// 64 `=`.
    Rule,
    /// The list in which the chat stands.
    List(&'a str),
    /// The chat itself.
    Chat(&'a str),
}

/// Reads a line of a block head; `None` for any other line. The words count only behind a rule:
/// somebody can write them too.
pub(super) fn mark(line: &str, after_rule: bool) -> Option<Mark<'_>> {
    if line.len() >= 32 && line.bytes().all(|byte| byte == b'=') {
        return Some(Mark::Rule);
    }
    if !after_rule {
        return None;
    }
    let named = |word| {
        let rest: &str = line.strip_prefix(word)?;
        rest.strip_prefix([':', '：']).map(str::trim)
    };
    named("消息分组").map(Mark::List).or_else(|| named("消息对象").map(Mark::Chat))
}

#[cfg(test)]
mod tests {
    use super::{Sender, header};
    use domain::ActorClass;

    #[test]
    fn the_last_bracket_names_the_account() {
        use Sender::{Account, System, Unnumbered};
        let staff = Some(ActorClass::Staff);
        for (line, class, card, sender) in [
            ("2024-01-05 9:07:03 【管理员】安(123456789)", staff, "安", Account("123456789")),
            ("2024-01-05 09:07:03 【群主】(12345)", staff, "", Account("12345")),
            ("2024-01-05 9:07:03 bo<bo@example.com>", None, "bo", Account("bo@example.com")),
            ("2024-1-5 8:43:38 PM a(b)<c>(777777)", None, "a(b)<c>", Account("777777")),
            ("2024-01-05 9:07:03 【冒泡】小林(123456)", None, "小林", Account("123456")),
            ("2024-01-05 9:07:03 系统消息(10000)", None, "系统消息", System),
            ("2024-01-05 9:07:03 阿杰", None, "阿杰", Unnumbered),
        ] {
            let found = header(line).expect(line);
            assert_eq!((found.class, found.card, found.sender), (class, card, sender), "{line}");
        }
        assert_eq!(header("2024-1-5 8:43:38 PM a(777777)").unwrap().clock.hour, 20);
        assert_eq!(header("2024-1-5 12:00:01 AM a(777777)").unwrap().clock.hour, 0);
    }

    #[test]
    fn other_lines_are_no_headers() {
        for line in [
            "",
            "早上好",
            "2024-01-05",
            "2024-13-05 9:07:03 a(12345)",
            "2024-01-05 25:07:03 a(12345)",
            "24-01-05 9:07:03 a(12345)",
            "2024-01-05 9:07:03 ",
            "2024-01-05 9:07 a(12345)",
        ] {
            assert_eq!(header(line), None, "{line}");
        }
    }
}
