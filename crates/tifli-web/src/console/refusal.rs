//! A console page that says why something was not done and what to do now. It decides nothing and never repeats what
//! was typed.

use askama::Template;

use crate::layout::Shell;

/// Why a page or an act was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The role never does this.
    Role,
    /// It belongs to another district.
    District,
    /// There is nothing at this address, or nothing this person may know of.
    NotFound,
    /// The form was forged or too old.
    Token,
    /// It changed meanwhile; look again.
    Stale,
    /// The state of the thing does not allow it any more.
    NotPossible,
    /// The case was erased.
    Erased,
    /// Something failed on our side; nothing was done.
    Failure,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 8] = [
        Self::Role,
        Self::District,
        Self::NotFound,
        Self::Token,
        Self::Stale,
        Self::NotPossible,
        Self::Erased,
        Self::Failure,
    ];

    /// The word its texts are kept under.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::District => "district",
            Self::NotFound => "not-found",
            Self::Token => "token",
            Self::Stale => "stale",
            Self::NotPossible => "not-possible",
            Self::Erased => "erased",
            Self::Failure => "failure",
        }
    }
}

/// A refusal as a page.
#[derive(Debug, Clone, Template)]
#[template(path = "console/refusal.html")]
pub struct Refusal {
    /// Frame.
    pub shell: Shell,
    /// Why.
    pub reason: Reason,
    /// What exactly, in a sentence of the page's language; empty when the reason says it all.
    pub what: String,
    /// Where to go from here; empty leads to the list of cases.
    pub back: String,
    /// A number the person can tell the operator; empty when there is none.
    pub reference: String,
}
