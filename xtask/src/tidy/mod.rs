//! `cargo xtask tidy`: the rules of the house that neither the compiler nor clippy knows.
//!
//! One file per family of rules; each has a test that shows a breach being found. Where a rule knows exceptions,
//! they stand in a table beside it, each with its reason.

mod ambient;
mod dependencies;
mod erasure;
mod leftovers;
mod manners;
mod processing;
mod schema;
mod shape;
mod source;
mod tree;

use std::fmt;

pub use dependencies::PURE_CRATES;
pub use tree::{File, Tree};

use crate::run::{Done, Failure, root};

/// One breach of a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// The file, from the root of the repository.
    pub file: String,
    /// The line, counted from one; zero when it is about the whole file.
    pub line: usize,
    /// The rule's name.
    pub rule: &'static str,
    /// What is wrong, in words.
    pub what: String,
}

impl Breach {
    fn new(file: &str, line: usize, rule: &'static str, what: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            rule,
            what: what.into(),
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {} [{}]", self.what, self.rule)
    }
}

/// A family of rules.
type Rules = fn(&Tree) -> Vec<Breach>;

const FAMILIES: &[Rules] = &[
    dependencies::check,
    shape::check,
    ambient::check,
    manners::check,
    leftovers::check,
    schema::check,
    erasure::check,
    processing::check,
];

/// Every breach in a tree, in the order of the files.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches: Vec<Breach> = FAMILIES.iter().flat_map(|rules| rules(tree)).collect();
    breaches.sort();
    breaches.dedup();
    breaches
}

/// Checks this repository, prints what is wrong and the figures that have no hard limit.
///
/// # Errors
/// When there is a breach.
pub fn task() -> Done {
    let tree = Tree::read(&root())?;
    let breaches = check(&tree);
    for breach in &breaches {
        println!("{breach}");
    }
    println!("{}", shape::figures(&tree));
    match breaches.len() {
        0 => Ok(()),
        n => Err(Failure(format!("{n} breaches of the rules of the house"))),
    }
}
