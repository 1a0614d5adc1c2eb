//! What stands around the answers of a report: who else answers and whose answer counts, the lists of
//! people and places, and opening what is sealed for a reason. The answers themselves are saved and
//! read in [`crate::report`].

mod lists;
mod on_paper;
mod sealed;
mod sources;

#[cfg(test)]
mod paper_stories;
#[cfg(test)]
mod stories;

pub(crate) use lists::open_items;
pub use lists::{KnownRow, NewKnown};
pub(crate) use on_paper::true_time;
pub use sealed::SaidAnswer;
