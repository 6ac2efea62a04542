//! Words for the acts of the audit log: one table, to which every area adds its lines. An act
//! that stands nowhere here is shown as its code.

use report::Lang;

/// Code, Chinese, English; in the order of forms.
const ACTS: &[(&str, &str, &str)] = &[
    ("session.opened", "登录", "Logged in"),
    ("session.ended", "退出登录", "Logged out"),
    ("session.others_ended", "退出其他设备", "Logged out other devices"),
    ("staff.made", "新建账号", "Made an account"),
    ("staff.invited", "邀请同事", "Invited somebody"),
    ("staff.welcomed", "接受邀请加入", "Joined by a link"),
    ("staff.changed", "修改角色或可见范围", "Changed role or groups"),
    ("staff.renamed", "修改自己的名字", "Changed the own name"),
    ("staff.locked_out", "停用账号", "Locked somebody out"),
    ("staff.unlocked", "恢复账号", "Let somebody in again"),
    ("invitation.revoked", "撤回邀请", "Took an invitation back"),
    ("owner.link_made", "生成负责人链接", "Made the owner's link"),
    ("demo.link_made", "生成演示链接", "Made the link of the demo"),
    ("password.changed", "修改密码", "Changed the password"),
    ("password.link_made", "生成设密链接", "Made a link to a new password"),
    ("password.set", "用链接设置密码", "Set a password by a link"),
    ("group.entered", "进入群聊", "Entered the chat of a group"),
    ("seat.ended", "退出离任者的群聊席位", "Ended a leaver's seat in a chat"),
    ("group.handed_over", "交接群", "Handed a group over"),
    ("notes.handed_over", "交接备注", "Handed notes over"),
    ("group.opened", "新建群", "Opened a group"),
    ("group.changed", "修改群资料", "Changed a group's card"),
    ("groups.changed", "批量修改群", "Changed many groups"),
    ("groups.change_undone", "撤销批量修改", "Took a change of many groups back"),
    ("group.renamed", "修改群名", "Renamed a group"),
    ("group.announced", "发布群公告", "Announced something"),
    ("group.rules_set", "修改群规", "Set the rules of a group"),
    ("group.closed", "关闭群", "Closed a group"),
    ("group.reopened", "重新开放群", "Opened a group again"),
    ("group.answered", "在群里发言", "Wrote in a group"),
    ("message.recalled", "撤回消息", "Took a message back"),
    ("message.pinned", "置顶消息", "Pinned a message"),
    ("member.muted", "禁言成员", "Muted a member"),
    ("member.removed", "移出成员", "Removed a member"),
    ("link.added", "新建邀请链接", "Made an invitation link"),
    ("view.saved", "保存视图", "Saved a view"),
    ("view.removed", "删除视图", "Removed a view"),
    ("group.reported", "在手机上报", "Told of a group from the phone"),
    ("group.report_undone", "撤回上报", "Took back what was told of a group"),
    ("card.done", "用手机卡片办结", "Called something done from a card"),
    ("staff.phone_set", "设置企业微信对应", "Said who somebody is on WeCom"),
    ("staff.phone_dropped", "取消企业微信对应", "Said that somebody is nobody on WeCom"),
    ("today.answered", "从今日回复", "Answered from Today"),
    ("today.welcomed", "欢迎新人", "Welcomed new members"),
    ("today.done", "办结一件事", "Called something done"),
    ("today.put_off", "稍后提醒", "Put something off"),
    ("today.undone", "让一件事重新出现", "Brought something back to Today"),
    ("today.dropped", "放弃失败的事", "Dropped failed work"),
    ("today.retried", "重试失败的事", "Tried failed work again"),
    ("people.tagged", "打标签", "Tagged somebody"),
    ("people.untagged", "取下标签", "Took a tag off"),
    ("people.main_group", "指定主群", "Chose a main group"),
    ("people.merged", "合并客户", "Merged people"),
    ("people.unmerged", "撤销合并", "Took a merge back"),
    ("people.split", "拆分账号", "Split an account off"),
    ("note.written", "写备注", "Wrote a note"),
    ("note.removed", "删除备注", "Removed a note"),
    ("attribute.added", "补充资料", "Wrote down what is known"),
    ("attribute.removed", "删除资料", "Removed what was written down"),
    ("tag.made", "新建标签", "Made a tag"),
    ("tag.changed", "修改标签", "Changed a tag"),
    ("tag.retired", "停用标签", "Retired a tag"),
    ("tag.revived", "恢复标签", "Took a tag into use again"),
    ("blacklist.added", "加入黑名单", "Put somebody on the blacklist"),
    ("blacklist.lifted", "移出黑名单", "Took somebody off the blacklist"),
    ("blacklist.appealed", "记录申诉", "Noted an appeal"),
    ("import.uploaded", "上传文件", "Uploaded files"),
    ("import.started", "开始导入", "Started an import"),
    ("import.cancelled", "取消导入", "Cancelled an import"),
    ("import.removed", "删除上传", "Removed an upload"),
    ("import.undone", "撤销导入", "Undid an import"),
    ("wecom.connected", "连接企业微信", "Connected a company on WeCom"),
    ("wecom.changed", "修改企业微信接入", "Changed the access to a company on WeCom"),
    ("wecom.disconnected", "断开企业微信", "Disconnected a company on WeCom"),
    ("wecom.handover_begun", "开始交接客户和群", "Began a hand-over on WeCom"),
    ("wecom.handover_cancelled", "取消交接剩下的", "Cancelled the rest of a hand-over"),
    ("wecom.handover_retaken", "改交给别人", "Gave what failed to another"),
    ("code.opened", "新建活码", "Made a live code"),
    ("code.changed", "修改活码", "Changed a live code"),
    ("code.closed", "关闭活码", "Closed a live code"),
    ("code.reopened", "重新打开活码", "Opened a live code again"),
    ("code.grew", "活码自动加了一个群", "A live code took on a new group"),
    ("code.checked", "办好新群的一项设置", "Ticked a step of a new group"),
    ("placement.made", "新建投放位", "Made a placement"),
    ("placement.changed", "修改投放位", "Changed a placement"),
    ("placement.closed", "停用投放位", "Closed a placement"),
    ("placement.reopened", "重新启用投放位", "Opened a placement again"),
    ("domain.added", "加短链域名", "Added a domain for short links"),
    ("domain.dropped", "去掉短链域名", "Took a domain of short links off"),
    ("welcome.added", "新增欢迎语", "Wrote a welcome"),
    ("welcome.changed", "修改欢迎语", "Changed a welcome"),
    ("welcome.removed", "删除欢迎语", "Took a welcome away"),
    ("welcome.moved", "调整欢迎语顺序", "Moved a welcome"),
    ("welcome.duty_set", "修改值班时间", "Set the hours of duty"),
    ("welcome.block_set", "修改公用段落", "Changed a shared block"),
    ("welcome.block_removed", "删除公用段落", "Took a shared block away"),
    ("group_welcome.added", "新增入群欢迎语", "Wrote a welcome of groups"),
    ("group_welcome.changed", "修改入群欢迎语", "Changed a welcome of groups"),
    ("group_welcome.removed", "删除入群欢迎语", "Took a welcome of groups away"),
    ("organisation.named", "修改组织名称", "Named the organisation"),
    ("setting.changed", "修改设置", "Changed a setting"),
    ("list.exported", "导出表格", "Took a list as a file"),
];

