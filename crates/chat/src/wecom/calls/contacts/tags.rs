//! Tags of the company (企业客户标签). An app changes and deletes only those it made itself.

use domain::Millis;
use serde::{Deserialize, Serialize};

use crate::wecom::calls::within::{self, Beyond, Unit};
use crate::wecom::calls::{Done, lenient};
use crate::wecom::client::{Call, CallError, Client};

const LIST: Call = Call::repeatable("/cgi-bin/externalcontact/get_corp_tag_list");
const ADD: Call = Call::once("/cgi-bin/externalcontact/add_corp_tag");
const EDIT: Call = Call::repeatable("/cgi-bin/externalcontact/edit_corp_tag");
const DELETE: Call = Call::repeatable("/cgi-bin/externalcontact/del_corp_tag");
const MARK: Call = Call::repeatable("/cgi-bin/externalcontact/mark_tag");

/// Characters of the name of a tag or group (添加企业客户标签).
pub const TAG_CHARS_MAX: usize = 30;
/// Tags of a company: 10,000 in the newest text, 3,000 in older ones; the smaller one is safe.
pub const TAGS_MAX: usize = 3_000;

/// Ids of tags and of groups of tags.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TagIds {
    /// Tags.
    pub tag_id: Vec<String>,
    /// Groups; when there are any, the list of tags does not count in questions.
    pub group_id: Vec<String>,
}

/// A group of tags.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct TagGroup {
    /// Its id.
    pub group_id: String,
    /// Its name.
    pub group_name: String,
    /// When it was made.
    #[serde(rename = "create_time", deserialize_with = "lenient::moment")]
    pub created: Millis,
    /// Larger ones stand first.
    pub order: u32,
    /// It is gone; told only when it was asked for by its id.
    pub deleted: bool,
    /// Its tags.
    #[serde(rename = "tag")]
    pub tags: Vec<Tag>,
}

/// A tag.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Tag {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it was made.
    #[serde(rename = "create_time", deserialize_with = "lenient::moment")]
    pub created: Millis,
    /// Larger ones stand first.
    pub order: u32,
    /// It is gone; told only when it was asked for by its id.
    pub deleted: bool,
}

/// Tags to be made, at least one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewTags {
    /// In which group.
    #[serde(flatten)]
    pub group: TagHome,
    /// The tags.
    #[serde(rename = "tag")]
    pub tags: Vec<NewTag>,
}

/// The group of new tags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum TagHome {
    /// One that is there.
    Group {
        /// Its id.
        group_id: String,
    },
    /// A new one, or the one that has this name.
    Named {
        /// At most [`TAG_CHARS_MAX`] characters.
        group_name: String,
        /// Larger ones stand first.
        order: u32,
    },
}

/// A tag to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewTag {
    /// At most [`TAG_CHARS_MAX`] characters.
    pub name: String,
    /// Larger ones stand first.
    pub order: u32,
}

/// A tag or a group with another name or place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TagEdit {
    /// Of the tag or group.
    pub id: String,
    /// At most [`TAG_CHARS_MAX`] characters; as it is where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Larger ones stand first; as it is where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<u32>,
}

/// Tags put on a customer and taken off, by one member of staff who has him as a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Marking {
    /// The member of staff.
    pub userid: String,
    /// The customer.
    pub external_userid: String,
    /// Ids to put on.
    pub add_tag: Vec<String>,
    /// Ids to take off.
    pub remove_tag: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Groups {
    tag_group: Vec<TagGroup>,
}

#[derive(Deserialize)]
struct Added {
    tag_group: TagGroup,
}

impl Client {
    /// These tags and groups; all where there are no ids.
    pub async fn tags(&self, ids: &TagIds) -> Result<Vec<TagGroup>, CallError> {
        let groups: Groups = self.post(LIST, ids).await?;
        Ok(groups.tag_group)
    }

    /// Makes tags; names that are there in the group are refused (40071).
    pub async fn add_tags(&self, tags: &NewTags) -> Result<TagGroup, CallError> {
        tags.check()?;
        let added: Added = self.post(ADD, tags).await?;
        Ok(added.tag_group)
    }

    /// Renames or moves a tag or a group.
    pub async fn edit_tag(&self, edit: &TagEdit) -> Result<(), CallError> {
        if let Some(name) = &edit.name {
            named("name", name)?;
        }
        self.post::<Done>(EDIT, edit).await.map(drop)
    }

    /// Deletes tags and groups; a group whose last tag goes is deleted as well.
    pub async fn delete_tags(&self, ids: &TagIds) -> Result<(), CallError> {
        within::above("tag_id", ids.tag_id.len() + ids.group_id.len(), 1, Unit::Entries)?;
        self.post::<Done>(DELETE, ids).await.map(drop)
    }

    /// Puts tags on a customer and takes others off.
    pub async fn mark_tags(&self, marking: &Marking) -> Result<(), CallError> {
        let changes = marking.add_tag.len() + marking.remove_tag.len();
        within::above("add_tag", changes, 1, Unit::Entries)?;
        within::entries("add_tag", &marking.add_tag, TAGS_MAX)?;
        self.post::<Done>(MARK, marking).await.map(drop)
    }
}

impl NewTags {
    fn check(&self) -> Result<(), Beyond> {
        if let TagHome::Named { group_name, .. } = &self.group {
            named("group_name", group_name)?;
        }
        within::some_entries("tag", &self.tags, TAGS_MAX)?;
        self.tags.iter().try_for_each(|tag| named("tag.name", &tag.name))
    }
}

fn named(what: &'static str, name: &str) -> Result<(), Beyond> {
    within::given(what, name)?;
    within::chars(what, name, TAG_CHARS_MAX)
}
