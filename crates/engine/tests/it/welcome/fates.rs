//! What the platform's answer to one try means.

use engine::welcome::{Answered, Step, Tried, Untold, next_step};

const REFUSED: Step = Step::Over(Untold::Refused);
const UNKNOWN: Step = Step::Over(Untold::Unknown);

fn tried(times: u32, unclear: bool, bare: bool) -> Tried {
    Tried { times, unclear, bare }
}

#[test]
fn a_try_that_nobody_answered_is_never_told_as_sent_or_refused() {
    let open = true;
    for (before, answered, is_open, step) in [
        (tried(1, false, false), Answered::Done, open, Step::Sent),
        (tried(2, true, false), Answered::Done, open, Step::Sent),
        // Used by another app, too old, or wrong.
        (tried(1, false, false), Answered::Code(41_050), open, REFUSED),
        (tried(1, false, false), Answered::Code(41_051), open, REFUSED),
        // After a try that was not answered nobody knows whose welcome it was.
        (tried(2, true, false), Answered::Code(41_050), open, UNKNOWN),
        (tried(2, true, false), Answered::Code(41_051), open, UNKNOWN),
        (tried(2, true, false), Answered::Shut, open, UNKNOWN),
        (tried(1, false, false), Answered::Unclear, open, Step::Again),
        (tried(1, false, false), Answered::Unclear, false, UNKNOWN),
        (tried(4, false, false), Answered::Unclear, open, UNKNOWN),
        // Another app is sending: it may fail.
        (tried(1, false, false), Answered::Code(41_096), open, Step::Again),
        (tried(4, false, false), Answered::Code(41_096), open, REFUSED),
        (tried(1, false, false), Answered::NotAsked, open, Step::Again),
        (tried(2, false, false), Answered::NotAsked, false, REFUSED),
        // No blind waiting for limits and consent.
        (tried(1, false, false), Answered::Shut, open, REFUSED),
        (tried(1, false, false), Answered::Code(41_053), open, REFUSED),
        (tried(1, false, false), Answered::Code(48_002), open, REFUSED),
        // What goes beside the words is refused: the words alone, once.
        (tried(1, false, false), Answered::Code(40_007), open, Step::Bare),
        (tried(2, true, false), Answered::Code(41_065), open, Step::Bare),
        (tried(2, false, true), Answered::Code(40_007), open, REFUSED),
        (tried(1, false, false), Answered::Code(40_007), false, REFUSED),
    ] {
        assert_eq!(next_step(before, answered, is_open), step, "{before:?} {answered:?} {is_open}");
    }
}

#[test]
fn whatever_is_answered_it_comes_to_an_end() {
    for answered in
        [Answered::Unclear, Answered::NotAsked, Answered::Code(41_096), Answered::Code(40_007)]
    {
        let mut so_far = Tried::default();
        let ended = (0..10).any(|_| {
            so_far.times += 1;
            match next_step(so_far, answered, true) {
                Step::Sent | Step::Over(_) => true,
                Step::Again => false,
                Step::Bare => {
                    so_far.bare = true;
                    false
                }
            }
        });
        assert!(ended && so_far.times <= 4, "{answered:?} {so_far:?}");
    }
}
