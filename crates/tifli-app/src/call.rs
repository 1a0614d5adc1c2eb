//! The line at work: a call is taken down in three fields, recognized among the open cases, and becomes a tip on one
//! of them or a row of its own with a clock. Nothing that was said is lost, and no call changes a case.
//!
//! A call about a case is sealed under that case's key; any other under a key of its own, until it joins a case or
//! its time is over. Not here: what a tip is worth, and a report's questions.

mod join;
mod keep;
mod recognize;
mod settle;
#[cfg(test)]
mod stories;
mod take;

pub use join::JoinAs;
pub use recognize::CallCandidate;
pub use settle::{CallLine, OpenedCall};
pub use take::{About, CallForm, TakenCall};
pub use tifli_domain::call::{CallKind, Question, Spoken, When};

use jiff::civil::DateTime;
use tifli_domain::id::CallId;
use tifli_store::Tx;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::call::{self, CallRow};

use crate::{App, AppResult};

impl App {
    pub(super) async fn call_row(&self, id: CallId) -> AppResult<CallRow> {
        self.db()
            .read("call_row", id, |reads, id| {
                Box::pin(async move { Ok(call::get(reads, *id).await?) })
            })
            .await
    }

    /// The present local time of the country, to the minute.
    pub fn local_now(&self) -> DateTime {
        let now = self.now().to_zoned(self.pack().zone().clone()).datetime();
        now.with()
            .second(0)
            .subsec_nanosecond(0)
            .build()
            .unwrap_or(now)
    }

    /// The moment of a local time; the present one where clocks were put forward over it.
    pub(crate) fn moment_ms(&self, local: DateTime) -> i64 {
        let zoned = local.to_zoned(self.pack().zone().clone());
        zoned.map_or(self.now_ms(), |zoned| zoned.timestamp().as_millisecond())
    }
}

/// An act on a call, with the case it is about.
fn audit(tx: &mut Tx, by: impl ToString, verb: &str, row: &CallRow) -> AppResult<()> {
    let mut detail = Detail::none().with("kind", row.kind.as_str());
    if let Some(case) = row.case {
        detail = detail.with("case", case);
    }
    let object = ObjectId::new("call", row.call);
    Ok(tx.audit(Entry::new(by, verb, object).with_detail(detail))?)
}
