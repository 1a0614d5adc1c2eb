//! What the pages of an erasure show: what the case holds, whether it can be asked for, who asked.

use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::erasure::may_request;
use tifli_domain::id::{CaseId, ErasureId, PersonId};
use tifli_domain::permission::{self, Act};
use tifli_store::AuditedRead;
use tifli_store::audit::ObjectId;
use tifli_store::case;
use tifli_store::erasure::{self, ErasureRow};

use super::{Counts, ErasureReport, NotErasable};
use crate::{App, AppError, AppResult};

/// A request, whatever became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRequest {
    /// Its id.
    pub erasure: ErasureId,
    /// Who asked.
    pub by: PersonId,
    /// When.
    pub at_ms: i64,
    /// Why; `None` once it is confirmed.
    pub reason: Option<String>,
    /// Whether it waits for a second person.
    pub open: bool,
    /// Whether the person who looks asked for it, and so cannot confirm.
    pub own: bool,
    /// When nothing was left to do.
    pub done_ms: Option<i64>,
}

/// What is known of the erasure of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureView {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: i64,
    /// Where it stands.
    pub state: CaseState,
    /// What it holds, or held.
    pub counts: Counts,
    /// Why it cannot be asked for now.
    pub refusal: Option<NotErasable>,
    /// The newest request.
    pub request: Option<ErasureRequest>,
}

impl App {
    /// What is known of the erasure of a case. Reading a request's reason is an audited read.
    pub async fn erasure_view(&self, actor: &Actor, case_id: CaseId) -> AppResult<ErasureView> {
        let (file, held, facts, latest) = self
            .db()
            .read("erasure_view", case_id, |reads, case_id| {
                Box::pin(async move {
                    let file = case::get(reads, *case_id).await?;
                    let held = erasure::count(reads, *case_id).await?;
                    let facts = super::facts(reads, *case_id).await?;
                    let latest = erasure::find_latest(reads, *case_id).await?;
                    Ok::<_, AppError>((file, held, facts, latest))
                })
            })
            .await?;
        self.permit(actor, Act::RequestErasure, &file.district)?;
        let gone = latest.as_ref().filter(|row| row.confirmed_ms.is_some());
        let counts = gone.map_or(held, |row| row.counts);
        let request = match latest {
            None => None,
            Some(row) => Some(self.open_request(actor, row).await?),
        };
        Ok(ErasureView {
            case: case_id,
            number: file.number,
            state: file.state,
            counts,
            refusal: may_request(&facts).err(),
            request,
        })
    }

    /// The case a request speaks of, for its own page.
    pub async fn erasure_case(&self, actor: &Actor, erasure: ErasureId) -> AppResult<CaseId> {
        let row = self.erasure_row(erasure).await?;
        let file = self.case_row(row.case).await?;
        self.permit(actor, Act::RequestErasure, &file.district)?;
        Ok(row.case)
    }

    /// What a finished erasure took, with the audit chain verified now.
    pub async fn read_erasure(
        &self,
        actor: &Actor,
        erasure: ErasureId,
    ) -> AppResult<ErasureReport> {
        self.erasure_case(actor, erasure).await?;
        self.erasure_report(erasure).await
    }

    /// The requests that wait for a second person and that this person may confirm: (erasure, case,
    /// number). Their own are not among them.
    pub async fn open_erasures(&self, actor: &Actor) -> AppResult<Vec<(ErasureId, CaseId, i64)>> {
        self.permit_anywhere(actor, Act::ConfirmErasure)?;
        let rows = self
            .db()
            .read("open_erasures", (), |reads, ()| {
                Box::pin(async move {
                    let mut rows = Vec::new();
                    for row in erasure::list_open(reads).await? {
                        let file = case::get(reads, row.case).await?;
                        rows.push((row, file));
                    }
                    Ok::<_, AppError>(rows)
                })
            })
            .await?;
        let theirs = rows.into_iter().filter(|(row, file)| {
            let may = permission::check(actor, Act::ConfirmErasure, &file.district).is_ok();
            may && row.requested_by != actor.person
        });
        Ok(theirs
            .map(|(row, file)| (row.erasure, row.case, file.number))
            .collect())
    }

    async fn open_request(&self, actor: &Actor, row: ErasureRow) -> AppResult<ErasureRequest> {
        let reason = match row.reason.clone() {
            None => None,
            Some(sealed) => {
                let read = AuditedRead {
                    actor: actor.person.to_string(),
                    reason: "erasure".into(),
                    objects: vec![ObjectId::new("case", row.case)],
                };
                let opened = self.db().open_sealed(read, vec![sealed]).await?;
                opened.text(0).map(str::to_owned)
            }
        };
        Ok(ErasureRequest {
            erasure: row.erasure,
            by: row.requested_by,
            at_ms: row.requested_ms,
            reason,
            open: row.is_open(),
            own: row.requested_by == actor.person,
            done_ms: row.done_ms,
        })
    }
}
