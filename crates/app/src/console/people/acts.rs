//! What staff keep of people: tags, notes, attributes, the main group.

use domain::{Actor, GroupId, IdentityId, May, StaffId};
use serde_json::json;
use store::{NewAttribute, NewNote, NewTag, NewTagging};

use crate::console::people::{NAME_MAX, NOTE_MAX, REASON_MAX, VALUE_MAX, short, worded};
use crate::console::{About, Console, Denied, FieldError, allowed, within};

/// People tagged at once, at most.
const AT_ONCE: usize = 500;

fn about(person: IdentityId, told: serde_json::Value) -> About {
    About { person: Some(person), told, ..About::default() }
}

/// What is wrong with the name of a tag, where it is one field among others.
fn as_new_tag(denied: Denied) -> Denied {
    match denied {
        Denied::Wrong(wrong) => {
            let wrong = wrong.into_iter().map(|one| FieldError { field: "new_tag", ..one });
            Denied::Wrong(wrong.collect())
        }
        other => other,
    }
}

impl Console {
    /// Puts a tag on somebody (F07, F08); whether it was not on already.
    pub async fn tag_person(
        &self,
        actor: &Actor,
        person: IdentityId,
        (tag, why): (i64, &str),
    ) -> Result<bool, Denied> {
        allowed(actor, May::Tend)?;
        let person = self.seen(actor, person).await?;
        let why = short("why", why, REASON_MAX)?;
        let told = about(person, json!({ "tag": tag }));
        let acting = self.acting(actor, May::Tend, "people.tagged", told)?;
        let people = vec![person];
        let new = NewTagging { people, tag, source: "staff", why, until: None };
        let put = self.store().tag_people(new, acting).await?;
        Ok(put.ok_or_else(|| Denied::field("tag", "missing"))? > 0)
    }

    /// Puts the tag of this name on somebody; one that nobody made yet is made. Field: `new_tag`.
    pub async fn tag_person_anew(
        &self,
        actor: &Actor,
        person: IdentityId,
        (name, why): (&str, &str),
    ) -> Result<bool, Denied> {
        allowed(actor, May::Keep)?;
        self.seen(actor, person).await?;
        let tags = self.tags(actor).await?;
        let in_use = tags.iter().find(|tag| tag.gone.is_none() && tag.name == name.trim());
        let tag = if let Some(tag) = in_use {
            tag.id
        } else {
            let (folder, name) = (String::new(), name.to_owned());
            let new = NewTag { folder, name, quick: true, days: None };
            self.add_tag(actor, new).await.map_err(as_new_tag)?
        };
        self.tag_person(actor, person, (tag, why)).await
    }

    /// Puts a tag on many at once; on how many it was not yet.
    pub async fn tag_people(
        &self,
        actor: &Actor,
        people: &[IdentityId],
        (tag, why): (i64, &str),
    ) -> Result<u64, Denied> {
        allowed(actor, May::Tend)?;
        let why = short("why", why, REASON_MAX)?;
        if people.is_empty() {
            return Err(Denied::field("people", "missing"));
        }
        if people.len() > AT_ONCE {
            return Err(Denied::field("people", "too_many"));
        }
        let mut leads = Vec::with_capacity(people.len());
        for person in people {
            leads.push(self.seen(actor, *person).await?);
        }
        leads.sort_unstable();
        leads.dedup();
        let numbers: Vec<u32> = leads.iter().map(|lead| lead.0).collect();
        let told = About { told: json!({ "tag": tag, "people": numbers }), ..About::default() };
        let acting = self.acting(actor, May::Tend, "people.tagged", told)?;
        let new = NewTagging { people: leads, tag, source: "staff", why, until: None };
        let put = self.store().tag_people(new, acting).await?;
        put.ok_or_else(|| Denied::field("tag", "missing"))
    }

    /// Takes a tag off somebody; whether it was on.
    pub async fn untag_person(
        &self,
        actor: &Actor,
        person: IdentityId,
        tag: i64,
    ) -> Result<bool, Denied> {
        allowed(actor, May::Tend)?;
        let person = self.seen(actor, person).await?;
        let told = about(person, json!({ "tag": tag }));
        let acting = self.acting(actor, May::Tend, "people.untagged", told)?;
        Ok(self.store().untag(person, tag, acting).await?)
    }

