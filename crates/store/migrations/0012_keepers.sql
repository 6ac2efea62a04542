-- What keepers tell from their phones, and cards that go to them.

-- Who came to customer groups of late, over all groups.
CREATE INDEX wecom_members_by_joined ON wecom_members (org, joined_at);

-- What a keeper told of a group by one tap. mint: made by the page, so that two taps are one.
-- undone_at: taken back.
CREATE TABLE keeper_reports (
    org INTEGER NOT NULL,
    id INTEGER NOT NULL,
    grp INTEGER NOT NULL,
    kind TEXT NOT NULL,
    staff INTEGER NOT NULL,
    mint INTEGER NOT NULL,
    at INTEGER NOT NULL,
    undone_at INTEGER,
    PRIMARY KEY (org, id),
    UNIQUE (org, staff, mint, kind),
    FOREIGN KEY (org, staff) REFERENCES staff (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX keeper_reports_by_time ON keeper_reports (org, at);

-- Which of a company's people somebody of staff is. quiet_from, quiet_to: minutes of the day in
-- which no card goes out; the same twice for none. refused_at: the platform did not take a card.
CREATE TABLE wecom_seats (
    org INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    account INTEGER NOT NULL,
    userid TEXT NOT NULL,
    quiet_from INTEGER NOT NULL,
    quiet_to INTEGER NOT NULL,
    by_staff INTEGER NOT NULL,
    at INTEGER NOT NULL,
    refused_at INTEGER,
    refused TEXT NOT NULL,
    PRIMARY KEY (org, staff),
    UNIQUE (org, account, userid),
    FOREIGN KEY (org, staff) REFERENCES staff (org, id),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT, WITHOUT ROWID;

-- Cards to people's phones, written before they are sent. state: 0 waits, 1 is being sent, 2 sent,
-- 3 failed, 4 nobody knows. words: JSON. response: what changes the card once; empty for none.
CREATE TABLE wecom_cards (
    org INTEGER NOT NULL,
    id INTEGER NOT NULL,
    account INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    userid TEXT NOT NULL,
    words TEXT NOT NULL,
    state INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    response TEXT NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT;

CREATE INDEX wecom_cards_waiting ON wecom_cards (org, state, next_at);
CREATE INDEX wecom_cards_by_staff ON wecom_cards (org, staff, made_at);

-- What a card is about: a row of Today in one state, which goes to somebody once.
CREATE TABLE wecom_card_rows (
    org INTEGER NOT NULL,
    staff INTEGER NOT NULL,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    level INTEGER NOT NULL,
    card INTEGER NOT NULL,
    PRIMARY KEY (org, staff, source, key, level),
    FOREIGN KEY (org, card) REFERENCES wecom_cards (org, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX wecom_card_rows_by_card ON wecom_card_rows (org, card);
