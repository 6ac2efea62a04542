//! What letters are called, and why nothing was done about one.

use report::Lang;

/// What a kind of letter tells; the platform's own word where it is not known.
pub(super) fn kind(word: &str, l: Lang) -> String {
    let known = match word {
        "" => l.pick("更早的来信（没有分类）", "earlier letters, not sorted"),
        "change_external_chat.create" => l.pick("建群", "a group was made"),
        "change_external_chat.dismiss" => l.pick("解散群", "a group was dissolved"),
        "change_external_chat.update.add_member" => l.pick("进群", "members came"),
        "change_external_chat.update.del_member" => l.pick("退群", "members went"),
        "change_external_chat.update.change_owner" => l.pick("换群主", "another owner"),
        "change_external_chat.update.change_name" => l.pick("改群名", "another name"),
        "change_external_chat.update.change_notice" => l.pick("改群公告", "another notice"),
        "change_external_contact.add_external_contact" => {
            l.pick("加了客户", "a customer was added")
        }
        "change_external_contact.add_half_external_contact" => {
            l.pick("客户加了员工（待确认）", "a customer added staff, unconfirmed")
        }
        "change_external_contact.edit_external_contact" => {
            l.pick("改了客户备注或标签", "notes or tags of a customer")
        }
        "change_external_contact.del_external_contact" => {
            l.pick("员工删了客户", "staff deleted a customer")
        }
        "change_external_contact.del_follow_user" => {
            l.pick("客户删了员工", "a customer deleted staff")
        }
        "change_external_contact.transfer_fail" => l.pick("客户接替失败", "a hand-over failed"),
        "change_external_contact.msg_audit_approved" => {
            l.pick("客户同意存档", "a customer agreed to the archive")
        }
        "change_external_tag.create"
        | "change_external_tag.update"
        | "change_external_tag.delete"
        | "change_external_tag.shuffle" => l.pick("企业标签有变动", "tags of the company"),
        "template_card_event" | "template_card_menu_event" => {
            l.pick("点了卡片", "a card was pressed")
        }
        other => return other.to_owned(),
    };
    known.to_owned()
}

/// Why nothing was done about a letter.
pub(super) fn why(why: &str, l: Lang) -> String {
    let (word, said) = why.split_once('|').unwrap_or((why, ""));
    let known = match word {
        "unused" => l.pick("用不到的功能，只记下", "of a function that is not used; noted"),
        "archive" => l.pick("没有接会话存档，只记下", "the archive is not read; noted"),
        "app" => l.pick(
            "企业微信提醒：应用可能因为不活跃被限制，请到管理后台打开这个应用看看",
            "WeCom warns that the app may lose rights: open it in the admin console",
        ),
        "card" => l.pick("不是从这里发的卡片，只记下", "a card not sent from here; noted"),
        "failed" => l.pick("没能写进数据库，放在一边了", "could not be written; set aside"),
        _ => l.pick("不认得的事件，只记下", "an event that is not known; noted"),
    };
    if said.trim().is_empty() { known.to_owned() } else { format!("{known} · {said}") }
}

/// How it was noticed that letters are missing.
pub(super) fn how(word: &str, l: Lang) -> &'static str {
    match word {
        "version" => l.pick("下一封信的版本对不上", "the next letter's version"),
        "resync" => l.pick("手工对账", "read on demand"),
        _ => l.pick("定期读取", "the daily reading"),
    }
}
