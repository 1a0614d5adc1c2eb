//! Triage: how soon a tip must be looked at, whether the child could have been there, what it is worth, and which tips
//! say the same.
//!
//! Pure rules with their reasons as words; nothing here hides a tip, and nothing changes a case. Not for: what becomes
//! of a tip ([`crate::tip`]), nor the numbers, which are the country pack's.

mod band;
mod fold;
mod grade;
mod reach;

pub use band::{Band, Facts, Limits, Ranking, Seen, Tag, Why, rank};
pub use fold::{Fold, Item, Same, fold, phones};
pub use grade::{Info, Source};
pub use reach::{Journey, Reach, Speeds, reach, walking_kmh};
