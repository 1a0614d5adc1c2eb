//! Ending: one person at once, or the clock; a second confirms the reason. It never waits for
//! anything that is still being sent.

use tifli_domain::Actor;
use tifli_domain::alert::{AlertAct, AlertState, EndReason, VersionAct, VersionState};
use tifli_domain::bulletin::ceases;
use tifli_domain::case::CaseAct;
use tifli_domain::channel::OwnChannel;
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::{AlertId, MessageId, OutboxId, PersonId};
use tifli_domain::message::{Message, MsgType};
use tifli_domain::permission::Act;
use tifli_store::alert::{self, AlertRow};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::message::{self, MessageRow};
use tifli_store::{DataKey, Reads, Sealed, Tx, case, delivery, ledger};

use super::draft::audit;
use super::freeze::{Frozen, write_binding};
use crate::bus::Event;
use crate::stages::Stage;
use crate::{App, AppError, AppResult, bulletin, duty, partner};

/// What an end carries into its transaction.
struct Ending {
    by: Option<PersonId>,
    reason: EndReason,
    message: MessageRow,
    outbox: Vec<OutboxId>,
    /// Seals the cessation of the search.
    key: DataKey,
}

impl App {
    /// Ends a live alert at once. When this returns, no send of an earlier version starts.
    pub async fn cancel(
        &self,
        actor: &Actor,
        alert_id: AlertId,
        reason: EndReason,
    ) -> AppResult<()> {
        let row = self.alert_row(alert_id).await?;
        self.permit(actor, Act::CancelAlert, &row.district)?;
        if reason == EndReason::Expired {
            return Err(AppError::field("reason", "not_an_answer"));
        }
        self.end_newest(row, actor.person, reason).await
    }

    /// Ends the alert whatever version went out meanwhile: an end never loses to an update.
    async fn end_newest(
        &self,
        mut row: AlertRow,
        by: PersonId,
        reason: EndReason,
    ) -> AppResult<()> {
        loop {
            let seen = row.version;
            let refused = match self.end(&row, Some(by), reason).await {
                Err(error) if error.code == "alert_changed" => error,
                other => return other,
            };
            row = self.alert_row(row.alert).await?;
            if row.version == seen {
                return Err(refused);
            }
        }
    }

    /// Confirms the reason of an end; the person who ended it cannot.
    pub async fn confirm_end(&self, actor: &Actor, alert_id: AlertId) -> AppResult<()> {
        let row = self.alert_row(alert_id).await?;
        self.permit(actor, Act::ConfirmEnd, &row.district)?;
        let args = (actor.clone(), alert_id);
        self.db()
            .write("confirm_end", args, |tx, (actor, alert_id)| {
                Box::pin(async move {
                    let mut row = alert::get(tx, *alert_id).await?;
                    if row.ended_by == Some(actor.person) {
                        return Err(AppError::conflict("same_person"));
                    }
                    row.state = row.state.after(AlertAct::Confirm)?;
                    row.confirmed_by = Some(actor.person);
                    row.confirmed_ms = Some(tx.now_ms());
                    alert::update(tx, &row).await?;
                    audit(tx, actor, "alert.confirm_end", *alert_id, Detail::none())
                })
            })
            .await?;
        self.bus().ring(Event::Alert(alert_id.to_string()));
        Ok(())
    }

    /// Ends what the clock has run out on. Called by the clock worker.
    pub(crate) async fn expire(&self, row: &AlertRow) -> AppResult<()> {
        self.end(row, None, EndReason::Expired).await
    }

    async fn end(&self, row: &AlertRow, by: Option<PersonId>, reason: EndReason) -> AppResult<()> {
        if row.state != AlertState::Live {
            return Err(AppError::conflict("alert_not_live"));
        }
        let stage = Stage::begin("alert.end", row.alert);
        let id = MessageId::new(self.now_ms(), self.entropy());
        let area = self.last_area(row.alert).await?;
        let composed = self.compose_cancel(row, id, &area).await?;
        let frozen = self
            .freeze(
                (row.alert, id, row.case),
                &composed,
                OwnChannel::of_alerts(),
                (0, 0),
            )
            .await?;
        let cap = self.cap_for_end((row.case, id), &composed).await;
        let ending = Ending {
            by,
            reason,
            key: self.case_key(row.case).await?,
            message: self.cancel_row((row, cap), id, &composed, frozen)?,
            outbox: self.outbox_ids(),
        };
        let (app, row) = (self.clone(), row.clone());
        // A task of its own: who asks may go away, what follows the commit may not be left out.
        tokio::spawn(async move { app.write_down(row, ending, stage).await })
            .await
            .map_err(|_| AppError::internal("end_stopped"))?
    }

