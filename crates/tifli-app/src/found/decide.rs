//! Saying whose child a found one is: one person proposes, another confirms. The case then begins its
//! closing at *located*; its alert stays as it is until somebody ends it.

use tifli_domain::Actor;
use tifli_domain::found::{FoundAct, may_confirm};
use tifli_domain::id::{CaseId, FoundId};
use tifli_domain::permission::Act;
use tifli_domain::text;
use tifli_store::{DataKey, Reads, Tx, case, found};

use super::{audit, not_erased};
use crate::bus::Event;
use crate::closing::write_located;
use crate::report::{still_open, text_problem};
use crate::{App, AppError, AppResult};

/// The most characters of a reason.
const REASON: usize = 1_000;

struct Deciding {
    app: App,
    actor: Actor,
    found: FoundId,
    case: CaseId,
    key: DataKey,
}

impl App {
    /// Says that a found child is the child of a case. Another person must say so too.
    pub async fn propose_match(
        &self,
        actor: &Actor,
        found: FoundId,
        case: CaseId,
    ) -> AppResult<()> {
        let row = self.found_row(found).await?;
        self.permit(actor, Act::MatchFound, &row.district)?;
        let file = self.case_row(case).await?;
        self.permit(actor, Act::ReadCase, &file.district)?;
        let args = (actor.clone(), found, case);
        self.db()
            .write("propose_match", args, |tx, (actor, found, case)| {
                Box::pin(async move {
                    still_open(&case::get(tx, *case).await?)?;
                    let mut row = found::get(tx, *found).await?;
                    not_erased(&row)?;
                    row.state = row.state.after(FoundAct::Propose)?;
                    row.case = Some(*case);
                    row.proposed_by = Some(actor.person);
                    row.proposed_ms = Some(tx.now_ms());
                    found::update(tx, &row).await?;
                    audit(tx, actor.person, "found.propose", &row)
                })
            })
            .await?;
        self.bus().ring(Event::Case(case.to_string()));
        Ok(())
    }

    /// Confirms what another person proposed: the child of the case is located.
    pub async fn confirm_match(&self, actor: &Actor, found: FoundId) -> AppResult<CaseId> {
        let row = self.found_row(found).await?;
        self.permit(actor, Act::MatchFound, &row.district)?;
        let case = row
            .case
            .ok_or_else(|| AppError::conflict("not_possible_now"))?;
        let file = self.case_row(case).await?;
        self.permit(actor, Act::ReadCase, &file.district)?;
        let args = Deciding {
            app: self.clone(),
            actor: actor.clone(),
            found,
            case,
            key: self.case_key(case).await?,
        };
        self.db()
            .write("confirm_match", args, |tx, args| {
                Box::pin(confirm_in(tx, args))
            })
            .await?;
        self.bus().ring(Event::Case(case.to_string()));
        self.bus().ring(Event::Board);
        Ok(case)
    }

    /// Says that a found child is not the child that was proposed.
    pub async fn decline_match(&self, actor: &Actor, found: FoundId) -> AppResult<()> {
        let row = self.found_row(found).await?;
        self.permit(actor, Act::MatchFound, &row.district)?;
        self.db()
            .write("decline_match", (actor.person, found), |tx, (by, found)| {
                Box::pin(async move {
                    let mut row = found::get(tx, *found).await?;
                    let declined = row.clone();
                    row.state = row.state.after(FoundAct::Decline)?;
                    (row.case, row.proposed_by, row.proposed_ms) = (None, None, None);
                    found::update(tx, &row).await?;
                    audit(tx, by, "found.decline", &declined)
                })
            })
            .await?;
        Ok(())
    }

    /// Ends the file of a found child without a case, with a reason: its family or its protection was
    /// found otherwise.
    pub async fn close_found(&self, actor: &Actor, found: FoundId, reason: &str) -> AppResult<()> {
        let row = self.found_row(found).await?;
        self.permit(actor, Act::MatchFound, &row.district)?;
        not_erased(&row)?;
        let reason = text::required(reason, REASON)
            .map_err(|error| AppError::invalid(vec![text_problem("reason", error)]))?;
        let key = self.db().keys().get(&found.to_string()).await?;
        let reason = key.seal(&found::reason_context(found), reason.as_bytes());
        let args = (actor.person, found, reason);
        self.db()
            .write("close_found", args, |tx, (by, found, reason)| {
                Box::pin(async move {
                    let mut row = found::get(tx, *found).await?;
                    row.state = row.state.after(FoundAct::Close)?;
                    row.closed_by = Some(*by);
                    row.closed_ms = Some(tx.now_ms());
                    found::update(tx, &row).await?;
                    found::put_reason(tx, *found, reason).await?;
                    audit(tx, by, "found.close", &row)
                })
            })
            .await?;
        Ok(())
    }
}

async fn confirm_in(tx: &mut Tx, args: &Deciding) -> AppResult<()> {
    let mut row = found::get(tx, args.found).await?;
    let next = row.state.after(FoundAct::Confirm)?;
    if row.case != Some(args.case) {
        return Err(AppError::conflict("not_possible_now"));
    }
    let first = row.proposed_by;
    if !first.is_some_and(|first| may_confirm(first, args.actor.person)) {
        return Err(AppError::conflict("same_person"));
    }
    row.state = next;
    row.confirmed_by = Some(args.actor.person);
    row.confirmed_ms = Some(tx.now_ms());
    found::update(tx, &row).await?;
    write_located(tx, (&args.app, &args.actor), args.case, &args.key).await?;
    audit(tx, args.actor.person, "found.link", &row)
}
