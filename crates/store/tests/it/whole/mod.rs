//! Backup and restore: one moment, both databases, and files that are refused.

mod refused;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::Millis;
use store::{Fault, GroupWrite, Kind, Store, TABLES, Table};
use testkit::Database;

use crate::live::{action, after, many, opened, talk};
use crate::raw;
use crate::sample::{ORG, begin, finish, group, imported, keys, messages};

const MADE: Millis = Millis(77);

/// Rows of the tables that no other test-helper fills, with odd values.
const SCENE: &str = "
    UPDATE organisations SET name = '茶馆', demo = 1;
    INSERT INTO secrets (name, bytes) VALUES ('cookie', X'00ff10');
    INSERT INTO heads (org, grp, fence, holder, state_version, state)
    VALUES (1, 1, 3, 'node', 2, X'');
    INSERT INTO nodes (name, lease_until) VALUES ('node', -1);
    INSERT INTO members VALUES (1, 1, 1, 1, 'Ann ''quoted''', 1, -5, NULL, '', 0, NULL, 1),
        (1, 1, 2, 1, '阿杰', 1, 5, 9223372036854775807, 'qr', 2, -9223372036854775808, 0);
    INSERT INTO links VALUES ('abc', 1, 1, 'qr', 5);
    INSERT INTO timers VALUES (1, 1, 'late', 5, NULL, 'late'), (1, 1, '每天', 6, '{}', 'skip');
    INSERT INTO outbox VALUES (1, 1, 1, 0, 'web', 'post', '{}', 1, 1, 5, 5, '');
    INSERT INTO tasks VALUES (1, 1, 'look', 'look', NULL, 0, 5, 0, 5);
    INSERT INTO intake VALUES (1, 1, 1, 5, 0, '{}', 5, 1, 1, 'line\nline');
    UPDATE counters SET next = 9 WHERE name = 'intake';";

/// The same for what staff make of groups and people, and for what is derived for them.
const STAFF: &str = "
    INSERT INTO staff VALUES (1, 1, 'owner', '小林', '$argon2id$', 'owner', 1, 0, 5, 5),
        (1, 2, 'ann', 'Ann ''quoted''', '', 'read_only', 0, 1, 5, 6);
    INSERT INTO staff_groups VALUES (1, 2, 1);
    INSERT INTO sessions VALUES (X'00ff20', 1, 1, 1, 5, 6, 7, 'Firefox', '::1');
    INSERT INTO invitations VALUES (X'00ff30', 1, 1, 'invitation', '{}', 1, 5, 9, NULL, NULL),
        (X'00ff31', 1, 2, 'password', '{}', 0, 5, 9, 6, 2);
    INSERT INTO audit VALUES (1, 1, 5, 1, 'group.changed', 1, NULL, '{}'),
        (1, 2, 6, 0, 'note.made', NULL, 1, '{}');
    INSERT INTO group_cards VALUES (1, 1, 'interest', 1, 2, '{}', 5);
    INSERT INTO group_tags VALUES (1, 1, '茶', 1, 5);
    INSERT INTO saved_views VALUES (1, 1, 0, 'groups', '我的', 'q=1', 5);
    INSERT INTO bulk_changes VALUES (1, 1, 5, 1, '[]', NULL);
    INSERT INTO merges VALUES (1, 2, 1, 1, 5, '同一个人');
    INSERT INTO tags VALUES (1, 1, '阶段', '新客', 1, 30, 5, NULL);
    INSERT INTO person_tags VALUES (1, 1, 1, 1, 1, 'staff', '', 5, 9, NULL, NULL);
    INSERT INTO notes VALUES (1, 1, 1, 1, 2, 5, '备注', NULL, 1);
    INSERT INTO attributes VALUES (1, 1, 1, 'city', '杭州', 'self', 0, NULL, NULL, 5, NULL);
    INSERT INTO main_groups VALUES (1, 1, 1, 1, 5);
    INSERT INTO blacklist VALUES (1, 2, 1, '广告', 1, 5, '', NULL, NULL, NULL, '');
    INSERT INTO org_days VALUES (1, 20000, 1, 5, X'0102');
    INSERT INTO org_months VALUES (1, 19997, 1, 5, X'');
    INSERT INTO standings VALUES (1, 1, 1, 5, X'03');
    INSERT INTO tier_stale VALUES (1, 20001, 1, 1);
    INSERT INTO settings VALUES (1, 'zone', 1, 5, '{}', 1, 5);
    INSERT INTO put_offs VALUES (1, 'waiting', 'k', 5, 1, 6, NULL);
    INSERT INTO import_jobs VALUES (1, 1, 1, 5, 2, '{}', '{}', 1, 6);";

