//! Words for wrong fields of the forms of staff.

use app::console::FieldError;
use report::Lang;

/// What is wrong with which field, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wrongs(Vec<(&'static str, &'static str)>);

impl Wrongs {
    /// Puts the codes into words.
    pub(crate) fn of(errors: &[FieldError], l: Lang) -> Self {
        Self(errors.iter().map(|error| (error.field, wrong(error, l))).collect())
    }

    /// What is wrong with this field.
    pub(crate) fn about(&self, field: &str) -> Option<&'static str> {
        self.0.iter().find(|(own, _)| *own == field).map(|(_, words)| *words)
    }

    /// All of it in one sentence after another.
    pub(crate) fn all(&self) -> String {
        self.0.iter().map(|(_, words)| *words).collect::<Vec<_>>().join(" ")
    }
}

/// What is wrong, and what to do.
fn wrong(error: &FieldError, l: Lang) -> &'static str {
    match (error.field, error.code) {
        ("name", "missing") => l.pick("请填写名字。", "Type a name."),
        ("name", _) => l.pick("名字最多 30 个字。", "A name has at most 30 letters."),
        ("login", "missing") => l.pick("请填写登录名。", "Type a login."),
        ("login", "length") => l.pick("登录名要 2 到 40 个字。", "A login has 2 to 40 letters."),
        ("login", "letters") => l.pick(
            "登录名只能用文字、数字和 . - _ @ +，不能有空格。",
            "A login has letters, digits and . - _ @ + only, no spaces.",
        ),
        ("login", _) => {
            l.pick("这个登录名已经有人用了，请换一个。", "This login is taken: choose another.")
        }
        ("old", _) => l.pick("现在的密码不对。", "The present password is wrong."),
        ("again", _) => l.pick("两次输入的新密码不一样。", "The two new passwords differ."),
        ("password", "missing") => l.pick("请填写密码。", "Type a password."),
        ("password", "too_short") => l.pick(
            "密码太短，至少 10 个字；可以用一句话。",
            "Too short: use at least 10 letters, a whole sentence if you like.",
        ),
        ("password", "is_login") => {
            l.pick("密码不能和登录名一样，请换一个。", "The password is the login: choose another.")
        }
        ("password", "too_simple") => l.pick(
            "密码太简单，请多用几种字，比如一句话。",
            "Too simple: use more different letters, a sentence for example.",
        ),
        ("password", _) => l.pick("密码太长了。", "The password is too long."),
        ("staff", "self") => l.pick(
            "不能改自己的角色，也不能停用自己；请另一位负责人来改。",
            "Nobody changes the own role or locks themselves out: ask another owner.",
        ),
        ("staff", "last_owner") => l.pick(
            "这是最后一位负责人，不能降级或停用。请先让别人成为负责人。",
            "This is the last owner and stays one. Make somebody else an owner first.",
        ),
        ("staff", "locked_out") => l.pick(
            "这个账号已停用。请先恢复，再发设密链接。",
            "This account is locked out: let them in again first.",
        ),
        ("role", _) => l.pick("请选择角色。", "Choose a role."),
        ("scope", "beyond") => l.pick(
            "你只管一部分群，不能给别人全部的群。",
            "You see some groups only, so you cannot give all of them.",
        ),
        ("scope", _) => l.pick("请选择可见的群。", "Choose the groups they see."),
        ("who", "taken") => l.pick(
            "这个企业微信账号已经对应了另一位同事。",
            "This account on WeCom is another colleague already.",
        ),
        ("who", _) => {
            l.pick("企业里没有这个账号，请重新选。", "There is no such account: choose again.")
        }
        ("quiet_from" | "quiet_to", _) => {
            l.pick("免打扰时间要写成 22:00 这样。", "Quiet hours are written as 22:00.")
        }
        ("to", _) => l.pick("请选择接手的人。", "Choose who takes over."),
        _ => l.pick("这一项不对，请检查。", "This is not right: please check it."),
    }
}
