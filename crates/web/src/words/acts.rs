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
    ("organisation.named", "修改组织名称", "Named the organisation"),
    ("setting.changed", "修改设置", "Changed a setting"),
    ("import.uploaded", "上传导入文件", "Uploaded files to import"),
    ("import.started", "开始导入", "Started an import"),
    ("import.cancelled", "取消导入", "Cancelled an import"),
    ("import.removed", "删除上传的文件", "Removed uploaded files"),
    ("import.undone", "撤销导入", "Undid an import"),
];

/// What an act is called.
pub(crate) fn act(code: &str, l: Lang) -> String {
    let found = ACTS.iter().find(|(own, _, _)| *own == code);
    found.map_or_else(|| code.to_owned(), |(_, zh, en)| l.pick(*zh, *en).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

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
