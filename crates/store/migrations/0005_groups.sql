-- What operators say about groups, and how they like to look at lists.

-- kind: '' or activity, benefit, member, interest (A14). owner, backup: staff, 0 for none (R01).
-- about: JSON: purposes with weights (A01), how many it takes, whatever else is set.
CREATE TABLE group_cards (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    kind TEXT NOT NULL,
    owner INTEGER NOT NULL,
    backup INTEGER NOT NULL,
    about TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (org, grp),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX group_cards_by_owner ON group_cards (org, owner);
CREATE INDEX group_cards_by_backup ON group_cards (org, backup);

CREATE TABLE group_tags (
    org INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    tag TEXT NOT NULL,
    by_staff INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (org, grp, tag),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;

-- A list as somebody wants it again. staff 0: shared by all. place: 'groups', 'people'.
CREATE TABLE saved_views (
    org INTEGER NOT NULL REFERENCES organisations (id),
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    place TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

-- One bulk change can be taken back: what stood before, as JSON.
CREATE TABLE bulk_changes (
    org INTEGER NOT NULL REFERENCES organisations (id),
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    before TEXT NOT NULL,
    undone_at INTEGER,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;
