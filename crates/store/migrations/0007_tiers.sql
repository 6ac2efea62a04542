-- Tiers above the day pages: derived from them, and dropped and made again at will.

-- All groups of an organisation on one day, and in one month (day = its first day).
-- made_at: grows with each making in the organisation, so that other processes see what is new.
CREATE TABLE org_days (
    org INTEGER NOT NULL,
    day INTEGER NOT NULL,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (org, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE org_months (
    org INTEGER NOT NULL,
    day INTEGER NOT NULL,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (org, day)
) STRICT, WITHOUT ROWID;

-- Where each group stands now: one row that lists show without reading anything else.
CREATE TABLE standings (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    version INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (org, grp),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;

-- Days of groups whose pages changed since their tiers were made; written with the pages. n grows
-- with each change, so that whoever makes the tier knows whether it changed again meanwhile.
CREATE TABLE tier_stale (
    org INTEGER NOT NULL,
    day INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (org, day, grp)
) STRICT, WITHOUT ROWID;

-- Whatever lies here already gets its tiers in the background.
INSERT INTO tier_stale (org, grp, day, n) SELECT org, grp, day, 1 FROM pages;
