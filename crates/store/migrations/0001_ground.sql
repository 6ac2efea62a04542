-- One text for both databases: INTEGER is BIGINT and BLOB is BYTEA on PostgreSQL, and what follows
-- the closing bracket of a table is for SQLite alone.

CREATE TABLE organisations (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    next_import INTEGER NOT NULL DEFAULT 1,
    next_group INTEGER NOT NULL DEFAULT 1,
    -- Identity numbers are never given twice, not even after an undo.
    next_identity INTEGER NOT NULL DEFAULT 1
) STRICT;

INSERT INTO organisations (id, name) VALUES (1, '');

-- state: 0 pending (nothing of it is visible), 1 whole, 2 undone.
CREATE TABLE imports (
    org INTEGER NOT NULL REFERENCES organisations (id),
    id INTEGER NOT NULL,
    state INTEGER NOT NULL,
    format TEXT NOT NULL,
    exporter TEXT NOT NULL,
    files TEXT NOT NULL,
    zone TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    counts TEXT NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

-- revision: 0 while only a pending import knows the group, then one more with each change of its
-- past. next_seq never goes back while the group exists.
CREATE TABLE groups (
    org INTEGER NOT NULL REFERENCES organisations (id),
    id INTEGER NOT NULL,
    platform TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    zone TEXT NOT NULL,
    founded_at INTEGER,
    evidence INTEGER NOT NULL,
    next_seq INTEGER NOT NULL DEFAULT 1,
    revision INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (org, id),
    UNIQUE (org, platform, key)
) STRICT, WITHOUT ROWID;

-- name is NULL while only a pending import knows the identity.
CREATE TABLE identities (
    org INTEGER NOT NULL REFERENCES organisations (id),
    id INTEGER NOT NULL,
    platform TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT,
    class INTEGER,
    PRIMARY KEY (org, id),
    UNIQUE (org, platform, key)
) STRICT, WITHOUT ROWID;

-- What each import said about groups and people: applied when it is whole, taken back on undo.
CREATE TABLE import_groups (
    org INTEGER NOT NULL,
    import_id INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    name TEXT NOT NULL,
    zone TEXT NOT NULL,
    founded_at INTEGER,
    evidence INTEGER NOT NULL,
    PRIMARY KEY (org, import_id, grp),
    FOREIGN KEY (org, import_id) REFERENCES imports (org, id),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX import_groups_by_group ON import_groups (org, grp, import_id);

CREATE TABLE import_identities (
    org INTEGER NOT NULL,
    import_id INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    name TEXT NOT NULL,
    class INTEGER,
    PRIMARY KEY (org, import_id, identity),
    FOREIGN KEY (org, import_id) REFERENCES imports (org, id),
    FOREIGN KEY (org, identity) REFERENCES identities (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX import_identities_by_identity ON import_identities (org, identity, import_id);

-- Numbers 1, 2, … of the exporters of a group whose rows carry no ids of the platform.
CREATE TABLE streams (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    stream INTEGER NOT NULL,
    exporter TEXT NOT NULL,
    zone TEXT NOT NULL,
    PRIMARY KEY (org, grp, stream),
    UNIQUE (org, grp, exporter),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;

-- The log. Which import wrote a fact stands in its span, once for thousands of facts.
CREATE TABLE facts (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    stream INTEGER NOT NULL,
    src INTEGER NOT NULL,
    part INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (org, grp, seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX facts_by_source ON facts (org, grp, stream, src, part);

-- Runs of facts written together: whose they are, and between which times they lie. Every fact
-- lies in exactly one span.
CREATE TABLE spans (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    import_id INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    PRIMARY KEY (org, grp, first_seq),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id),
    FOREIGN KEY (org, import_id) REFERENCES imports (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX spans_by_import ON spans (org, import_id);

-- The words beside the facts: erasable, the facts stay.
CREATE TABLE words (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (org, grp, seq)
) STRICT, WITHOUT ROWID;

-- Projections: what can be derived from the log again.
CREATE TABLE stays (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    n INTEGER NOT NULL,
    joined_at INTEGER,
    how INTEGER NOT NULL,
    brought_by INTEGER NOT NULL,
    left_at INTEGER,
    left_how INTEGER,
    PRIMARY KEY (org, grp, identity, n),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pages (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    day INTEGER NOT NULL,
    settings_version INTEGER NOT NULL,
    through_seq INTEGER NOT NULL,
    page BLOB NOT NULL,
    PRIMARY KEY (org, grp, day),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;
