//! A sender: takes a delivery under a lease, checks the house's signature, sends window by window,
//! and writes each window down before it begins the next: what became of it, and who comes next.

use std::sync::Arc;

use tifli_domain::channel::capability::{Repeat, capabilities};
use tifli_domain::delivery::DeliveryState;
use tifli_domain::loudness::Loudness;
use tifli_domain::message::{Message, MsgType};
use tifli_store::Reads;
use tifli_store::delivery::{self, Audience, DeliveryRow, Window};
use tifli_store::message::{self, MessageRow};
use tifli_store::subscriber::{self, Mark};

use super::audience::{HandedMap, Next, Walk};
use super::gate::Gate;
use super::letters::{Post, note_refusal, send_letters};
use super::relay::lane;
use super::roll::{Kind, Roll};
use super::send::{Batch, Sent, send_all};
use crate::bus::Event;
use crate::codes::new_token;
use crate::stages::{Stage, say_committed};
use crate::{App, AppError, AppResult};

/// Takes one delivery of this channel and works on it until it is done, waits, or is taken away.
pub(crate) async fn deliver_one(app: &App, gate: &Gate, kind: Kind) -> AppResult<bool> {
    deliver_up_to(app, gate, (kind, i64::MAX)).await
}

/// As [`deliver_one`], for ends only.
pub(crate) async fn deliver_end(app: &App, gate: &Gate, kind: Kind) -> AppResult<bool> {
    deliver_up_to(app, gate, (kind, lane(MsgType::Cancel))).await
}

async fn deliver_up_to(app: &App, gate: &Gate, (kind, lane): (Kind, i64)) -> AppResult<bool> {
    let Some(row) = take(app, (kind, lane)).await? else {
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
        kind,
        loudness: app.loudness_of(&issued)?,
        issued,
        message,
        row: &row,
    };
    if !job.settle_unheard().await? {
        return Ok(true);
    }
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
    kind: Kind,
    issued: MessageRow,
    message: Arc<Message>,
    loudness: Loudness,
    row: &'a DeliveryRow,
    handed: HandedMap,
    cursor: Mark,
}

/// What one window needs in its transaction.
struct Record {
    row: DeliveryRow,
    kind: Kind,
    seq: i64,
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
        let mut next = self.next(&mut walk).await?;
        if !self.announce(&next.recipients.numbers()).await? {
            return Ok(false);
        }
        loop {
            self.check_signature()?;
            let stage = self.begin_window(next.recipients.len());
            let sent = self.send(&next.recipients, &[]).await?;
            self.cursor = next.cursor;
            let following = if next.last {
                None
            } else {
                Some(self.next(&mut walk).await?)
            };
            let ahead = following.as_ref().map(|next| next.recipients.numbers());
            if !self.record(sent, &ahead.unwrap_or_default()).await? {
                return Ok(false);
            }
            stage.commit();
            match following {
                Some(following) => next = following,
                None => return Ok(true),
            }
        }
    }

    /// The next window. Where a repeat doubles, who has it already is left out.
    async fn next(&self, walk: &mut Walk<'_>) -> AppResult<Next> {
        let mut next = walk.next(self.app.db(), self.cursor).await?;
        if self.is_told_once() {
            let told = |number| self.handed.sure.contains(number);
            next.recipients.retain(|_, number| !told(number));
        }
        Ok(next)
    }

    /// Whether nobody may get this message twice.
    fn is_told_once(&self) -> bool {
        let doubles = capabilities(self.kind.channel()).repeat == Repeat::Doubles;
        doubles && self.issued.msg_type != MsgType::Cancel
    }

    /// Whoever was being called when an earlier worker died was called, and no answer was heard: that is
    /// unknown, and where a repeat doubles it stays so. False when the delivery was taken away.
    async fn settle_unheard(&mut self) -> AppResult<bool> {
        if !self.is_told_once() || self.handed.perhaps.is_empty() {
            return Ok(true);
        }
        let unheard = std::mem::take(&mut self.handed.perhaps) - &self.handed.sure;
        let sent = unheard.iter().map(Sent::unheard).collect();
        self.record(sent, &[]).await
    }

    /// Sends to a window; `due` says how often each has failed before.
    async fn send(&self, recipients: &Roll, due: &[delivery::RetryRow]) -> AppResult<Vec<Sent>> {
        let attempts = |number: u32| {
            let known = due.iter().find(|row| row.number == number);
            known.map(|row| row.attempts)
        };
        let batch = self.batch();
        match recipients {
            Roll::Devices(devices) => Ok(send_all(&batch, devices, attempts).await),
            Roll::Readers(readers) => {
                let post = Post::new(&batch, &self.issued, self.row).await?;
                send_letters(&post, readers, attempts).await
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
            let recipients = self.kind.list_by_number(self.app.db(), numbers).await?;
            let there = recipients.numbers();
            if !self.announce(&there).await? {
                return Ok(());
            }
            let stage = self.begin_window(recipients.len());
            let mut sent = self.send(&recipients, &due).await?;
            let vanished = due.iter().filter(|row| !there.contains(&row.number));
            sent.extend(vanished.map(|row| Sent::gone(row.number)));
            if !self.record(sent, &[]).await? {
                return Ok(());
            }
            stage.commit();
        }
    }

    /// Writes down who is called next before anybody is; false when the delivery was taken away.
    async fn announce(&mut self, ahead: &[u32]) -> AppResult<bool> {
        if self.handed.holds(ahead) {
            return Ok(true);
        }
        self.record(Vec::new(), ahead).await
    }

    /// Writes down what became of a window, and who is called next.
    async fn record(&mut self, sent: Vec<Sent>, ahead: &[u32]) -> AppResult<bool> {
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
            kind: self.kind,
            seq: self.issued.seq,
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
            .read(
                "due_retries",
                (self.row.delivery, self.kind),
                |reads, (id, kind)| {
                    Box::pin(async move {
                        let now = reads.now_ms();
                        let rows =
                            delivery::list_due_retries(reads, *id, now, kind.window()).await?;
                        Ok::<_, AppError>(rows)
                    })
                },
            )
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
            loudness: self.loudness,
        }
    }
}

async fn write_window(tx: &mut tifli_store::Tx, args: &Record) -> AppResult<bool> {
    let until = tx.now_ms() + args.kind.lease_ms();
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
        match args.kind {
            Kind::Push if sent.is_gone() => {
                subscriber::remove(tx, sent.number).await?;
            }
            Kind::Push => {}
            Kind::Mail => note_refusal(tx, sent, args.seq).await?,
        }
    }
    Ok(true)
}

async fn take(app: &App, (kind, lane): (Kind, i64)) -> AppResult<Option<DeliveryRow>> {
    let args = (new_token(app.entropy()), kind, lane);
    app.db()
        .write_claim("take_delivery", args, |tx, (token, kind, lane)| {
            Box::pin(async move {
                let until = tx.now_ms() + kind.lease_ms();
                let which = (*lane, kind.channel().as_str());
                Ok::<_, AppError>(delivery::take_of(tx, token, until, which).await?)
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