    /// Commits the end, then raises the floor, and only then is the end answered.
    async fn write_down(&self, row: AlertRow, ending: Ending, stage: Stage) -> AppResult<()> {
        let version = ending.message.version;
        let args = (self.clone(), row.alert, ending);
        self.db()
            .write_urgent("cancel_alert", args, |tx, (app, alert_id, ending)| {
                Box::pin(async move { write_end(app, tx, *alert_id, ending).await })
            })
            .await?;
        stage.commit();
        self.tombstones().raise(row.alert, version);
        self.open_messages().forget(&row.code);
        self.pictures().forget(&row.code);
        self.bus().call_workers();
        self.bus().ring(Event::Alert(row.alert.to_string()));
        self.bus().ring(Event::Case(row.case.to_string()));
        self.bus().ring(Event::Bulletin(row.case.to_string()));
        Ok(())
    }

    fn cancel_row(
        &self,
        (row, cap): (&AlertRow, Option<Sealed>),
        id: MessageId,
        composed: &Message,
        frozen: Frozen,
    ) -> AppResult<MessageRow> {
        let signature = self
            .signer()
            .sign_cancel(&frozen.binding)
            .map_err(|_| AppError::internal("not_signed"))?;
        Ok(MessageRow {
            message: id,
            alert: row.alert,
            seq: 0,
            version: composed.version,
            msg_type: MsgType::Cancel,
            identifier: composed.identifier.clone(),
            sent_ms: composed.sent_ms,
            expires_ms: composed.expires_ms,
            area: composed.area.clone(),
            binding: write_binding(&frozen.binding)?,
            signature,
            frozen: frozen.sealed,
            cap,
        })
    }

    async fn last_area(&self, alert_id: AlertId) -> AppResult<String> {
        self.db()
            .read("last_area", alert_id, |reads, alert_id| {
                Box::pin(async move {
                    let messages = message::list_by_alert(reads, *alert_id).await?;
                    let last = messages.into_iter().next_back();
                    last.map(|m| m.area)
                        .ok_or_else(|| AppError::conflict("alert_not_live"))
                })
            })
            .await
    }
}

async fn write_end(app: &App, tx: &mut Tx, alert_id: AlertId, ending: &Ending) -> AppResult<()> {
    let now = tx.now_ms();
    let mut row = alert::get(tx, alert_id).await?;
    let act = if ending.by.is_some() {
        AlertAct::Cancel
    } else {
        AlertAct::Expire
    };
    row.state = row.state.after(act)?;
    if row.version + 1 != ending.message.version {
        return Err(AppError::conflict("alert_changed"));
    }
    message::insert(tx, &ending.message).await?;
    let channels = OwnChannel::of_alerts();
    super::decide::write_outbox(tx, &ending.message, (&channels, &ending.outbox)).await?;
    message::withdraw_outbox(tx, alert_id, ending.message.version).await?;
    delivery::withdraw(tx, alert_id, ending.message.version).await?;
    withdraw_versions(tx, &row).await?;
    let alert = row.alert.to_string();
    let waited = (row.case, DutyKind::Decide, alert.as_str());
    duty::settle(tx, waited, (DutyEnd::Needless, ending.by)).await?;
    let wished = (row.case, DutyKind::DecideWithdrawal, "");
    duty::settle(tx, wished, (DutyEnd::Done, ending.by)).await?;
    for dropped in ["adult", "plate"] {
        let waited = (row.case, DutyKind::DropCleared, dropped);
        duty::settle(tx, waited, (DutyEnd::Needless, ending.by)).await?;
    }
    for row in ledger::list_by_alert(tx, alert_id).await? {
        let subject = row.delivery.to_string();
        let waited = (row.case, DutyKind::DeadDelivery, subject.as_str());
        duty::settle(tx, waited, (DutyEnd::Needless, ending.by)).await?;
    }
    row.version = ending.message.version;
    row.ended_ms = Some(now);
    row.end_reason = Some(ending.reason);
    row.ended_by = ending.by;
    alert::update(tx, &row).await?;
    partner::on_end(app, tx, &row).await?;
    let mut file = case::get(tx, row.case).await?;
    file.state = file.state.after(CaseAct::Recall)?;
    file.ended_ms = Some(now);
    case::update(tx, &file).await?;
    if let Some(cause) = ceases(ending.reason) {
        bulletin::cease(tx, (app, &ending.key), (row.case, ending.by), cause).await?;
    }
    let actor = ending
        .by
        .map_or_else(|| "system".to_owned(), |p| p.to_string());
    let detail = Detail::none()
        .with("reason", ending.reason.as_str())
        .with("version", ending.message.version);
    let entry =
        Entry::new(actor, "alert.end", ObjectId::new("alert", alert_id)).with_detail(detail);
    Ok(tx.audit(entry)?)
}

