//! What can go wrong between the program and its database, each with what to do about it.
//!
//! Invariant: no message holds a password; places are printed as [`crate::Store::place`] does.

use domain::{GroupId, ImportId, OrgId};

/// The database failed or refused. The sources of the error are kept in the chain.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The URL names no database that this program knows.
    #[error("{place:?} is not a database that huoqun knows")]
    Url {
        /// What was given, without secrets.
        place: String,
    },
    /// The database cannot be opened or reached.
    #[error("cannot open the database {place}")]
    Connect {
        /// Where, without secrets.
        place: String,
        /// What the driver said.
        #[source]
        source: Cause,
    },
    /// The connection broke in the middle.
    #[error("the connection to the database was lost")]
    Lost {
        /// What the driver said.
        #[source]
        source: Cause,
    },
    /// Another program writes and did not finish in time.
    #[error("the database is busy: another program is writing to it")]
    Busy {
        /// What the driver said.
        #[source]
        source: Cause,
    },
    /// Another import or undo runs on this database.
    #[error("another import is running on this database")]
    ImportRunning,
    /// No room is left where the database lives.
    #[error("the disk of the database is full")]
    Full {
        /// What the driver said.
        #[source]
        source: Cause,
    },
    /// The database may be read but not written.
    #[error("the database cannot be written")]
    ReadOnly {
        /// What the driver said.
        #[source]
        source: Cause,
    },
    /// Written by a newer program.
    #[error("the database has version {found}; this program knows versions up to {known}")]
    Newer {
        /// Version of the database.
        found: i64,
        /// Newest version that this program knows.
        known: i64,
    },
    /// The file holds something else.
    #[error("{place} is not a database")]
    NotDatabase {
        /// Which file.
        place: String,
        /// What the driver said.
        #[source]
        source: Cause,
    },
    /// What is stored cannot be read.
    #[error("the database is damaged: {what}")]
    Damaged {
        /// What was found.
        what: String,
    },
    /// A rule of the schema was broken.
    #[error("the database refused a row that breaks its rules")]
    Constraint {
        /// What the driver said.
        #[source]
        source: Cause,
    },
    /// No such organisation, group or import.
    #[error("there is no {what} {id} in this database")]
    Missing {
        /// Kind of thing.
        what: &'static str,
        /// Its number.
        id: i64,
    },
    /// Only an import that is whole can be undone.
    #[error("import {} is not whole, so it cannot be undone", .import.0)]
    NotWhole {
        /// Which.
        import: ImportId,
    },
    /// The group changed after it was read: read it again.
    #[error("group {} changed in the meantime", .group.0)]
    Stale {
        /// Which.
        group: GroupId,
    },
    /// Another process holds the live group now, or the group is gone.
    #[error("group {} is held by another process", .group.0)]
    FenceLost {
        /// Which.
        group: GroupId,
    },
    /// The timer has fired already, was changed or taken away.
    #[error("timer {name:?} of group {} is no longer set for that moment", .group.0)]
    TimerFired {
        /// In which group.
        group: GroupId,
        /// Its name.
        name: String,
    },
    /// The first organisation is never removed as a whole.
    #[error("organisation {} is not one that can be wiped", .org.0)]
    KeptOrganisation {
        /// Which.
        org: OrgId,
    },
    /// A file beside the database cannot be read or written.
    #[error("cannot read or write {place}")]
    File {
        /// Which file.
        place: String,
        /// What the system said.
        #[source]
        source: Cause,
    },
    /// A backup would replace a file that is something else.
    #[error("{place} is there already, and is not a backup of huoqun")]
    InTheWay {
        /// Which file.
        place: String,
    },
    /// The file holds something else.
    #[error("{place} is not a backup of huoqun")]
    NotBackup {
        /// Which file.
        place: String,
    },
    /// The backup is not as it was written.
    #[error("the backup {place} is damaged: {what}")]
    BackupDamaged {
        /// Which file.
        place: String,
        /// What was found.
        what: String,
    },
    /// Written by a newer program.
    #[error("the backup {place} was made by a newer huoqun")]
    BackupNewer {
        /// Which file.
        place: String,
    },
    /// Only an empty database can take a backup.
    #[error("{place} is not empty")]
    NotEmpty {
        /// Which database.
        place: String,
    },
    /// Anything else.
    #[error("the database answered with an error")]
    Other {
        /// What the driver said.
        #[source]
        source: Cause,
    },
}

