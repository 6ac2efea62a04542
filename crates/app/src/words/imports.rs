//! Why an export could not be read, in words.

use imports::ImportError;
use report::Lang;

/// The error, for the terminal. The English words are the error's own.
pub(super) fn error(error: &ImportError, lang: Lang) -> String {
    if lang == Lang::En {
        return with_remedy(error);
    }
    match error {
        ImportError::Unreadable { path, source } => format!("打不开 {path}：{source}"),
        ImportError::Empty(name) => format!("{name} 是空的，请重新导出"),
        ImportError::UnknownFormat { place, beginning } if is_web_page(beginning) => format!(
            "{place}：这是网页。请重新导出并选择 JSON（Telegram 桌面版：机器可读 JSON；\
             DiscordChatExporter：JSON）"
        ),
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

/// The error, on a page: without options of the command line.
pub(super) fn on_page(error: &ImportError, lang: Lang) -> String {
    match error {
        ImportError::UnknownFormat { place, beginning } if !is_web_page(beginning) => lang.pick(
            format!("{place}：认不出是哪种聊天记录，开头是 {beginning:?}。请在格式里指定，或换一种导出方式。"),
            format!("{place}: no chat export that is known; it begins {beginning:?}. Choose the format, or export another way."),
        ),
        ImportError::Truncated { place } => lang.pick(
            format!("{place}：文件没有写完就断了。请重新导出，或勾选「保留前面的部分」。"),
            format!("{place}: the file breaks off. Export it again, or tick “keep what stands before the end”."),
        ),
        ImportError::MissingColumn { place, wanted, found } => lang.pick(
            format!("{place}：找不到「{wanted}」这一列；现有的列：{found}。请把表头改成能认出的名字。"),
            format!("{place}: no column for {wanted}; there are: {found}. Name the column so that it is known."),
        ),
        other => self::error(other, lang),
    }
}

fn with_remedy(error: &ImportError) -> String {
    match error {
        ImportError::UnknownFormat { place, beginning } if is_web_page(beginning) => format!(
            "{place}: this is a web page; export the chat again and choose JSON (Telegram Desktop: \
             Machine-readable JSON; DiscordChatExporter: JSON)"
        ),
        ImportError::UnknownFormat { .. } | ImportError::NoSuchFormat(_) => format!(
            "{error}\nSee huoqun formats for what is understood; name one with --format, or the \
             columns of a plain table with --columns"
        ),
        _ => error.to_string(),
    }
}

/// Telegram Desktop and `DiscordChatExporter` write HTML unless told otherwise.
fn is_web_page(beginning: &str) -> bool {
    let text = beginning.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    text.starts_with("<!doctype html") || text.starts_with("<html")
}

#[cfg(test)]
mod tests {
    use super::error;
    use domain::Place;
    use imports::ImportError;
    use report::Lang;

    #[test]
    fn a_web_page_is_answered_with_how_to_export_instead() {
        let unknown = |beginning: &str| ImportError::UnknownFormat {
            place: Place { file: "messages.html".to_owned(), line: 0 },
            beginning: beginning.to_owned(),
        };
        for lang in [Lang::En, Lang::Zh] {
            let page = error(&unknown("\u{feff}\n<!DOCTYPE html><html lang=en>"), lang);
            assert!(page.contains("messages.html") && page.contains("JSON"), "{page}");
            let other = error(&unknown("<message>"), lang);
            assert!(other.contains("huoqun formats"), "{other}");
        }
    }
}
