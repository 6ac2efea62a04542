-- Staff of an organisation, how they come in, and what they did.

-- state: 0 active, 1 locked out. sees_all: 1 all groups, 0 those of staff_groups and those that
-- the person keeps. password is a PHC string of argon2id; '' while none is set.
CREATE TABLE staff (
    org INTEGER NOT NULL REFERENCES organisations (id),
    id INTEGER NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    role TEXT NOT NULL,
    sees_all INTEGER NOT NULL,
    state INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (org, id),
    UNIQUE (org, login)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_groups (
    org INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    PRIMARY KEY (org, staff, grp),
    FOREIGN KEY (org, staff) REFERENCES staff (org, id),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT, WITHOUT ROWID;

-- A session is known by the SHA-256 of its token only.
CREATE TABLE sessions (
    token BLOB PRIMARY KEY NOT NULL,
    org INTEGER NOT NULL,
    id INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    agent TEXT NOT NULL,
    address TEXT NOT NULL,
    FOREIGN KEY (org, staff) REFERENCES staff (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_staff ON sessions (org, staff);

-- Links that make somebody staff once: the first owner, invitations, a new password.
-- kind: 'owner', 'invitation', 'password', 'demo' (works again and again). about: JSON of what is given.
CREATE TABLE invitations (
    token BLOB PRIMARY KEY NOT NULL,
    org INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    made_by INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    used_at INTEGER,
    used_by INTEGER,
    FOREIGN KEY (org) REFERENCES organisations (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX invitations_by_org ON invitations (org, made_at);

-- Every act of staff. staff 0: the program itself. about: JSON, codes and numbers, never secrets.
CREATE TABLE audit (
    org INTEGER NOT NULL REFERENCES organisations (id),
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    act TEXT NOT NULL,
    grp INTEGER,
    person INTEGER,
    about TEXT NOT NULL,
    PRIMARY KEY (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_by_staff ON audit (org, staff, id);
CREATE INDEX audit_by_act ON audit (org, act, id);
