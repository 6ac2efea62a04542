//! The rules of the house, checked: who may depend on whom, what the pure crates must not touch,
//! how large a file may be, what a test must have.
//!
//! Invariants: every check is a function of [`Tree`] and [`Crate`]s, so that small bad inputs test
//! the checks themselves; limits are numbers and tables in this folder and nowhere else; an
//! exception that excuses nothing is itself a finding, so that the list only shrinks. What clippy
//! can hold (length of functions, forbidden calls) is left to clippy.

mod exceptions;
mod layers;
mod proofs;
mod purity;
mod shape;
mod siblings;
mod tree;
mod words;

pub use exceptions::{EXCEPTIONS, Exception};
pub use layers::Crate;
pub use tree::{File, Tree};

use std::fmt;
use std::path::Path;

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// File from the root of the workspace, with `/`.
    pub path: String,
    /// Line from 1; 0 when it is about the whole file.
    pub line: usize,
    /// Short name of the rule, for the list of exceptions.
    pub rule: &'static str,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: [{}] {}", self.path, self.line, self.rule, self.what)
    }
}

/// Checks the workspace at `root`: every finding that no exception excuses, and every exception
/// that excuses nothing.
///
/// Errors: when `cargo metadata` or the files cannot be read.
pub fn check(root: &Path) -> Result<Vec<Finding>, Box<dyn std::error::Error>> {
    let tree = Tree::read(root)?;
    let crates = Crate::read(root)?;
    Ok(exceptions::excuse(findings(&tree, &crates), EXCEPTIONS))
}

/// All findings, without exceptions, sorted by place.
pub fn findings(tree: &Tree, crates: &[Crate]) -> Vec<Finding> {
    let mut found = Vec::new();
    layers::check(crates, &mut found);
    purity::check(tree, crates, &mut found);
    siblings::check(tree, &mut found);
    shape::check(tree, &mut found);
    proofs::check(tree, &mut found);
    words::check(tree, &mut found);
    found.sort();
    found.dedup();
    found
}
