//! Shapes that templates show, and how moments and names are put into words for them.

use app::console::{Denied, FieldError, PersonView};
use domain::{GroupId, IdentityId, Millis, StaffId, Zone};
use report::Lang;

use crate::console::Seated;
use crate::console::people::words;
use crate::house::House;
use crate::trouble::Trouble;
use crate::words::{date, moment};

/// Letters of a key that are shown of somebody without a name.
const TAIL: usize = 4;

/// Language, zone and clock of one page.
pub(super) struct Eye {
    pub(super) l: Lang,
    pub(super) zone: Zone,
    pub(super) now: Millis,
}

impl Eye {
    pub(super) async fn of(house: &House, seated: &Seated) -> Result<Self, Trouble> {
        let zone = house.console().zone(seated.actor.org).await?;
        Ok(Self { l: seated.visit.lang, zone, now: house.now() })
    }

    /// A moment in words.
    pub(super) fn when(&self, at: Millis) -> String {
        moment(at, self.now, &self.zone, self.l)
    }

    /// The day alone, in words.
    pub(super) fn day(&self, at: Millis) -> String {
        let [day, today] = [at, self.now].map(|at| self.zone.local(at).day);
        date(day, today, self.l)
    }

    /// The day as tables of other programs read it.
    pub(super) fn iso_day(&self, at: Millis) -> String {
        let civil = self.zone.civil(at);
        let (year, month, day) = (civil.year(), civil.month(), civil.day());
        format!("{year}-{month:02}-{day:02}")
    }

    /// A name as it is shown: nameless people are called so, with the tail of their key.
    pub(super) fn name(&self, name: &str, platform: &str, key: &str) -> String {
        if !name.is_empty() {
            return name.to_owned();
        }
        let count = key.chars().count();
        let tail: String = key.chars().skip(count.saturating_sub(TAIL)).collect();
        let platform = words::platform(platform, self.l);
        self.l.pick(
            format!("未留名（{platform} · 尾号 {tail}）"),
            format!("No name ({platform} · …{tail})"),
        )
    }

    /// A member of staff by name.
    pub(super) fn staff(&self, view: &PersonView, by: StaffId) -> String {
        match view.staff.get(&by) {
            Some(name) => name.clone(),
            None if by == StaffId::NOBODY => self.l.pick("程序", "the program").to_owned(),
            None => self.l.pick("已离开的同事", "a former colleague").to_owned(),
        }
    }

    /// A group by name.
    pub(super) fn group(&self, view: &PersonView, group: GroupId) -> String {
        match view.groups.get(&group) {
            Some(card) => card.name.clone(),
            None => self.l.pick("（群已删除）", "(deleted group)").to_owned(),
        }
    }

    /// The person's name.
    pub(super) fn person(&self, view: &PersonView) -> String {
        match view.record.accounts.first() {
            Some(lead) => self.name(view.name(), &lead.platform, &lead.key),
            None => self.name("", "", ""),
        }
    }
}

/// What is wrong with a form, and what was typed into it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    /// Field and words; empty when nothing is wrong.
    pub(crate) wrong: Vec<(&'static str, String)>,
    /// Field and text.
    pub(crate) text: Vec<(&'static str, String)>,
}

impl Typed {
    pub(crate) fn of(errors: &[FieldError], l: Lang, text: Vec<(&'static str, String)>) -> Self {
        let wrong = errors.iter().map(|error| (error.field, words::wrong(*error, l))).collect();
        Self { wrong, text }
    }

    /// What is wrong with a field; empty when nothing is.
    pub(crate) fn wrong(&self, field: &str) -> &str {
        self.wrong.iter().find(|(own, _)| *own == field).map_or("", |(_, words)| words)
    }

    /// What was typed into a field.
    pub(crate) fn text(&self, field: &str) -> &str {
        self.text.iter().find(|(own, _)| *own == field).map_or("", |(_, text)| text)
    }
}

/// Parts the fields that are wrong from other troubles.
pub(super) fn fields(denied: Denied) -> Result<Vec<FieldError>, Trouble> {
    match denied {
        Denied::Wrong(errors) => Ok(errors),
        other => Err(other.into()),
    }
}

/// The address of a person.
pub(super) fn href(id: IdentityId) -> String {
    format!("/people/{}", id.0)
}

/// The number of a person in an address.
pub(super) fn person(id: i64) -> Result<IdentityId, Trouble> {
    match u32::try_from(id) {
        Ok(id) if id > 0 => Ok(IdentityId(id)),
        _ => Err(Trouble::missing()),
    }
}
