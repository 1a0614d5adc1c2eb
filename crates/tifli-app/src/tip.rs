//! Tips: what the public tells us, the receipt it gets, the dialogue under it, and what the room
//! makes of it. A tip never changes a case, and its teller is never known: not by name, not by
//! address, not by time finer than the tip's own.
//!
//! Not here: photos ([`crate::media`]), the budget of a network (the web's).

mod come_back;
mod queue;
pub(crate) mod receipt;
mod room;
mod sweep;
mod tell;
pub(crate) mod triage;

#[cfg(test)]
pub(crate) mod stories;
#[cfg(test)]
mod triage_stories;

pub use come_back::{Line, Progress, TipDialogue};
pub use queue::{QUEUE, QueueTip, TipQueue};
pub use room::{Note, OpenedTip, TipSummary};
pub use tell::Told;
pub use tifli_domain::tip::{Telling, TipState};
pub use tifli_store::tip::{Side, TipFilter};
pub use tifli_store::triage::{BandCount, Standing};
pub use triage::{Triage, Undone};

use tifli_domain::id::{CaseId, TipId};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::{StoreError, Tx};

/// Puts an act on a tip into the chain; its case goes with it.
fn audit(
    tx: &mut Tx,
    actor: impl ToString,
    verb: &str,
    tip: TipId,
    case: CaseId,
) -> Result<(), StoreError> {
    let detail = Detail::none().with("case", case);
    tx.audit(Entry::new(actor, verb, ObjectId::new("tip", tip)).with_detail(detail))
}
