//! The tables of the newest schema: the one list that counting, backing up and restoring share.
//!
//! Invariant: it names every table and column that the migrations make, but the list of
//! migrations itself (`schema_versions`); a test compares it with both databases. Tables stand
//! after those that their foreign keys name.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of 64 bits.
    Int,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns; those of the primary key stand first and are the order of a backup.
    pub columns: &'static [(&'static str, Kind)],
    /// How many columns the primary key has.
    pub key: usize,
    /// The statement that counts its rows.
    pub(crate) count: &'static str,
    /// The statement that takes the rows of an organisation away, where the table has such rows.
    pub(crate) wipe: &'static str,
}

/// `table!("name", columns of the key; other columns)`.
macro_rules! table {
    ($name:literal, $($kkind:ident $key:literal),+; $($kind:ident $column:literal),*) => {
        Table {
            name: $name,
            columns: &[$(($key, Kind::$kkind),)+ $(($column, Kind::$kind)),*],
            key: [$($key),+].len(),
            count: concat!("SELECT COUNT(*) FROM ", $name),
            wipe: concat!("DELETE FROM ", $name, " WHERE org = $1"),
        }
    };
}

/// All of them.
pub const TABLES: &[Table] = &[
    table!("organisations", Int "id"; Text "name", Int "next_import", Int "next_group",
        Int "next_identity", Int "demo"),
    table!("imports", Int "org", Int "id"; Int "state", Text "format", Text "exporter",
        Text "files", Text "zone", Int "started_at", Int "finished_at", Text "counts"),
    table!("groups", Int "org", Int "id"; Text "platform", Text "key", Text "name", Text "zone",
        Int "founded_at", Int "evidence", Int "next_seq", Int "revision"),
    table!("identities", Int "org", Int "id"; Text "platform", Text "key", Text "name",
        Int "class", Int "live"),
    table!("import_groups", Int "org", Int "import_id", Int "grp"; Text "name", Text "zone",
        Int "founded_at", Int "evidence"),
    table!("import_identities", Int "org", Int "import_id", Int "identity"; Text "name",
        Int "class"),
    table!("streams", Int "org", Int "grp", Int "stream"; Text "exporter", Text "zone"),
    table!("facts", Int "org", Int "grp", Int "seq"; Int "at", Int "stream", Int "src",
        Int "part", Bytes "body"),
    table!("spans", Int "org", Int "grp", Int "first_seq"; Int "last_seq", Int "import_id",
        Int "from_at", Int "to_at"),
    table!("words", Int "org", Int "grp", Int "seq"; Text "text"),
    table!("stays", Int "org", Int "grp", Int "identity", Int "n"; Int "joined_at", Int "how",
        Int "brought_by", Int "left_at", Int "left_how"),
    table!("pages", Int "org", Int "grp", Int "day"; Int "settings_version", Int "through_seq",
        Bytes "page"),
    table!("secrets", Text "name"; Bytes "bytes"),
    table!("nodes", Text "name"; Int "lease_until"),
    table!("heads", Int "org", Int "grp"; Int "fence", Text "holder", Int "state_version",
        Bytes "state"),
    table!("members", Int "org", Int "grp", Int "identity", Int "n"; Text "name", Int "class",
        Int "joined_at", Int "left_at", Text "via", Int "rules", Int "muted_until",
        Int "has_spoken"),
    table!("links", Text "code"; Int "org", Int "grp", Text "via", Int "made_at"),
    table!("timers", Int "org", Int "grp", Text "name"; Int "due_at", Text "rule",
        Text "missed"),
    table!("outbox", Int "org", Int "grp", Int "seq", Int "n"; Text "platform", Text "kind",
        Text "action", Int "state", Int "tries", Int "next_at", Int "changed_at",
        Text "result"),
    table!("tasks", Int "org", Int "grp", Text "name"; Text "kind", Int "about", Int "who",
        Int "since", Int "state", Int "changed_at"),
    table!("intake", Int "id"; Int "org", Int "grp", Int "key", Int "part", Text "event",
        Int "received_at", Int "state", Int "tries", Text "failure"),
    table!("counters", Text "name"; Int "next"),
    table!("staff", Int "org", Int "id"; Text "login", Text "name", Text "password", Text "role",
        Int "sees_all", Int "state", Int "made_at", Int "changed_at"),
    table!("staff_groups", Int "org", Int "staff", Int "grp"; ),
    table!("sessions", Bytes "token"; Int "org", Int "id", Int "staff", Int "made_at",
        Int "seen_at", Int "until_at", Text "agent", Text "address"),
    table!("invitations", Bytes "token"; Int "org", Int "id", Text "kind", Text "about",
        Int "made_by", Int "made_at", Int "until_at", Int "used_at", Int "used_by"),
    table!("audit", Int "org", Int "id"; Int "at", Int "staff", Text "act", Int "grp",
        Int "person", Text "about"),
    table!("group_cards", Int "org", Int "grp"; Text "kind", Int "owner", Int "backup",
        Text "about", Int "changed_at"),
    table!("group_tags", Int "org", Int "grp", Text "tag"; Int "by_staff", Int "made_at"),
    table!("saved_views", Int "org", Int "id"; Int "staff", Text "place", Text "name",
        Text "query", Int "made_at"),
    table!("bulk_changes", Int "org", Int "id"; Int "at", Int "staff", Text "before",
        Int "undone_at"),
    table!("merges", Int "org", Int "identity"; Int "person", Int "by_staff", Int "at",
        Text "why"),
    table!("tags", Int "org", Int "id"; Text "folder", Text "name", Int "quick", Int "days",
        Int "made_at", Int "gone_at"),
    table!("person_tags", Int "org", Int "identity", Int "tag", Int "n"; Int "by_staff",
        Text "source", Text "why", Int "made_at", Int "until_at", Int "gone_at", Int "gone_by"),
    table!("notes", Int "org", Int "id"; Int "identity", Int "grp", Int "staff", Int "at",
        Text "text", Int "gone_at", Int "keeper"),
    table!("attributes", Int "org", Int "id"; Int "identity", Text "name", Text "value",
        Text "source", Int "by_staff", Int "grp", Int "about", Int "at", Int "gone_at"),
    table!("main_groups", Int "org", Int "identity"; Int "grp", Int "by_staff", Int "at"),
    table!("blacklist", Int "org", Int "identity", Int "n"; Text "reason", Int "by_staff",
        Int "at", Text "appeal", Int "appeal_at", Int "lifted_at", Int "lifted_by",
        Text "lifted_why"),
    table!("org_days", Int "org", Int "day"; Int "version", Int "made_at", Bytes "body"),
    table!("org_months", Int "org", Int "day"; Int "version", Int "made_at", Bytes "body"),
    table!("standings", Int "org", Int "grp"; Int "version", Int "made_at", Bytes "body"),
    table!("tier_stale", Int "org", Int "day", Int "grp"; Int "n"),
    table!("settings", Int "org", Text "name", Int "n"; Int "from_at", Text "value",
        Int "by_staff", Int "at"),
    table!("put_offs", Int "org", Text "source", Text "key"; Int "level", Int "by_staff",
        Int "at", Int "until_at"),
    table!("import_jobs", Int "org", Int "id"; Int "staff", Int "at", Int "state",
        Text "request", Text "progress", Int "import_id", Int "changed_at"),
    table!("wecom_accounts", Int "org", Int "id"; Text "corp", Int "agent", Bytes "sealed",
        Text "api", Text "hook", Int "made_at", Int "changed_at", Int "gone_at"),
    table!("wecom_pulls", Int "org", Int "account", Text "step"; Text "cursor", Int "done",
        Int "total", Int "began_at", Int "moved_at", Int "ended_at", Text "failure"),
    table!("wecom_staff", Int "org", Int "account", Text "userid"; Text "name",
        Text "departments", Int "state", Int "follows", Int "read_at", Int "missing_at"),
    table!("wecom_groups", Int "org", Int "account", Text "chat"; Int "grp", Int "status",
        Text "owner", Text "admins", Text "name", Text "notice", Int "made_at", Text "version",
        Int "members", Int "outsiders", Int "nameless", Int "listed_at", Int "tried_at",
        Int "read_at", Int "missing_at", Text "failure"),
    table!("wecom_members", Int "org", Int "account", Text "chat", Text "userid"; Int "identity",
        Int "class", Int "joined_at", Int "scene", Text "state", Text "inviter", Text "name",
        Text "nickname", Text "union_id", Int "read_at", Int "gone_at"),
    table!("wecom_contacts", Int "org", Int "account", Text "staff", Text "customer";
        Int "identity", Int "added_at", Text "state", Int "way", Text "remark", Text "tags",
        Int "half", Int "gone_at", Text "gone_how", Int "read_at"),
    table!("wecom_letters", Int "org", Int "account", Int "id"; Int "hash", Int "received_at",
        Text "chat", Text "text", Int "done_at"),
    table!("wecom_calls", Int "org", Int "account", Int "id"; Int "at", Text "call",
        Int "took_ms", Int "code", Text "words", Int "size"),
    table!("wecom_days", Int "org", Int "account", Text "owner", Int "day"; Int "new_chats",
        Int "chats", Int "chats_with_messages", Int "new_members", Int "members",
        Int "members_with_messages", Int "messages"),
    table!("wecom_handovers", Int "org", Int "account", Int "id"; Text "giver",
        Int "left_company", Text "words", Text "spare", Int "a_day", Int "staff", Int "made_at",
        Int "next_at", Int "looked_at", Int "cancelled_at", Int "ended_at", Text "trouble"),
    table!("wecom_handed", Int "org", Int "account", Int "handover", Int "kind", Text "held";
        Text "name", Text "taker", Int "state", Int "code", Int "due_at", Int "asked_at",
        Int "until_at", Int "tries", Int "changed_at"),
    table!("keeper_reports", Int "org", Int "id"; Int "grp", Text "kind", Int "staff",
        Int "mint", Int "at", Int "undone_at"),
    table!("wecom_seats", Int "org", Int "staff"; Int "account", Text "userid", Int "quiet_from",
        Int "quiet_to", Int "by_staff", Int "at", Int "refused_at", Text "refused"),
    table!("wecom_cards", Int "org", Int "id"; Int "account", Int "staff", Text "userid",
        Text "words", Int "state", Int "tries", Int "next_at", Int "made_at", Int "changed_at",
        Text "response", Text "result"),
    table!("wecom_card_rows", Int "org", Int "staff", Text "source", Text "key", Int "level";
        Int "card"),
    table!("link_codes", Int "org", Int "id"; Text "kind", Text "name", Int "company",
        Text "body", Int "made_at", Int "changed_at", Int "closed_at"),
    table!("link_placements", Int "org", Int "id"; Int "code", Text "slug", Text "name",
        Text "partner", Text "source", Int "made_at", Int "closed_at"),
    table!("link_spends", Int "org", Int "placement", Int "day"; Int "cents"),
    table!("link_ways", Int "org", Int "placement", Int "code", Text "userid"; Text "config",
        Text "picture", Text "told", Text "failure", Int "next_at", Int "changed_at"),
    table!("link_scans", Int "org", Int "placement", Int "at", Int "n"; Text "target",
        Int "device", Int "again"),
    table!("link_domains", Int "org", Text "host"; Int "made_at", Int "asked_at",
        Int "since_at", Text "word"),
    table!("link_checks", Int "org", Int "grp"; Int "code", Text "wanted", Text "done",
        Int "made_at", Int "ended_at"),
    table!("wecom_welcomes", Int "org", Int "account", Text "code"; Text "staff",
        Text "customer", Text "channel", Int "added_at", Int "state", Int "taken_at",
        Int "ended_at", Int "wording", Text "said"),
    table!("wecom_wordings", Int "org", Int "account", Int "id"; Int "ord", Text "name",
        Text "body", Int "changed_at", Int "gone_at"),
    table!("wecom_media", Int "org", Int "account", Int "id"; Text "kind", Text "name",
        Text "form", Int "hash", Bytes "bytes", Int "made_at", Text "media_id", Int "media_at",
        Text "url", Text "failure", Int "tried_at"),
    table!("wecom_group_welcomes", Int "org", Int "account", Int "id"; Text "name", Text "body",
        Text "template", Text "there", Text "failure", Int "tries", Int "next_at",
        Int "changed_at", Int "gone_at"),
];
