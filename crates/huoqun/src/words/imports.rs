//! Why an export could not be read, in words.

use imports::ImportError;
use report::Lang;

/// The error, for the terminal. The English words are the error's own.
pub(crate) fn error(error: &ImportError, lang: Lang) -> String {
    if lang == Lang::En {
        return with_remedy(error);
    }
    match error {
        ImportError::Unreadable { path, source } => format!("打不开 {path}：{source}"),
        ImportError::Empty(name) => format!("{name} 是空的，请重新导出"),
        ImportError::UnknownFormat { place, beginning } => format!(
            "{place}：认不出是哪种聊天记录，开头是 {beginning:?}\n\
             用 huoqun formats 查看支持的格式，用 --format 指定；普通表格可用 --columns 说明各列"
        ),
        ImportError::NoSuchFormat(word) => {
            format!("没有叫 {word:?} 的格式；用 huoqun formats 查看")
        }
        ImportError::Unsupported { place, what } => format!("{place}：这种文件不能导入（{what}）"),
        ImportError::Truncated { place } => {
            format!("{place}：文件没有写完就断了。请重新导出，或加 --partial 保留前面的部分")
        }
        ImportError::Malformed { place, what } => format!("{place}：内容不合格式（{what}）"),
        ImportError::Bomb { place, limit_bytes, why } => format!(
            "{place}：解压后超过 {limit_bytes} 字节（{why}），已停止；确实这么大就先手工解压"
        ),
        ImportError::Encrypted(place) => format!("{place}：压缩包有密码，请先解压"),
        ImportError::MissingColumn { place, wanted, found } => format!(
            "{place}：找不到「{wanted}」这一列；现有的列：{found}\n用 --columns {wanted}=列名 指定"
        ),
        ImportError::Io { place, source } => format!("{place}：读取出错：{source}"),
        ImportError::Stopped => "已停止，什么都没有留下".to_owned(),
    }
}

fn with_remedy(error: &ImportError) -> String {
    match error {
        ImportError::UnknownFormat { .. } | ImportError::NoSuchFormat(_) => format!(
            "{error}\nSee huoqun formats for what is understood; name one with --format, or the \
             columns of a plain table with --columns"
        ),
        _ => error.to_string(),
    }
}
