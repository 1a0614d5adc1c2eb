//! From found to closed: what is recorded on the way, what stands open, holds, the day of erasure,
//! and earlier disappearances of the same child.
//!
//! Nothing here changes what the public sees: ending an alert is one person's act at once
//! ([`crate::alert`]) and waits for none of it. What the file ended as is never public.

mod close;
mod episodes;
mod hold;
mod receipts;
mod record;
mod retention;
#[cfg(test)]
mod stories;
mod view;

pub use close::OpenItem;
pub use episodes::Episode;
pub use hold::{HoldForm, HoldView};
pub use record::StepForm;
pub use retention::Due;
pub use view::{ClosingView, ItemView, Said};

pub(crate) use close::write_closed;
pub(crate) use hold::holding;
pub(crate) use record::write_located;

use tifli_domain::closing::Standing;
use tifli_domain::id::CaseId;
use tifli_store::closing::{self, StepRow};
use tifli_store::{Reads, alert};

use crate::AppResult;

/// The most characters of a name.
const NAME_LIMIT: usize = 160;
/// The most characters of words or of a reason.
const NOTE_LIMIT: usize = 1_000;

/// Where a case stands between found and closed, and who keeps it open.
pub(crate) struct Present {
    pub(crate) standing: Standing,
    pub(crate) rows: Vec<StepRow>,
    /// Channels and partners that have not reported the withdrawal, by name.
    pub(crate) recall: Vec<String>,
    /// Services that have not acknowledged the cessation, by name.
    pub(crate) cessation: Vec<String>,
}

/// Reads where a case stands.
pub(crate) async fn present(reads: &mut impl Reads, case: CaseId) -> AppResult<Present> {
    let rows = closing::list_steps(reads, case).await?;
    let recall = receipts::recall_open(reads, case).await?;
    let cessation = receipts::cessation_open(reads, case).await?;
    let alerts = alert::list_by_case(reads, case).await?;
    let last = alerts.iter().filter(|row| row.version > 0);
    let last = last.max_by_key(|row| row.ended_ms);
    let standing = Standing {
        records: closing::records(&rows),
        ended_mistaken: last
            .and_then(|row| row.end_reason)
            .is_some_and(|reason| reason.is_mistaken()),
        recall_open: recall.len(),
        cessation_open: cessation.len(),
    };
    Ok(Present {
        standing,
        rows,
        recall,
        cessation,
    })
}
