//! What an outcome means for an action: done, again later, failed, or a person has to look.

use chat::Outcome;
use domain::{Action, Millis, TaskKind, WhenUnknown};
use store::{OutboxRow, OutboxState, TaskRow};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::live::writer::errand_task;

/// The first pause before an action is tried again, in milliseconds; each later one is twice as
/// long.
const PAUSE_MS: i64 = 1_000;

/// The longest pause, in milliseconds.
const PAUSE_MAX_MS: i64 = 10 * Millis::MINUTE;

/// What an outcome is judged by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judge {
    pub(super) now: Millis,
    pub(super) tries_max: u32,
    pub(super) seed: u64,
}

/// What becomes of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) state: OutboxState,
    pub(super) result: String,
    /// When it has its turn again.
    pub(super) next_at: Millis,
    /// What staff have to do.
    pub(super) task: Option<TaskRow>,
}

impl Judge {
    /// `action` is `None` when the stored one cannot be read.
    pub(super) fn verdict(
        &self,
        row: &OutboxRow,
        action: Option<&Action>,
        outcome: Outcome,
    ) -> Verdict {
        match outcome {
            Outcome::Sent { result } => self.end(OutboxState::Sent, result),
            Outcome::Refused { why } => self.by_staff(OutboxState::Failed, why, (row, action)),
            Outcome::NotNow { why, after_ms } => self.again(why, after_ms, (row, action)),
            Outcome::Unknown { why } => match action.map(|action| action.kind().when_unknown()) {
                Some(WhenUnknown::Retry) => self.again(why, None, (row, action)),
                _ => self.by_staff(OutboxState::Unknown, why, (row, action)),
            },
        }
    }

    fn again(
        &self,
        why: String,
        after_ms: Option<i64>,
        (row, action): (&OutboxRow, Option<&Action>),
    ) -> Verdict {
        if row.tries >= self.tries_max {
            return self.by_staff(OutboxState::Failed, why, (row, action));
        }
        let pause = self.pause_ms(row).max(after_ms.unwrap_or(0));
        let next_at = Millis(self.now.0.saturating_add(pause));
        Verdict { state: OutboxState::Planned, result: why, next_at, task: None }
    }

    /// Twice as long each time, and up to half of it more: those who failed together do not come
    /// back together.
    fn pause_ms(&self, row: &OutboxRow) -> i64 {
        let doubled = PAUSE_MS.saturating_mul(1 << row.tries.saturating_sub(1).min(20));
        let pause = doubled.min(PAUSE_MAX_MS);
        let name = format!("{} {} {} {}", row.group.0, row.seq.0, row.n, row.tries);
        let dice = xxh3_64_with_seed(name.as_bytes(), self.seed) % 1_000;
        pause + pause / 2 * i64::try_from(dice).unwrap_or(0) / 1_000
    }

    fn by_staff(
        &self,
        state: OutboxState,
        why: String,
        (row, action): (&OutboxRow, Option<&Action>),
    ) -> Verdict {
        let kind = match state {
            OutboxState::Unknown => TaskKind::CheckOutcome,
            _ => TaskKind::CarryOut,
        };
        let task = action.map(|action| errand_task(row, kind, action, self.now));
        Verdict { task, ..self.end(state, why) }
    }

    fn end(&self, state: OutboxState, result: String) -> Verdict {
        Verdict { state, result, next_at: self.now, task: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::stored::Stored;
    use domain::{GroupId, IdentityId, OrgId, Seq};

    const JUDGE: Judge = Judge { now: Millis(1_000_000), tries_max: 6, seed: 7 };

    fn row(tries: u32, action: &Action) -> OutboxRow {
        OutboxRow {
            org: OrgId(1),
            group: GroupId(2),
            seq: Seq(3),
            n: 0,
            platform: "web".to_owned(),
            kind: action.kind().word().to_owned(),
            action: action.to_text(),
            state: OutboxState::Sending,
            tries,
            next_at: Millis(0),
            changed: Millis(0),
            result: String::new(),
        }
    }

    fn post() -> Action {
        let class = domain::ActorClass::Host;
        Action::Post { text: "早".into(), reply_to: None, class }
    }

    fn unknown() -> Outcome {
        Outcome::Unknown { why: "no answer".to_owned() }
    }

    #[test]
    fn a_post_with_unknown_outcome_is_shown_to_a_person_and_not_repeated() {
        let verdict = JUDGE.verdict(&row(1, &post()), Some(&post()), unknown());
        assert_eq!(verdict.state, OutboxState::Unknown);
        assert_eq!(verdict.task.unwrap().name, "check_outcome:3:0");
    }

    #[test]
    fn what_done_twice_is_done_once_is_tried_again_with_growing_pauses_and_then_left_to_staff() {
        let remove = Action::Remove { who: IdentityId(9) };
        let mut last = 0;
        for tries in 1..6 {
            let verdict = JUDGE.verdict(&row(tries, &remove), Some(&remove), unknown());
            assert_eq!(verdict.state, OutboxState::Planned);
            let pause = verdict.next_at.since(JUDGE.now);
            assert!((1_000 << (tries - 1)..=1_500 << (tries - 1)).contains(&pause), "{pause}");
            assert!(pause > last);
            last = pause;
        }
        let verdict = JUDGE.verdict(&row(6, &remove), Some(&remove), unknown());
        assert_eq!(verdict.state, OutboxState::Failed);
        assert_eq!(verdict.task.unwrap().name, "carry_out:3:0");
    }

    #[test]
    fn the_platforms_own_pause_counts_when_it_is_longer() {
        let wait = Outcome::NotNow { why: "slow down".to_owned(), after_ms: Some(60_000) };
        let verdict = JUDGE.verdict(&row(1, &post()), Some(&post()), wait);
        assert_eq!(verdict.next_at, Millis(1_060_000));
    }

    #[test]
    fn what_the_platform_refuses_is_left_to_staff() {
        let no = Outcome::Refused { why: "not allowed".to_owned() };
        let verdict = JUDGE.verdict(&row(1, &post()), Some(&post()), no);
        assert_eq!((verdict.state, verdict.result.as_str()), (OutboxState::Failed, "not allowed"));
        assert!(verdict.task.is_some());
    }
}
