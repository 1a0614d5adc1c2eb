//! A call that turns out to be about a case after all: it becomes a tip of it under the same receipt, or the report
//! that was opened from it keeps it. Its words move under the case's key, and its own key is destroyed.

use tifli_domain::Actor;
use tifli_domain::duty::DutyEnd;
use tifli_domain::id::{CallId, CaseId};
use tifli_domain::permission::Act;
use tifli_domain::triage::Ranking;
use tifli_store::Tx;
use tifli_store::call::{self, CallEnd};
use tifli_store::tip::NewTip;

use super::audit;
use super::take::keep_tip;
use crate::bus::Event;
use crate::{App, AppError, AppResult};

/// What a call is to the case it joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinAs {
    /// A tip about its child.
    Tip,
    /// The call its report was opened from.
    Report,
}

struct Joining {
    actor: Actor,
    call: CallId,
    case: CaseId,
    body: Vec<u8>,
    app: App,
    tip: Option<(NewTip, Ranking)>,
}

impl App {
    /// Puts a call that was about no case to one; its clock stops. Doing it again is harmless.
    pub async fn join_call(
        &self,
        actor: &Actor,
        id: CallId,
        (case, join): (CaseId, JoinAs),
    ) -> AppResult<()> {
        self.permit_anywhere(actor, Act::TakeCall)?;
        let row = self.call_row(id).await?;
        if row.case == Some(case) {
            return Ok(());
        }
        let possible = match join {
            JoinAs::Tip => row.kind.may_join_case(),
            JoinAs::Report => row.kind.may_open_case(),
        };
        if row.case.is_some() || row.settled_ms.is_some() || !possible {
            return Err(AppError::conflict("not_possible_now"));
        }
        let (spoken, _) = self.open_call(actor, &row).await?;
        let body = serde_json::to_vec(&spoken).map_err(|_| AppError::internal("call_body"))?;
        let key = self.case_key(case).await?;
        let tip = match join {
            JoinAs::Tip => {
                let told = (&spoken, row.receipt_hash);
                Some(self.tip_of_call(case, &key, told).await?)
            }
            JoinAs::Report => None,
        };
        let joining = Joining {
            actor: actor.clone(),
            call: id,
            case,
            body: key.seal(&call::body_context(id), &body),
            app: self.clone(),
            tip,
        };
        let rung = joining.tip.as_ref().map(|(tip, _)| tip.tip);
        self.db()
            .write("join_call", joining, |tx, joining| {
                Box::pin(join_in(tx, joining))
            })
            .await?;
        self.db().keys().destroy(&[&id.to_string()]).await?;
        if let Some(tip) = rung {
            self.bus().ring(Event::Tip(tip.to_string()));
        }
        self.bus().ring(Event::Board);
        self.bus().ring(Event::Case(case.to_string()));
        Ok(())
    }
}

async fn join_in(tx: &mut Tx, joining: &Joining) -> AppResult<()> {
    let row = call::get(tx, joining.call).await?;
    if row.case.is_some() {
        return Err(AppError::conflict("not_possible_now"));
    }
    if let Some(tip) = &joining.tip {
        keep_tip(tx, (&joining.app, tip), (&joining.actor, joining.call)).await?;
    }
    let end = CallEnd {
        ending: DutyEnd::Done,
        by: joining.actor.person,
        note: None,
    };
    if !call::settle(tx, joining.call, &end).await? {
        return Err(AppError::conflict("already_settled"));
    }
    let tip = joining.tip.as_ref().map(|(tip, _)| tip.tip);
    call::join(tx, joining.call, (joining.case, tip), &joining.body).await?;
    let row = call::get(tx, joining.call).await?;
    audit(tx, joining.actor.person, "call.join", &row)
}