/// The same for companies on WeCom.
const WECOM: &str = "
    INSERT INTO wecom_accounts VALUES (1, 1, 'ww1', NULL, X'00ff40', '', 'hook', 5, 5, NULL,
        NULL),
        (1, 2, 'ww2', 1000002, X'', 'http://127.0.0.1', 'other', 5, 6, 7, 200);
    INSERT INTO wecom_pulls VALUES (1, 1, 'groups', 'next', 9, NULL, 5, 6, NULL, '频繁');
    INSERT INTO wecom_staff VALUES (1, 1, 'sam', '小林', '[1]', 1, 1, 5, NULL),
        (1, 1, 'ann', NULL, NULL, NULL, NULL, 5, 6);
    INSERT INTO wecom_groups VALUES (1, 1, 'wr1', 1, 0, 'sam', '[]', '茶', '', 4, 'v', 3, 2, 1,
        5, 6, 6, NULL, ''), (1, 1, 'wr2', NULL, 1, '', '[]', '', '', NULL, '', NULL, NULL, NULL,
        5, 6, NULL, 7, '90501');
    INSERT INTO wecom_letters VALUES (1, 1, 1, -7, 5, 'wr1', '<xml/>', NULL,
        'change_external_chat.create', 'unknown|茶');
    INSERT INTO wecom_members VALUES (1, 1, 'wr1', 'wm1', 1, 2, 4, 3, '', 'sam', '李', '', '', 6,
        NULL), (1, 1, 'wr1', 'sam', 2, 1, 4, 1, 'x', '', '小林', '茶', 'o1', 5, 6);
    INSERT INTO wecom_contacts VALUES (1, 1, 'sam', 'wm1', 1, 4, '', 1, '李总', '[]', 0, NULL,
        '', 5), (1, 1, 'sam', 'wm2', NULL, NULL, 'poster', NULL, '', '[]', NULL, 6, 'missing', 5);
    INSERT INTO wecom_calls VALUES (1, 1, 1, 5, 'gettoken', 80, NULL, 'timeout', 0);
    INSERT INTO wecom_days VALUES (1, 1, 'sam', 20000, 1, 2, 3, 4, 5, 6, 7);
    INSERT INTO wecom_handovers VALUES (1, 1, 1, 'sam', 1, '您好', 'ann', 50, 1, 5, 6, NULL, NULL,
        NULL, 'network|timeout'), (1, 1, 2, 'ann', 0, '', '', NULL, 1, 5, NULL, 6, 6, 7, '');
    INSERT INTO wecom_handed VALUES (1, 1, 1, 0, 'wm1', '李', 'ann', 2, NULL, 5, 5, 6, 0, 5),
        (1, 1, 1, 1, 'wr1', '茶', 'ann', 6, 90503, 5, NULL, NULL, 2, 6);
    INSERT INTO wecom_seats VALUES (1, 1, 1, 'sam', 1320, 480, 1, 5, NULL, '');
    INSERT INTO wecom_cards VALUES (1, 1, 1, 1, 'sam', '{}', 2, 1, 5, 5, 6, 'code', '');
    INSERT INTO wecom_card_rows VALUES (1, 1, 'reports', '1:1', 1, 1);
    INSERT INTO keeper_reports VALUES (1, 1, 1, 'adverts', 1, 77, 5, NULL);
    INSERT INTO wecom_welcomes VALUES (1, 1, 'CALL', 'sam', 'wm1', '', 5, 2, 6, 7, 1, '{}'),
        (1, 1, 'WAIT', 'sam', 'wm2', 'poster', 5, 0, NULL, NULL, NULL, '');
    INSERT INTO wecom_wordings VALUES (1, 1, 1, 0, '门店', '{}', 5, NULL);
    INSERT INTO wecom_media VALUES (1, 1, 1, 'image', 'a.png', 'image/png', -3, X'8950', 5, 'm1',
        6, '', '', 6);
    INSERT INTO wecom_group_welcomes VALUES (1, 1, 1, '入群', '{}', 'msg1', 'x', '', 0, 5, 5, NULL);
    INSERT INTO wecom_post VALUES (1, 1, 20000, 'taken', 9);
    INSERT INTO wecom_misses VALUES (1, 1, 1, 5, 'wr1', 'version', 1, 2, 3, 4, -9);
    INSERT INTO wecom_staff_days VALUES (1, 1, 'sam', 20000, 1, 2, NULL, 4, 5, 6, 7);
    INSERT INTO wecom_tags VALUES (1, 1, 'et1', '新客', 'et0', '客户等级', 0, 5, NULL);";

