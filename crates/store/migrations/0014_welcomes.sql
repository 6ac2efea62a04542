-- Welcomes on WeCom (欢迎语): what is written for newcomers, what went out, and the library of groups.

-- A code for one welcome, as a callback brought it. state: 0 waits, 1 taken and not answered yet, 2
-- sent, 3 refused, 4 unknown whether it was sent, 5 too late to be sent, 6 nothing is written for
-- them. Who takes it writes that before the platform is called. said: what came of it, in words of
-- the program: JSON.
CREATE TABLE wecom_welcomes (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    code TEXT NOT NULL,
    staff TEXT NOT NULL,
    customer TEXT NOT NULL,
    channel TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    state INTEGER NOT NULL,
    taken_at INTEGER,
    ended_at INTEGER,
    wording INTEGER,
    said TEXT NOT NULL,
    PRIMARY KEY (org, account, code),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX wecom_welcomes_open ON wecom_welcomes (org, account, added_at) WHERE state < 2;
CREATE INDEX wecom_welcomes_by_time ON wecom_welcomes (org, account, added_at);

-- What newcomers read, in the order in which it is looked through. body: for whom, and what: JSON.
CREATE TABLE wecom_wordings (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    id INTEGER NOT NULL,
    ord INTEGER NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    gone_at INTEGER,
    PRIMARY KEY (org, account, id),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT;

-- Pictures, films and files for messages. hash: of kind and bytes, so that the same stands once.
-- media_id: the platform's, since media_at, for 3 days; url: its address for good, of pictures.
CREATE TABLE wecom_media (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    form TEXT NOT NULL,
    hash INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    media_id TEXT NOT NULL,
    media_at INTEGER,
    url TEXT NOT NULL,
    failure TEXT NOT NULL,
    tried_at INTEGER,
    PRIMARY KEY (org, account, id),
    UNIQUE (org, account, hash),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT;

-- Welcomes of groups (入群欢迎语素材): as wanted, and what of it the platform has. there: what it has
-- was made of this text, empty for nothing. gone_at: it is to be taken away there, too.
CREATE TABLE wecom_group_welcomes (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    template TEXT NOT NULL,
    there TEXT NOT NULL,
    failure TEXT NOT NULL,
    tries INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    gone_at INTEGER,
    PRIMARY KEY (org, account, id),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT;
