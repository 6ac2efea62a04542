//! Faults in words: the thing, the cause, the remedy, in both languages.

mod imports;
mod store;

use crate::error::Fault;
use report::Lang;

/// A fault of the application on a page, where other remedies are at hand than in a terminal.
pub fn on_page(fault: &Fault, lang: Lang) -> String {
    match fault {
        Fault::Import(error) => imports::on_page(error, lang),
        Fault::NotCertain { .. } => {
            let told = self::fault(fault, lang);
            let told = told.lines().next().unwrap_or_default();
            let remedy = lang.pick(
                "先撤销旧的那次导入再导入新的；如果其实是另一个群，就另起一个群名。",
                "Undo the older import first, then import the new one; if it is another group, give it another name.",
            );
            format!("{told}\n{remedy}")
        }
        Fault::NoSuchImport(number) => lang.pick(
            format!("没有可撤销的第 {number} 次导入。"),
            format!("There is no import number {number} that could be undone."),
        ),
        other => self::fault(other, lang),
    }
}

/// A fault of the application, for the terminal.
pub fn fault(fault: &Fault, lang: Lang) -> String {
    match fault {
        Fault::Import(error) => imports::error(error, lang),
        Fault::Store(error) => store::fault(error, lang),
        other if lang == Lang::Zh => chinese(other),
        other => english(other),
    }
}

fn chinese(fault: &Fault) -> String {
    match fault {
        Fault::Spool(error) => {
            format!("临时目录不能用：{error}\n腾出空间，或把环境变量 TMPDIR 指到别处")
        }
        Fault::NotCertain { group, at, told, other, stored } => format!(
            "「{group}」的两份记录在 {} 对不上（一份 {told} 条，另一份 {other} 条），\
             没有消息编号，无法确定哪些是重复的，所以没有导入。\n{}",
            moment(at.0),
            if *stored {
                "先用 huoqun import --undo 撤销旧的再导入新的；如果其实是另一个群，用 --group 另起名字"
            } else {
                "只保留其中一份"
            }
        ),
        Fault::NoSuchGroup { picked, found } => format!("没有叫「{picked}」的群。现有：{found}"),
        Fault::NothingReadable { name, rows, first } => {
            format!("{name} 里没有能读懂的记录：{rows} 条格式不符，第一条在 {first}")
        }
        Fault::NothingTold(name) => format!("{name} 里没有任何消息、进群或退群记录"),
        Fault::OutsideData { from, to, first, last } => {
            format!("{from} 到 {to} 之间没有数据；数据范围是 {first} 到 {last}")
        }
        Fault::NoSuchImport(number) => {
            format!("没有可撤销的第 {number} 次导入；用 huoqun import --list 查看")
        }
        Fault::Unreadable(what) => format!("数据库里有本程序读不懂的内容：{what}"),
        Fault::Import(_) | Fault::Store(_) => String::new(),
    }
}

fn english(fault: &Fault) -> String {
    match fault {
        Fault::Spool(error) => {
            format!(
                "the temporary folder cannot be used: {error}\nMake room, or point TMPDIR elsewhere"
            )
        }
        Fault::NotCertain { group, at, told, other, stored } => format!(
            "two exports of “{group}” do not agree at {} ({told} rows against {other}). The format has \
             no message ids, so what is double cannot be told for certain; nothing was imported.\n{}",
            moment(at.0),
            if *stored {
                "Undo the older import first with huoqun import --undo, then import the new one; if it \
                 is another group, name it with --group"
            } else {
                "Keep one of them"
            }
        ),
        other => other.to_string(),
    }
}

fn moment(at_ms: i64) -> String {
    jiff::Timestamp::from_millisecond(at_ms).map_or_else(|_| at_ms.to_string(), |at| at.to_string())
}
