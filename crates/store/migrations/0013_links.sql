-- Live codes (活码): where each leads, where each hangs, what is made for it on a platform, who scanned.
-- Codes and placements are closed, never deleted: what is printed stays printed.

-- A code. kind: groups, staff, web, rules. company: the connected company that it is of. body: JSON,
-- what it leads to.
CREATE TABLE link_codes (
    org INTEGER NOT NULL REFERENCES organisations (id),
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    company INTEGER,
    body TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    closed_at INTEGER,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

-- A place where a code hangs. slug: the word in its address, unique over all organisations; the
-- platform hands it back (state) with everybody who comes.
CREATE TABLE link_placements (
    org INTEGER NOT NULL,
    id INTEGER NOT NULL,
    code INTEGER NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    partner TEXT NOT NULL,
    source TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    closed_at INTEGER,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, code) REFERENCES link_codes (org, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX link_placements_by_slug ON link_placements (slug);

-- What was spent on a placement on a day, in hundredths.
CREATE TABLE link_spends (
    org INTEGER NOT NULL,
    placement INTEGER NOT NULL,
    day INTEGER NOT NULL,
    cents INTEGER NOT NULL,
    PRIMARY KEY (org, placement, day),
    FOREIGN KEY (org, placement) REFERENCES link_placements (org, id)
) STRICT, WITHOUT ROWID;

-- A code of the platform's own for a placement and the code that it leads by; userid: for one of staff,
-- empty: for groups. config: its id there, picture: its address; empty: not made yet. told: JSON, what
-- it was set to last. failure: why it stands still; next_at: it is tried again then.
CREATE TABLE link_ways (
    org INTEGER NOT NULL,
    placement INTEGER NOT NULL,
    code INTEGER NOT NULL,
    userid TEXT NOT NULL,
    config TEXT NOT NULL,
    picture TEXT NOT NULL,
    told TEXT NOT NULL,
    failure TEXT NOT NULL,
    next_at INTEGER,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (org, placement, code, userid),
    FOREIGN KEY (org, placement) REFERENCES link_placements (org, id),
    FOREIGN KEY (org, code) REFERENCES link_codes (org, id)
) STRICT, WITHOUT ROWID;

-- Scans: nobody is named. target: where it led (chat_id, userid, address), empty: nowhere. device:
-- 0 iOS, 1 Android, 2 others. again: the browser was here before, where that is asked.
CREATE TABLE link_scans (
    org INTEGER NOT NULL,
    placement INTEGER NOT NULL,
    at INTEGER NOT NULL,
    n INTEGER NOT NULL,
    target TEXT NOT NULL,
    device INTEGER NOT NULL,
    again INTEGER NOT NULL,
    PRIMARY KEY (org, placement, at, n),
    FOREIGN KEY (org, placement) REFERENCES link_placements (org, id)
) STRICT, WITHOUT ROWID;

-- Further addresses of an organisation's codes. since_at: it answers as word says since then; an
-- empty word: as it should.
CREATE TABLE link_domains (
    org INTEGER NOT NULL REFERENCES organisations (id),
    host TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    asked_at INTEGER,
    since_at INTEGER,
    word TEXT NOT NULL,
    PRIMARY KEY (org, host)
) STRICT, WITHOUT ROWID;

-- Groups that the platform made for a code by itself, and what staff did there by hand. wanted: what
-- it should be called. done: JSON, the steps that were ticked.
CREATE TABLE link_checks (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    code INTEGER NOT NULL,
    wanted TEXT NOT NULL,
    done TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (org, grp),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id),
    FOREIGN KEY (org, code) REFERENCES link_codes (org, id)
) STRICT, WITHOUT ROWID;

-- Who came by a placement.
CREATE INDEX wecom_contacts_by_state ON wecom_contacts (org, state) WHERE state <> '';
