//! Whether an asked event may happen. The stages run in the order of [`Refusal`].

use domain::{Entrance, Event, EventWhat, IdentityId, Media, Millis, Said};

use crate::decide::Deciding;
use crate::refusal::Refusal;
use crate::room::limits::{
    ANNOUNCEMENT_CHARS_MAX, EMOJI_CHARS_MAX, NAME_CHARS_MAX, PINS_MAX, RECALL_MINUTES, REMOVED_MS,
    RULES_CHARS_MAX, TEXT_CHARS_MAX, TITLE_CHARS_MAX,
};

/// Says no, or lets the event pass. Changes nothing.
pub(crate) fn allow(group: &Deciding<'_>, event: &Event) -> Result<(), Refusal> {
    let asked = Asked { group, event, now: group.clock() };
    asked.open()?;
    asked.belongs()?;
    asked.rank()?;
    asked.voice()?;
    asked.words()?;
    asked.name()?;
    asked.message()?;
    asked.change()
}

struct Asked<'a, 'g> {
    group: &'a Deciding<'g>,
    event: &'a Event,
    now: Millis,
}

impl Asked<'_, '_> {
    fn is_keeper(&self) -> bool {
        self.event.class.is_keeper()
    }

    /// A closed group can be left, or opened again.
    fn open(&self) -> Result<(), Refusal> {
        let passes = matches!(self.event.what, EventWhat::Leave { .. } | EventWhat::Reopen);
        match self.group.state.room.closed {
            Some(_) if !passes => Err(Refusal::Closed),
            _ => Ok(()),
        }
    }

    fn belongs(&self) -> Result<(), Refusal> {
        let present = self.group.roster.present(self.event.actor).is_some();
        match &self.event.what {
            EventWhat::Join(_) if present => Err(Refusal::AlreadyIn),
            EventWhat::Join(entrance) => self.entry(entrance),
            _ if present => Ok(()),
            _ => Err(Refusal::NotMember),
        }
    }

    fn entry(&self, entrance: &Entrance) -> Result<(), Refusal> {
        let Some(who) = self.event.actor.named() else { return Err(Refusal::NotMember) };
        let room = &self.group.state.room;
        let recent = |at: i64| self.now.0.saturating_sub(at) < REMOVED_MS;
        if !self.is_keeper() && room.removed.iter().any(|(one, at)| *one == who.0 && recent(*at)) {
            return Err(Refusal::Removed);
        }
        match room.rules {
            Some(rules) if rules.version != entrance.rules => {
                Err(Refusal::RulesNotAccepted { version: rules.version })
            }
            _ => Ok(()),
        }
    }

    fn rank(&self) -> Result<(), Refusal> {
        let for_keepers = matches!(
            self.event.what,
            EventWhat::Remove { .. }
                | EventWhat::Mute { .. }
                | EventWhat::Announce { .. }
                | EventWhat::Pin { .. }
                | EventWhat::Retitle { .. }
                | EventWhat::Rules { .. }
                | EventWhat::Close { .. }
                | EventWhat::Reopen
        );
        if for_keepers && !self.is_keeper() { Err(Refusal::KeepersOnly) } else { Ok(()) }
    }

    fn voice(&self) -> Result<(), Refusal> {
        let speaks = matches!(
            self.event.what,
            EventWhat::Message(_) | EventWhat::Edit { .. } | EventWhat::Reaction { .. }
        );
        let silent = self.group.roster.present(self.event.actor).and_then(|one| one.muted_until);
        match silent {
            Some(until) if speaks && !self.is_keeper() && until > self.now => {
                Err(Refusal::Muted { until })
            }
            _ => Ok(()),
        }
    }

    /// Empty, or more than the limit.
    fn words(&self) -> Result<(), Refusal> {
        let (text, limit, may_be_empty) = match &self.event.what {
            EventWhat::Message(post) => {
                (&post.text, TEXT_CHARS_MAX, post.features.media() != Media::None)
            }
            EventWhat::Edit { text, .. } => (text, TEXT_CHARS_MAX, false),
            EventWhat::Reaction { emoji, .. } => (emoji, EMOJI_CHARS_MAX, false),
            EventWhat::Join(Entrance { name, .. }) | EventWhat::Rename { name } => {
                (name, NAME_CHARS_MAX, false)
            }
            EventWhat::Retitle { name } => (name, TITLE_CHARS_MAX, false),
            EventWhat::Announce { text } => (text, ANNOUNCEMENT_CHARS_MAX, true),
            EventWhat::Close { farewell } => (farewell, ANNOUNCEMENT_CHARS_MAX, true),
            EventWhat::Rules { text } => (text, RULES_CHARS_MAX, true),
            _ => return Ok(()),
        };
        if !may_be_empty && text.trim().is_empty() {
            return Err(Refusal::Empty);
        }
        let limit_chars = usize::try_from(limit).unwrap_or(usize::MAX);
        // A text has never more characters than bytes.
        if text.len() > limit_chars && text.chars().count() > limit_chars {
            return Err(Refusal::TooLong { limit });
        }
        Ok(())
    }

