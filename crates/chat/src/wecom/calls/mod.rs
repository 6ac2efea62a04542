//! The calls of the platform, typed: a file per family, each a few methods of
//! [`Client`](crate::wecom::Client).
//!
//! Invariants: what breaks a limit that the documents name is refused here, with its name and the
//! limit, and never sent; answers are read tolerantly (unknown fields ignored, missing ones empty);
//! moments are [`Millis`](domain::Millis) on our side and seconds on theirs; a list that comes in
//! pages is given page by page with a cursor that the caller keeps.
//!
//! | family | methods of `Client`, each `async … -> Result<…, CallError>` |
//! |---|---|
//! | staff | `staff() -> Vec<String>`, `departments()`, `colleagues(department)`, `colleague(userid)` |
//! | groups | `groups(&GroupFilter, cursor) -> Page<GroupRow>`, `group(chat_id) -> Group` |
//! | contacts | `contacts_of(userid) -> Vec<String>`, `contact(id, cursor) -> (Person, Page<Follow>)`, |
//! | | `contacts_of_many(userids, cursor) -> Page<Followed>`, `set_remark(&Remark)` |
//! | tags | `tags(&TagIds) -> Vec<TagGroup>`, `add_tags(&NewTags) -> TagGroup`, |
//! | | `edit_tag(&TagEdit)`, `delete_tags(&TagIds)`, `mark_tags(&Marking)` |
//! | contact ways | `add_contact_way(&NewContactWay) -> AddedWay`, `contact_way(config_id)`, |
//! | | `contact_ways(from, to, cursor) -> Page<String>`, |
//! | | `change_contact_way(config_id, &ContactWayChange)`, `delete_contact_way(config_id)` |
//! | join ways | `add_join_way(&JoinWay) -> String`, `join_way(config_id) -> MadeJoinWay`, |
//! | | `overwrite_join_way(config_id, &JoinWay)`, `delete_join_way(config_id)` |
//! | welcome | `welcome(&Welcome)` |
//! | templates | `add_template(&Template, Notify) -> String`, `template(id)`, |
//! | | `edit_template(id, &Template)`, `delete_template(id)` |
//! | figures | `figures_by_owner(&FigureDays, cursor) -> Page<OwnerFigures>`, `figures_by_day(&FigureDays)` |
//! | transfers | `transfer_contacts(From, &Transfer)`, `transfer_results(From, from, to, cursor)`, |
//! | | `unassigned(cursor) -> Page<Unassigned>`, `transfer_groups(From, groups, new_owner)` |
//! | media | `upload_media(MediaKind, name, bytes) -> Media`, `upload_image(name, bytes) -> String` |
//! | messages | `send(&Message) -> Sent`, `update_card(&CardUpdate) -> Vec<String>` |
//! | addresses | `callback_addresses() -> Vec<String>`, `api_addresses() -> Vec<String>` |
//!
//! Source of shapes and limits: the documents as of 2026-02-12.

mod groups;
mod lenient;
mod page;
mod staff;
mod within;

pub use groups::{FollowState, Group, GroupFilter, GroupMember, GroupRow, OWNERS_MAX};
pub use page::Page;
pub use staff::{Colleague, Department};
pub use within::{Beyond, Unit};
