//! From a draft to an ended alert: drafting, submitting, deciding, updating, ending, and what the
//! public may see of it.

mod cap;
mod decide;
mod draft;
mod end;
mod freeze;
mod preview;
mod progress;
mod public;
mod screen;
mod signed;
#[cfg(test)]
mod stories;
mod submit;

pub(crate) use decide::consent_of;
pub use draft::{Draft, DraftChange, DraftText, DraftView};
pub(crate) use draft::{audited, parse_draft};
pub use freeze::OpenMessages;
pub use preview::Preview;
pub use progress::{ChannelProgress, Failure, Progress};
pub use public::{CapDocument, PublicAlert, PublicState};
pub use screen::{AlertSummary, Change, Screen};
pub use submit::Submitted;
