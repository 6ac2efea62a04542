//! The CSV of WeChatMsg (MemoTrace): UTF-8 with BOM, CRLF rows, system rows as text.
//!
//! Leaves by oneself are not announced by WeChat and so are missing; the exporter is the owner.

use crate::crowd::Crowd;
use crate::exports::{Names, account, clock::Clock};
use crate::happening::{Happening, Happens};
use domain::{LeaveManner, Media};
use std::io::{self, Write};

const HEADER: &str = "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,\
                      Remark,NickName,Sender";
const TEXT: u32 = 1;
const SYSTEM: u32 = 10_000;

/// Writes the whole life of the crowd.
pub fn write_wechatmsg_csv(mut crowd: Crowd, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "\u{feff}{HEADER}\r\n")?;
    let names = Names::default();
    let mut clock = Clock::new();
    while let Some(happening) = crowd.next() {
        let Some((kind, content)) = content(&crowd, &names, &happening) else { continue };
        let seconds = happening.at.0 / 1000;
        let own = u8::from(kind != SYSTEM && happening.who == 0);
        write!(out, "{},7,{kind},0,{own},{seconds},2,", happening.key)?;
        cell(&content, out)?;
        let (date, hour, minute, second) = clock.read(crowd.plan(), happening.at);
        write!(out, ",{date} {hour:02}:{minute:02}:{second:02},,")?;
        if kind == SYSTEM {
            write!(out, ",\r\n")?;
        } else {
            cell(names.of(&crowd, happening.who), out)?;
            write!(out, ",wxid_{:x}\r\n", account(happening.who))?;
        }
    }
    Ok(())
}

/// Type and text of a row; `None` for what WeChat does not announce.
fn content(crowd: &Crowd, names: &Names, told: &Happening) -> Option<(u32, String)> {
    let name = names.of(crowd, told.who);
    if let Happens::Message { text, media, calls, .. } = &told.what {
        return Some(message(text, *media, calls.map(|whom| names.of(crowd, whom))));
    }
    let text = match &told.what {
        Happens::Join { by: Some(by), .. } => {
            format!("\"{}\"邀请\"{name}\"加入了群聊", names.of(crowd, *by))
        }
        Happens::Join { by: None, .. } => {
            format!("\"{name}\"通过扫描\"{}\"分享的二维码加入群聊", names.of(crowd, 0))
        }
        Happens::Leave { how: LeaveManner::Removed, .. } => format!("你将\"{name}\"移出了群聊"),
        Happens::Recall { .. } => format!("\"{name}\"撤回了一条消息"),
        Happens::GroupName { name: title } => format!("\"{name}\"修改群名为“{title}”"),
        Happens::Message { .. } | Happens::Leave { .. } | Happens::Rename { .. } => return None,
    };
    Some((SYSTEM, text))
}

fn message(text: &str, media: Media, calls: Option<&str>) -> (u32, String) {
    match (media, calls) {
        (Media::Image, _) => (3, String::new()),
        (Media::Audio, _) => (34, String::new()),
        (Media::Sticker, _) => (47, String::new()),
        (_, Some(name)) => (TEXT, format!("@{name}\u{2005}{text}")),
        (_, None) => (TEXT, text.to_owned()),
    }
}

/// One cell, quoted when it must be.
fn cell(text: &str, out: &mut dyn Write) -> io::Result<()> {
    if text.contains(['"', ',', '\n', '\r']) {
        write!(out, "\"{}\"", text.replace('"', "\"\""))
    } else {
        out.write_all(text.as_bytes())
    }
}
