//! What a decision about the alert makes of its hand-overs, in the same transaction: a new version is
//! to be handed over again, an end leaves withdrawals to ask for.

use tifli_domain::duty::DutyEnd;
use tifli_domain::id::{HandoverId, MessageId};
use tifli_domain::partner::{HandoverAct, HandoverState};
use tifli_pack::{Holds, Partner};
use tifli_store::alert::AlertRow;
use tifli_store::handover::{self, HandoverRow};
use tifli_store::{Reads as _, Tx};

use super::{Told, note_down, open_duty, settle_duties};
use crate::{App, AppResult};

/// A version went out: carriers get it, and so does every partner that was given an earlier one.
pub(crate) async fn on_issue(
    app: &App,
    tx: &mut Tx,
    (alert, message): (&AlertRow, MessageId),
) -> AppResult<()> {
    let earlier = handover::list_by_alert(tx, alert.alert).await?;
    for partner in app.pack().partners() {
        if !partner.may_be_used(app.realm()) {
            continue;
        }
        let before = earlier.iter().rev().find(|row| row.partner == partner.id);
        let goes_on = before.is_some_and(|row| goes_on(row.state));
        if !partner.carrier && !goes_on {
            continue;
        }
        for row in earlier.iter().filter(|row| row.partner == partner.id) {
            drop_unsent(tx, row.clone()).await?;
        }
        let mut row = new_row(app, tx, alert, (message, partner));
        row.picture |= before.is_some_and(|before| before.picture);
        insert(tx, app, &row, &Told::default()).await?;
    }
    Ok(())
}

/// The alert ended: what was never given away is dropped, the rest waits to be withdrawn.
pub(crate) async fn on_end(app: &App, tx: &mut Tx, alert: &AlertRow) -> AppResult<()> {
    for row in handover::list_by_alert(tx, alert.alert).await? {
        settle_duties(tx, &row, (DutyEnd::Needless, None)).await?;
        if row.state.may_be_shown() {
            open_duty(tx, app, &row).await?;
        } else {
            drop_unsent(tx, row).await?;
        }
    }
    Ok(())
}

/// Keeps a prepared hand-over, with the duty to give it away.
pub(super) async fn insert(
    tx: &mut Tx,
    app: &App,
    row: &HandoverRow,
    told: &Told,
) -> AppResult<()> {
    handover::insert(tx, row).await?;
    note_down(tx, row, told).await?;
    open_duty(tx, app, row).await
}

/// A hand-over of this message to this partner, prepared now; the photo goes with it where the
/// partner may hold it.
pub(super) fn new_row(
    app: &App,
    tx: &Tx,
    alert: &AlertRow,
    (message, partner): (MessageId, &Partner),
) -> HandoverRow {
    HandoverRow {
        handover: HandoverId::new(tx.now_ms(), app.entropy()),
        case: alert.case,
        district: alert.district.clone(),
        alert: alert.alert,
        live: true,
        ended_ms: None,
        message,
        partner: partner.id.clone(),
        version: alert.version,
        state: HandoverState::Prepared,
        picture: may_hold_picture(partner),
        created_ms: tx.now_ms(),
        submitted_ms: None,
        live_ms: None,
        asked_ms: None,
        withdrawn_ms: None,
    }
}

/// Whether a partner may have the photo without anybody's leave.
pub(super) fn may_hold_picture(partner: &Partner) -> bool {
    partner.holds == Holds::Picture
}

/// A partner that was given an earlier version, or was about to be, is given the new one.
fn goes_on(state: HandoverState) -> bool {
    matches!(
        state,
        HandoverState::Prepared | HandoverState::Submitted | HandoverState::SeenLive
    )
}

async fn drop_unsent(tx: &mut Tx, mut row: HandoverRow) -> AppResult<()> {
    let Ok(next) = row.state.after(HandoverAct::Drop) else {
        return Ok(());
    };
    row.state = next;
    settle_duties(tx, &row, (DutyEnd::Needless, None)).await?;
    handover::update(tx, &row).await?;
    let told = Told {
        act: Some(HandoverAct::Drop),
        ..Told::default()
    };
    note_down(tx, &row, &told).await
}
