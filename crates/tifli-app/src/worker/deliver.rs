//! A sender: takes a delivery under a lease, checks the house's signature, sends window by window,
//! and writes each window down before it begins the next: what became of it, and who comes next.

use std::sync::Arc;

use tifli_domain::delivery::DeliveryState;
use tifli_domain::message::{Message, MsgType};
use tifli_store::Reads;
use tifli_store::delivery::{self, Audience, DeliveryRow, Window};
use tifli_store::message::{self, MessageRow};
use tifli_store::subscriber::{self, Mark, Subscriber};

use super::LEASE_MS;
use super::audience::{HandedMap, Walk, list_by_number};
use super::gate::Gate;
use super::relay::lane;
use super::send::{Batch, Sent, send_all};
use crate::bus::Event;
use crate::codes::new_token;
use crate::stages::{Stage, say_committed};
use crate::{App, AppError, AppResult};

/// Takes one delivery and works on it until it is done, waits, or is taken away.
pub(crate) async fn deliver_one(app: &App, gate: &Gate) -> AppResult<bool> {
    deliver_up_to(app, gate, i64::MAX).await
}

/// As [`deliver_one`], for ends only.
pub(crate) async fn deliver_end(app: &App, gate: &Gate) -> AppResult<bool> {
    deliver_up_to(app, gate, lane(MsgType::Cancel)).await
}

async fn deliver_up_to(app: &App, gate: &Gate, lane: i64) -> AppResult<bool> {
    let Some(row) = take(app, lane).await? else {
        return Ok(false);
    };
    let (issued, message) = open(app, &row).await?;
    let area = app.read_area(&issued.area)?;
    let target = app.target(&area)?;
    let mut job = Job {
        handed: HandedMap::read(row.handed_map.as_deref())?,
        cursor: row.cursor,
        app,
        gate,
        issued,
        message,
        row: &row,
    };
    if row.state != DeliveryState::Retrying && !job.walk(Walk::new(&row, &target)?).await? {
        return Ok(true);
    }
    job.retry_due().await?;
    Ok(true)
}

/// One delivery being worked on.
struct Job<'a> {
    app: &'a App,
    gate: &'a Gate,
    issued: MessageRow,
    message: Arc<Message>,
    row: &'a DeliveryRow,
    handed: HandedMap,
    cursor: Mark,
}

/// What one window needs in its transaction.
struct Record {
    row: DeliveryRow,
    window: Window,
    sent: Vec<Sent>,
}