/// The same for live codes.
const LINKS: &str = "
    INSERT INTO link_codes VALUES (1, 1, 'groups', '公测', 1, '{}', 5, 6, NULL),
        (1, 2, 'web', '知乎', NULL, '{}', 5, 6, 7);
    INSERT INTO link_placements VALUES (1, 1, 1, 'abcd0123', '店门口', '', 'shop', 5, NULL),
        (1, 2, 1, 'abcd0124', '驿站', '老王', 'station', 5, 6);
    INSERT INTO link_spends VALUES (1, 1, 20000, 12050), (1, 1, -4, 0);
    INSERT INTO link_ways VALUES (1, 1, 1, '', 'c0', 'http://p', '{}', '', NULL, 5),
        (1, 2, 1, 'sam', '', '', '', 'limit|45009', 9, 5);
    INSERT INTO link_scans VALUES (1, 1, 5, 0, 'wr1', 0, 0), (1, 1, 5, 1, '', 2, 1);
    INSERT INTO link_domains VALUES (1, 'go.example.com', 5, NULL, NULL, ''),
        (1, '二维码.example', 5, 6, 6, 'unreached');
    INSERT INTO link_checks VALUES (1, 1, 1, '公测3群', '[]', 5, NULL);";

/// A database in which no table is empty.
async fn filled(database: &Database) -> Store {
    let store = database.open().await;
    imported(&store, "tea", 0..3_000).await;
    let mut import = begin(&store).await;
    let tea = import.group(group("tea", "茶友")).await.unwrap();
    import.stream(tea, "whatsapp ios", "Europe/Rome").await.unwrap();
    import.append(tea, messages(2_900..3_100)).await.unwrap();
    import.finish(finish()).await.unwrap();
    for scene in [SCENE, STAFF, WECOM, LINKS] {
        let scene = match database.file() {
            Some(_) => scene.to_owned(),
            None => scene.replace("X'", "'\\x"),
        };
        raw::run(database, &scene).await;
    }
    raw::run(
        database,
        "INSERT INTO pages (org, grp, day, settings_version, through_seq, page) \
         SELECT 1, 1, -4, 1, 9, body FROM facts WHERE seq = 9; \
         INSERT INTO stays VALUES (1, 1, 1, 1, NULL, 0, 0, 7, 2)",
    )
    .await;
    for (table, rows) in store.table_sizes().await.unwrap() {
        assert!(rows > 0, "{table} is empty: give it a row here");
    }
    store
}

/// Everything in it, as text.
async fn contents(database: &Database) -> Vec<(&'static str, Vec<String>)> {
    let hex = if database.file().is_some() { "hex" } else { "pg_hex" };
    let mut tables = Vec::new();
    for table in TABLES {
        let column = |(name, kind): &(&str, Kind)| match (kind, hex) {
            (Kind::Bytes, "hex") => format!("lower(hex(\"{name}\"))"),
            (Kind::Bytes, _) => format!("encode(\"{name}\", 'hex')"),
            _ => format!("CAST(\"{name}\" AS TEXT)"),
        };
        let columns: Vec<String> = table.columns.iter().map(column).collect();
        let sql = format!("SELECT {} FROM \"{}\"", columns.join(", "), table.name);
        let mut rows = raw::rows(database, &sql).await;
        rows.sort();
        tables.push((table.name, rows));
    }
    tables
}

fn file(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("huoqun.backup")
}

/// Fresh databases, one of each kind, PostgreSQL last.
async fn fresh() -> Vec<Database> {
    testkit::databases().await
}

