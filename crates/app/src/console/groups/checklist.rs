//! What the set-up of a group still lacks (A30, A31, A01, A14): never asked before it runs.
//!
//! Invariant: pure; every missing setting is named (A31 ✔), none that cannot be set is asked for.

use domain::StaffId;

use crate::console::groups::kinds::GroupCard;

/// A thing to set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepField {
    /// Name (A30).
    Name,
    /// Owner and back-up (A30, R01).
    Staffing,
    /// What the group is for (A01).
    Purpose,
    /// Kind (A14).
    Kind,
    /// Who may come in (A31).
    Threshold,
    /// Rules (A30, A31).
    Rules,
    /// Announcement (A31).
    Announcement,
    /// What newcomers are greeted with (A31).
    Welcome,
    /// A pinned message (A31).
    Pin,
}

impl StepField {
    /// The stable word, which is the anchor of its field on the page of settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Staffing => "staffing",
            Self::Purpose => "purpose",
            Self::Kind => "kind",
            Self::Threshold => "threshold",
            Self::Rules => "rules",
            Self::Announcement => "announcement",
            Self::Welcome => "welcome",
            Self::Pin => "pin",
        }
    }
}

/// One thing to set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub field: StepField,
    /// Whether it is set.
    pub done: bool,
}

/// What stands in the room of a live group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoomSet {
    /// It has rules.
    pub rules: bool,
    /// It has an announcement.
    pub announcement: bool,
    /// Some message is pinned.
    pub pin: bool,
}

/// How far the set-up is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// Everything that can be set, in order.
    pub steps: Vec<Step>,
}

impl Readiness {
    /// What is missing.
    pub fn missing(&self) -> Vec<StepField> {
        self.steps.iter().filter(|step| !step.done).map(|step| step.field).collect()
    }

    /// Share of what is set, in per cent.
    pub fn score(&self) -> u32 {
        let done = self.steps.iter().filter(|step| step.done).count();
        let all = self.steps.len().max(1);
        u32::try_from(done * 100 / all).unwrap_or(100)
    }

    /// Whether the three elements (A30) are there: name, staffing, rules.
    pub fn has_elements(&self) -> bool {
        let element =
            |field| matches!(field, StepField::Name | StepField::Staffing | StepField::Rules);
        self.steps.iter().all(|step| step.done || !element(step.field))
    }
}

/// How far the set-up of a group is; `room` is `None` for an imported one, whose chat is elsewhere.
pub fn readiness(name: &str, card: &GroupCard, room: Option<RoomSet>) -> Readiness {
    let staffed = card.owner != StaffId::NOBODY && card.backup != StaffId::NOBODY;
    let mut all = vec![
        (StepField::Name, !name.trim().is_empty()),
        (StepField::Staffing, staffed),
        (StepField::Purpose, !card.about.purposes.is_empty()),
        (StepField::Kind, card.kind.is_some()),
    ];
    if let Some(room) = room {
        all.extend([
            (StepField::Threshold, !card.about.threshold.trim().is_empty()),
            (StepField::Rules, room.rules),
            (StepField::Announcement, room.announcement),
            (StepField::Welcome, !card.about.welcome.trim().is_empty()),
            (StepField::Pin, room.pin),
        ]);
    }
    Readiness { steps: all.into_iter().map(|(field, done)| Step { field, done }).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::groups::kinds::{GroupKind, Purpose};

    fn full() -> GroupCard {
        let mut card = GroupCard::empty();
        card.owner = StaffId(1);
        card.backup = StaffId(2);
        card.kind = Some(GroupKind::Benefit);
        card.about.purposes = vec![(Purpose::Service, 3)];
        card.about.threshold = "买过课".to_owned();
        card.about.welcome = "欢迎".to_owned();
        card
    }

    const SET: RoomSet = RoomSet { rules: true, announcement: true, pin: true };

    // catalogue: A30, A31
    #[test]
    fn each_missing_setting_is_listed() {
        type Change = fn(&mut GroupCard, &mut RoomSet);
        let table: [(Change, StepField); 8] = [
            (|card, _| card.owner = StaffId::NOBODY, StepField::Staffing),
            (|card, _| card.backup = StaffId::NOBODY, StepField::Staffing),
            (|card, _| card.about.purposes.clear(), StepField::Purpose),
            (|card, _| card.kind = None, StepField::Kind),
            (|card, _| card.about.threshold = " ".to_owned(), StepField::Threshold),
            (|_, room| room.rules = false, StepField::Rules),
            (|_, room| room.announcement = false, StepField::Announcement),
            (|_, room| room.pin = false, StepField::Pin),
        ];
        assert!(readiness("群", &full(), Some(SET)).missing().is_empty());
        assert_eq!(readiness("群", &full(), Some(SET)).score(), 100);
        for (change, field) in table {
            let (mut card, mut room) = (full(), SET);
            change(&mut card, &mut room);
            let ready = readiness("群", &card, Some(room));
            assert_eq!(ready.missing(), [field]);
            assert_eq!(ready.score(), 88);
            let element = matches!(field, StepField::Staffing | StepField::Rules);
            assert_eq!(ready.has_elements(), !element, "{field:?}");
        }
        assert!(!readiness(" ", &full(), Some(SET)).has_elements());
    }

    #[test]
    fn an_imported_group_is_asked_only_for_what_can_be_said_of_it() {
        let ready = readiness("群", &GroupCard::empty(), None);
        assert_eq!(ready.missing(), [StepField::Staffing, StepField::Purpose, StepField::Kind]);
        assert_eq!(ready.score(), 25);
    }
}
