//! Sends one window of letters: each a conversation of its own with the operator's mail server, the tombstone asked
//! before it and during it, every answer sorted into handed, unknown, gone, try again, or given up by name.
//!
//! Addresses are opened for one window at a time, under one audit entry, and are kept nowhere.

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tifli_channel::Outcome as Answer;
use tifli_channel::mail::AlertMail;
use tifli_domain::channel::OwnChannel;
use tifli_domain::channel::capability::capabilities;
use tifli_domain::delivery::{Follows, Outcome, Said, follows, try_until_ms};
use tifli_domain::id::MessageId;
use tifli_domain::reader::{Returned, retires};
use tifli_store::audit::ObjectId;
use tifli_store::delivery::{DeliveryRow, RetryRow};
use tifli_store::message::{self, MessageRow};
use tifli_store::reader::{self, Reader};
use tifli_store::{AuditedRead, Tx};

use super::send::{Batch, End, Sent};
use super::standing::Standing;
use crate::reader::{Addressed, alert_letter, retire};
use crate::{AppError, AppResult};

/// The mail server itself, among the doors that may be closed for a while.
const RELAY: &str = "relay";
/// How long a mail server that asks to slow down is left alone, in milliseconds.
const PACE_MS: i64 = 30_000;
/// Seconds before a mail server that does not accept us is asked again.
const MISCONFIGURED_S: u32 = 60;
/// What stands in the book in place of an address: nobody's provider is written down.
pub(super) const ORIGIN: &str = "mail";

/// What a window of letters is sent with.
pub(super) struct Post<'a> {
    batch: &'a Batch<'a>,
    issued: &'a MessageRow,
    row: &'a DeliveryRow,
    first: MessageId,
}

/// One letter on its way.
struct Way<'a> {
    reader: &'a Reader,
    mail: AlertMail,
    /// The part of the address behind the at sign.
    domain: String,
    before: Option<u32>,
}

impl<'a> Post<'a> {
    /// Looks up the first message of the alert: all later ones stand in its thread.
    pub(super) async fn new(
        batch: &'a Batch<'a>,
        issued: &'a MessageRow,
        row: &'a DeliveryRow,
    ) -> AppResult<Self> {
        let earliest = batch
            .app
            .db()
            .read("first_message", issued.alert, |reads, alert| {
                Box::pin(async move {
                    let messages = message::list_by_alert(reads, *alert).await?;
                    Ok::<_, AppError>(messages.first().map(|first| first.message))
                })
            });
        Ok(Self {
            first: earliest.await?.unwrap_or(issued.message),
            batch,
            issued,
            row,
        })
    }
}

/// Sends to all of `readers`; `attempts` says how often each has failed before, `None` for the first time.
pub(super) async fn send_letters(
    post: &Post<'_>,
    readers: &[Reader],
    attempts: impl Fn(u32) -> Option<u32>,
) -> AppResult<Vec<Sent>> {
    if readers.is_empty() {
        return Ok(Vec::new());
    }
    let read = AuditedRead {
        actor: "system".into(),
        reason: "deliver".into(),
        objects: vec![ObjectId::new("delivery", post.row.delivery)],
    };
    let sealed = readers.iter().map(|one| one.address.clone()).collect();
    let opened = post.batch.app.db().open_sealed(read, sealed).await?;
    let mut calls = FuturesUnordered::new();
    for (place, reader) in readers.iter().enumerate() {
        let to = opened
            .text(place)
            .ok_or_else(|| AppError::internal("address"))?;
        let way = post.way(reader, to, attempts(reader.number));
        calls.push(post.send_one(way));
    }
    let mut sent = Vec::with_capacity(readers.len());
    while let Some(one) = calls.next().await {
        sent.push(one);
    }
    Ok(sent)
}

/// What a refusal says of the address: one that is none ends, and one that refuses letter after letter too.
pub(super) async fn note_refusal(tx: &mut Tx, sent: &Sent, seq: i64) -> AppResult<()> {
    if sent.is_gone() {
        retire(tx, sent.number, Returned::NoSuchAddress.as_str()).await?;
        return Ok(());
    }
    let refused =
        |row: &RetryRow| row.dead && matches!(row.code.as_str(), "rejected" | "mail_policy");
    if sent.retry.as_ref().is_some_and(refused) {
        let letters = reader::note_bounce(tx, sent.number, seq).await?;
        if retires(Returned::ForGood, letters) {
            retire(tx, sent.number, Returned::ForGood.as_str()).await?;
        }
    }
    Ok(())
}

