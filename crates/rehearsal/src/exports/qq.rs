//! The text file of QQ's message manager (PC): UTF-8 with BOM, CRLF, no ids, no reply links.
//!
//! Cards are those of the moment; system rows name people by card only.

use crate::crowd::Crowd;
use crate::exports::{Names, account, clock::Clock};
use crate::happening::{Happening, Happens};
use crate::people::Persona;
use domain::{LeaveManner, Media};
use std::io::{self, Write};

const RULE: &str = "================================================================";

/// Writes the whole life of the crowd.
pub fn write_qq_txt(mut crowd: Crowd, out: &mut dyn Write) -> io::Result<()> {
    let plan = crowd.plan();
    let group = if plan.days > 31 { &plan.later_name } else { &plan.name };
    write!(out, "\u{feff}消息记录（此消息记录为文本格式，不支持重新导入）\r\n\r\n")?;
    write!(out, "{RULE}\r\n消息分组:我的QQ群\r\n{RULE}\r\n消息对象:{group}\r\n{RULE}\r\n\r\n")?;
    let mut names = Names::default();
    let mut clock = Clock::new();
    while let Some(happening) = crowd.next() {
        names.learn(&happening);
        if matches!(happening.what, Happens::Rename { .. }) {
            continue;
        }
        let (date, hour, minute, second) = clock.read(crowd.plan(), happening.at);
        write!(out, "{date} {hour}:{minute:02}:{second:02} ")?;
        row(&crowd, &names, &happening, out)?;
        write!(out, "\r\n\r\n")?;
    }
    Ok(())
}

fn row(crowd: &Crowd, names: &Names, told: &Happening, out: &mut dyn Write) -> io::Result<()> {
    let Happens::Message { text, media, calls, .. } = &told.what else {
        write!(out, "系统消息(10000)\r\n")?;
        return system(crowd, names, told, out);
    };
    let title = title(crowd.person(told.who).map(|person| person.persona));
    let card = names.of(crowd, told.who);
    write!(out, "{title}{card}({})\r\n", account(told.who))?;
    if let Some(whom) = calls {
        write!(out, "@{} ", names.of(crowd, *whom))?;
    }
    match media {
        Media::Sticker => write!(out, "[表情]"),
        Media::Audio => write!(out, "[语音]"),
        Media::Image if text.is_empty() => write!(out, "[图片]"),
        Media::Image => write!(out, "[图片]{}", text.replace('\n', "\r\n")),
        _ => write!(out, "{}", text.replace('\n', "\r\n")),
    }
}

fn system(crowd: &Crowd, names: &Names, told: &Happening, out: &mut dyn Write) -> io::Result<()> {
    let card = names.of(crowd, told.who);
    match &told.what {
        Happens::Join { by: Some(by), .. } => {
            write!(out, "{}邀请{card}加入了本群。", names.of(crowd, *by))
        }
        Happens::Join { by: None, .. } => write!(out, "{card}加入本群。"),
        Happens::Leave { how: LeaveManner::Removed, .. } => write!(out, "{card}被管理员移出本群。"),
        Happens::Leave { .. } => write!(out, "{card}退出了本群。"),
        Happens::Recall { .. } => write!(out, "{card}撤回了一条消息"),
        Happens::GroupName { name } => write!(out, "{card}修改群名称为“{name}”"),
        Happens::Message { .. } | Happens::Rename { .. } => Ok(()),
    }
}

/// The title that QQ shows before a card.
fn title(persona: Option<Persona>) -> &'static str {
    match persona {
        Some(Persona::Owner) => "【群主】",
        Some(Persona::Admin) => "【管理员】",
        Some(Persona::Core) => "【活跃】",
        Some(Persona::Talkative) => "【冒泡】",
        _ => "",
    }
}