impl Job<'_> {
    /// The signature stands under exactly this message and area, or nothing is sent.
    fn check_signature(&self) -> AppResult<()> {
        self.app.verified(&self.issued).map(|_| ())
    }

    /// Sends window by window to the end; false when the delivery was taken away.
    async fn walk(&mut self, mut walk: Walk<'_>) -> AppResult<bool> {
        let mut next = walk.next(self.app.db(), self.cursor).await?;
        if !self.announce(&next.recipients).await? {
            return Ok(false);
        }
        loop {
            self.check_signature()?;
            let stage = self.begin_window(next.recipients.len());
            let sent = send_all(&self.batch(), &next.recipients, |_| None).await;
            self.cursor = next.cursor;
            let following = if next.last {
                None
            } else {
                Some(walk.next(self.app.db(), self.cursor).await?)
            };
            let ahead = following.as_ref().map_or(&[][..], |next| &next.recipients);
            if !self.record(sent, ahead).await? {
                return Ok(false);
            }
            stage.commit();
            match following {
                Some(following) => next = following,
                None => return Ok(true),
            }
        }
    }

    /// Tries those who failed and are due, then gives the delivery back.
    async fn retry_due(&mut self) -> AppResult<()> {
        loop {
            let due = self.due().await?;
            if due.is_empty() {
                return self.give_back().await;
            }
            self.check_signature()?;
            let numbers = due.iter().map(|row| row.number).collect();
            let recipients = list_by_number(self.app.db(), numbers).await?;
            if !self.announce(&recipients).await? {
                return Ok(());
            }
            let attempts = |number: u32| {
                due.iter()
                    .find(|row| row.number == number)
                    .map(|row| row.attempts)
            };
            let stage = self.begin_window(recipients.len());
            let mut sent = send_all(&self.batch(), &recipients, attempts).await;
            let vanished = due
                .iter()
                .filter(|row| recipients.iter().all(|s| s.number != row.number));
            sent.extend(vanished.map(|row| Sent::gone(row.number)));
            if !self.record(sent, &[]).await? {
                return Ok(());
            }
            stage.commit();
        }
    }

    /// Writes down who is called next before anybody is; false when the delivery was taken away.
    async fn announce(&mut self, ahead: &[Subscriber]) -> AppResult<bool> {
        if self.handed.holds(ahead) {
            return Ok(true);
        }
        self.record(Vec::new(), ahead).await
    }

    /// Writes down what became of a window, and who is called next.
    async fn record(&mut self, sent: Vec<Sent>, ahead: &[Subscriber]) -> AppResult<bool> {
        let handed = sent.iter().filter(|one| one.was_handed());
        self.handed.sure.extend(handed.map(|one| one.number));
        let accepted = || sent.iter().filter_map(|s| s.accepted_ms);
        let window = Window {
            cursor: Some(self.cursor),
            handed_map: self.handed.write(ahead)?,
            handed: count(accepted().count()),
            gone: count(sent.iter().filter(|s| s.is_gone()).count()),
            accepted_ms: accepted().min().zip(accepted().max()),
        };
        let args = Record {
            row: self.row.clone(),
            window,
            sent,
        };
        let kept = self.app.db().write("record_window", args, |tx, args| {
            Box::pin(async move { write_window(tx, args).await })
        });
        let kept = kept.await?;
        self.app
            .bus()
            .ring(Event::Delivery(self.row.alert.to_string()));
        Ok(kept)
    }

    async fn give_back(&self) -> AppResult<()> {
        let row = self.row.clone();
        let state = self
            .app
            .db()
            .write("give_back", row, |tx, row| {
                Box::pin(async move {
                    let next = delivery::find_next_retry(tx, row.delivery).await?;
                    let state = match next {
                        Some(_) => DeliveryState::Retrying,
                        None => DeliveryState::Done,
                    };
                    let given = delivery::give_back(tx, row, state, next.unwrap_or(0)).await?;
                    Ok::<_, AppError>(given.then_some(state))
                })
            })
            .await?;
        if state == Some(DeliveryState::Done) {
            say_committed("delivery.done", self.row.delivery, 1);
        }
        self.app
            .bus()
            .ring(Event::Delivery(self.row.alert.to_string()));
        Ok(())
    }

    async fn due(&self) -> AppResult<Vec<delivery::RetryRow>> {
        self.app
            .db()
            .read("due_retries", self.row.delivery, |reads, id| {
                Box::pin(async move {
                    let now = reads.now_ms();
                    let rows = delivery::list_due_retries(reads, *id, now, super::WINDOW).await?;
                    Ok::<_, AppError>(rows)
                })
            })
            .await
    }

    fn begin_window(&self, recipients: usize) -> Stage {
        let name = match self.issued.msg_type {
            MsgType::Alert => "window.alert",
            MsgType::Update => "window.update",
            MsgType::Cancel => "window.end",
        };
        Stage::begin_for(name, self.row.delivery, recipients)
    }

    fn batch(&self) -> Batch<'_> {
        Batch {
            app: self.app,
            gate: self.gate,
            alert: self.issued.alert,
            message: &self.message,
        }
    }
}

async fn write_window(tx: &mut tifli_store::Tx, args: &Record) -> AppResult<bool> {
    let until = tx.now_ms() + LEASE_MS;
    if !delivery::record(tx, &args.row, &args.window, until).await? {
        return Ok(false);
    }
    for sent in &args.sent {
        match &sent.retry {
            Some(retry) => delivery::put_retry(tx, args.row.delivery, retry).await?,
            None if sent.again => {
                delivery::remove_retry(tx, args.row.delivery, sent.number).await?;
            }
            None => {}
        }
        if sent.is_gone() {
            subscriber::remove(tx, sent.number).await?;
        }
    }
    Ok(true)
}

async fn take(app: &App, lane: i64) -> AppResult<Option<DeliveryRow>> {
    let token = new_token(app.entropy());
    app.db()
        .write_claim("take_delivery", (token, lane), |tx, (token, lane)| {
            Box::pin(async move {
                let until = tx.now_ms() + LEASE_MS;
                Ok::<_, AppError>(delivery::take_up_to(tx, token, until, *lane).await?)
            })
        })
        .await
}

async fn open(app: &App, row: &DeliveryRow) -> AppResult<(MessageRow, Arc<Message>)> {
    let issued = app
        .db()
        .read("delivery_message", row.message, |reads, id| {
            Box::pin(async move { Ok::<_, AppError>(message::get(reads, *id).await?) })
        })
        .await?;
    // The tombstone is asked for by the alert that was signed, never by the one written beside.
    let misplaced = row.alert != issued.alert
        || (issued.msg_type == MsgType::Alert && row.audience == Audience::Handed);
    if misplaced {
        tracing::error!(delivery.id = %row.delivery, "a delivery that fits no message was refused");
        return Err(AppError::internal("delivery_altered"));
    }
    let message = app.open_message(&issued).await?;
    Ok((issued, message))
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
