-- Hand-overs of what members of a company hold on WeCom (在职继承, 离职继承).

-- One hand-over. left_company: whether who hands over has left. words: to the customers; spare: who
-- takes what another is too full for; empty: nobody. next_at: there is something to do then; NULL:
-- it ended. trouble: why it stands still, as of pulls; empty while it does not.
CREATE TABLE wecom_handovers (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    id INTEGER NOT NULL,
    giver TEXT NOT NULL,
    left_company INTEGER NOT NULL,
    words TEXT NOT NULL,
    spare TEXT NOT NULL,
    a_day INTEGER,
    staff INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    next_at INTEGER,
    looked_at INTEGER,
    cancelled_at INTEGER,
    ended_at INTEGER,
    trouble TEXT NOT NULL,
    PRIMARY KEY (org, account, id),
    FOREIGN KEY (org, account) REFERENCES wecom_accounts (org, id)
) STRICT, WITHOUT ROWID;

-- What somebody holds is handed over once at a time.
CREATE UNIQUE INDEX wecom_handovers_open ON wecom_handovers (org, account, giver)
    WHERE ended_at IS NULL;

-- What is handed over. kind: 0 a customer, 1 a group. state: 0 planned, 1 asked, 2 waiting, 3 done,
-- 4 refused, 5 full, 6 failed, 7 cancelled. until_at: it changes hands then. code: the platform's, of
-- what failed; NULL: nobody knows.
CREATE TABLE wecom_handed (
    org INTEGER NOT NULL,
    account INTEGER NOT NULL,
    handover INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    held TEXT NOT NULL,
    name TEXT NOT NULL,
    taker TEXT NOT NULL,
    state INTEGER NOT NULL,
    code INTEGER,
    due_at INTEGER NOT NULL,
    asked_at INTEGER,
    until_at INTEGER,
    tries INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (org, account, handover, kind, held),
    FOREIGN KEY (org, account, handover) REFERENCES wecom_handovers (org, account, id)
) STRICT, WITHOUT ROWID;

-- What was handed over before, and what is told of a thing on its way.
CREATE INDEX wecom_handed_by_held ON wecom_handed (org, account, kind, held);
