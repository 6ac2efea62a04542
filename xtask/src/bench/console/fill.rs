//! Writes an organisation of a thousand groups and a year: pages, stays, members, tasks, and the
//! log of the last three days. Through the bare driver: it is the reading that is measured.

use crate::bench::Failure;
use crate::bench::console::around::{around, owner};
use crate::bench::console::life::{Measures, TEXTS, Year, judged, live};
use domain::{Evidence, Extent, FactKind, GroupId, Millis, OrgId, Zone};
use rusqlite::{Connection, Transaction, params};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use store::{NewLiveGroup, Store};

pub(super) const ORG: OrgId = OrgId(1);
pub(super) const ZONE: &str = "Asia/Shanghai";

const SURNAMES: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗",
];
const GIVEN: [&str; 20] = [
    "子涵", "雨桐", "浩然", "思远", "欣怡", "俊杰", "梓萱", "明轩", "佳琪", "志强", "晓东", "丽娜",
    "建国", "小雨", "文博", "若曦", "天宇", "诗涵", "嘉豪", "静怡",
];
const TOPICS: [&str; 12] = [
    "早起打卡",
    "亲子阅读",
    "城市骑行",
    "新手烘焙",
    "考研互助",
    "摄影入门",
    "二手交换",
    "周末徒步",
    "理财学习",
    "宠物交流",
    "健身减脂",
    "团购福利",
];

/// A name that reads like one.
pub(super) fn name_of(who: u32) -> String {
    let pick = |list: &[&'static str; 20], at: u32| {
        list.get((at % 20) as usize).copied().unwrap_or_default()
    };
    format!("{}{}{}", pick(&SURNAMES, who), pick(&GIVEN, who / 20), who / 400)
}

fn told() -> Evidence {
    let full = Extent::Full;
    Evidence {
        messages: full,
        joins: full,
        leaves: full,
        replies: full,
        reactions: full,
        joins_are_connections: false,
    }
}

/// Makes the database; gives the messages that its pages count.
pub(super) async fn fill(path: &Path, all: Measures, say: &dyn Fn(&str)) -> Result<u64, Failure> {
    let store = Store::open(&path.display().to_string()).await?;
    let mut groups = Vec::new();
    for number in 0..all.groups {
        let topic = TOPICS.get(number as usize % TOPICS.len()).copied().unwrap_or_default();
        let new = NewLiveGroup {
            platform: "web".to_owned(),
            key: format!("group-{number}"),
            name: format!("{topic} {} 群", number / 12 + 1),
            zone: ZONE.to_owned(),
            evidence: told(),
            founded: Millis(all.end.0 - i64::from(all.days) * Millis::DAY),
        };
        groups.push(store.open_live_group(ORG, new).await?);
    }
    owner(&store, all.end).await?;
    drop(store);
    let mut conn = Connection::open(path)?;
    conn.pragma_update(None, "synchronous", "off")?;
    conn.pragma_update(None, "cache_size", -262_144)?;
    conn.pragma_update(None, "foreign_keys", "off")?;
    identities(&mut conn, all)?;
    let zone = Zone::named(ZONE).map_err(|error| error.to_string())?;
    let messages = years(&mut conn, (&groups, all), &zone, say)?;
    around(&mut conn, (&groups, all))?;
    conn.execute_batch("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(messages)
}

fn identities(conn: &mut Connection, all: Measures) -> Result<(), Failure> {
    let turn = conn.transaction()?;
    for who in 1..=all.identities() {
        turn.prepare_cached(
            "INSERT INTO identities (org, id, platform, key, name, class, live) \
             VALUES (1, ?1, 'web', ?2, ?3, ?4, 1)",
        )?
        .execute(params![
            who,
            format!("guest-{who}"),
            name_of(who),
            (who % 300 == 1).then_some(1)
        ])?;
    }
    turn.execute(
        "UPDATE organisations SET next_identity = ?1, name = '万群' WHERE id = 1",
        [all.identities() + 1],
    )?;
    turn.commit()?;
    Ok(())
}

/// Lives the groups on all processors and writes each as it comes.
fn years(
    conn: &mut Connection,
    (groups, all): (&[GroupId], Measures),
    zone: &Zone,
    say: &dyn Fn(&str),
) -> Result<u64, Failure> {
    let (words, next) = (judged(), std::sync::atomic::AtomicU32::new(0));
    let (send, years) = sync_channel::<(u32, Year)>(4);
    let mut messages = 0;
    std::thread::scope(|threads| {
        for _ in 0..2 {
            let (send, words, next) = (send.clone(), &words, &next);
            let take = move || next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let year = move |number| (number, live(Measures { number, ..all }, words, zone));
            threads.spawn(move || {
                std::iter::repeat_with(take)
                    .take_while(|number| *number < all.groups)
                    .try_for_each(|number| send.send(year(number)))
            });
        }
        drop(send);
        let mut turn = conn.transaction()?;
        for (done, (number, year)) in (1..).zip(years) {
            messages += year.messages;
            let group = groups.get(number as usize).copied().ok_or("no such group")?;
            write(&turn, group, &year)?;
            if done % 50 == 0 {
                turn.commit()?;
                turn = conn.transaction()?;
                say(&format!("   {done} groups, {messages} messages"));
            }
        }
        turn.commit()?;
        Ok::<_, Failure>(messages)
    })
}

fn write(turn: &Transaction<'_>, group: GroupId, year: &Year) -> Result<(), Failure> {
    let last = year.facts.len() as i64;
    for page in &year.pages {
        turn.prepare_cached("INSERT INTO pages VALUES (1, ?1, ?2, 1, ?3, ?4)")?
            .execute(params![group.0, page.day, last, page.encode()])?;
        turn.prepare_cached("INSERT INTO tier_stale (org, grp, day, n) VALUES (1, ?1, ?2, 1)")?
            .execute(params![group.0, page.day])?;
    }
    for stay in insights::stays(year.pages.iter()) {
        let left = stay.left_at.map(|at| at.0);
        let how = stay.left_how.map(|how| how as u8);
        let joined = stay.joined_at.map(|at| at.0);
        turn.prepare_cached("INSERT INTO stays VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute(params![
                group.0,
                stay.who.0,
                stay.n,
                joined,
                stay.how as u8,
                stay.by.0,
                left,
                how
            ])?;
        let class = u8::from(stay.who.0 % 300 == 1);
        turn.prepare_cached(
            "INSERT INTO members (org, grp, identity, n, name, class, joined_at, left_at, via, \
             rules, muted_until, has_spoken) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, '', 0, NULL, 1)",
        )?
        .execute(params![
            group.0,
            stay.who.0,
            stay.n,
            name_of(stay.who.0),
            class,
            joined.unwrap_or(0),
            left
        ])?;
    }
    write_talk(turn, group, year)
}

