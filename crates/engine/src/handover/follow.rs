//! What an answer of the platform means for a thing on its way.

use domain::{HandState, HeldKind, Millis};

use crate::handover::limits::{Limits, day_of, morning};

/// What was asked for and is not answered is looked up after so long: details of groups follow by
/// about 2 s, and a call that hangs may still be at work.
const SETTLE_MS: i64 = Millis::MINUTE;
/// Things that wait are looked at so often at most, and at least.
const LOOK_MS: (i64, i64) = (10 * Millis::MINUTE, 6 * Millis::HOUR);
/// A thing that was taken up and is not told of any more is given up after so long past its time.
const SILENCE_MS: i64 = 2 * Millis::DAY;
/// So often something is asked for that the platform then knows nothing of, or has no room for.
const TRIES_MAX: u32 = 5;

/// Too many (a day's limit), within an answer.
const TOO_MANY: i64 = 45_009;
/// The owner is the one who was to take it.
const SAME_OWNER: i64 = 90_504;
/// It was inherited already: by whom, its owner tells.
const INHERITED: i64 = 90_508;

/// A thing on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// What it is.
    pub kind: HeldKind,
    /// To whom it goes.
    pub taker: String,
    /// How far it is.
    pub state: HandState,
    /// When it is to be asked for.
    pub due: Millis,
    /// When it was asked for, of what was.
    pub asked: Option<Millis>,
    /// When it changes hands, of what waits.
    pub until: Option<Millis>,
    /// How often asking for it came to nothing.
    pub tries: u32,
}

/// What the platform says of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It takes it up.
    Taken,
    /// It does not, with this code.
    Code(i64),
    /// It changed hands.
    Handed,
    /// It changes hands then.
    Waits(Millis),
    /// The customer said no.
    Refused,
    /// The other has too many customers.
    Full,
    /// It tells nothing of it.
    Nothing,
    /// What it tells may be about an earlier time.
    Unclear,
}

/// How a thing stands after an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// How far it is.
    pub state: HandState,
    /// Why it failed: the platform's code; `None` when nobody knows.
    pub code: Option<i64>,
    /// To whom it goes.
    pub taker: String,
    /// When it is to be asked for.
    pub due: Millis,
    /// When it was asked for.
    pub asked: Option<Millis>,
    /// When it changes hands.
    pub until: Option<Millis>,
    /// How often asking for it came to nothing.
    pub tries: u32,
}

impl Followed {
    fn to(&self, state: HandState) -> Settled {
        Settled {
            state,
            code: None,
            taker: self.taker.clone(),
            due: self.due,
            asked: self.asked,
            until: self.until,
            tries: self.tries,
        }
    }

    /// Back among what is planned, to be asked for then.
    fn again(&self, due: Millis) -> Settled {
        let tries = self.tries + 1;
        Settled { due, asked: None, until: None, tries, ..self.to(HandState::Planned) }
    }
}

/// What an answer makes of a thing; `spare` takes what the other is too full for.
pub fn settle(
    one: &Followed,
    (answer, now): (Answer, Millis),
    (limits, spare): (&Limits, Option<&str>),
) -> Settled {
    let failed = |code| Settled { code, ..one.to(HandState::Failed) };
    let wait = match one.kind {
        HeldKind::Contact => limits.wait_hours * Millis::HOUR,
        HeldKind::Group => 0,
    };
    let waits = |until| Settled { until: Some(until), ..one.to(HandState::Waiting) };
    match answer {
        Answer::Taken | Answer::Code(INHERITED) => waits(Millis(now.0 + wait)),
        Answer::Waits(until) => waits(until),
        Answer::Handed | Answer::Code(SAME_OWNER) => one.to(HandState::Done),
        Answer::Refused => one.to(HandState::Refused),
        Answer::Unclear => failed(None),
        Answer::Full => match spare.filter(|spare| *spare != one.taker) {
            Some(spare) => Settled { taker: spare.to_owned(), tries: 0, ..one.again(now) },
            None => one.to(HandState::Full),
        },
        Answer::Code(TOO_MANY) if one.tries + 1 < TRIES_MAX => one.again(morning(day_of(now) + 1)),
        Answer::Code(code) => failed(Some(code)),
        Answer::Nothing if one.state == HandState::Asked && one.tries + 1 < TRIES_MAX => {
            one.again(now)
        }
        Answer::Nothing if one.state == HandState::Asked => failed(None),
        Answer::Nothing => {
            let late = one.until.is_none_or(|until| now.since(until) > SILENCE_MS);
            if late { failed(None) } else { one.to(one.state) }
        }
    }
}

/// When there is something to do next; `None` when nothing is open. `looked` is when those that
/// wait were looked at last.
pub fn look_again(items: &[Followed], (now, looked): (Millis, Option<Millis>)) -> Option<Millis> {
    let next = |one: &Followed| match one.state {
        HandState::Planned => Some(one.due),
        HandState::Asked => Some(Millis(one.asked.unwrap_or(now).0 + SETTLE_MS)),
        HandState::Waiting => {
            let (soonest, latest) = LOOK_MS;
            let due = Millis(one.until.unwrap_or(now).0 + SETTLE_MS);
            let since = looked.max(one.asked).unwrap_or(now);
            let again = if since < due { latest.min(due.since(since)) } else { soonest };
            Some(Millis(since.0 + again))
        }
        _ => None,
    };
    items.iter().filter_map(next).min()
}
