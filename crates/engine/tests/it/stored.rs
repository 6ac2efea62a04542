//! The stored state: versions, and bytes written by an earlier program.

use domain::EventWhat;
use engine::{State, StateError};

use crate::scene::{ANN, BOB, KIM, Scene, at, post, question};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/golden/state_v1.hex");

/// A state in which everything occurs.
fn full() -> State {
    let mut scene = Scene::group();
    let said = scene.said(ANN);
    for what in [
        EventWhat::Rules { text: "不刷屏".into() },
        EventWhat::Announce { text: "周五见".into() },
        EventWhat::Pin { of: 1003, said, on: true },
    ] {
        scene.ask(KIM, what).unwrap();
    }
    scene.wonders(ANN);
    scene.after(40 * domain::Millis::MINUTE);
    scene.due("answer:next");
    scene.posts(BOB, at(KIM, post("看看")));
    scene.posts(BOB, crate::scene::to(1003, question("这是什么？")));
    scene.ask(KIM, EventWhat::Remove { who: crate::scene::XIAOLIN }).unwrap();
    scene.posts(ANN, question("还在吗？"));
    // Closing would end all waiting.
    scene.state.room.closed = Some(scene.now);
    scene.state
}

#[test]
fn a_state_of_version_1_reads_back_as_it_was_written() {
    let hex = std::fs::read_to_string(GOLDEN).unwrap();
    let bytes: Vec<u8> = hex
        .split_whitespace()
        .flat_map(|line| line.as_bytes().chunks(2))
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect();
    let state = State::from_bytes(1, &bytes).unwrap();
    assert_eq!(state, full());
    assert_eq!(state.to_bytes(), (1, bytes), "version 1 is written as it always was");
}

#[test]
fn a_newer_or_damaged_state_is_refused() {
    let (version, bytes) = full().to_bytes();
    assert_eq!(State::from_bytes(version, &bytes), Ok(full()));
    assert_eq!(State::from_bytes(version + 1, &bytes), Err(StateError::Newer(version + 1)));
    assert_eq!(State::from_bytes(0, &bytes), Err(StateError::Damaged));
    for cut in 0..bytes.len() {
        assert_eq!(State::from_bytes(version, &bytes[..cut]), Err(StateError::Damaged), "{cut}");
    }
    let mut longer = bytes;
    longer.push(0);
    assert_eq!(State::from_bytes(version, &longer), Err(StateError::Damaged));
}

#[test]
fn a_group_that_was_never_stored_begins_empty() {
    assert_eq!(State::from_bytes(0, &[]), Ok(State::default()));
    assert_eq!(State::from_bytes(1, &[]), Err(StateError::Damaged));
}
