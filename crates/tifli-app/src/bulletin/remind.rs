//! Reminding a service that has not acknowledged: by the clock, a few times, and by hand.

use tifli_domain::Actor;
use tifli_domain::bulletin::{MailAct, MailState, ReadingState};
use tifli_domain::id::BulletinId;
use tifli_domain::permission::Act;
use tifli_store::audit::Detail;
use tifli_store::bulletin::{self, PlaceRow};
use tifli_store::{Reads, Tx};

use super::audit;
use crate::bus::Event;
use crate::{App, AppError, AppResult};

/// Reminds every service whose time has come; never asks to be run again at once.
pub(crate) async fn remind_all(app: &App) -> AppResult<bool> {
    let due = app
        .db()
        .read("bulletins_to_remind", (), |reads, ()| {
            Box::pin(async move { Ok::<_, AppError>(bulletin::list_to_remind(reads).await?) })
        })
        .await?;
    for place in &due {
        let args = (app.clone(), place.place.clone());
        app.db()
            .write("remind_service", args, |tx, (app, place)| {
                Box::pin(async move { remind_in(tx, app, place).await })
            })
            .await?;
        app.bus().ring(Event::Bulletin(place.case.to_string()));
    }
    if !due.is_empty() {
        app.bus().call_workers();
    }
    Ok(false)
}

impl App {
    /// Reminds every service that has not acknowledged the newest telegram, at once; says how many.
    pub async fn remind_silent(&self, actor: &Actor, id: BulletinId) -> AppResult<u64> {
        let closed = self.closed_bulletin(actor, id).await?;
        self.permit(actor, Act::SendBulletin, &closed.row.district)?;
        let args = (self.clone(), actor.clone(), closed.row);
        let (case, reminded) = self
            .db()
            .write("remind_silent", args, |tx, (app, actor, row)| {
                Box::pin(async move {
                    let mut reminded = 0;
                    for place in bulletin::list_silent(tx, row.case).await? {
                        let again = place.bulletin == row.bulletin;
                        if again && mail_again(tx, app, place).await? {
                            reminded += 1;
                        }
                    }
                    let detail = Detail::none().with("services", reminded);
                    audit(tx, actor.person, ("bulletin.remind", row), detail)?;
                    Ok::<_, AppError>((row.case, reminded))
                })
            })
            .await?;
        self.announce_bulletin(case);
        Ok(reminded)
    }
}

async fn remind_in(tx: &mut Tx, app: &App, place: &str) -> AppResult<()> {
    let mut row = bulletin::get_place(tx, place).await?;
    let due = row.remind_ms.is_some_and(|at| at <= tx.now_ms());
    if !due || row.reading == ReadingState::Acknowledged {
        return Ok(());
    }
    if row.mail_seq < app.pack().telegrams().reminders() {
        mail_again(tx, app, row).await?;
    } else {
        row.remind_ms = None;
        bulletin::update_place(tx, &row).await?;
    }
    Ok(())
}

/// Writes the e-mail down again, as the next reminder; false where it still waits or has nowhere to go.
async fn mail_again(tx: &mut Tx, app: &App, mut row: PlaceRow) -> AppResult<bool> {
    if !matches!(row.mail, MailState::Handed | MailState::Failed) {
        return Ok(false);
    }
    let now = tx.now_ms();
    row.mail = row.mail.after(MailAct::Again)?;
    row.mail_seq += 1;
    row.mail_attempts = 0;
    row.mail_next_ms = now;
    row.remind_ms = Some(now + app.pack().telegrams().remind_ms());
    bulletin::update_place(tx, &row).await?;
    Ok(true)
}
