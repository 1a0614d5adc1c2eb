//! The clock: ends what has expired, pages the approver about an end nobody confirmed, and says
//! when the last channel is dark.

use tifli_domain::alert::{AlertState, CONFIRM_WITHIN};
use tifli_domain::case::{CaseAct, CaseState};
use tifli_domain::channel::OwnChannel;
use tifli_domain::id::AlertId;
use tifli_domain::message::MsgType;
use tifli_store::alert::{self, AlertRow};
use tifli_store::audit::{Entry, ObjectId};
use tifli_store::delivery::Audience;
use tifli_store::{Reads, Tx, case, delivery, ledger, message};

use crate::bus::Event;
use crate::stages::say_committed;
use crate::{App, AppError, AppResult};

/// Looks once; never asks to be run again at once.
pub(crate) async fn watch_all(app: &App) -> AppResult<bool> {
    let (live, told) = app
        .db()
        .read("watch", (), |reads, ()| {
            Box::pin(async move {
                let live = alert::list_by_state(reads, AlertState::Live).await?;
                Ok::<_, AppError>((live, list_told(reads).await?))
            })
        })
        .await?;
    let now = app.now_ms();
    for row in live {
        if row.expires_ms.is_some_and(|expires| expires <= now) {
            note(&row, app.expire(&row).await);
        }
    }
    for row in told {
        note(&row, go_dark(app, &row).await);
    }
    // Whatever became of one of these, nobody else's page waits for it.
    let unconfirmed = page_unconfirmed(app, now).await;
    let venues = crate::venue::expire_all(app).await;
    app.page_late_duties().await?;
    app.page_late_calls().await?;
    venues?;
    unconfirmed?;
    Ok(false)
}

/// What fails for one alert is said, and keeps no other waiting. An alert that was changed since it
/// was looked at is looked at again.
pub(super) fn note(row: &AlertRow, result: AppResult<()>) {
    match result {
        Err(error) if error.code != "alert_changed" => {
            tracing::error!(alert.id = %row.alert, code = %error.code, source = ?error.source,
                "an alert could not be looked after");
        }
        _ => {}
    }
}

/// Ended alerts of which nothing is being sent any more, and whose end every system was told, or that
/// somebody let go on. Asked first, so that the writer is left to the senders until then.
async fn list_told(reads: &mut impl Reads) -> AppResult<Vec<AlertRow>> {
    let mut told = Vec::new();
    for row in alert::list_recalling(reads).await? {
        let open = delivery::count_open(reads, row.alert).await?;
        if open == 0 && !is_held(reads, row.alert).await? {
            told.push(row);
        }
    }
    Ok(told)
}

/// Whether a system was not told of the end, and nobody let the recall go on without it.
async fn is_held(reads: &mut impl Reads, alert: AlertId) -> AppResult<bool> {
    let rows = ledger::list_by_alert(reads, alert).await?;
    Ok(rows.iter().any(ledger::AddressedRow::holds_recall))
}

/// The alert is dark when its Cancel has been relayed and no delivery of it is left to do.
async fn go_dark(app: &App, row: &AlertRow) -> AppResult<()> {
    let went = app
        .db()
        .write("go_dark", row.alert, |tx, id| {
            Box::pin(async move { write_dark(tx, *id).await })
        })
        .await?;
    if went {
        say_committed("alert.dark", row.alert, 1);
        app.bus().ring(Event::Alert(row.alert.to_string()));
        app.bus().ring(Event::Case(row.case.to_string()));
    }
    Ok(())
}

