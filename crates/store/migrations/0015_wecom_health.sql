-- How the connection to a company on WeCom is: what letters were about, how many came, what none of them
-- told; the platform's own figures of staff; the names of its tags.

-- People that a customer group of the company holds; NULL: the platform's usual number.
ALTER TABLE wecom_accounts ADD COLUMN group_max INTEGER;

-- kind: event, change and detail as the platform names them; empty in letters from before. why: nothing was
-- done about it, for this reason; empty where something was.
ALTER TABLE wecom_letters ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE wecom_letters ADD COLUMN why TEXT NOT NULL DEFAULT '';

-- Callbacks counted by day (UTC+8) and what became of them.
CREATE TABLE wecom_post (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    day INTEGER NOT NULL,
    fate TEXT NOT NULL,
    letters INTEGER NOT NULL,
    PRIMARY KEY (org, account, day, fate),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT, WITHOUT ROWID;

-- What a reading of a group found that no letter had told. letters: those that are known to be missing.
-- mark: of what was known before, so that two who find the same note it once.
CREATE TABLE wecom_misses (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    chat TEXT NOT NULL,
    how TEXT NOT NULL,
    letters INTEGER NOT NULL,
    came INTEGER NOT NULL,
    went INTEGER NOT NULL,
    others INTEGER NOT NULL,
    mark INTEGER NOT NULL,
    PRIMARY KEY (org, account, id),
    UNIQUE (org, account, mark),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT, WITHOUT ROWID;

-- The platform's own figures of a member of staff on a day. replied: hundredths of a percent; NULL: not told.
CREATE TABLE wecom_staff_days (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    userid TEXT NOT NULL,
    day INTEGER NOT NULL,
    chats INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    replied INTEGER,
    reply_min INTEGER,
    dropped INTEGER NOT NULL,
    applied INTEGER NOT NULL,
    added INTEGER NOT NULL,
    PRIMARY KEY (org, account, userid, day),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX wecom_staff_days_by_day ON wecom_staff_days (org, account, day);

-- Tags of the company (企业标签). gone_at: the library does not name it any more.
CREATE TABLE wecom_tags (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    tag TEXT NOT NULL,
    name TEXT NOT NULL,
    tag_group TEXT NOT NULL,
    group_name TEXT NOT NULL,
    place INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    gone_at INTEGER,
    PRIMARY KEY (org, account, tag),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT, WITHOUT ROWID;
