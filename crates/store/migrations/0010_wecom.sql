-- What is known of companies on WeCom (企业微信): as the platform told it, beside what is ours.
-- Nothing here is deleted but old lines of the connection log; what is gone is marked with when.

-- A connected company. sealed: secret, callback token and key, proxy, encrypted by the program. api:
-- address of the interface; empty for the usual one. hook: the word in the callback's address.
CREATE TABLE wecom_accounts (
    org INTEGER NOT NULL REFERENCES organisations (id),
    id INTEGER NOT NULL,
    corp TEXT NOT NULL,
    agent INTEGER,
    sealed BLOB NOT NULL,
    api TEXT NOT NULL,
    hook TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    gone_at INTEGER,
    PRIMARY KEY (org, id),
    UNIQUE (org, corp)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX wecom_accounts_by_hook ON wecom_accounts (hook);

-- How far the latest pull of each step is. ended_at: it is through; failure: it stands still.
CREATE TABLE wecom_pulls (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    step TEXT NOT NULL,
    cursor TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER,
    began_at INTEGER NOT NULL,
    moved_at INTEGER NOT NULL,
    ended_at INTEGER,
    failure TEXT NOT NULL,
    PRIMARY KEY (org, account, step),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT, WITHOUT ROWID;

-- The company's own people. NULL: not told yet. follows: has the customer-contact function.
CREATE TABLE wecom_staff (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    userid TEXT NOT NULL,
    name TEXT,
    departments TEXT,
    state INTEGER,
    follows INTEGER,
    read_at INTEGER NOT NULL,
    missing_at INTEGER,
    PRIMARY KEY (org, account, userid),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT, WITHOUT ROWID;

-- Customer groups. listed_at: a list named it last; tried_at: its details were asked for last;
-- read_at: they were told last; NULL: never. A table with rowids: notices are long.
CREATE TABLE wecom_groups (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    chat TEXT NOT NULL,
    grp INTEGER,
    status INTEGER NOT NULL,
    owner TEXT NOT NULL,
    admins TEXT NOT NULL,
    name TEXT NOT NULL,
    notice TEXT NOT NULL,
    made_at INTEGER,
    version TEXT NOT NULL,
    members INTEGER,
    outsiders INTEGER,
    nameless INTEGER,
    listed_at INTEGER NOT NULL,
    tried_at INTEGER,
    read_at INTEGER,
    missing_at INTEGER,
    failure TEXT NOT NULL,
    PRIMARY KEY (org, account, chat),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id),
    FOREIGN KEY (org, grp) REFERENCES groups (org, id)
) STRICT;

-- One chat for one of our groups.
CREATE UNIQUE INDEX wecom_groups_by_group ON wecom_groups (org, grp);

-- Who is in a customer group, as it was read last. class: 1 the company's own, 2 from outside. scene:
-- 1 invited, 2 by an invitation link, 3 by a code. gone_at: they were no longer in.
CREATE TABLE wecom_members (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    chat TEXT NOT NULL,
    userid TEXT NOT NULL,
    identity INTEGER NOT NULL,
    class INTEGER NOT NULL,
    joined_at INTEGER NOT NULL,
    scene INTEGER NOT NULL,
    state TEXT NOT NULL,
    inviter TEXT NOT NULL,
    name TEXT NOT NULL,
    nickname TEXT NOT NULL,
    union_id TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    gone_at INTEGER,
    PRIMARY KEY (org, account, chat, userid),
    FOREIGN KEY (org, account, chat) REFERENCES wecom_groups (org, account, chat),
    FOREIGN KEY (org, identity) REFERENCES identities (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX wecom_members_by_identity ON wecom_members (org, identity);

-- Which customer was added by which member of the company. half: only one side has agreed.
CREATE TABLE wecom_contacts (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    staff TEXT NOT NULL,
    customer TEXT NOT NULL,
    identity INTEGER,
    added_at INTEGER,
    state TEXT NOT NULL,
    way INTEGER,
    remark TEXT NOT NULL,
    tags TEXT NOT NULL,
    half INTEGER,
    gone_at INTEGER,
    gone_how TEXT NOT NULL,
    read_at INTEGER NOT NULL,
    PRIMARY KEY (org, account, staff, customer),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id),
    FOREIGN KEY (org, identity) REFERENCES identities (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX wecom_contacts_by_identity ON wecom_contacts (org, identity);

-- What the platform told of itself (回调), opened, kept before it is answered. hash: of the text, so that
-- what is told twice stands once. chat: the group that it is about; empty for others. done_at: nothing
-- is left to do about it. A table with rowids: its rows are long.
CREATE TABLE wecom_letters (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    id INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    chat TEXT NOT NULL,
    text TEXT NOT NULL,
    done_at INTEGER,
    PRIMARY KEY (org, account, id),
    UNIQUE (org, account, hash),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT;

CREATE INDEX wecom_letters_by_chat ON wecom_letters (org, account, chat, id);
CREATE INDEX wecom_letters_waiting ON wecom_letters (org, account, id) WHERE done_at IS NULL;

-- The connection log: calls of the interface, the latest of each company. code NULL: no answer.
CREATE TABLE wecom_calls (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    call TEXT NOT NULL,
    took_ms INTEGER NOT NULL,
    code INTEGER,
    words TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (org, account, id),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT, WITHOUT ROWID;

-- The platform's own figures of an owner's groups on a day.
CREATE TABLE wecom_days (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    owner TEXT NOT NULL,
    day INTEGER NOT NULL,
    new_chats INTEGER NOT NULL,
    chats INTEGER NOT NULL,
    chats_with_messages INTEGER NOT NULL,
    new_members INTEGER NOT NULL,
    members INTEGER NOT NULL,
    members_with_messages INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    PRIMARY KEY (org, account, owner, day),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX wecom_days_by_day ON wecom_days (org, account, day);
