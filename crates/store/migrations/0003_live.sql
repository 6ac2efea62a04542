-- Groups that live: heads, members, links, timers, outbox, tasks, intake.

-- A demonstration organisation is marked, so that it can be taken away whole.
ALTER TABLE organisations ADD COLUMN demo INTEGER NOT NULL DEFAULT 0;

-- Somebody of a live group: imports and their undoing leave this identity alone.
ALTER TABLE identities ADD COLUMN live INTEGER NOT NULL DEFAULT 0;

-- What was written live belongs to no import: import_id may be NULL now.
CREATE TABLE new_spans (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    import_id INTEGER,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    PRIMARY KEY (org, grp, first_seq),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id),
    FOREIGN KEY (org, import_id) REFERENCES imports (org, id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_spans (org, grp, first_seq, last_seq, import_id, from_at, to_at)
SELECT org, grp, first_seq, last_seq, import_id, from_at, to_at FROM spans;

DROP TABLE spans;

ALTER TABLE new_spans RENAME TO spans;

CREATE INDEX spans_by_import ON spans (org, import_id);

-- Words that huoqun needs for itself, such as the key that signs cookies; made at first use.
CREATE TABLE secrets (
    name TEXT PRIMARY KEY NOT NULL,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Processes that hold groups. A lease that has run out (or is not here) binds nobody: renewing all
-- groups of a process is one row.
CREATE TABLE nodes (
    name TEXT PRIMARY KEY NOT NULL,
    lease_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The head of a live group: who holds it and the state of its deciders. A commit is refused when
-- its fence is not the one that stands here; each new holder has a higher one. groups.next_seq is
-- the group's only cursor. A table with rowids: its rows are long.
CREATE TABLE heads (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    fence INTEGER NOT NULL DEFAULT 0,
    holder TEXT NOT NULL DEFAULT '',
    state_version INTEGER NOT NULL DEFAULT 0,
    state BLOB NOT NULL,
    PRIMARY KEY (org, grp),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT;

-- Rewritten with every commit: room for the next version beside it, and no time spent on packing.
-- PostgreSQL: ALTER TABLE heads SET (fillfactor = 50);
-- PostgreSQL: ALTER TABLE heads ALTER COLUMN state SET STORAGE EXTERNAL;
-- PostgreSQL: ALTER TABLE groups SET (fillfactor = 70);
-- PostgreSQL: ALTER TABLE spans SET (fillfactor = 70);

-- Stays of people in live groups, with what deciders need. A rejoin is a new stay (n + 1).
CREATE TABLE members (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    n INTEGER NOT NULL,
    name TEXT NOT NULL,
    class INTEGER NOT NULL,
    joined_at INTEGER NOT NULL,
    left_at INTEGER,
    via TEXT NOT NULL,
    rules INTEGER NOT NULL,
    muted_until INTEGER,
    has_spoken INTEGER NOT NULL,
    PRIMARY KEY (org, grp, identity, n),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;

-- Codes by which people find a group; via is kept by the stay.
CREATE TABLE links (
    code TEXT PRIMARY KEY NOT NULL,
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    via TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_by_group ON links (org, grp);

-- A timer is unique by its name in its group. rule is NULL for a single moment.
CREATE TABLE timers (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    name TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    rule TEXT,
    missed TEXT NOT NULL,
    PRIMARY KEY (org, grp, name),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX timers_by_due ON timers (due_at, org, grp, name);

-- What is to be done on platforms: state 0 planned, 1 sending, 2 sent, 3 failed, 4 unknown.
-- (seq, n): the n-th action of the decision that noted the fact at seq.
CREATE TABLE outbox (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    platform TEXT NOT NULL,
    kind TEXT NOT NULL,
    action TEXT NOT NULL,
    state INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (org, grp, seq, n),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_by_turn ON outbox (platform, state, next_at, org, grp, seq, n);
-- What is still to be done in a group, past all that is done: its actions keep their order.
CREATE INDEX outbox_by_state ON outbox (state, org, grp, seq, n, tries, next_at);
CREATE INDEX outbox_by_change ON outbox (org, state, changed_at);

-- What staff should do, unique by its name in its group: state 0 open, 1 done, 2 withdrawn.
CREATE TABLE tasks (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    about INTEGER,
    who INTEGER NOT NULL,
    since INTEGER NOT NULL,
    state INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (org, grp, name),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX tasks_by_state ON tasks (org, state, since);

-- Events that are durable before they are decided (from another node, or answered at once to a
-- platform), and those that could not be processed (处理失败): state 0 waiting, 1 set aside.
CREATE TABLE intake (
    id INTEGER PRIMARY KEY NOT NULL,
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    key INTEGER NOT NULL,
    part INTEGER NOT NULL,
    event TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    failure TEXT NOT NULL,
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT;

CREATE INDEX intake_by_state ON intake (state, id);

-- Numbers that are given once in the whole database, and never again.
CREATE TABLE counters (
    name TEXT PRIMARY KEY NOT NULL,
    next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counters (name, next) VALUES ('intake', 1);
INSERT INTO counters (name, next) SELECT 'organisation', MAX(id) + 1 FROM organisations;