impl Post<'_> {
    fn way<'r>(&self, reader: &'r Reader, to: &str, before: Option<u32>) -> Way<'r> {
        let addressed = Addressed {
            message: (self.issued.message, self.issued.seq),
            first: self.first,
            number: reader.number,
            key: &reader.letter_key,
            to,
        };
        let message = self.batch.message;
        Way {
            mail: alert_letter(self.batch.app, message, &reader.language, &addressed),
            domain: to
                .rsplit_once('@')
                .map_or("", |(_, domain)| domain)
                .to_owned(),
            reader,
            before,
        }
    }

    async fn send_one(&self, way: Way<'_>) -> Sent {
        let now_ms = self.batch.app.now_ms();
        let gate = self.batch.gate;
        let closed = [RELAY, &way.domain]
            .iter()
            .filter_map(|door| gate.closed_until(door, now_ms))
            .max();
        if let Some(until_ms) = closed {
            return self.wait(&way, until_ms);
        }
        let answer = self.call(&way.mail, now_ms).await;
        metrics::counter!("tifli_letter_attempts_total", "outcome" => answer.code()).increment(1);
        self.note(&way.domain, &answer);
        self.sort(&way, &answer)
    }

    /// One letter. Overtaken before its first byte it is withdrawn; overtaken after, it has two seconds to end.
    async fn call(&self, mail: &AlertMail, now_ms: i64) -> Answer {
        let message = self.batch.message;
        if message.expires_ms <= now_ms {
            return Answer::Withdrawn;
        }
        let Some(mailer) = self.batch.app.letters() else {
            return Answer::Misconfigured { status: 0 };
        };
        let standing = Standing {
            app: self.batch.app,
            alert: self.batch.alert,
            version: message.version,
        };
        let wanted = || standing.is_wanted();
        tokio::select! {
            answer = mailer.send(mail, &wanted) => answer,
            () = standing.overtaken() => Answer::Unknown,
        }
    }

    /// Slows down for the domain that asked for it, or for the mail server as a whole.
    fn note(&self, domain: &str, answer: &Answer) {
        let (gate, now_ms) = (self.batch.gate, self.batch.app.now_ms());
        match answer {
            Answer::Accepted { .. } => {
                gate.note_answer(RELAY);
                gate.note_answer(domain);
            }
            Answer::Misconfigured { .. } => {
                gate.note_throttle(RELAY, now_ms + i64::from(MISCONFIGURED_S) * 1_000);
            }
            Answer::Retry { why, .. } => match *why {
                "connect" | "service_timeout" | "tls" | "broken" => {
                    gate.note_failure(RELAY, now_ms);
                }
                "throttled" | "unavailable" | "mail_identity" => {
                    gate.note_throttle(domain, now_ms + PACE_MS);
                }
                _ => {}
            },
            Answer::Unknown => gate.note_failure(RELAY, now_ms),
            _ => {}
        }
    }

    fn sort(&self, way: &Way<'_>, answer: &Answer) -> Sent {
        let end = match answer {
            Answer::Accepted { .. } => End::Handed,
            Answer::Unknown => End::Perhaps,
            Answer::Gone => End::Gone,
            _ => End::Not,
        };
        let said = match answer {
            Answer::Accepted { .. } => Said::Taken,
            Answer::Unknown => Said::Nothing,
            Answer::Retry { after, .. } => {
                Said::Later(after.map(|wait| u32::try_from(wait.as_secs()).unwrap_or(u32::MAX)))
            }
            Answer::Misconfigured { .. } => Said::Later(Some(MISCONFIGURED_S)),
            _ => Said::Never,
        };
        let attempts = way.before.unwrap_or(0) + 1;
        let times = (self.batch.app.now_ms(), self.until_ms());
        let told = (self.batch.message.msg_type, attempts);
        let can = capabilities(OwnChannel::MailAlert);
        let next = match follows(said, &can, told, times) {
            _ if matches!(answer, Answer::Withdrawn | Answer::Gone) => None,
            Follows::Done(Outcome::Unknown) | Follows::Dead(_) => Some((0, true)),
            Follows::Done(_) => None,
            Follows::Again(at_ms) => Some((at_ms, false)),
        };
        let retry = next.map(|(next_ms, dead)| RetryRow {
            number: way.reader.number,
            attempts,
            next_ms,
            code: answer.code().to_owned(),
            origin: ORIGIN.to_owned(),
            dead,
        });
        Sent {
            number: way.reader.number,
            again: way.before.is_some(),
            accepted_ms: (end == End::Handed).then_some(times.0),
            retry,
            end,
        }
    }

    /// Not tried: its door is closed until then. This costs no attempt.
    fn wait(&self, way: &Way<'_>, until_ms: i64) -> Sent {
        Sent {
            number: way.reader.number,
            again: way.before.is_some(),
            accepted_ms: None,
            retry: Some(RetryRow {
                number: way.reader.number,
                attempts: way.before.unwrap_or(0),
                next_ms: until_ms,
                code: "service_resting".into(),
                origin: ORIGIN.to_owned(),
                dead: until_ms >= self.until_ms(),
            }),
            end: End::Not,
        }
    }

    /// From when on nothing is tried any more.
    fn until_ms(&self) -> i64 {
        let message = self.batch.message;
        try_until_ms(message.msg_type, message.sent_ms, message.expires_ms)
    }
}
