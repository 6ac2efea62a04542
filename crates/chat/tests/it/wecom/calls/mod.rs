//! Calls: what goes out, what is read, and what is refused before. Samples are those of the
//! platform's documents.

mod contacts;
mod groups;
mod media;
mod staff;
mod tags;
mod transfers;
mod ways;
mod welcomes;

use chat::wecom::CallError;
use chat::wecom::calls::{Beyond, Unit};

/// The call was refused before it was made, because of this.
fn too_much<T: std::fmt::Debug>(
    answer: Result<T, CallError>,
    (what, has, most, unit): (&str, usize, usize, Unit),
) {
    match answer {
        Err(CallError::Beyond(Beyond::TooMuch { what: w, has: h, most: m, unit: u })) => {
            assert_eq!((w, h, m, u), (what, has, most, unit));
        }
        other => panic!("{what}: {other:?}"),
    }
}

/// The call was refused before it was made, because this is missing.
fn too_little<T: std::fmt::Debug>(answer: Result<T, CallError>, what: &str) {
    match answer {
        Err(CallError::Beyond(Beyond::TooLittle { what: w, .. })) => assert_eq!(w, what),
        other => panic!("{what}: {other:?}"),
    }
}

/// The call was refused before it was made, because of this one's form.
fn malformed<T: std::fmt::Debug>(answer: Result<T, CallError>, what: &str) {
    match answer {
        Err(CallError::Beyond(Beyond::Form { what: w, .. })) => assert_eq!(w, what),
        other => panic!("{what}: {other:?}"),
    }
}

fn names(many: usize) -> Vec<String> {
    (0..many).map(|number| format!("id{number}")).collect()
}
