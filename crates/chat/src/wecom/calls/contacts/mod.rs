//! Customers: who they are, their tags, ways to staff, first words, handing over.

mod behaviour;
mod contact_ways;
mod people;
mod tags;
mod transfers;
mod welcome;

pub use behaviour::Behaviour;
pub use contact_ways::{
    Behind, ContactWay, ContactWayChange, MadeContactWay, NewContactWay, STATE_CHARS_MAX, Scene,
    WAY_REMARK_CHARS_MAX, WAY_STAFF_MAX,
};
pub use people::{
    DESCRIPTION_CHARS_MAX, FOLLOWERS_MAX, Follow, FollowTag, Followed, Person, REMARK_CHARS_MAX,
    Remark,
};
pub use tags::{
    Marking, NewTag, NewTags, TAG_CHARS_MAX, TAGS_MAX, Tag, TagEdit, TagGroup, TagHome, TagIds,
};
pub use transfers::{
    FailedGroup, Giver, TRANSFER_GROUPS_MAX, TRANSFER_MAX, TRANSFER_WORDS_CHARS_MAX, Transfer,
    TransferState, Transferred, Transferring, Unassigned,
};
pub use welcome::{ATTACHMENTS_MAX, WELCOME_BYTES_MAX, WELCOME_WITHIN_MS, Welcome};
