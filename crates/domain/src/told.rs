//! What a source tells: the stream that an importer (or a live platform) hands to the application.
//!
//! An importer announces groups and people as it meets them and tells what happened, in the order
//! of the file. It keeps nothing in memory beyond that. It does not know of numbers in the log,
//! of feature words, or of databases.

use crate::actor::ActorClass;
use crate::evidence::Evidence;
use crate::fact::{JoinManner, LeaveManner, ServiceKind};
use crate::feature::Media;
use crate::time::Millis;
use crate::warning::{Place, Warning};

/// Handle of a group within one import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupRef(pub u32);

/// Handle of a person (one platform account) within one import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonRef(pub u32);

/// A group as its source describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCard {
    /// Platform word, such as `slack` or `whatsapp`; also the scope of people's keys.
    pub platform: &'static str,
    /// The platform's own id of the group, or its name where there is none. Unique in a platform.
    pub key: String,
    /// Name to show.
    pub name: String,
    /// What this source can show about the group.
    pub evidence: Evidence,
    /// When the group was founded, if the source shows its joins and leaves from that moment on:
    /// then members can be counted from them. Announce the group again when it is read later.
    pub founded: Option<Millis>,
}

/// A person as the source describes it. Announcing the same key again updates name and class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonCard<'a> {
    /// Platform word; people of different platforms are different identities.
    pub platform: &'static str,
    /// Id on the platform, or the label where the export has no ids.
    pub key: &'a str,
    /// Name to show.
    pub name: &'a str,
    /// Other names under which an `@` may call this person (user name, label without marks).
    pub called: &'a [&'a str],
    /// Role by a mark in the export (`is_bot`, 管理员); `None` when the export says nothing.
    pub class: Option<ActorClass>,
}

/// Whom a message calls by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mention<'a> {
    /// A person that the export identifies.
    Person(PersonRef),
    /// A name as written, without the `@`.
    Name(&'a str),
    /// Everybody (`@all`, `@所有人`, `<!channel>`).
    Everybody,
}

/// A message as the source has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message<'a> {
    /// The words of the author, without placeholders for media and without markup that the person
    /// did not type. Empty for media alone.
    pub text: &'a str,
    /// What was attached.
    pub media: Media,
    /// Source key of the message it answers.
    pub reply_to: Option<i64>,
    /// Whom it calls, when the export marks mentions. When this is empty, the text is searched
    /// for `@name` of known people.
    pub mentions: &'a [Mention<'a>],
    /// Passed on from elsewhere: not the author's own words.
    pub forwarded: bool,
    /// The author (or a keeper) deleted it and only the placeholder is left.
    pub deleted: bool,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum What<'a> {
    /// Somebody wrote.
    Message(Message<'a>),
    /// A message got a new text (the text of the message fact is the latest already where the
    /// export holds only that).
    Edit {
        /// Source key of the message.
        of: i64,
    },
    /// A message was taken back.
    Recall {
        /// Source key of the message, where known.
        of: Option<i64>,
    },
    /// A reaction to a message by the actor (nobody, when the export only counts).
    Reaction {
        /// Source key of the message.
        of: i64,
        /// The emoji or its name.
        emoji: &'a str,
    },
    /// The actor came in.
    Join {
        /// How.
        how: JoinManner,
        /// Who brought the person in.
        by: Option<PersonRef>,
    },
    /// The actor went out.
    Leave {
        /// How.
        how: LeaveManner,
        /// Who removed the person.
        by: Option<PersonRef>,
    },
    /// The actor shows another name from now on.
    Rename {
        /// The new name.
        name: &'a str,
    },
    /// Something the platform wrote.
    Service {
        /// What about.
        what: ServiceKind,
    },
}

/// One happening, as told.
#[derive(Clone, Debug, PartialEq)]
pub struct Told<'a> {
    /// In which group.
    pub group: GroupRef,
    /// When, by the source's clock (wall clocks already turned into moments).
    pub at: Millis,
    /// The platform's own number of this row, unique in the group and the same in every export.
    /// `None` where the format has no ids.
    pub key: Option<i64>,
    /// Who; `None` when nobody is named.
    pub who: Option<PersonRef>,
    /// What.
    pub what: What<'a>,
    /// Line, row or record number in the current file, from 1.
    pub line: u64,
}

/// The receiver refused or was interrupted: the importer must return at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop;

/// The receiving end of an importer.
pub trait Sink {
    /// Announces a group; the same (platform, key) gives the same handle, and its evidence is
    /// joined with what was said before.
    fn group(&mut self, card: &GroupCard) -> GroupRef;
    /// Announces a person; the same (platform, key) gives the same handle.
    fn person(&mut self, card: &PersonCard<'_>) -> PersonRef;
    /// Tells one happening. Within one second, order of telling is order of happening.
    fn tell(&mut self, told: &Told<'_>) -> Result<(), Stop>;
    /// Notes trouble that does not stop the import.
    fn warn(&mut self, warning: Warning);
    /// The importer starts to read this file of the export.
    fn file(&mut self, place: &Place);
    /// So many more bytes of input were consumed (for the progress bar).
    fn consumed(&mut self, bytes: u64);
}
