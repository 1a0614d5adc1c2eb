//! A report that was taken on paper and is typed in later: its true time. The clocks of the case count from it, and each
//! answer typed before the case is opened was said then, unless its writer says otherwise. When it was typed in stays.

use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, PaperTimeProblem, paper_time};
use tifli_domain::permission::Act;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::paper_report::{self, PaperReportRow};
use tifli_store::{Reads, Tx, case};

use crate::bus::Event;
use crate::report::still_open;
use crate::{App, AppError, AppResult};

impl App {
    /// Writes down when the paper of a report was received. Only of a report that is not received yet: afterwards the
    /// clocks run.
    pub async fn set_paper_time(
        &self,
        actor: &Actor,
        case: CaseId,
        received_ms: i64,
    ) -> AppResult<()> {
        let args = (self.clone(), actor.clone(), case, received_ms);
        self.db()
            .write(
                "set_paper_time",
                args,
                |tx, (app, actor, case, received)| {
                    Box::pin(set_in(tx, app, actor, (*case, *received)))
                },
            )
            .await?;
        self.bus().ring(Event::Case(case.to_string()));
        Ok(())
    }

    /// The true time of a report that came on paper, and when it was typed in; `None` for any other.
    pub async fn paper_time(
        &self,
        actor: &Actor,
        case: CaseId,
    ) -> AppResult<Option<PaperReportRow>> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::ReadCase, &row.district)?;
        self.db()
            .read("paper_time", case, |reads, case| {
                Box::pin(async move { Ok(paper_report::find(reads, *case).await?) })
            })
            .await
    }
}

async fn set_in(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    (case, received_ms): (CaseId, i64),
) -> AppResult<()> {
    let row = case::get(tx, case).await?;
    app.permit(actor, Act::TakeReport, &row.district)?;
    still_open(&row)?;
    if row.state != CaseState::Draft {
        return Err(AppError::conflict("already_received"));
    }
    let received_ms = paper_time(received_ms, None, tx.now_ms()).map_err(refused)?;
    let known = paper_report::find(tx, case).await?;
    if known.is_some_and(|known| known.received_ms == received_ms) {
        return Ok(());
    }
    paper_report::insert(tx, case, received_ms, actor.person).await?;
    let detail = Detail::none().with("received_ms", received_ms);
    let object = ObjectId::new("case", case);
    tx.audit(Entry::new(actor.person, "case.on_paper", object).with_detail(detail))?;
    Ok(())
}

/// When a report that is received now was received in truth, if it came on paper. A child seen after that makes one of
/// both times wrong.
pub(crate) async fn true_time(
    tx: &mut Tx,
    case: CaseId,
    last_seen_ms: i64,
) -> AppResult<Option<i64>> {
    let Some(paper) = paper_report::find(tx, case).await? else {
        return Ok(None);
    };
    let received = paper_time(paper.received_ms, Some(last_seen_ms), tx.now_ms());
    received.map(Some).map_err(refused)
}

fn refused(problem: PaperTimeProblem) -> AppError {
    match problem {
        PaperTimeProblem::InTheFuture => AppError::field("paper_at", "in_the_future"),
        PaperTimeProblem::TooEarly => AppError::field("paper_at", "paper_too_early"),
        PaperTimeProblem::BeforeLastSeen => {
            AppError::field(Field::LastSeenAt.name(), "paper_before_last_seen")
        }
    }
}
