//! State machines as tables: each row says from which state which act leads where, and who does it.
//!
//! The tables stand beside their enum; this file only walks them and prints them for `docs/states.md`.

use std::fmt::{Debug, Write};

/// One row of a state machine.
#[derive(Debug, Clone, Copy)]
pub struct Step<S: 'static, A: 'static> {
    /// The state the act starts from.
    pub from: S,
    /// The act.
    pub act: A,
    /// The state it leads to.
    pub to: S,
    /// Who does it, in words for the documentation.
    pub who: &'static str,
}

/// The refusal of an act that the table does not allow from this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{act:?} is not possible from {from:?}")]
pub struct NotPossible<S: Debug, A: Debug> {
    /// The present state.
    pub from: S,
    /// The act that was tried.
    pub act: A,
}

/// Where `act` leads from `from` by `table`.
pub fn follow<S, A>(table: &[Step<S, A>], from: S, act: A) -> Result<S, NotPossible<S, A>>
where
    S: Copy + PartialEq + Debug,
    A: Copy + PartialEq + Debug,
{
    table
        .iter()
        .find(|step| step.from == from && step.act == act)
        .map(|step| step.to)
        .ok_or(NotPossible { from, act })
}

/// The table as Markdown rows.
pub fn print<S: Debug, A: Debug>(title: &str, table: &[Step<S, A>]) -> String {
    let mut out = format!("## {title}\n\n| State | Act | Next | Who |\n|---|---|---|---|\n");
    for s in table {
        let _ = writeln!(
            out,
            "| {:?} | {:?} | {:?} | {} |",
            s.from, s.act, s.to, s.who
        );
    }
    out
}

/// Builds a row; keeps the tables readable.
pub const fn step<S, A>(from: S, act: A, to: S, who: &'static str) -> Step<S, A> {
    Step { from, act, to, who }
}
