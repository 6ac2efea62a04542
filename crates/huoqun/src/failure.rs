//! A command failed: one place that turns faults into words, remedy and exit code.

use app::Fault;
use app::words;
use report::Lang;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// An argument is wrong: which, and what about it. Exit code 2.
    Usage(&'static str, String),
    /// The work could not be done. Exit code 1.
    Fault(Fault),
    /// The report could not be written to this path. Exit code 1.
    Write(String, std::io::Error),
    /// The data folder cannot be used. Exit code 1.
    Folder(String, std::io::Error),
    /// It cannot listen on this address. Exit code 1.
    Listen(String, std::io::Error),
    /// The system has no random numbers to give. Exit code 1.
    Dice(String),
    /// An account cannot be made or has no link: what is wrong with it. Exit code 1.
    Account(AccountWrong),
    /// Groups that somebody opened in the demo by hand would go with it. Exit code 1.
    OpenedByHand(Vec<String>),
    /// Nothing to do: no files and nothing else asked. Exit code 2.
    NothingAsked,
    /// The pages were not equal after a rebuild: so many of so many. Exit code 3.
    Unequal(u64, u64),
}

/// What is wrong with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AccountWrong {
    /// The login has another shape.
    Login,
    /// Somebody logs in so already.
    Taken,
    /// The name is empty or too long.
    Name,
    /// The password is too short, too long or too simple.
    Password,
    /// Nobody who may come in logs in so.
    Unknown,
}

impl AccountWrong {
    fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Login => lang.pick(
                "登录名要 2 到 40 个字，只能用文字、数字和 . - _ @ +",
                "a login has 2 to 40 letters, digits and . - _ @ +",
            ),
            Self::Taken => lang.pick(
                "这个登录名已经有人用了。要重设密码：huoqun admin reset 登录名",
                "this login is taken. For a new password: huoqun admin reset LOGIN",
            ),
            Self::Name => lang.pick("名字要 1 到 30 个字", "a name has 1 to 30 letters"),
            Self::Password => lang.pick(
                "密码至少 10 个字，不能和登录名一样，也不能太简单；可以用一句话",
                "a password has at least 10 letters, is not the login and not too simple; \
                 a sentence is fine",
            ),
            Self::Unknown => lang.pick(
                "没有人用这个登录名登录，或账号已停用",
                "nobody logs in so, or they are locked out",
            ),
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Failure {
    /// A wrong argument.
    pub(crate) fn usage(option: &'static str, what: String) -> Self {
        Self::Usage(option, what)
    }

    /// What the process ends with.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(..) | Self::NothingAsked => 2,
            Self::Unequal(..) => 3,
            Self::Fault(_)
            | Self::Write(..)
            | Self::Folder(..)
            | Self::Listen(..)
            | Self::OpenedByHand(_)
            | Self::Account(_)
            | Self::Dice(_) => 1,
        }
    }

    /// What happened and what to do, in the person's language.
    pub(crate) fn words(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match self {
            Self::Usage(option, what) if zh => format!("参数 {option} 不对：{what}"),
            Self::Usage(option, what) => format!("{option} is wrong: {what}"),
            Self::NothingAsked if zh => {
                "没有给聊天记录，也没有选群。\n试试：huoqun report 聊天记录.zip，或 huoqun report --group 群名"
                    .to_owned()
            }
            Self::NothingAsked => {
                "no export and no group was given.\nTry: huoqun report export.zip, or huoqun report --group NAME".to_owned()
            }
            Self::Write(path, error) if zh => format!("写不了 {path}：{error}"),
            Self::Write(path, error) => format!("cannot write {path}: {error}"),
            Self::Folder(path, error) if zh => {
                format!("数据目录 {path} 不能用：{error}\n用 --data 换一个目录")
            }
            Self::Folder(path, error) => {
                format!("the data folder {path} cannot be used: {error}\nGive another one with --data")
            }
            Self::Listen(address, error) if zh => {
                format!("不能在 {address} 上提供服务：{error}\n换一个地址或端口：--listen 127.0.0.1:8090")
            }
            Self::Listen(address, error) => format!(
                "cannot serve on {address}: {error}\nTry another address: --listen 127.0.0.1:8090"
            ),
            Self::OpenedByHand(names) if zh => format!(
                "演示里有自己建的群，什么都没删：{}\n确定连它们一起删：huoqun wipe-demo --all",
                names.join("、")
            ),
            Self::OpenedByHand(names) => format!(
                "groups were opened in the demo by hand, so nothing was removed: {}\n\
                 To remove them as well: huoqun wipe-demo --all",
                names.join(", ")
            ),
            Self::Account(wrong) => wrong.words(lang).to_owned(),
            Self::Dice(error) if zh => format!("系统给不出随机数：{error}"),
            Self::Dice(error) => format!("the system gives no random numbers: {error}"),
            Self::Unequal(unequal, all) if zh => {
                format!("重算后有 {unequal}/{all} 页与原来不同，已按原始记录更新")
            }
            Self::Unequal(unequal, all) => format!(
                "{unequal} of {all} pages were not equal; they now follow the recorded facts"
            ),
            Self::Fault(fault) => words::fault(fault, lang),
        }
    }
}