async fn withdraw_versions(tx: &mut Tx, row: &AlertRow) -> AppResult<()> {
    for mut version in alert::list_versions(tx, row.alert, row.case).await? {
        if matches!(
            version.state,
            VersionState::Drafted | VersionState::Submitted
        ) {
            version.state = version.state.after(VersionAct::Withdraw)?;
            alert::update_version(tx, &version).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Confirmation;
    use crate::testing::TestHouse;

    #[tokio::test(flavor = "multi_thread")]
    async fn an_end_does_not_lose_to_an_update_that_was_approved_a_moment_before() {
        let house = TestHouse::new().await;
        let (officer, approver) = (house.officer().await, house.approver().await);
        let app = &house.app;
        let case = house.received_case(&officer).await;
        let first = app.begin_alert(&officer, case).await.unwrap();
        let submitted = app
            .submit(&officer, first, Confirmation::Given)
            .await
            .unwrap();
        let alert = submitted.binding.alert;
        app.approve(&approver, first, submitted.binding)
            .await
            .unwrap();
        let before = app.alert_row(alert).await.unwrap();
        let update = app.begin_update(&officer, alert).await.unwrap();
        let submitted = app
            .submit(&officer, update, Confirmation::Given)
            .await
            .unwrap();
        app.approve(&approver, update, submitted.binding)
            .await
            .unwrap();
        let clock = app.expire(&before).await.unwrap_err();
        assert_eq!(
            clock.code, "alert_changed",
            "the clock looks again: it may live longer now"
        );
        app.end_newest(before, officer.person, EndReason::Found)
            .await
            .unwrap();
        let row = app.alert_row(alert).await.unwrap();
        assert_eq!((row.state, row.version), (AlertState::Ended, 3));
        assert!(!app.tombstones().allows(alert, 2));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_end_asked_for_by_somebody_who_went_away_still_stops_what_is_being_sent() {
        let house = TestHouse::new().await;
        let (officer, approver) = (house.officer().await, house.approver().await);
        let app = house.app.clone();
        let case = house.received_case(&officer).await;
        let first = app.begin_alert(&officer, case).await.unwrap();
        let submitted = app
            .submit(&officer, first, Confirmation::Given)
            .await
            .unwrap();
        let alert = submitted.binding.alert;
        app.approve(&approver, first, submitted.binding)
            .await
            .unwrap();
        let mut asked = Box::pin(app.cancel(&officer, alert, EndReason::Danger));
        // Polled until the commit is under way, and left before its answer.
        'asking: while futures::poll!(&mut asked).is_pending() {
            for _ in 0..30 {
                if app.alert_row(alert).await.unwrap().state != AlertState::Live {
                    break 'asking;
                }
            }
        }
        drop(asked);
        let raised = async {
            while app.tombstones().allows(alert, 1) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), raised)
            .await
            .unwrap();
    }
}
