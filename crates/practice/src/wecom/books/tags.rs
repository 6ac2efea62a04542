//! Tags of the company, in groups.
//!
//! Invariant: a group has at least one tag; what is deleted stays, marked, for who asks by id.

use std::collections::BTreeMap;

use domain::Millis;
use serde::{Deserialize, Serialize};

use crate::wecom::books::{Books, Event, Happened, Hindrance, What};

/// A group of tags.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagGroup {
    /// Name, place, age.
    pub head: Tag,
    /// By id.
    pub tags: BTreeMap<String, Tag>,
}

/// A tag, or the head of a group of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// At most 30 characters.
    pub name: String,
    /// Larger stands further in front.
    pub order: u32,
    /// When it was made.
    pub created: Millis,
    /// Made by a call of this app, which may change only such.
    pub own: bool,
    /// Is gone.
    pub deleted: bool,
}

impl Books {
    /// A group of tags that is there, by its name.
    pub fn tag_group_named(&self, name: &str) -> Option<&String> {
        let named = |group: &TagGroup| !group.head.deleted && group.head.name == name;
        self.tags.iter().find(|(_, group)| named(group)).map(|(id, _)| id)
    }

    /// The group and the tag of an id of a tag that is there.
    pub fn tag(&self, id: &str) -> Option<(&TagGroup, &Tag)> {
        let living = |tag: &&Tag| !tag.deleted;
        self.tags.values().find_map(|group| Some((group, group.tags.get(id).filter(living)?)))
    }

    pub(crate) fn tag_mut(&mut self, id: &str) -> Option<&mut Tag> {
        let found = self.tags.iter_mut().find_map(|(group_id, group)| match group {
            group if group_id == id => Some(&mut group.head),
            group => group.tags.get_mut(id),
        });
        found.filter(|tag| !tag.deleted)
    }

    /// Puts a tag into the group of this id, or a new one; ids of the group and of the tag. One
    /// of this name that is there stays as it is.
    pub(crate) fn put_tag(&mut self, group: &str, group_name: &str, tag: Tag) -> (String, String) {
        let given = Some(group).filter(|group| self.tags.contains_key(*group)).map(str::to_owned);
        let group = given.or_else(|| self.tag_group_named(group_name).cloned());
        let group = group.unwrap_or_else(|| {
            let id = self.mint.id("et");
            let head = Tag { name: group_name.to_owned(), order: 0, ..tag.clone() };
            self.tags.insert(id.clone(), TagGroup { head, ..TagGroup::default() });
            id
        });
        let id = self.mint.id("et");
        let Some(inside) = self.tags.get_mut(&group) else { return (group, id) };
        let same = inside.tags.iter().find(|(_, one)| !one.deleted && one.name == tag.name);
        if let Some((id, _)) = same {
            return (group, id.clone());
        }
        inside.tags.insert(id.clone(), tag);
        (group, id)
    }

    /// Takes a tag or a group of tags away, from customers, too; a group that becomes empty goes
    /// with its last tag.
    pub(crate) fn take_tag(&mut self, id: &str) {
        let mut gone: Vec<String> = Vec::new();
        for (group_id, group) in &mut self.tags {
            let whole = group_id == id;
            for (tag_id, tag) in &mut group.tags {
                if !tag.deleted && (whole || tag_id == id) {
                    tag.deleted = true;
                    gone.push(tag_id.clone());
                }
            }
            group.head.deleted |= whole || group.tags.values().all(|tag| tag.deleted);
        }
        for bond in self.bonds.values_mut().flat_map(BTreeMap::values_mut) {
            bond.tags.retain(|tag| !gone.contains(tag));
        }
    }

    /// Somebody makes a tag on the admin page.
    pub fn make_tag(&mut self, group: &str, name: &str, now: Millis) -> Happened {
        let new = self.tag_group_named(group).is_none();
        let tag = Tag { name: name.to_owned(), created: now, ..Tag::default() };
        let (group, tag) = self.put_tag("", group, tag);
        let mut told = Vec::new();
        if new {
            told.push(event(&group, "tag_group", "create", now));
        }
        told.push(event(&tag, "tag", "create", now));
        Ok(told)
    }

    /// Somebody renames a tag or a group of tags on the admin page.
    pub fn rename_tag(&mut self, id: &str, name: &str, now: Millis) -> Happened {
        name.clone_into(&mut self.tag_mut(id).ok_or(Hindrance::Unknown)?.name);
        let kind = if self.tags.contains_key(id) { "tag_group" } else { "tag" };
        Ok(vec![event(id, kind, "update", now)])
    }

    /// Somebody deletes a tag or a group of tags on the admin page: one event in either case.
    pub fn delete_tag(&mut self, id: &str, now: Millis) -> Happened {
        self.tag_mut(id).ok_or(Hindrance::Unknown)?;
        let kind = if self.tags.contains_key(id) { "tag_group" } else { "tag" };
        self.take_tag(id);
        Ok(vec![event(id, kind, "delete", now)])
    }
}

fn event(id: &str, kind: &'static str, change: &'static str, at: Millis) -> Event {
    Event { at, what: What::Tag { id: id.to_owned(), kind, change } }
}
