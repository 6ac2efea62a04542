-- People over groups and platforms. A person is named by the number of one of its identities: the
-- one that the others were merged into; an identity without a row here is a person of its own.
CREATE TABLE merges (
    org INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    person INTEGER NOT NULL,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (org, identity),
    FOREIGN KEY (org, identity) REFERENCES identities (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX merges_by_person ON merges (org, person);

-- Tags that there are: folder is the group of tags (F07). quick: offered while talking (F08).
CREATE TABLE tags (
    org INTEGER NOT NULL REFERENCES organisations (id),
    id INTEGER NOT NULL,
    folder TEXT NOT NULL,
    name TEXT NOT NULL,
    quick INTEGER NOT NULL,
    days INTEGER,
    made_at INTEGER NOT NULL,
    gone_at INTEGER,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

-- Who has which tag: put by whom (0: the program), when, why, until when, taken off when.
CREATE TABLE person_tags (
    org INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    tag INTEGER NOT NULL,
    n INTEGER NOT NULL,
    by_staff INTEGER NOT NULL,
    source TEXT NOT NULL,
    why TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    until_at INTEGER,
    gone_at INTEGER,
    gone_by INTEGER,
    PRIMARY KEY (org, identity, tag, n),
    FOREIGN KEY (org, identity) REFERENCES identities (org, id),
    FOREIGN KEY (org, tag) REFERENCES tags (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_tags_by_tag ON person_tags (org, tag, identity);

-- keeper: who looks after a note since its author left; 0 while that is the author.
CREATE TABLE notes (
    org INTEGER NOT NULL,
    id INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    grp INTEGER,
    staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    gone_at INTEGER,
    keeper INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, identity) REFERENCES identities (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX notes_by_identity ON notes (org, identity, at);
CREATE INDEX notes_by_staff ON notes (org, staff, at);

-- What is known of a person, each time with where it is from (D19): source is 'self', 'staff',
-- 'import', 'platform'. The latest of a name counts; earlier ones stay.
CREATE TABLE attributes (
    org INTEGER NOT NULL,
    id INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    by_staff INTEGER NOT NULL,
    grp INTEGER,
    about INTEGER,
    at INTEGER NOT NULL,
    gone_at INTEGER,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, identity) REFERENCES identities (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX attributes_by_identity ON attributes (org, identity, name);

-- Which group counts as the main one of a person, where staff have said so.
CREATE TABLE main_groups (
    org INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (org, identity),
    FOREIGN KEY (org, identity) REFERENCES identities (org, id)
) STRICT, WITHOUT ROWID;

-- Who is not to come in anywhere. lifted_at: the ban was taken back.
CREATE TABLE blacklist (
    org INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    n INTEGER NOT NULL,
    reason TEXT NOT NULL,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    appeal TEXT NOT NULL,
    appeal_at INTEGER,
    lifted_at INTEGER,
    lifted_by INTEGER,
    lifted_why TEXT NOT NULL,
    PRIMARY KEY (org, identity, n),
    FOREIGN KEY (org, identity) REFERENCES identities (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX blacklist_by_lifting ON blacklist (org, lifted_at, identity);

-- Pages and lists of people ask for the stays of one identity, for who came lately, for keepers.
CREATE INDEX members_by_identity ON members (org, identity, grp, left_at);
CREATE INDEX members_by_joining ON members (org, joined_at, identity);
CREATE INDEX members_by_class ON members (org, class, identity) WHERE class > 0;
CREATE INDEX stays_by_identity ON stays (org, identity, grp, left_at);
CREATE INDEX stays_by_joining ON stays (org, joined_at, identity);
CREATE INDEX identities_by_class ON identities (org, class, id) WHERE class > 0;
