//! The room's board: one duty per bulletin while a service is silent.

use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::PersonId;
use tifli_store::bulletin::BulletinRow;
use tifli_store::{Reads, Tx};

use crate::{App, AppResult, duty};

/// Asks the room to look at the silent services once their time is over.
pub(super) async fn watch_services(tx: &mut Tx, app: &App, row: &BulletinRow) -> AppResult<()> {
    let due_ms = tx.now_ms() + app.pack().telegrams().silent_ms();
    let subject = row.bulletin.to_string();
    let about = (row.case, DutyKind::BulletinSilent, subject.as_str());
    duty::open_until(tx, app, about, due_ms).await
}

/// Nobody is awaited any more: every service has acknowledged, or another bulletin took its place.
pub(super) async fn awaits_nobody(
    tx: &mut Tx,
    row: &BulletinRow,
    (ending, by): (DutyEnd, PersonId),
) -> AppResult<()> {
    let subject = row.bulletin.to_string();
    let about = (row.case, DutyKind::BulletinSilent, subject.as_str());
    duty::settle(tx, about, (ending, Some(by))).await?;
    Ok(())
}
