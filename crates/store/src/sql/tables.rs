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
];