/// Columns of a table of the list: table, name, kind as SQLite has it, place in the key.
fn listed_columns(table: &Table) -> Vec<String> {
    let column = |(at, (name, kind)): (usize, &(&str, Kind))| {
        let kind = match kind {
            Kind::Int => "INTEGER",
            Kind::Text => "TEXT",
            Kind::Bytes => "BLOB",
        };
        let key = (1..=table.key).find(|key| *key == at + 1).unwrap_or(0);
        format!("{}.{name}.{kind}.{key}", table.name)
    };
    table.columns.iter().enumerate().map(column).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_tables_is_the_schema() {
    for database in testkit::databases().await {
        database.open().await;
        let (names, columns) = if database.file().is_some() {
            (
                "SELECT name FROM sqlite_master WHERE type = 'table'",
                "SELECT m.name || '.' || c.name || '.' || c.type || '.' || c.pk \
                 FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
            )
        } else {
            (
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'",
                "SELECT c.table_name || '.' || c.column_name || '.' || c.data_type || '.' || \
                 COALESCE(k.ordinal_position, 0) FROM information_schema.columns c \
                 LEFT JOIN information_schema.table_constraints t \
                 ON t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY' \
                 LEFT JOIN information_schema.key_column_usage k \
                 ON k.table_name = c.table_name AND k.column_name = c.column_name \
                 AND k.constraint_name = t.constraint_name WHERE c.table_schema = 'public'",
            )
        };
        let mut found = raw::rows(&database, names).await;
        let mut listed: Vec<String> = TABLES.iter().map(|table| table.name.to_owned()).collect();
        listed.push("schema_versions".to_owned());
        found.sort();
        listed.sort();
        assert_eq!(listed, found);

        let mut found: Vec<String> = raw::rows(&database, columns)
            .await
            .into_iter()
            .filter(|column| !column.starts_with("schema_versions."))
            .map(|column| {
                let column = column.replace("bigint", "INTEGER").replace("bytea", "BLOB");
                column.replace("text", "TEXT").replace(".TEXT.TEXT", ".text.TEXT")
            })
            .collect();
        let mut listed: Vec<String> = TABLES.iter().flat_map(listed_columns).collect();
        found.sort();
        listed.sort();
        assert_eq!(listed, found);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_goes_from_either_database_into_either() {
    let folder = tempfile::tempdir().unwrap();
    for source in testkit::databases().await {
        let store = filled(&source).await;
        let before = contents(&source).await;
        let made = store.backup(&file(&folder), MADE).await.unwrap();
        assert_eq!((made.made, made.bytes), (MADE, file(&folder).metadata().unwrap().len()));
        let counts: Vec<(String, u64)> =
            before.iter().map(|(name, rows)| ((*name).to_owned(), rows.len() as u64)).collect();
        assert_eq!(made.tables, counts);
        assert_eq!(made.rows(), counts.iter().map(|(_, rows)| rows).sum::<u64>());

        // On to the other kind (or the same, where there is only one), and back again.
        let mut ways = fresh().await;
        let way = ways.pop().filter(|way| way.file().is_none() != source.file().is_none());
        let way = way.or_else(|| ways.pop()).unwrap();
        let read = Store::restore(way.url(), &file(&folder)).await.unwrap();
        assert_eq!(read, made);
        assert_eq!(contents(&way).await, before);
        let second = folder.path().join("second");
        way.open().await.backup(&second, MADE).await.unwrap();
        for end in fresh().await {
            Store::restore(end.url(), &second).await.unwrap();
            assert_eq!(contents(&end).await, before);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_restored_goes_on_living() {
    let folder = tempfile::tempdir().unwrap();
    for source in testkit::databases().await {
        let whole = imported(&source.open().await, "tea", 0..100).await;
        source.open().await.backup(&file(&folder), MADE).await.unwrap();
        for end in fresh().await {
            // Opened before, and empty: that is a database to restore into, too.
            drop(end.open().await);
            while let Err(fault) = Store::restore(end.url(), &file(&folder)).await {
                assert!(matches!(fault, Fault::Busy { .. }), "{fault:?}");
            }
            let store = end.open().await;
            assert_eq!(keys(&store, whole.group).await.len(), 100);
            let more = imported(&store, "tea", 90..120).await;
            assert_eq!((more.group, more.appended.stored), (whole.group, 20));
            assert_eq!(keys(&store, whole.group).await.len(), 120);
        }
    }
}

/// Commits to two live groups again and again, each commit with a state that says its place.
async fn live_on(store: Store, committed: Arc<AtomicI64>) {
    let mut heads = [opened(&store, "tea").await, opened(&store, "club").await];
    for key in 0.. {
        let writes = heads.each_ref().map(|head| {
            let next = head.next.0 + 3;
            let state = next.to_string().into_bytes();
            let outbox = vec![action(head.group, head.next, 0)];
            GroupWrite { state, outbox, ..talk(head, key * 3..key * 3 + 3) }
        });
        store.commit_live(many(writes.to_vec())).await.unwrap();
        heads = [after(&heads[0], &writes[0]), after(&heads[1], &writes[1])];
        committed.store(key + 1, Ordering::Release);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_shows_one_moment_while_others_write() {
    let folder = tempfile::tempdir().unwrap();
    for source in testkit::databases().await {
        let store = source.open().await;
        imported(&store, "old", 0..8_000).await;
        let committed = Arc::new(AtomicI64::new(0));
        let busy = tokio::spawn(live_on(store.clone(), Arc::clone(&committed)));
        for n in 0..3 {
            let before = committed.load(Ordering::Acquire);
            while committed.load(Ordering::Acquire) <= before {
                tokio::task::yield_now().await;
            }
            let to = folder.path().join(format!("{n}"));
            store.backup(&to, MADE).await.unwrap();
            let end = fresh().await.remove(0);
            Store::restore(end.url(), &to).await.unwrap();
            // Cursor, state, facts, words, spans and actions are of the same commit.
            let sql = "SELECT CAST(g.next_seq AS TEXT), CAST(h.state AS TEXT), \
                       CAST((SELECT COUNT(*) + 1 FROM facts f WHERE f.grp = g.id) AS TEXT), \
                       CAST((SELECT COUNT(*) + 1 FROM words w WHERE w.grp = g.id) AS TEXT), \
                       CAST((SELECT MAX(last_seq) + 1 FROM spans s WHERE s.grp = g.id) AS TEXT), \
                       CAST((SELECT COUNT(*) * 3 + 1 FROM outbox o WHERE o.grp = g.id) AS TEXT) \
                       FROM heads h JOIN groups g ON g.org = h.org AND g.id = h.grp";
            let rows = raw::rows(&end, sql).await;
            assert_eq!((rows.len(), &rows[0]), (2, &rows[1]));
            let counts: Vec<&str> = rows[0].split('|').collect();
            assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
            assert!(counts[0].parse::<i64>().unwrap() > before * 3, "{counts:?} {before}");
        }
        busy.abort();
        assert!(busy.await.unwrap_err().is_cancelled());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_ran_during_the_backup_is_gone_after_the_restore() {
    let folder = tempfile::tempdir().unwrap();
    for source in testkit::databases().await {
        let store = source.open().await;
        let tea = imported(&store, "tea", 0..10).await.group;
        let mut import = begin(&store).await;
        import.group(group("tea", "茶友")).await.unwrap();
        import.append(tea, messages(10..50)).await.unwrap();
        store.backup(&file(&folder), MADE).await.unwrap();
        for end in fresh().await {
            Store::restore(end.url(), &file(&folder)).await.unwrap();
            let store = end.open().await;
            assert_eq!(store.imports(ORG).await.unwrap().len(), 1);
            assert_eq!(raw::rows(&end, "SELECT CAST(seq AS TEXT) FROM facts").await.len(), 10);
        }
        import.abandon().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_replaces_a_backup_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    for source in testkit::databases().await {
        let store = source.open().await;
        let first = store.backup(&file(&folder), MADE).await.unwrap();
        imported(&store, "tea", 0..10).await;
        let second = store.backup(&file(&folder), MADE).await.unwrap();
        assert!(second.rows() > first.rows());
        let letter = folder.path().join("letter");
        std::fs::write(&letter, "dear Ann").unwrap();
        let fault = store.backup(&letter, MADE).await.unwrap_err();
        assert!(matches!(fault, Fault::InTheWay { .. }), "{fault:?}");
        assert_eq!(std::fs::read(&letter).unwrap(), b"dear Ann");
        let fault = store.backup(&folder.path().join("no/where"), MADE).await.unwrap_err();
        assert!(matches!(fault, Fault::File { .. }), "{fault:?}");
        std::fs::remove_file(&letter).unwrap();
        // Nothing half-written stands beside it.
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
