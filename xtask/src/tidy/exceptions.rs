//! What is excused, and why. The list may only shrink.

use crate::tidy::Finding;

/// One excused file.
#[derive(Clone, Copy, Debug)]
pub struct Exception {
    /// Name of the rule.
    pub rule: &'static str,
    /// The file, from the root.
    pub path: &'static str,
    /// Why the rule does not fit here.
    pub reason: &'static str,
}

/// Every exception. A new one needs a very good reason: the test holds their number.
pub const EXCEPTIONS: &[Exception] = &[];

/// Takes away what is excused; adds a finding for each exception that excuses nothing.
pub(super) fn excuse(found: Vec<Finding>, exceptions: &[Exception]) -> Vec<Finding> {
    let excused = |one: &Finding| {
        exceptions.iter().position(|entry| entry.rule == one.rule && entry.path == one.path)
    };
    let mut used = vec![false; exceptions.len()];
    let mut left = Vec::new();
    for one in found {
        match excused(&one).and_then(|at| used.get_mut(at)) {
            Some(used) => *used = true,
            None => left.push(one),
        }
    }
    let idle = exceptions.iter().zip(used).filter(|(_, used)| !used);
    left.extend(idle.map(|(entry, _)| Finding {
        path: entry.path.to_owned(),
        line: 0,
        rule: "exception",
        what: format!("the exception for [{}] excuses nothing any more: remove it", entry.rule),
    }));
    left
}
