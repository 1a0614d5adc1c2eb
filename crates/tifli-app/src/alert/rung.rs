//! Another rung: the approver sends a version back with the rung it should have and why; the author takes that over in
//! one act, which decides the rung and makes the next draft fit it.

use tifli_domain::Actor;
use tifli_domain::alert::{AlertState, VersionAct, VersionState};
use tifli_domain::area::AreaSpec;
use tifli_domain::id::{MessageId, PersonId};
use tifli_domain::permission::Act;
use tifli_domain::qualify::Rung;
use tifli_store::Sealed;
use tifli_store::alert::{self, AlertRow};
use tifli_store::audit::Detail;

use super::draft::{Draft, audit, audited, find_open_version, insert_draft, parse_draft};
use crate::bus::Event;
use crate::publication::{Writing, taken};
use crate::{App, AppError, AppResult};

/// What taking a proposal over carries into its transaction.
struct Taking {
    actor: Actor,
    row: AlertRow,
    returned: MessageId,
    next: (MessageId, Sealed),
    proposed_by: PersonId,
    writing: Writing,
}

impl App {
    /// Sends a version back to its author with another rung and the reason for it. For the bulletin alone there is the
    /// refusal, which leaves the guardian what is owed.
    pub async fn propose_rung(
        &self,
        actor: &Actor,
        message_id: MessageId,
        (rung, reason): (Rung, &str),
    ) -> AppResult<()> {
        if rung == Rung::Bulletin {
            return Err(AppError::field("rung", "rung_is_refusal"));
        }
        let act = (VersionAct::Return, Some(rung));
        self.turn_down(actor, message_id, reason, act).await
    }

    /// Takes over the rung that a version came back with: the rung is decided by both, and the next draft, with the same
    /// texts, is as wide as that rung allows.
    pub async fn take_rung(&self, actor: &Actor, returned: MessageId) -> AppResult<MessageId> {
        let (row, version) = self.version_row(returned).await?;
        self.permit(actor, Act::DraftAlert, &row.district)?;
        let (Some(rung), Some(proposed_by)) = (version.proposed_rung, version.decided_by) else {
            return Err(AppError::conflict("no_rung_proposed"));
        };
        if version.state != VersionState::Returned {
            return Err(AppError::conflict("no_rung_proposed"));
        }
        let mut sealed = vec![version.draft.clone()];
        sealed.extend(version.reason.clone());
        let read = audited(actor, "take_rung", row.alert);
        let opened = self.db().open_sealed(read, sealed).await?;
        let draft = parse_draft(opened.bytes(0))?;
        let reason = opened.text(1).unwrap_or_default();
        let draft = Draft {
            area: draft.area.map(|area| self.fitted(area, rung)),
            ..draft
        };
        let writing = self.taking(actor, row.case, (rung, reason)).await?;
        let next = MessageId::new(self.now_ms(), self.entropy());
        let sealed = self.seal_draft(row.case, next, &draft).await?;
        let (case, alert) = (row.case, row.alert);
        let taking = Taking {
            actor: actor.clone(),
            row,
            returned,
            next: (next, sealed),
            proposed_by,
            writing,
        };
        let message = self
            .db()
            .write("take_rung", taking, |tx, taking| Box::pin(take(tx, taking)))
            .await?;
        for event in [
            Event::Alert(alert.to_string()),
            Event::Case(case.to_string()),
        ] {
            self.bus().ring(event);
        }
        Ok(message)
    }

    /// A circle as wide as the rung allows; a shape drawn by hand stays, and so does any for the whole country.
    fn fitted(&self, area: AreaSpec, rung: Rung) -> AreaSpec {
        let widest = rung.widest(&self.pack().qualification().thresholds());
        match (area, widest) {
            (AreaSpec::Circle { center, .. }, Some(radius)) => AreaSpec::Circle { center, radius },
            (area, _) => area,
        }
    }
}

/// Done once: who takes it over again, or redrafted meanwhile, goes on with the version begun.
async fn take(tx: &mut tifli_store::Tx, taking: &Taking) -> AppResult<MessageId> {
    let (actor, row) = (&taking.actor, &taking.row);
    let now = alert::get(tx, row.alert).await?;
    if !matches!(now.state, AlertState::Preparing | AlertState::Live) {
        return Err(AppError::conflict("alert_ended"));
    }
    if let Some(open) = find_open_version(tx, row).await? {
        return Ok(open);
    }
    let versions = alert::list_versions(tx, row.alert, row.case).await?;
    if versions.last().map(|last| last.message) != Some(taking.returned) {
        return Err(AppError::conflict("no_rung_proposed"));
    }
    taken(tx, &taking.writing, taking.proposed_by).await?;
    let (next, sealed) = &taking.next;
    insert_draft(tx, actor, (row.alert, now.version + 1), *next, sealed).await?;
    audit(tx, actor, "alert.redraft", row.alert, Detail::none())?;
    Ok(*next)
}