async fn write_dark(tx: &mut Tx, id: AlertId) -> AppResult<bool> {
    let mut row = alert::get(tx, id).await?;
    if row.dark_ms.is_some() || message::count_open_outbox(tx, id).await? > 0 {
        return Ok(false);
    }
    let last = message::list_by_alert(tx, id).await?.pop();
    let Some(cancel) = last.filter(|m| m.msg_type == MsgType::Cancel) else {
        return Ok(false);
    };
    let deliveries = delivery::list_by_alert(tx, id).await?;
    let mine: Vec<_> = deliveries
        .iter()
        .filter(|d| d.message == cancel.message)
        .collect();
    // What goes to systems is asked by name: one without which the recall goes on is not waited for.
    let to_subscribers = mine.iter().filter(|d| d.audience != Audience::One);
    let open = to_subscribers.filter(|d| !d.state.is_terminal()).count();
    if open > 0 || is_held(tx, id).await? {
        return Ok(false);
    }
    let ended = row.ended_ms.unwrap_or(cancel.sent_ms);
    let systems = ledger::list_by_alert(tx, id).await?;
    let released = systems.iter().filter_map(|one| one.released_ms);
    let told = mine.iter().filter_map(|d| d.last_ms);
    let dark = told.chain(released).fold(ended, i64::max);
    row.dark_ms = Some(dark);
    alert::update(tx, &row).await?;
    for channel in OwnChannel::ALL.iter().copied() {
        let told = mine.iter().filter(|d| d.channel == channel.as_str());
        let told: Vec<_> = told.collect();
        if told.is_empty() && channel != OwnChannel::WebPush {
            continue;
        }
        let receipt = message::Receipt {
            alert: id,
            message: cancel.message,
            channel: channel.as_str().to_owned(),
            kind: "withdrawn".into(),
            amount: told.iter().map(|d| d.handed).sum(),
            at_ms: told.iter().filter_map(|d| d.last_ms).max().unwrap_or(dark),
        };
        message::insert_receipt(tx, &receipt).await?;
    }
    delivery::destroy_bitmaps(tx, id).await?;
    let mut file = case::get(tx, row.case).await?;
    // A case may have ended a second alert meanwhile: it is dark with the last of them.
    let alerts = alert::list_by_case(tx, row.case).await?;
    let is_told = |one: &AlertRow| one.ended_ms.is_none() || one.dark_ms.is_some();
    if file.state == CaseState::Recalling && alerts.iter().all(is_told) {
        file.state = file.state.after(CaseAct::GoDark)?;
        file.dark_ms = Some(dark);
        case::update(tx, &file).await?;
    }
    tx.audit(Entry::new(
        "system",
        "alert.dark",
        ObjectId::new("alert", id),
    ))?;
    Ok(true)
}

async fn page_unconfirmed(app: &App, now: i64) -> AppResult<()> {
    let late = app
        .db()
        .read("unconfirmed", (), |reads, ()| {
            Box::pin(async move {
                Ok::<_, AppError>(alert::list_by_state(reads, AlertState::Ended).await?)
            })
        })
        .await?;
    for row in late.iter().filter(|row| is_late(row, now)) {
        note(row, page_one(app, row).await);
    }
    Ok(())
}

async fn page_one(app: &App, row: &AlertRow) -> AppResult<()> {
    let paged = app
        .db()
        .write("page_unconfirmed", row.alert, |tx, id| {
            Box::pin(async move { write_paged(tx, *id).await })
        })
        .await?;
    if paged {
        app.bus().ring(Event::Alert(row.alert.to_string()));
    }
    Ok(())
}

/// Whether nobody confirmed an end in time and its approver was not paged yet.
fn is_late(row: &AlertRow, now: i64) -> bool {
    let due = row.ended_ms.unwrap_or(now) + CONFIRM_WITHIN.as_millis();
    row.state == AlertState::Ended && row.paged_ms.is_none() && due <= now
}

/// Pages the approver, unless the end was confirmed since it was looked at. Says whether it did.
async fn write_paged(tx: &mut Tx, id: AlertId) -> AppResult<bool> {
    let mut row = alert::get(tx, id).await?;
    if !is_late(&row, tx.now_ms()) {
        return Ok(false);
    }
    row.paged_ms = Some(tx.now_ms());
    alert::update(tx, &row).await?;
    let object = ObjectId::new("alert", id);
    tx.audit(Entry::new("system", "alert.page_approver", object))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use tifli_domain::alert::EndReason;

    use super::*;
    use crate::testing::TestHouse;
    use crate::tip::stories::Out;

    #[tokio::test(flavor = "multi_thread")]
    async fn an_approver_is_not_paged_about_an_end_that_was_confirmed_a_moment_before() {
        let house = TestHouse::new().await;
        let out = Out::live(&house).await;
        let app = &house.app;
        let ended = app.cancel(&out.officer, out.alert, EndReason::Found);
        ended.await.unwrap();
        let page = async || {
            let written = app.db().write("page", out.alert, |tx, id| {
                Box::pin(async move { write_paged(tx, *id).await })
            });
            written.await.unwrap()
        };
        assert!(!page().await, "there is time");
        house.clock.advance(CONFIRM_WITHIN.as_millis());
        app.confirm_end(&out.approver, out.alert).await.unwrap();
        assert!(!page().await, "it was confirmed after it was looked at");
        let row = app.alert_row(out.alert).await.unwrap();
        assert_eq!(row.paged_ms, None);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_approver_is_paged_once() {
        let house = TestHouse::new().await;
        let out = Out::live(&house).await;
        let app = &house.app;
        let ended = app.cancel(&out.officer, out.alert, EndReason::Found);
        ended.await.unwrap();
        house.clock.advance(CONFIRM_WITHIN.as_millis());
        for expected in [true, false] {
            let written = app.db().write("page", out.alert, |tx, id| {
                Box::pin(async move { write_paged(tx, *id).await })
            });
            assert_eq!(written.await.unwrap(), expected);
        }
    }
}
