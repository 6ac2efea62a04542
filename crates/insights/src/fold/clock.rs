//! The wall calendar, asked once per quarter of an hour.

use domain::{LocalTime, Millis, Zone};

const SLOT_MS: i64 = 15 * Millis::MINUTE;

/// A zone that remembers its last answer: facts come in order, so most share a quarter of an hour.
pub(super) struct Clock {
    zone: Zone,
    slot: Option<(i64, LocalTime)>,
}

impl Clock {
    pub(super) fn new(zone: Zone) -> Self {
        Self { zone, slot: None }
    }

    pub(super) fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The civil day and hour of a moment.
    pub(super) fn local(&mut self, at: Millis) -> LocalTime {
        let slot = at.0.div_euclid(SLOT_MS);
        if let Some((known, local)) = self.slot
            && known == slot
        {
            return local;
        }
        let start = Millis(slot * SLOT_MS);
        let first = self.zone.local(start);
        // Offsets of the past are not always whole quarters of an hour.
        if first == self.zone.local(Millis(start.0 + SLOT_MS - 1)) {
            self.slot = Some((slot, first));
            return first;
        }
        self.zone.local(at)
    }
}