    /// Writes a note on somebody (F08); its number.
    pub async fn write_note(
        &self,
        actor: &Actor,
        person: IdentityId,
        (text, group): (&str, Option<GroupId>),
    ) -> Result<i64, Denied> {
        allowed(actor, May::Tend)?;
        let identity = self.seen(actor, person).await?;
        if let Some(group) = group {
            within(actor, group)?;
        }
        let text = worded("text", text, NOTE_MAX)?;
        let told = About { group, ..about(identity, json!({})) };
        let acting = self.acting(actor, May::Tend, "note.written", told)?;
        Ok(self.store().add_note(NewNote { identity, group, text }, acting).await?)
    }

    /// Takes a note away, with a trace: the own one, or any with the role to keep.
    pub async fn remove_note(
        &self,
        actor: &Actor,
        person: IdentityId,
        note: i64,
    ) -> Result<(), Denied> {
        allowed(actor, May::Tend)?;
        let view = self.person(actor, person).await?;
        let mut notes = view.record.notes.iter();
        let row = notes.find(|row| row.id == note).ok_or(Denied::Missing)?;
        let may = if row.staff == actor.staff { May::Tend } else { May::Keep };
        let told = about(view.record.lead, json!({ "note": note }));
        let acting = self.acting(actor, may, "note.removed", told)?;
        self.store().remove_note(view.record.lead, note, acting).await?;
        Ok(())
    }

    /// Writes down what is known of somebody (D19). `self` is what the person said of himself,
    /// such as a name in a group; it stands beside what staff say, whichever comes later.
    pub async fn add_attribute(
        &self,
        actor: &Actor,
        person: IdentityId,
        (name, value): (&str, &str),
        (is_own, group): (bool, Option<GroupId>),
    ) -> Result<i64, Denied> {
        allowed(actor, May::Tend)?;
        let identity = self.seen(actor, person).await?;
        if let Some(group) = group {
            within(actor, group)?;
        }
        let name = worded("name", name, NAME_MAX)?;
        let value = worded("value", value, VALUE_MAX)?;
        let source = if is_own { "self" } else { "staff" };
        let told = about(identity, json!({ "name": name, "source": source }));
        let acting = self.acting(actor, May::Tend, "attribute.added", told)?;
        let new = NewAttribute { identity, name, value, source, group };
        Ok(self.store().add_attribute(new, acting).await?)
    }

    /// Takes an attribute away, with a trace.
    pub async fn remove_attribute(
        &self,
        actor: &Actor,
        person: IdentityId,
        attribute: i64,
    ) -> Result<(), Denied> {
        allowed(actor, May::Tend)?;
        let view = self.person(actor, person).await?;
        let known = view.record.attributes.iter().any(|row| row.id == attribute);
        if !known {
            return Err(Denied::Missing);
        }
        let told = about(view.record.lead, json!({ "attribute": attribute }));
        let acting = self.acting(actor, May::Tend, "attribute.removed", told)?;
        self.store().remove_attribute(view.record.lead, attribute, acting).await?;
        Ok(())
    }

    /// Says which group counts as the main one; `None` leaves it to the rule again.
    pub async fn choose_main_group(
        &self,
        actor: &Actor,
        person: IdentityId,
        group: Option<GroupId>,
    ) -> Result<(), Denied> {
        allowed(actor, May::Tend)?;
        let view = self.person(actor, person).await?;
        if group.is_some_and(|group| !view.now_in.contains(&group)) {
            return Err(Denied::field("group", "missing"));
        }
        let told = About { group, ..about(view.record.lead, json!({})) };
        let acting = self.acting(actor, May::Tend, "people.main_group", told)?;
        self.store().choose_main_group(view.record.lead, group, acting).await?;
        Ok(())
    }

    /// How many notes of somebody of staff stand, for a hand-over.
    pub async fn notes_by_staff(&self, actor: &Actor, staff: StaffId) -> Result<u64, Denied> {
        allowed(actor, May::Look)?;
        Ok(self.store().notes_by_staff(actor.org, staff).await?)
    }
}
