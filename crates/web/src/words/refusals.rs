//! Why something was not done, with the remedy.

use app::live::Refused;
use axum::http::StatusCode;
use chat::web::{NameError, TextError};
use domain::{Millis, Zone};
use engine::Refusal;

use crate::trouble::Trouble;
use crate::words::clock::moment;

/// What a refused event means to the person.
pub(crate) fn refused(refused: &Refused, zone: &Zone, now: Millis) -> Trouble {
    let (status, say): (_, [&str; 2]) = match refused {
        Refused::Domain(refusal) => return domain(*refusal, refused.code(), zone, now),
        Refused::KeyTaken => {
            (StatusCode::CONFLICT, ["请刷新页面再发一次。", "Reload the page and send it again."])
        }
        Refused::Busy => (
            StatusCode::SERVICE_UNAVAILABLE,
            ["现在人太多，请过几秒再试。", "Too much is going on: try again in a few seconds."],
        ),
        Refused::NoSuchGroup => return Trouble::missing(),
        Refused::SetAside => (
            StatusCode::UNPROCESSABLE_ENTITY,
            [
                "这条内容没能处理，已经转给管理员查看，不用重发。",
                "This could not be processed; it is with the operator, no need to send it again.",
            ],
        ),
        Refused::Stopping => (
            StatusCode::SERVICE_UNAVAILABLE,
            ["服务正在重启，请稍等再试。", "The service is restarting: try again in a moment."],
        ),
        Refused::Fault(fault) => return Trouble::of_fault(fault),
    };
    let after_s = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(2);
    Trouble { after_s, ..Trouble::new(status, refused.code(), say) }
}

fn status(refusal: Refusal) -> StatusCode {
    match refusal {
        Refusal::NotMember | Refusal::KeepersOnly | Refusal::Removed | Refusal::Muted { .. } => {
            StatusCode::FORBIDDEN
        }
        Refusal::AlreadyIn | Refusal::NoChange | Refusal::Closed => StatusCode::CONFLICT,
        Refusal::NoSuchMessage => StatusCode::NOT_FOUND,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn domain(refusal: Refusal, code: &'static str, zone: &Zone, now: Millis) -> Trouble {
    let status = status(refusal);
    let fixed = |say| Trouble::new(status, code, say);
    let made = |zh: String, en: String| Trouble::new(status, code, [&zh, &en]);
    match refusal {
        Refusal::Closed => {
            fixed(["这个群已经关闭，只能阅读。", "This group is closed; it can only be read."])
        }
        Refusal::NotMember => Trouble::not_member(),
        Refusal::AlreadyIn => fixed(["你已经在群里了。", "You are in this group already."]),
        Refusal::Removed => fixed([
            "你被移出了这个群，暂时不能用链接进来。有疑问请联系群管理。",
            "A keeper took you out of this group; you cannot come back by a link for now. Ask a keeper.",
        ]),
        Refusal::RulesNotAccepted { .. } => fixed([
            "请先看完群规，勾选同意后再加入。",
            "Please read the rules and accept them to join.",
        ]),
        Refusal::KeepersOnly => {
            fixed(["只有群管理能这样做。", "Only keepers of the group may do this."])
        }
        Refusal::Muted { until } => {
            let until = |lang| moment(until, now, zone, lang);
            made(
                format!("你被禁言到 {}，到时就能发言。", until(report::Lang::Zh)),
                format!("You are muted until {}.", until(report::Lang::En)),
            )
        }
        Refusal::Empty => {
            fixed(["内容是空的，写点什么再发。", "It is empty: write something first."])
        }
        Refusal::TooLong { limit } => made(
            format!("太长了，最多 {limit} 个字，请缩短。"),
            format!("Too long: at most {limit} characters."),
        ),
        Refusal::Name => {
            fixed(["这个名字不能用，换一个吧。", "This name cannot be used: take another."])
        }
        Refusal::NameTaken => fixed([
            "群里已经有人用这个名字，换一个吧。",
            "Somebody here has this name: take another.",
        ]),
        Refusal::NoSuchMessage => {
            fixed(["这条消息不在了，或者已经撤回。", "This message is gone or was taken back."])
        }
        Refusal::TooLate { minutes } => made(
            format!("消息发出超过 {minutes} 分钟，不能撤回了。"),
            format!("A message can be taken back for {minutes} minutes only."),
        ),
        Refusal::TooManyPins { limit } => made(
            format!("最多置顶 {limit} 条，请先取消一条。"),
            format!("At most {limit} messages can be pinned: unpin one first."),
        ),
        Refusal::NoChange => {
            fixed(["已经是这样了，没有变化。", "It is so already; nothing changed."])
        }
    }
}

/// What is wrong with a text.
pub(crate) fn text_wrong(error: TextError) -> Trouble {
    let (code, say) = match error {
        TextError::Empty => (
            "empty",
            [
                "内容是空的，写点什么再发。".to_owned(),
                "It is empty: write something first.".to_owned(),
            ],
        ),
        TextError::TooLong { chars, limit } => (
            "too_long",
            [
                format!("太长了：现在 {chars} 个字，最多 {limit} 个，请缩短。"),
                format!("Too long: it has {chars} characters, {limit} are allowed."),
            ],
        ),
    };
    Trouble::new(StatusCode::UNPROCESSABLE_ENTITY, code, [&say[0], &say[1]])
}

/// What is wrong with a name.
pub(crate) fn name_wrong(error: NameError) -> Trouble {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    match error {
        NameError::Empty => {
            Trouble::new(status, "empty", ["请写一个名字。", "Please write a name."])
        }
        NameError::TooLong { limit } => {
            let zh = format!("名字最多 {limit} 个字，请缩短。");
            let en = format!("A name has at most {limit} characters.");
            Trouble::new(status, "too_long", [&zh, &en])
        }
        NameError::Reserved => Trouble::new(
            status,
            "name",
            [
                "这个名字容易和官方身份混淆，换一个吧。",
                "This name could pass for the house: take another.",
            ],
        ),
    }
}
