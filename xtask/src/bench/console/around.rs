//! What staff made of the groups: colleagues, cards, tags, notes, merges, the blacklist,
//! imports, and a long audit log.

use crate::bench::Failure;
use crate::bench::console::fill::ORG;
use crate::bench::console::life::{Dice, Measures};
use domain::{GroupId, Millis};
use rusqlite::{Connection, Transaction, params};
use store::Store;

/// Sees everything.
pub(super) const LOGIN: &str = "bench";
/// Sees [`KEPT`] groups.
pub(super) const LEAD: &str = "bench-2";
pub(super) const PASSWORD: &str = "tea-and-a-quiet-hour-2026";

/// Groups that one of the colleagues sees.
pub(super) const KEPT: u32 = 60;
/// Colleagues.
const STAFF: i64 = 30;
/// Lines of the audit log.
const LINES: i64 = 50_000;

/// Makes who sees everything.
pub(super) async fn owner(store: &Store, at: Millis) -> Result<(), Failure> {
    app::console::add_owner(store, ORG, [LOGIN, "负责人小林", PASSWORD], at).await?;
    Ok(())
}

/// Everything, in one transaction.
pub(super) fn around(
    conn: &mut Connection,
    (groups, all): (&[GroupId], Measures),
) -> Result<(), Failure> {
    let (turn, at) = (conn.transaction()?, all.end.0 - Millis::DAY);
    colleagues(&turn, at)?;
    cards(&turn, groups, at)?;
    people(&turn, all, at)?;
    past(&turn, (groups, all), at)?;
    turn.execute(
        "UPDATE organisations SET next_group = ?1 WHERE id = 1",
        [groups.iter().map(|group| group.0).max().unwrap_or(0) + 1],
    )?;
    turn.commit()?;
    Ok(())
}

/// With the password of the owner; the second is a lead.
fn colleagues(turn: &Transaction<'_>, at: i64) -> Result<(), Failure> {
    for id in 2..=STAFF {
        turn.execute(
            "INSERT INTO staff (org, id, login, name, password, role, sees_all, state, made_at, \
             changed_at) SELECT org, ?1, 'bench-' || ?1, '同事 ' || ?1, password, ?2, 0, 0, ?3, ?3 \
             FROM staff WHERE org = 1 AND id = 1",
            params![id, if id == 2 { "lead" } else { "operator" }, at],
        )?;
    }
    turn.execute(
        "INSERT INTO staff_groups SELECT 1, 2, id FROM groups WHERE org = 1 AND id <= ?1",
        [KEPT],
    )?;
    turn.execute(
        "INSERT INTO counters (name, next) VALUES ('staff:1', ?1) \
         ON CONFLICT (name) DO UPDATE SET next = excluded.next",
        [STAFF + 1],
    )?;
    Ok(())
}

fn cards(turn: &Transaction<'_>, groups: &[GroupId], at: i64) -> Result<(), Failure> {
    let kinds = ["activity", "benefit", "member", "interest"];
    for (number, group) in groups.iter().enumerate() {
        let kind = kinds.get(number % 4).copied().unwrap_or_default();
        turn.execute(
            "INSERT INTO group_cards (org, grp, kind, owner, backup, about, changed_at) \
             VALUES (1, ?1, ?2, ?4, 0, '{}', ?3)",
            params![group.0, kind, at, 3 + number as i64 % (STAFF - 2)],
        )?;
        let tag = ["重点", "新群", "华东", "试点"].get(number % 4).copied().unwrap_or_default();
        turn.execute(
            "INSERT INTO group_tags VALUES (1, ?1, ?2, 0, ?3)",
            params![group.0, tag, at],
        )?;
    }
    Ok(())
}

fn people(turn: &Transaction<'_>, all: Measures, at: i64) -> Result<(), Failure> {
    let mut dice = Dice::new(99);
    for (id, name) in (1..).zip(["老客户", "高意向", "组织者", "爱提问", "待回访"]) {
        turn.execute(
            "INSERT INTO tags (org, id, folder, name, quick, days, made_at, gone_at) \
             VALUES (1, ?1, '客户', ?2, 1, NULL, ?3, NULL)",
            params![id, name, at],
        )?;
    }
    let people = u64::from(all.identities());
    for id in 1..=5_000.min(i64::from(all.identities())) {
        let who = 1 + dice.roll(people) as i64;
        turn.execute(
            "INSERT OR IGNORE INTO person_tags (org, identity, tag, n, by_staff, source, why, \
             made_at, until_at, gone_at, gone_by) \
             VALUES (1, ?1, ?2, 1, 0, 'staff', '', ?3, NULL, NULL, NULL)",
            params![who, 1 + id % 5, at],
        )?;
        turn.execute(
            "INSERT INTO notes (org, id, identity, grp, staff, at, text, gone_at) \
             VALUES (1, ?1, ?2, NULL, 0, ?3, '电话聊过，愿意参加下次活动', NULL)",
            params![id, who, at],
        )?;
    }
    for who in 2..=6 {
        turn.execute(
            "INSERT INTO merges VALUES (1, ?1, ?2, 0, ?3, '同一个手机号')",
            params![who, who + 10, at],
        )?;
    }
    Ok(())
}

/// What happened: the blacklist, imports, acts.
fn past(
    turn: &Transaction<'_>,
    (groups, all): (&[GroupId], Measures),
    at: i64,
) -> Result<(), Failure> {
    for n in 1..=300.min(all.identities()) {
        turn.execute(
            "INSERT INTO blacklist VALUES (1, ?1, 1, '发广告', 1, ?2, '', NULL, NULL, NULL, '')",
            params![n * (all.identities() / 300).max(1), at],
        )?;
    }
    for n in 1..=40 {
        turn.execute(
            "INSERT INTO imports VALUES (1, ?1, 1, 'telegram', '', '[\"result.json\"]', \
             'Asia/Shanghai', ?2, ?2, '{}')",
            params![n, at + n],
        )?;
    }
    turn.execute("UPDATE organisations SET next_import = 41", [])?;
    let acts = ["group.changed", "person.noted", "person.tagged", "task.closed"];
    // Some acts are noted already.
    let whose = groups.iter().cycle().zip(acts.iter().cycle());
    for (n, (group, act)) in (101..=LINES).zip(whose) {
        turn.prepare_cached("INSERT INTO audit VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, '{}')")?
            .execute(params![
                n,
                at - (LINES - n) * 60_000,
                1 + n % STAFF,
                act,
                group.0,
                (n % 2 == 0).then_some(n % i64::from(all.identities()) + 1),
            ])?;
    }
    turn.execute(
        "INSERT INTO counters (name, next) VALUES ('audit:1', ?1) \
         ON CONFLICT (name) DO UPDATE SET next = excluded.next",
        [LINES + 1],
    )?;
    Ok(())
}
