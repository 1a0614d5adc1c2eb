//! Statistics: rows that name no child are folded into a report of which every figure has its
//! numerator and its denominator, and of which a version for publication hides small cells.
//!
//! For: what is counted ([`table`]), when ([`Period`]), from what ([`Row`]), and what may leave the
//! house ([`Report::published`]). Not for: reading rows, writing files, words of a page.

mod fold;
mod hide;
mod period;
mod print;
mod row;
pub mod table;

pub use fold::{Cell, Part, Report, Sum, Times};
pub use hide::{LEAST, Shown, protect};
pub use period::{NotAPeriod, Period, Span};
pub use print::print;
pub use row::{Age, Amount, Code, Moment, NOT_SAID, Row};

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Cases.
    Cases,
    /// Alerts.
    Alerts,
    /// Milliseconds.
    Milliseconds,
    /// Devices that asked for alerts.
    Devices,
    /// Tips.
    Tips,
}

impl Unit {
    /// The word written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Alerts => "alerts",
            Self::Milliseconds => "ms",
            Self::Devices => "devices",
            Self::Tips => "tips",
        }
    }
}

/// One figure, with what it is a part of. A number that is hidden is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Its name: group, a dot, and the code of the cell.
    pub key: String,
    /// What it counts.
    pub unit: Unit,
    /// What is shown: the count, the sum, the time. `None` where it is hidden or there is none.
    pub value: Option<i64>,
    /// What is counted; for a time the cases it is made of.
    pub numerator: Option<i64>,
    /// Of what.
    pub denominator: Option<i64>,
    /// How it is shown.
    pub shown: Shown,
}

impl Figure {
    /// Numerator in denominator in tenths of a percent, rounded half up; `None` of nothing, and of
    /// what are no cases.
    pub fn permille(&self) -> Option<i64> {
        let (part, whole) = (self.numerator?, self.denominator?);
        let is_part = self.unit == Unit::Cases && whole > 0;
        is_part.then(|| (part * 2000 + whole) / (2 * whole))
    }
}