/// What an act is called.
pub(crate) fn act(code: &str, l: Lang) -> String {
    let found = ACTS.iter().find(|(own, _, _)| *own == code);
    found.map_or_else(|| code.to_owned(), |(_, zh, en)| l.pick(*zh, *en).to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Codes of acts in the sources of the use cases, such as `"group.changed"`.
    fn written() -> Vec<String> {
        let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
        let mut folders = vec![app.join("console"), app.join("wecom"), app.join("links")];
        let mut codes = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.file_name().is_none_or(|name| name != "tests.rs") {
                    let text = std::fs::read_to_string(path).unwrap();
                    codes.extend(text.split('"').skip(1).step_by(2).map(str::to_owned));
                }
            }
        }
        let letters = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        };
        let is_act = |code: &str| {
            code.split_once('.').is_some_and(|(what, done)| letters(what) && letters(done))
        };
        // A row of the store, not an act.
        codes.retain(|code| is_act(code) && code != "links.probe");
        codes
    }

    #[test]
    fn every_act_that_the_console_can_write_has_words() {
        let codes = written();
        assert!(codes.len() > 60, "{} acts found", codes.len());
        for code in codes {
            assert_ne!(act(&code, Lang::Zh), code, "give it a line above");
        }
    }

    #[test]
    fn every_act_stands_once_and_an_unknown_one_is_its_code() {
        for (at, (code, zh, en)) in ACTS.iter().enumerate() {
            assert!(!zh.is_empty() && en.is_ascii());
            assert!(ACTS.iter().skip(at + 1).all(|(other, _, _)| other != code), "{code}");
        }
        assert_eq!(act("staff.changed", Lang::En), "Changed role or groups");
        assert_eq!(act("moon.landed", Lang::Zh), "moon.landed");
    }
}