/// The last days of a group: facts, words, and what nobody answered.
fn write_talk(turn: &Transaction<'_>, group: GroupId, year: &Year) -> Result<(), Failure> {
    let last = year.facts.len() as i64;
    for (seq, (fact, text)) in (1_i64..).zip(&year.facts) {
        turn.prepare_cached("INSERT INTO facts VALUES (1, ?1, ?2, ?3, 0, ?4, 0, ?5)")?
            .execute(params![group.0, seq, fact.at.0, fact.source.key, fact.body()])?;
        if let Some(text) = text.and_then(|text| TEXTS.get(text)) {
            turn.prepare_cached("INSERT INTO words VALUES (1, ?1, ?2, ?3)")?
                .execute(params![group.0, seq, text])?;
        }
    }
    if let Some((first, end)) = year.facts.first().zip(year.facts.last()) {
        turn.execute(
            "INSERT INTO spans (org, grp, first_seq, last_seq, import_id, from_at, to_at) \
             VALUES (1, ?1, 1, ?2, NULL, ?3, ?4)",
            params![group.0, last, first.0.at.0, end.0.at.0],
        )?;
    }
    let place = params![group.0, last + 1];
    turn.execute("UPDATE groups SET next_seq = ?2 WHERE org = 1 AND id = ?1", place)?;
    let asked = year.facts.iter().find(|(fact, text)| {
        fact.kind == FactKind::Message && text.is_some_and(|text| text == 1 || text == 13)
    });
    if let Some((fact, _)) = asked.filter(|_| group.0 % 3 == 0) {
        turn.execute(
            "INSERT INTO tasks (org, grp, name, kind, about, who, since, state, changed_at) \
             VALUES (1, ?1, ?2, 'unanswered', ?3, ?4, ?5, 0, ?5)",
            params![
                group.0,
                format!("unanswered {}", fact.source.key),
                fact.source.key,
                fact.actor.0,
                fact.at.0
            ],
        )?;
    }
    Ok(())
}

/// The last day that the pages know.
pub(super) fn present(path: &Path) -> Result<Millis, Failure> {
    let conn = Connection::open(path)?;
    let at: i64 = conn.query_row("SELECT MAX(to_at) FROM spans", [], |row| row.get(0))?;
    Ok(Millis(at))
}
