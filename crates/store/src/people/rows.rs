//! Shapes of what is known of people.

use domain::{GroupId, IdentityId, JoinManner, LeaveManner, Millis, StaffId};

/// That an identity belongs to another one's person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeRow {
    /// The identity that was merged.
    pub identity: IdentityId,
    /// The leading identity; never merged itself.
    pub person: IdentityId,
    /// By whom.
    pub by: StaffId,
    /// When.
    pub at: Millis,
    /// Why.
    pub why: String,
}

/// One platform account of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// Its number.
    pub id: IdentityId,
    /// Word of the platform.
    pub platform: String,
    /// The platform's own key.
    pub key: String,
    /// The name shown last; empty when the platform told none.
    pub name: String,
    /// Role code, where one is known.
    pub class: Option<u8>,
    /// How it came to the person; `None` for the leading one.
    pub merged: Option<MergeRow>,
}

/// One period in a group, live or imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonStay {
    /// Which account.
    pub identity: IdentityId,
    /// Where.
    pub group: GroupId,
    /// The how-manieth (第几次入群), from 1.
    pub n: u32,
    /// Since when; `None` when that lies before the data.
    pub joined: Option<Millis>,
    /// How the person came in.
    pub how: JoinManner,
    /// Who brought the person in, or nobody.
    pub by: IdentityId,
    /// Until when; `None` while it lasts.
    pub left: Option<Millis>,
    /// How the person went out.
    pub left_how: LeaveManner,
    /// Placement of the link (live groups); empty without one.
    pub via: String,
    /// Name shown in the group (live groups); empty where it is not known.
    pub name: String,
    /// Role code in the group (live groups).
    pub class: Option<u8>,
}

/// A tag that can be put on people (F07).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagRow {
    /// Its number.
    pub id: i64,
    /// The group of tags.
    pub folder: String,
    /// Its name.
    pub name: String,
    /// Offered while talking (F08).
    pub quick: bool,
    /// Days of validity when it is put on; `None`: for good.
    pub days: Option<u32>,
    /// When it was made.
    pub made: Millis,
    /// When it was retired.
    pub gone: Option<Millis>,
}

/// A tag to make or to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTag {
    /// The group of tags; may be empty.
    pub folder: String,
    /// Its name.
    pub name: String,
    /// Offered while talking.
    pub quick: bool,
    /// Days of validity.
    pub days: Option<u32>,
}

/// A tag on somebody: who put it there, when, why, until when (F07).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonTag {
    /// On which account.
    pub identity: IdentityId,
    /// Which tag.
    pub tag: i64,
    /// The how-manieth time.
    pub n: u32,
    /// Its name now.
    pub name: String,
    /// By whom.
    pub by: StaffId,
    /// `staff`, `import`, `rule`.
    pub source: String,
    /// Why; may be empty.
    pub why: String,
    /// When.
    pub made: Millis,
    /// Until when it counts.
    pub until: Option<Millis>,
    /// When it was taken off, and by whom.
    pub gone: Option<(Millis, StaffId)>,
}

impl PersonTag {
    /// Whether it counts at that time: neither taken off nor run out.
    pub fn counts(&self, now: Millis) -> bool {
        self.gone.is_none() && self.until.is_none_or(|until| until > now)
    }
}

/// A tag to put on people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTagging {
    /// On whom.
    pub people: Vec<IdentityId>,
    /// Which tag.
    pub tag: i64,
    /// `staff`, `import`, `rule`.
    pub source: &'static str,
    /// Why.
    pub why: String,
    /// Until when; `None` follows the tag's own days.
    pub until: Option<Millis>,
}

/// A note (F08).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteRow {
    /// Its number.
    pub id: i64,
    /// On which account.
    pub identity: IdentityId,
    /// In which group it was written, if in one.
    pub group: Option<GroupId>,
    /// By whom.
    pub staff: StaffId,
    /// When.
    pub at: Millis,
    /// The words.
    pub text: String,
    /// When it was taken away.
    pub gone: Option<Millis>,
}

/// A note to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNote {
    /// On which account.
    pub identity: IdentityId,
    /// In which group.
    pub group: Option<GroupId>,
    /// The words.
    pub text: String,
}

