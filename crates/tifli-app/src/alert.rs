//! From a draft to an ended alert: drafting, submitting, deciding, updating, ending, and what the
//! public may see of it.

mod cap;
mod copy;
mod decide;
mod draft;
mod end;
mod feed;
mod freeze;
mod picture;
mod preview;
mod profiles;
mod progress;
mod public;
mod rung;
mod screen;
mod signed;
mod statement;
#[cfg(test)]
mod stories;
mod submit;
mod verify;

pub(crate) use cap::{status as cap_status, time as cap_time};
pub use copy::Copies;
pub(crate) use decide::consent_of;
pub use draft::{Draft, DraftChange, DraftText, DraftView};
pub(crate) use draft::{audited, parse_draft};
pub use feed::{Feed, FeedAsk, FeedForm};
pub use freeze::OpenMessages;
pub use picture::{CurrentWords, Pictures};
pub use preview::Preview;
pub use profiles::ProfileFinding;
pub(crate) use profiles::may_go;
pub use progress::{ChannelProgress, Failure, Progress};
pub use public::{CapDocument, NEUTRAL_DAYS, PublicAlert, PublicState};
pub use screen::{AlertSummary, Change, Screen};
pub use statement::{STATEMENT_KIND, Statement};
pub use submit::Submitted;
pub use verify::{Note, Verdict, Verified};