    fn name(&self) -> Result<(), Refusal> {
        let name = match &self.event.what {
            EventWhat::Join(Entrance { name, .. }) | EventWhat::Rename { name } => name,
            EventWhat::Retitle { name } => {
                return if can_be_shown(name) { Ok(()) } else { Err(Refusal::Name) };
            }
            _ => return Ok(()),
        };
        if !can_be_shown(name) {
            return Err(Refusal::Name);
        }
        let own = self.event.actor;
        let mut others = self.group.roster.iter().filter(|one| one.is_in() && one.who != own);
        if others.any(|one| reads_alike(&one.name, name)) {
            return Err(Refusal::NameTaken);
        }
        Ok(())
    }

    /// The message that an act is about.
    fn message(&self) -> Result<(), Refusal> {
        match &self.event.what {
            EventWhat::Recall { said, .. } => self.own_or_kept(*said, self.is_keeper()),
            EventWhat::Edit { said, .. } => self.own_or_kept(*said, false),
            EventWhat::Pin { said: None, on: true, .. } => Err(Refusal::NoSuchMessage),
            EventWhat::Pin { of, on: true, .. } => {
                let pins = &self.group.state.room.pins;
                let limit = PINS_MAX;
                if pins.len() >= limit as usize && !pins.contains(of) {
                    return Err(Refusal::TooManyPins { limit });
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn own_or_kept(&self, said: Option<Said>, any: bool) -> Result<(), Refusal> {
        match said {
            Some(said) if said.by == self.event.actor || any => {
                let age_ms = self.now.0.saturating_sub(said.at.0);
                if !self.is_keeper() && age_ms > i64::from(RECALL_MINUTES) * Millis::MINUTE {
                    return Err(Refusal::TooLate { minutes: RECALL_MINUTES });
                }
                Ok(())
            }
            _ => Err(Refusal::NoSuchMessage),
        }
    }

    /// Whether anything would be different afterwards, as far as the state tells.
    fn change(&self) -> Result<(), Refusal> {
        let room = &self.group.state.room;
        let present = |who: IdentityId| self.group.roster.present(who);
        let changes = match &self.event.what {
            EventWhat::Rename { name } => {
                present(self.event.actor).is_none_or(|one| one.name != *name)
            }
            EventWhat::Remove { who } => present(*who).is_some(),
            EventWhat::Mute { who, until } => present(*who).is_some_and(|one| {
                let silent = one.muted_until.filter(|until| *until > self.now);
                let wanted = until.filter(|until| *until > self.now);
                // Keepers are never silenced, so there is nothing to impose on them.
                silent != wanted
                    && (wanted.is_none() || !one.class.is_keeper())
                    && (until.is_none() || wanted.is_some())
            }),
            EventWhat::Announce { text } => !text.trim().is_empty() || room.announcement.is_some(),
            EventWhat::Rules { text } => !text.trim().is_empty() || room.rules.is_some(),
            EventWhat::Pin { of, on, .. } => room.pins.contains(of) != *on,
            EventWhat::Reopen => room.closed.is_some(),
            _ => true,
        };
        if changes { Ok(()) } else { Err(Refusal::NoChange) }
    }
}

/// No control characters, no signs that turn or hide other text, no blank at an end. (What comes
/// from our own pages was cleaned already; this is the last door.)
fn can_be_shown(name: &str) -> bool {
    let hides = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    name.trim() == name && !name.contains(hides)
}

/// Whether two names differ in upper and lower case only.
fn reads_alike(one: &str, other: &str) -> bool {
    let small = |name: &'_ str| name.to_lowercase();
    one == other || (one.len().abs_diff(other.len()) <= 8 && small(one) == small(other))
}
