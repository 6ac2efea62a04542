//! What the pure crates never reach: an async runtime, a database, a web client, the clock, dice,
//! the environment, processes, the network. Only the binary and the workshop read arguments and
//! environment.

use crate::tidy::{Crate, Finding, Tree};
use regex::Regex;

/// Functions of their input, nothing else.
const PURE: &[&str] = &["domain", "engine", "imports", "insights", "report", "poster", "rehearsal"];

/// Pure but for what carries it to the pipeline: its code says no impure word, yet it links the
/// pipeline, which is given its clock.
const PURE_BUT_LINKED: &[&str] = &["rehearsal"];

/// Outside crates that no pure crate may reach, directly or through others. (getrandom is not
/// among them: zip links it for archives with a password, which nobody here writes.)
const IMPURE_CRATES: &[&str] = &[
    "tokio",
    "async-std",
    "smol",
    "sqlx",
    "sqlx-core",
    "rusqlite",
    "libsqlite3-sys",
    "axum",
    "reqwest",
    "hyper",
    "ureq",
    "mio",
    "socket2",
    "rand",
    "fastrand",
    "chrono",
];

/// What a pure crate may not say in its product code, and why.
const IMPURE_WORDS: &[(&str, &str)] = &[
    (r"\bSystemTime\b|\bInstant\b", "time is an argument"),
    (r"\b(Timestamp|Zoned)::now\b|\bUtc::now\b", "time is an argument"),
    (r"\bTimeZone::system\b", "the zone is an argument"),
    (r"\bthread_rng\b|\brand::(rng|random)\b", "chance comes from a seed"),
    (r"\bstd::process\b|\bstd::net\b|\bstd::thread\b", "no processes, network or threads here"),
    (r"\bstd::\{[^}]*\b(env|process|net|thread)\b", "no environment or processes here"),
];

/// Crates that may read arguments and environment.
const READS_ENVIRONMENT: &[&str] = &["huoqun", "xtask", "testkit"];

/// The only pure crate that opens files.
const READS_FILES: &str = "imports";

/// Holds the rules.
pub(super) fn check(tree: &Tree, crates: &[Crate], found: &mut Vec<Finding>) {
    let alone = |krate: &&Crate| {
        let name = krate.name.as_str();
        PURE.contains(&name) && !PURE_BUT_LINKED.contains(&name)
    };
    for krate in crates.iter().filter(alone) {
        for name in krate.reached.iter().filter(|name| IMPURE_CRATES.contains(&name.as_str())) {
            let what = format!("{} is pure and must not reach {name}", krate.name);
            found.push(Finding { path: krate.manifest_path(), line: 0, rule: "pure", what });
        }
    }
    let words = patterns(IMPURE_WORDS);
    let files = patterns(&[(r"\bstd::fs\b|\bFile::(open|create)\b", "only imports opens files")]);
    let environment = patterns(&[
        (r"\b(std::)?env::(args|args_os|var|var_os|vars|current_dir|temp_dir)\b", ENVIRONMENT),
        (r"\buse std::env\b|\bstd::\{[^}]*\benv\b", ENVIRONMENT),
    ]);
    for file in tree.rust().filter(|file| file.is_source()) {
        let pure = PURE.contains(&file.krate());
        let opens = pure && file.krate() != READS_FILES;
        let asks = !READS_ENVIRONMENT.contains(&file.krate());
        for (line, text) in file.product_lines() {
            let mut say = |rule, patterns: &[(Regex, &str)]| {
                let code = text.split("//").next().unwrap_or_default();
                for (_, why) in patterns.iter().filter(|(pattern, _)| pattern.is_match(code)) {
                    let what = (*why).to_owned();
                    found.push(Finding { path: file.path.clone(), line, rule, what });
                }
            };
            if pure {
                say("pure", &words);
            }
            if opens {
                say("pure", &files);
            }
            if asks {
                say("environment", &environment);
            }
        }
    }
}

const ENVIRONMENT: &str = "only huoqun (and xtask, testkit) read arguments and environment";

fn patterns(of: &[(&str, &'static str)]) -> Vec<(Regex, &'static str)> {
    of.iter().filter_map(|(text, why)| Some((Regex::new(text).ok()?, *why))).collect()
}
