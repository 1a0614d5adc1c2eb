//! Hands over the e-mails that say that a telegram waits, one at a time under a lease.
//!
//! The e-mail bears an identifier made of the telegram, the service and the number of the reminder: whoever is killed
//! between the mail server's answer and the commit hands the same one over once more, and never none.

use tifli_channel::smtp::{Handing, Letter};
use tifli_domain::bulletin::{MailAct, MailState, mail_retry_at_ms};
use tifli_domain::channel::{Lawful, OwnChannel};
use tifli_domain::service::Service;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::bulletin::{self, MAILS, PlaceRow};
use tifli_store::{Reads, Tx, service};

use super::LEASE_MS;
use crate::bus::Event;
use crate::codes::new_token;
use crate::{App, AppError, AppResult};

/// What became of one e-mail, on its way into the transaction.
struct Result {
    place: String,
    token: String,
    handing: Option<Handing>,
}

/// Takes one e-mail that is due and hands it over; false when there is none.
pub(super) async fn mail_one(app: &App) -> AppResult<bool> {
    let token = new_token(app.entropy());
    let taken = app
        .db()
        .write_claim("take_mail", token.clone(), |tx, token| {
            Box::pin(async move {
                let until = tx.now_ms() + LEASE_MS;
                Ok::<_, AppError>(MAILS.take(tx, token, until, 1).await?)
            })
        })
        .await?;
    let Some(taken) = taken.into_iter().next() else {
        return Ok(false);
    };
    let (place, to) = read(app, taken.id).await?;
    let result = Result {
        handing: hand(app, &place, to).await,
        place: place.place,
        token,
    };
    app.db()
        .write("record_mail", result, |tx, result| {
            Box::pin(async move { record(tx, result).await })
        })
        .await?;
    app.bus().ring(Event::Bulletin(place.case.to_string()));
    Ok(true)
}

async fn read(app: &App, place: String) -> AppResult<(PlaceRow, Option<Service>)> {
    app.db()
        .read("mail", place, |reads, place| {
            Box::pin(async move {
                let place = bulletin::get_place(reads, place).await?;
                let to = service::find(reads, &place.service).await?;
                Ok::<_, AppError>((place, to))
            })
        })
        .await
}

/// `None` where there is no mail server or no address, or where the channel has no legal line that
/// counts: the telegram is read signed in only.
async fn hand(app: &App, place: &PlaceRow, to: Option<Service>) -> Option<Handing> {
    let (mail, to) = (app.mail()?, to?);
    let lawful = app.lawful(OwnChannel::BulletinMail.as_str());
    if to.email.is_empty() || lawful == Lawful::No {
        return None;
    }
    let words = app.pack().telegrams().mail();
    let link = format!("{}/console/bulletins/{}", app.base_url(), place.bulletin);
    let letter = Letter {
        id: format!("{}.{}", place.place, place.mail_seq),
        to: to.email,
        subject: words.subject.clone(),
        text: words.body(&link),
        at_ms: app.now_ms(),
    };
    Some(mail.hand(&letter).await)
}

async fn record(tx: &mut Tx, result: &Result) -> AppResult<()> {
    if !MAILS.finish(tx, &result.place, &result.token).await? {
        return Ok(());
    }
    let mut row = bulletin::get_place(tx, &result.place).await?;
    // Acknowledged or overtaken meanwhile: the e-mail went out, and nothing is waited for.
    if row.mail != MailState::Waiting {
        return Ok(());
    }
    let now = tx.now_ms();
    match &result.handing {
        None => row.mail = row.mail.after(MailAct::Drop)?,
        Some(Handing::Handed) => {
            row.mail = row.mail.after(MailAct::Hand)?;
            row.handed_ms = Some(now);
            row.mail_code = None;
        }
        Some(Handing::Refused(code)) => give_up(tx, &mut row, code)?,
        Some(Handing::Later(code) | Handing::Unknown(code)) => {
            row.mail_attempts += 1;
            match mail_retry_at_ms(row.mail_attempts, now) {
                None => give_up(tx, &mut row, code)?,
                Some(at_ms) => {
                    row.mail = row.mail.after(MailAct::Wait)?;
                    row.mail_next_ms = at_ms;
                    row.mail_code = Some(code.clone());
                }
            }
        }
    }
    Ok(bulletin::update_place(tx, &row).await?)
}

/// The failure stands by its name on the page of the bulletin, and in the audit chain.
fn give_up(tx: &mut Tx, row: &mut PlaceRow, code: &str) -> AppResult<()> {
    row.mail = row.mail.after(MailAct::GiveUp)?;
    row.mail_code = Some(code.to_owned());
    let detail = Detail::none()
        .with("bulletin", row.bulletin)
        .with("service", &row.service)
        .with("code", code);
    let object = ObjectId::new("case", row.case);
    Ok(tx.audit(Entry::new("system", "bulletin.mail_failed", object).with_detail(detail))?)
}
