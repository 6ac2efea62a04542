//! Faults of the database in words: what happened, and what to do about it.

use report::Lang;
use store::Fault;

/// A fault of the database, for the terminal.
pub(super) fn fault(fault: &Fault, lang: Lang) -> String {
    let (what, remedy) = match lang {
        Lang::Zh => chinese(fault),
        Lang::En => (fault.to_string(), fault.remedy()),
    };
    // What the driver said helps whoever helps.
    let cause =
        std::error::Error::source(fault).map_or_else(String::new, |cause| format!("（{cause}）"));
    let cause =
        if lang == Lang::En { cause.replace('（', " (").replace('）', ")") } else { cause };
    format!("{what}{cause}\n{remedy}")
}

fn chinese(fault: &Fault) -> (String, &'static str) {
    let what = match fault {
        Fault::Url { place } => format!("{place:?} 不是 huoqun 认识的数据库地址"),
        Fault::Connect { place, .. } => format!("打不开数据库 {place}"),
        Fault::Lost { .. } => "和数据库的连接断了".to_owned(),
        Fault::Busy { .. } => "数据库正忙：有别的程序在写".to_owned(),
        Fault::ImportRunning => "这个数据库上正有另一个导入在进行".to_owned(),
        Fault::Full { .. } => "数据库所在的磁盘满了".to_owned(),
        Fault::ReadOnly { .. } => "数据库写不进去".to_owned(),
        Fault::Newer { found, known } => {
            format!("数据库的版本是 {found}，本程序只认到 {known}")
        }
        Fault::NotDatabase { place, .. } => format!("{place} 不是数据库文件"),
        Fault::Damaged { what } => format!("数据库损坏：{what}"),
        Fault::Missing { what, id } => format!("数据库里没有编号 {id} 的 {what}"),
        Fault::NotWhole { import } => format!("第 {} 次导入不完整，不能撤销", import.0),
        Fault::Stale { group } => format!("编号 {} 的群刚刚有了变化", group.0),
        Fault::FenceLost { group } => format!("编号 {} 的群正由另一个程序掌管", group.0),
        Fault::File { place, .. } => format!("读写不了 {place}"),
        Fault::InTheWay { place } => format!("{place} 已经存在，而且不是 huoqun 的备份"),
        Fault::NotBackup { place } => format!("{place} 不是 huoqun 的备份"),
        Fault::BackupDamaged { place, what } => format!("备份 {place} 已损坏：{what}"),
        Fault::BackupNewer { place } => format!("备份 {place} 来自更新版本的 huoqun"),
        Fault::NotEmpty { place } => format!("{place} 里已经有数据"),
        other => format!("数据库报错：{other}"),
    };
    (what, remedy(fault))
}

fn remedy(fault: &Fault) -> &'static str {
    match fault {
        Fault::Url { .. } => "写文件路径、sqlite:路径，或 postgres://用户@主机/库名",
        Fault::Connect { .. } => "看看文件夹或服务器在不在、开没开、有没有权限",
        Fault::Lost { .. } => "看看数据库服务器是否在运行，再试一次",
        Fault::Busy { .. } | Fault::ImportRunning => "等它做完再试",
        Fault::Full { .. } => "腾出磁盘空间，再试一次",
        Fault::ReadOnly { .. } => "给当前用户写数据库文件和所在文件夹的权限",
        Fault::Newer { .. } | Fault::BackupNewer { .. } => "请升级 huoqun",
        Fault::NotDatabase { .. } => "给 huoqun 建的数据库文件，或一个新的文件名",
        Fault::Damaged { .. } => "用备份恢复：huoqun restore 备份文件",
        Fault::Missing { .. } => "核对编号",
        Fault::NotWhole { .. } => "它还在进行、已中止，或已撤销过",
        Fault::FenceLost { .. } => "同一份数据只启动一个 huoqun",
        Fault::File { .. } => "看看文件和文件夹在不在、有没有权限和空间",
        Fault::InTheWay { .. } => "换一个文件名",
        Fault::NotBackup { .. } => "给 huoqun backup 写出的文件",
        Fault::BackupDamaged { .. } => "用另一份备份；什么都没有改动",
        Fault::NotEmpty { .. } => "换一个新的数据目录或空的数据库；什么都没有改动",
        _ => "再试一次；如果还是这样，请带上这段文字反馈",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_says_what_and_what_to_do_in_both_languages() {
        let fault = Fault::NotBackup { place: "a.hq".to_owned() };
        assert_eq!(
            super::fault(&fault, Lang::Zh),
            "a.hq 不是 huoqun 的备份\n给 huoqun backup 写出的文件"
        );
        assert!(super::fault(&fault, Lang::En).starts_with("a.hq is not a backup"));
    }
}