/// Something known of a person, with where it is from (D19).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeRow {
    /// Its number.
    pub id: i64,
    /// Of which account.
    pub identity: IdentityId,
    /// What: `city`, `trade`, or a word of staff.
    pub name: String,
    /// The value.
    pub value: String,
    /// `self`, `staff`, `import`, `platform`.
    pub source: String,
    /// Who wrote it down; nobody for the program.
    pub by: StaffId,
    /// In which group it was said.
    pub group: Option<GroupId>,
    /// When.
    pub at: Millis,
    /// When it was taken away.
    pub gone: Option<Millis>,
}

/// Something to write down of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttribute {
    /// Of which account.
    pub identity: IdentityId,
    /// What.
    pub name: String,
    /// The value.
    pub value: String,
    /// `self`, `staff`, `import`, `platform`.
    pub source: &'static str,
    /// In which group it was said.
    pub group: Option<GroupId>,
}

/// That somebody is not to come in anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlacklistRow {
    /// Which account.
    pub identity: IdentityId,
    /// The how-manieth time.
    pub n: u32,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: StaffId,
    /// Since when.
    pub at: Millis,
    /// What the person said against it, and when; empty when nothing.
    pub appeal: String,
    /// When that was.
    pub appeal_at: Option<Millis>,
    /// When it was lifted, and by whom.
    pub lifted: Option<(Millis, StaffId)>,
    /// Why it was lifted.
    pub lifted_why: String,
}

/// An entry's place in the blacklist: a page begins after one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BanPlace {
    /// Since when.
    pub at: Millis,
    /// Which account.
    pub identity: IdentityId,
    /// The how-manieth time.
    pub n: u32,
}

impl BlacklistRow {
    /// Its place in the list.
    pub fn place(&self) -> BanPlace {
        BanPlace { at: self.at, identity: self.identity, n: self.n }
    }
}

/// Everything of one person, over all of its accounts. Newest first, but for accounts and stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRecord {
    /// The leading identity: the person's number.
    pub lead: IdentityId,
    /// Accounts, the leading one first.
    pub accounts: Vec<AccountRow>,
    /// Stays in the order of their beginnings.
    pub stays: Vec<PersonStay>,
    /// Groups of the imports that name an account.
    pub named_in: Vec<GroupId>,
    /// Tags, also those that no longer count.
    pub tags: Vec<PersonTag>,
    /// Notes, also those taken away.
    pub notes: Vec<NoteRow>,
    /// Attributes, also those taken away.
    pub attributes: Vec<AttributeRow>,
    /// The main group as staff chose it, by whom and when.
    pub main: Option<(GroupId, StaffId, Millis)>,
    /// Blacklist, also what was lifted.
    pub blacklist: Vec<BlacklistRow>,
}

/// Which people a list shows. Everything given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleQuery {
    /// Part of a name or key, in lower case; empty: any.
    pub text: String,
    /// These people alone, as a search found them.
    pub of: Option<Vec<IdentityId>>,
    /// In this group now.
    pub group: Option<GroupId>,
    /// Having this tag now.
    pub tag: Option<i64>,
    /// On the blacklist now.
    pub blacklisted: bool,
    /// Came in anywhere since.
    pub joined_since: Option<Millis>,
    /// Role code.
    pub class: Option<u8>,
    /// Groups whose stays are shown; `None`: all. Leaves nobody out.
    pub scope: Option<Vec<GroupId>>,
    /// Only numbers below this one: the end of the page before.
    pub before: Option<IdentityId>,
    /// At most so many.
    pub limit: u32,
    /// The present.
    pub now: Millis,
}

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceRow {
    /// The leading identity.
    pub lead: IdentityId,
    /// Word of the platform of the leading account.
    pub platform: String,
    /// Its key.
    pub key: String,
    /// Its name; empty when the platform told none.
    pub name: String,
    /// Role code, where one is known.
    pub class: Option<u8>,
    /// How many accounts.
    pub accounts: u32,
    /// Groups the person is in now.
    pub groups: Vec<GroupId>,
    /// The last coming in that is known.
    pub joined: Option<Millis>,
    /// Tags that count now: number and name.
    pub tags: Vec<(i64, String)>,
    /// On the blacklist now.
    pub blacklisted: bool,
}
