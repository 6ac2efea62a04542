//! Telegram Desktop's `result.json` of one group, as of 2025.
//!
//! Names are those of the end, as Telegram resolves them at export. Recalled messages leave a gap
//! in the ids; new names leave no row.

use crate::crowd::Crowd;
use crate::exports::{account, clock::Clock};
use crate::happening::{Happening, Happens};
use domain::{LeaveManner, Media};
use std::io::{self, Write};

const NOT_INCLUDED: &str = "(File not included. Change data exporting settings to download.)";

/// Writes the whole life of the crowd.
pub fn write_telegram_json(mut crowd: Crowd, out: &mut dyn Write) -> io::Result<()> {
    let plan = crowd.plan();
    let name = if plan.days > 31 { &plan.later_name } else { &plan.name };
    write!(out, "{{\n \"name\": {},\n \"type\": \"private_group\",\n", quoted(name)?)?;
    write!(out, " \"id\": 1900317845,\n \"messages\": [")?;
    let mut clock = Clock::new();
    let mut between = "\n";
    while let Some(happening) = crowd.next() {
        if matches!(happening.what, Happens::Recall { .. } | Happens::Rename { .. }) {
            continue;
        }
        out.write_all(between.as_bytes())?;
        row(&crowd, &happening, &mut clock, out)?;
        between = ",\n";
    }
    write!(out, "\n ]\n}}\n")
}

fn row(crowd: &Crowd, told: &Happening, clock: &mut Clock, out: &mut dyn Write) -> io::Result<()> {
    let (date, hour, minute, second) = clock.read(crowd.plan(), told.at);
    let kind = if matches!(told.what, Happens::Message { .. }) { "message" } else { "service" };
    write!(out, "  {{\n   \"id\": {},\n   \"type\": \"{kind}\",\n", told.key)?;
    writeln!(out, "   \"date\": \"{date}T{hour:02}:{minute:02}:{second:02}\",")?;
    writeln!(out, "   \"date_unixtime\": \"{}\",", told.at.0 / 1000)?;
    match &told.what {
        Happens::Message { text, media, reply_to, calls } => {
            actor("from", crowd, told.who, out)?;
            if let Some(key) = reply_to {
                writeln!(out, "   \"reply_to_message_id\": {key},")?;
            }
            attached(*media, text, out)?;
            let words = if *media == Media::Sticker { "" } else { text };
            spoken(crowd, words, *calls, out)?;
        }
        other => {
            service(crowd, told.who, other, out)?;
            write!(out, "   \"text\": \"\",\n   \"text_entities\": []\n")?;
        }
    }
    write!(out, "  }}")
}

fn service(crowd: &Crowd, who: u32, what: &Happens, out: &mut dyn Write) -> io::Result<()> {
    let member = quoted(name(crowd, who))?;
    match what {
        Happens::Join { by: Some(by), .. } => {
            actor("actor", crowd, *by, out)?;
            writeln!(out, "   \"action\": \"invite_members\",")?;
            write!(out, "   \"members\": [\n    {member}\n   ],\n")
        }
        Happens::Join { by: None, .. } => {
            actor("actor", crowd, who, out)?;
            let owner = quoted(name(crowd, 0))?;
            write!(out, "   \"action\": \"join_group_by_link\",\n   \"inviter\": {owner},\n")
        }
        Happens::Leave { how, by } => {
            let removed = *how == LeaveManner::Removed;
            actor("actor", crowd, by.filter(|_| removed).unwrap_or(who), out)?;
            writeln!(out, "   \"action\": \"remove_members\",")?;
            write!(out, "   \"members\": [\n    {member}\n   ],\n")
        }
        Happens::GroupName { name } => {
            actor("actor", crowd, who, out)?;
            let title = quoted(name)?;
            write!(out, "   \"action\": \"edit_group_title\",\n   \"title\": {title},\n")
        }
        Happens::Message { .. } | Happens::Recall { .. } | Happens::Rename { .. } => Ok(()),
    }
}

/// `from` and `from_id`, or `actor` and `actor_id`.
fn actor(word: &str, crowd: &Crowd, who: u32, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "   \"{word}\": {},", quoted(name(crowd, who))?)?;
    writeln!(out, "   \"{word}_id\": \"user{}\",", account(who))
}

fn attached(media: Media, text: &str, out: &mut dyn Write) -> io::Result<()> {
    match media {
        Media::Image => {
            writeln!(out, "   \"photo\": \"{NOT_INCLUDED}\",")?;
            write!(out, "   \"width\": 1280,\n   \"height\": 960,\n")
        }
        Media::Sticker => {
            write!(out, "   \"file\": \"{NOT_INCLUDED}\",\n   \"media_type\": \"sticker\",\n")?;
            writeln!(out, "   \"sticker_emoji\": {},", quoted(text)?)
        }
        Media::Audio => {
            writeln!(out, "   \"file\": \"{NOT_INCLUDED}\",")?;
            write!(out, "   \"media_type\": \"voice_message\",\n   \"duration_seconds\": 9,\n")
        }
        _ => Ok(()),
    }
}

fn spoken(crowd: &Crowd, text: &str, calls: Option<u32>, out: &mut dyn Write) -> io::Result<()> {
    let Some(whom) = calls else {
        let words = quoted(text)?;
        writeln!(out, "   \"text\": {words},")?;
        if text.is_empty() {
            return writeln!(out, "   \"text_entities\": []");
        }
        write!(out, "   \"text_entities\": [\n    {{\n     \"type\": \"plain\",\n")?;
        return write!(out, "     \"text\": {words}\n    }}\n   ]\n");
    };
    let called = quoted(&format!("@{}", name(crowd, whom)))?;
    let words = quoted(&format!(" {text}"))?;
    let mention = format!(
        "    {{\n     \"type\": \"mention_name\",\n     \"text\": {called},\n     \
         \"user_id\": {}\n    }},\n",
        account(whom)
    );
    write!(out, "   \"text\": [\n{mention}    {words}\n   ],\n")?;
    write!(out, "   \"text_entities\": [\n{mention}    {{\n     \"type\": \"plain\",\n")?;
    write!(out, "     \"text\": {words}\n    }}\n   ]\n")
}

fn name(crowd: &Crowd, who: u32) -> &str {
    crowd.person(who).map(crate::Person::last_name).unwrap_or_default()
}

fn quoted(text: &str) -> io::Result<String> {
    serde_json::to_string(text).map_err(io::Error::other)
}