/// What a driver or the system said.
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

impl Fault {
    /// The stable code, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Url { .. } => "database_url",
            Self::Connect { .. } => "database_unreachable",
            Self::Lost { .. } => "database_lost",
            Self::Busy { .. } => "database_busy",
            Self::ImportRunning => "import_running",
            Self::Full { .. } => "disk_full",
            Self::ReadOnly { .. } => "database_read_only",
            Self::Newer { .. } => "database_newer",
            Self::NotDatabase { .. } => "not_a_database",
            Self::Damaged { .. } => "database_damaged",
            Self::Constraint { .. } => "database_constraint",
            Self::Missing { .. } => "not_in_database",
            Self::NotWhole { .. } => "import_not_whole",
            Self::Stale { .. } => "group_changed",
            Self::FenceLost { .. } => "group_held_elsewhere",
            Self::TimerFired { .. } => "timer_fired",
            Self::KeptOrganisation { .. } => "organisation_kept",
            Self::File { .. } => "file",
            Self::InTheWay { .. } => "file_in_the_way",
            Self::NotBackup { .. } => "not_a_backup",
            Self::BackupDamaged { .. } => "backup_damaged",
            Self::BackupNewer { .. } => "backup_newer",
            Self::NotEmpty { .. } => "database_not_empty",
            Self::Other { .. } => "database_error",
        }
    }

    /// Whether the database is out of reach or takes nothing, whatever is asked of it: it will be
    /// so for the next one, too, until somebody mends it or it mends itself.
    pub fn is_outage(&self) -> bool {
        matches!(
            self,
            Self::Connect { .. }
                | Self::Lost { .. }
                | Self::Busy { .. }
                | Self::Full { .. }
                | Self::ReadOnly { .. }
        )
    }

    /// The fault with its causes, for whoever runs the program.
    pub fn words(&self) -> String {
        let mut words = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(one) = cause {
            words = format!("{words}: {one}");
            cause = one.source();
        }
        words
    }

    /// What the person at the keyboard can do about it, as one sentence.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Url { .. } => "Give a file path, sqlite:PATH or postgres://USER@HOST/DATABASE.",
            Self::Connect { .. } => {
                "Check that the folder or the server exists, that it is running and that you may \
                 use it."
            }
            Self::Lost { .. } => "Check that the database server is running, then run it again.",
            Self::Busy { .. } => "Wait until the other program has finished, then run it again.",
            Self::ImportRunning => "Wait until it has finished, then run the command again.",
            Self::Full { .. } => "Free some room on that disk, then run the command again.",
            Self::ReadOnly { .. } => {
                "Give this user the right to write the database file and its folder."
            }
            Self::Newer { .. } => "Update huoqun; older programs never touch a newer database.",
            Self::NotDatabase { .. } => {
                "Give the path of a database that huoqun made, or of a new file."
            }
            Self::Damaged { .. } => "Restore the database from a backup.",
            Self::Missing { .. } => "Look up the number in the list of imports or groups.",
            Self::NotWhole { .. } => "It is running, was abandoned, or was undone already.",
            Self::Stale { .. } | Self::TimerFired { .. } => "Run the command again.",
            Self::FenceLost { .. } => {
                "Run one huoqun on a database, or give each process a name of its own."
            }
            Self::KeptOrganisation { .. } => "Wipe only what was made for a demonstration.",
            Self::File { .. } => {
                "Check that the file and its folder exist, that you may use them and that there \
                 is room."
            }
            Self::InTheWay { .. } => "Give another name for the backup; nothing was changed.",
            Self::NotBackup { .. } => "Give the file that `huoqun backup` wrote.",
            Self::BackupDamaged { .. } => {
                "Copy it again from where it was kept, or take an older backup; nothing was \
                 changed."
            }
            Self::BackupNewer { .. } => "Update huoqun, then restore it; nothing was changed.",
            Self::NotEmpty { .. } => "Give a new file or an empty database; nothing was changed.",
            Self::Constraint { .. } | Self::Other { .. } => {
                "Run it again; if it stays, report it with the text of this error."
            }
        }
    }
}

/// The shorthand of this crate.
pub(crate) type Result<T> = std::result::Result<T, Fault>;
