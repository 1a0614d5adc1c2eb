//! The bulletin at work: sent to every service with the receipt of the report, updated, read and
//! acknowledged by each, reminded of, and ceased with the end of the search.
//!
//! A decision writes the telegram and a row per service in its own transaction; the worker
//! ([`crate::worker`]) hands the e-mails over. An e-mail says only that a telegram waits: what it says is read
//! signed in, with an audit entry. Not here: the words, which are the country pack's.

mod acknowledge;
mod board;
mod cap;
mod compose;
mod directory;
mod dispatch;
mod read;
mod remind;
mod send;
#[cfg(test)]
mod stories;

pub use directory::{DirectoryChange, Member};
pub use dispatch::{AtSystem, DispatchStory};
pub use read::{AtService, OpenedBulletin, OpenedTelegram};
pub use tifli_store::bulletin::Line as BulletinLine;

pub(crate) use cap::telegram_identifier;
pub(crate) use dispatch::{lets_first_go, told_before};
pub(crate) use remind::remind_all;
pub(crate) use send::{cease, open, resume};

use tifli_domain::id::BulletinId;
use tifli_store::Tx;
use tifli_store::audit::{Detail, Entry, ObjectId};

use crate::AppResult;

/// An act on a bulletin stands among the entries of its case.
fn audit(
    tx: &mut Tx,
    by: impl ToString,
    (verb, bulletin): (&str, &tifli_store::bulletin::BulletinRow),
    detail: Detail,
) -> AppResult<()> {
    let object = ObjectId::new("case", bulletin.case);
    let detail = with_bulletin(detail, bulletin.bulletin);
    Ok(tx.audit(Entry::new(by, verb, object).with_detail(detail))?)
}

fn with_bulletin(detail: Detail, bulletin: BulletinId) -> Detail {
    detail.with("bulletin", bulletin)
}
