//! Erasing a case: asked for by one person, confirmed by another, and finished whatever happens.
//!
//! The confirmation is one transaction that takes the case's rows; what follows (key, files,
//! memory, log) can be repeated and is taken up again at the next start. The case's own row, its
//! audit entries, and ids and counts of its messages stay.

mod finish;
mod resume;
mod view;

#[cfg(test)]
mod markers;
#[cfg(test)]
mod stories;

pub use tifli_domain::erasure::NotErasable;
pub use tifli_store::erasure::Counts;
pub use view::{ErasureRequest, ErasureView};

use tifli_domain::Actor;
use tifli_domain::closing::Item;
use tifli_domain::erasure::{Facts, may_confirm, may_request};
use tifli_domain::id::{CaseId, ErasureId, PersonId};
use tifli_domain::permission::Act;
use tifli_domain::retention::HoldKind;
use tifli_domain::text;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::erasure::{self, ErasureRow};
use tifli_store::{Reads, Tx, case, tip};

use crate::bus::Event;
use crate::report::text_problem;
use crate::{App, AppError, AppResult, Problem};

/// The most characters of a reason.
const REASON_LIMIT: usize = 1_000;
/// Days a backup of the keys lives at most; until then an erased case opens with that backup.
pub const KEY_BACKUP_DAYS: u32 = 7;

/// What an erasure took, and whether the audit chain still holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureReport {
    /// The erasure.
    pub erasure: ErasureId,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: i64,
    /// Who asked.
    pub requested_by: PersonId,
    /// Who confirmed.
    pub confirmed_by: PersonId,
    /// When nothing was left to do.
    pub done_ms: i64,
    /// What went.
    pub counts: Counts,
    /// Whether every audit chain verifies from its first entry.
    pub chain: bool,
    /// Over how many entries.
    pub entries: u64,
    /// When the last backup of the keys that may hold this case's key is gone.
    pub keys_gone_by_ms: i64,
}

/// A request on its way.
struct Request {
    actor: Actor,
    case: CaseId,
    erasure: ErasureId,
    reason: Vec<u8>,
}

impl App {
    /// Asks for a case to be erased, with a reason that the second person reads. A case for which a
    /// request waits keeps that one.
    pub async fn request_erasure(
        &self,
        actor: &Actor,
        case_id: CaseId,
        reason: &str,
    ) -> AppResult<ErasureId> {
        let file = self.case_row(case_id).await?;
        self.permit(actor, Act::RequestErasure, &file.district)?;
        crate::report::not_erased(&file)?;
        let reason = text::required(reason, REASON_LIMIT)
            .map_err(|error| AppError::invalid(vec![text_problem("reason", error)]))?;
        let erasure = ErasureId::new(self.now_ms(), self.entropy());
        let key = self.db().keys().get(&case_id.to_string()).await?;
        let reason = key.seal(&erasure::reason_context(erasure), reason.as_bytes());
        let request = Request {
            actor: actor.clone(),
            case: case_id,
            erasure,
            reason,
        };
        let erasure = self
            .db()
            .write("request_erasure", request, |tx, request| {
                Box::pin(async move { keep_request(tx, request).await })
            })
            .await?;
        self.bus().ring(Event::Case(case_id.to_string()));
        Ok(erasure)
    }

    /// Turns a request down; the case stays as it is. Any second person may, and so may the first.
    pub async fn decline_erasure(&self, actor: &Actor, erasure: ErasureId) -> AppResult<()> {
        let row = self.erasure_row(erasure).await?;
        let file = self.case_row(row.case).await?;
        if row.requested_by != actor.person {
            self.permit(actor, Act::ConfirmErasure, &file.district)?;
        }
        self.db()
            .write(
                "decline_erasure",
                (actor.clone(), erasure),
                |tx, (actor, erasure)| {
                    Box::pin(async move {
                        let mut row = erasure::get(tx, *erasure).await?;
                        if !row.is_open() {
                            return Err(AppError::conflict("erasure_decided"));
                        }
                        row.declined_by = Some(actor.person);
                        row.declined_ms = Some(tx.now_ms());
                        erasure::update(tx, &row).await?;
                        audit(tx, actor.person, "case.decline_erasure", &row)
                    })
                },
            )
            .await?;
        self.bus().ring(Event::Case(row.case.to_string()));
        Ok(())
    }

