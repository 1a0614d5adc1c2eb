//! Whether and how a case may be public: the reporter gate, what the prosecutor is told and
//! decides, the rung, notes and clearances, and the one guard that every way out passes.
//!
//! Everything people decide here is appended ([`tifli_store::publication`]) with its words sealed.
//! The decisions themselves are the domain's tables (`gate`, `qualify`, `publication`). The bulletin
//! never waits for any of it. Not here: drafting and sending ([`crate::alert`]).

mod abroad;
mod attention;
mod guard;
mod known;
mod review;
mod rung;
mod scrutiny;
#[cfg(test)]
mod stories;
mod view;
mod words;
mod write;

pub use abroad::PartAbroad;
pub(crate) use abroad::ask_neighbors;
pub use attention::Attention;
pub(crate) use guard::{Asked, after_issue, guard};
pub(crate) use known::{Known, gate_in, known_in};
pub use rung::Qualifying;
pub(crate) use rung::{decided_against, decided_for, taken};
pub use scrutiny::{Confirmed, Weighed};
pub(crate) use scrutiny::{problems, warnings_in};
pub use tifli_store::publication::Kind as EntryKind;
pub use view::{EntryView, QualificationView};
pub use write::Informing;
pub(crate) use write::Writing;

use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::gate::Gate;
use tifli_domain::id::{CaseId, PersonId};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::{Tx, publication};

use crate::{App, AppResult, duty};

/// Opens what a received report leaves to be done before anything is public: the prosecutor is
/// informed, and rules on the gate if an answer closed it.
pub(crate) async fn received(tx: &mut Tx, app: &App, case: CaseId) -> AppResult<()> {
    duty::open(tx, app, (case, DutyKind::InformProsecutor, "")).await?;
    gate_answered(tx, app, case).await
}

/// Nothing of this waits any more once a case is closed.
pub(crate) async fn closed(tx: &mut Tx, case: CaseId, by: PersonId) -> AppResult<()> {
    use DutyKind::*;
    let needless = (DutyEnd::Needless, Some(by));
    for duty in tifli_store::duty::list_by_case(tx, case).await? {
        let ours = matches!(
            duty.kind,
            InformProsecutor
                | DecideGate
                | AskNeighbor
                | ExplainToGuardian
                | DecideAgain
                | GoOutAgain
                | ReviewRefusal
                | DropCleared
        );
        if ours && duty.settled_ms.is_none() {
            duty::settle(tx, (case, duty.kind, &duty.subject), needless).await?;
        }
    }
    retract_clearances(tx, (case, by)).await
}

/// Leave to name an adult or a plate ends with the file: nothing more is published of it.
async fn retract_clearances(tx: &mut Tx, (case, by): (CaseId, PersonId)) -> AppResult<()> {
    for entry in publication::list(tx, case).await? {
        if entry.kind != EntryKind::Clearance || entry.ended_ms.is_some() {
            continue;
        }
        publication::end(tx, case, entry.seq, by).await?;
        let detail = Detail::none()
            .with("code", &entry.code)
            .with("seq", entry.seq);
        let object = ObjectId::new("case", case);
        tx.audit(Entry::new(by, "case.retract_clearance", object).with_detail(detail))?;
    }
    Ok(())
}

/// Opens the prosecutor's decision when an answer has closed the gate.
pub(crate) async fn gate_answered(tx: &mut Tx, app: &App, case: CaseId) -> AppResult<()> {
    if gate_in(tx, case).await? == Gate::Closed {
        duty::open(tx, app, (case, DutyKind::DecideGate, "")).await?;
    }
    Ok(())
}
