-- Settings of the organisation, dated; and what was put off on Today.

-- One value of a setting from a moment on; the latest counts. value: JSON.
CREATE TABLE settings (
    org INTEGER NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    n INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    value TEXT NOT NULL,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (org, name, n)
) STRICT, WITHOUT ROWID;

-- Rows of Today that are not shown: key names the row within its source. until_at NULL: done with
-- for good. A row whose level is above the one noted here got worse and is shown again.
CREATE TABLE put_offs (
    org INTEGER NOT NULL REFERENCES organisations (id),
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    level INTEGER NOT NULL,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    until_at INTEGER,
    PRIMARY KEY (org, source, key)
) STRICT, WITHOUT ROWID;

-- Imports from the browser: their files wait in the data folder. state: 0 draft, 1 waiting,
-- 2 running, 3 done, 4 failed, 5 cancelled. progress: what came of it, JSON.
CREATE TABLE import_jobs (
    org INTEGER NOT NULL REFERENCES organisations (id),
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    request TEXT NOT NULL,
    progress TEXT NOT NULL,
    import_id INTEGER,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;