    /// Confirms what another person asked for, and erases. Asked again, it gives the report again,
    /// after taking up whatever an interruption left.
    pub async fn confirm_erasure(
        &self,
        actor: &Actor,
        erasure: ErasureId,
    ) -> AppResult<ErasureReport> {
        let row = self.erasure_row(erasure).await?;
        let file = self.case_row(row.case).await?;
        self.permit(actor, Act::ConfirmErasure, &file.district)?;
        self.db()
            .write(
                "confirm_erasure",
                (actor.clone(), erasure),
                |tx, (actor, erasure)| {
                    Box::pin(async move { keep_confirmation(tx, actor, *erasure).await })
                },
            )
            .await?;
        // On a task of its own: somebody who goes away does not stop it half-way.
        let app = self.clone();
        let finished = tokio::spawn(async move { app.finish_erasure(erasure).await }).await;
        finished.map_err(|_| AppError::internal("erasure_interrupted"))??;
        self.bus().ring(Event::Case(file.case.to_string()));
        self.erasure_report(erasure).await
    }

    pub(crate) async fn erasure_row(&self, erasure: ErasureId) -> AppResult<ErasureRow> {
        self.db()
            .read("erasure_row", erasure, |reads, erasure| {
                Box::pin(async move { Ok(erasure::get(reads, *erasure).await?) })
            })
            .await
    }
}

async fn keep_request(tx: &mut Tx, request: &Request) -> AppResult<ErasureId> {
    may_request(&facts(tx, request.case).await?).map_err(refused)?;
    if let Some(row) = erasure::find_latest(tx, request.case).await?
        && row.is_open()
    {
        return Ok(row.erasure);
    }
    let by = request.actor.person;
    erasure::insert(tx, request.erasure, request.case, by, &request.reason).await?;
    let row = erasure::get(tx, request.erasure).await?;
    audit(tx, by, "case.request_erasure", &row)?;
    Ok(request.erasure)
}

async fn keep_confirmation(tx: &mut Tx, actor: &Actor, id: ErasureId) -> AppResult<()> {
    let mut row = erasure::get(tx, id).await?;
    if row.confirmed_ms.is_some() {
        return Ok(());
    }
    if row.declined_ms.is_some() {
        return Err(AppError::conflict("erasure_decided"));
    }
    may_confirm(row.requested_by, actor.person).map_err(refused)?;
    may_request(&facts(tx, row.case).await?).map_err(refused)?;
    row.counts = erasure::count(tx, row.case).await?;
    row.confirmed_by = Some(actor.person);
    row.confirmed_ms = Some(tx.now_ms());
    erasure::update(tx, &row).await?;
    erasure::wipe(tx, row.case).await?;
    audit(tx, actor.person, "case.confirm_erasure", &row)
}

/// What decides whether a case may be erased.
async fn facts(reads: &mut impl Reads, case: CaseId) -> AppResult<Facts> {
    let standing = crate::closing::present(reads, case).await?.standing;
    // A child found at a venue within minutes has its outcome from there.
    let kept = tifli_store::closing::find_retention(reads, case).await?;
    Ok(Facts {
        state: case::get(reads, case).await?.state,
        waiting: tip::count_waiting(reads, case).await?,
        owed: tifli_store::dispatch::count_owed(reads, case).await?,
        outcome: standing.find(Item::Outcome).is_some() || kept.is_some(),
        held: crate::closing::holding(reads, case).await?,
    })
}

/// An act on an erasure stands among the entries of its case.
fn audit(tx: &mut Tx, by: impl ToString, verb: &str, row: &ErasureRow) -> AppResult<()> {
    let detail = Detail::none()
        .with("erasure", row.erasure)
        .with("answers", row.counts.answers)
        .with("photos", row.counts.photos)
        .with("tips", row.counts.tips)
        .with("messages", row.counts.messages);
    let object = ObjectId::new("case", row.case);
    Ok(tx.audit(Entry::new(by, verb, object).with_detail(detail))?)
}

fn refused(why: NotErasable) -> AppError {
    match why {
        NotErasable::NotEnded => AppError::conflict("not_ended"),
        NotErasable::SamePerson => AppError::conflict("same_person"),
        NotErasable::NoOutcome => AppError::conflict("no_outcome"),
        NotErasable::CessationOwed(systems) => AppError {
            problems: vec![Problem::new("bulletin", "cessation_owed").with("count", systems)],
            ..AppError::conflict("cessation_owed")
        },
        NotErasable::Held(HoldKind::Hold) => AppError::conflict("under_hold"),
        NotErasable::Held(HoldKind::Proceedings) => AppError::conflict("proceedings_open"),
        NotErasable::TipsWaiting(tips) => AppError {
            problems: vec![Problem::new("tips", "tips_waiting").with("count", tips)],
            ..AppError::conflict("tips_waiting")
        },
    }
}
