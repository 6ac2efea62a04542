//! What goes wrong on purpose (出点问题): callbacks that are lost, doubled, late or overtaken; calls
//! that are refused or slow; a token that is taken back.

use std::collections::BTreeSet;
use std::time::Duration;

use askama::Template;
use axum::extract::{Form, State};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::wecom::desk::Desk;
use crate::wecom::desk::lang::Lang;
use crate::wecom::desk::respond::shown;
use crate::wecom::faults::{Family, Faults, LetterFaults};
use crate::wecom::world::enter;

/// The longest that letters are late, and that answers wait.
const LATE_MS_MAX: i64 = 3_600_000;
const SLOW_MS_MAX: u64 = 60_000;

/// Permissions by the words of the form, in Chinese and English.
const FAMILIES: [(&str, Family, &str, &str); 7] = [
    ("staff", Family::Staff, "通讯录", "staff"),
    ("contacts", Family::Contacts, "客户", "customers"),
    ("tags", Family::Tags, "标签", "tags"),
    ("groups", Family::Groups, "客户群", "groups"),
    ("transfers", Family::Transfers, "继承", "hand-overs"),
    ("media", Family::Media, "素材", "media"),
    ("messages", Family::Messages, "应用消息", "messages"),
];

#[derive(Template)]
#[template(path = "troubles.html")]
struct Troubles {
    lang: Lang,
    /// Name, words and value of each number.
    numbers: [(&'static str, String, String); 6],
    /// Name, value, words, and whether it is so.
    switches: Vec<(&'static str, &'static str, String, bool)>,
}

pub(super) async fn page(State(desk): State<Desk>, lang: Lang) -> Response {
    let world = enter(&desk.shared);
    let Faults { untrusted, disabled, revoked, slow, letters, .. } = &world.faults;
    let number =
        |name, zh: &str, en: &str, value: String| (name, lang.say(zh, en).to_owned(), value);
    let numbers = [
        number("lost", "丢失（每千条）", "Lost, of 1,000", letters.lost.to_string()),
        number("doubled", "重复（每千条）", "Doubled, of 1,000", letters.doubled.to_string()),
        number("reordered", "乱序（每千条）", "Overtaken, of 1,000", letters.reordered.to_string()),
        number("late", "迟到（每千条）", "Late, of 1,000", letters.late.to_string()),
        number("late_ms", "迟到多久（毫秒）", "Late by (ms)", letters.late_ms.to_string()),
        number(
            "slow_ms",
            "每次调用多等（毫秒）",
            "Answers wait (ms)",
            slow.as_millis().to_string(),
        ),
    ];
    let switch = |name, zh: &str, en: &str, on| (name, "on", lang.say(zh, en).to_owned(), on);
    let mut switches = vec![
        switch("untrusted", "IP 不在可信名单（60020）", "Address not trusted (60020)", *untrusted),
        switch("disabled", "应用停用（50003）", "App switched off (50003)", *disabled),
        switch("token", "现在作废 access_token（40014）", "Take the token back now (40014)", false),
    ];
    switches.extend(FAMILIES.iter().map(|(word, family, zh, en)| {
        let words = format!("{} {}", lang.say("收回权限：", "Permission taken:"), lang.say(zh, en));
        ("revoked", *word, words, revoked.contains(family))
    }));
    shown(&Troubles { lang, numbers, switches })
}

/// A form's fields: numbers, `untrusted`, `disabled`, `token`, and `revoked` for each permission.
/// What is not named ends.
pub(super) async fn set(
    State(desk): State<Desk>,
    lang: Lang,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let value = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value);
    let number = |name: &str| value(name).and_then(|text| text.trim().parse::<u64>().ok());
    let share = |name| u32::try_from(number(name).unwrap_or(0).min(1_000)).unwrap_or(0);
    let late_ms = i64::try_from(number("late_ms").unwrap_or(0)).unwrap_or(LATE_MS_MAX);
    let letters = LetterFaults {
        lost: share("lost"),
        doubled: share("doubled"),
        late: share("late"),
        late_ms: late_ms.min(LATE_MS_MAX),
        reordered: share("reordered"),
    };
    let taken = |(word, family, ..): &(&str, Family, &str, &str)| {
        let named = fields.iter().any(|(name, value)| name == "revoked" && value == word);
        named.then_some(*family)
    };
    let mut world = enter(&desk.shared);
    if value("token").is_some() {
        world.tokens.revoke();
    }
    let faults = &mut world.faults;
    faults.letters = letters;
    faults.untrusted = value("untrusted").is_some();
    faults.disabled = value("disabled").is_some();
    faults.slow = Duration::from_millis(number("slow_ms").unwrap_or(0).min(SLOW_MS_MAX));
    faults.revoked = FAMILIES.iter().filter_map(taken).collect::<BTreeSet<Family>>();
    Redirect::to(&lang.to("troubles")).into_response()
}
