//! Sends one window: many calls at once, the tombstone asked before each, every answer sorted into
//! handed, gone, try again, or given up by name.

use std::collections::HashMap;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tifli_channel::http::origin_of;
use tifli_channel::web_push::{Outcome, PushRequest, Subscription, Urgency};
use tifli_domain::channel::OwnChannel;
use tifli_domain::channel::capability::capabilities;
use tifli_domain::delivery::{retry_at_ms, try_until_ms};
use tifli_domain::id::AlertId;
use tifli_domain::loudness::Loudness;
use tifli_domain::message::{Message, MsgType};
use tifli_store::delivery::RetryRow;
use tifli_store::subscriber::Subscriber;

use super::gate::Gate;
use super::payload::push_payload;
use super::standing::Standing;
use crate::App;

/// What a window is sent with.
pub(crate) struct Batch<'a> {
    pub(crate) app: &'a App,
    pub(crate) gate: &'a Gate,
    pub(crate) alert: AlertId,
    pub(crate) message: &'a Message,
    pub(crate) loudness: Loudness,
}

/// What became of one recipient.
pub(crate) struct Sent {
    pub(crate) number: u32,
    /// It had failed, or had to wait, before.
    pub(crate) again: bool,
    /// When the push service accepted it.
    pub(crate) accepted_ms: Option<i64>,
    /// What to write down when it failed.
    pub(crate) retry: Option<RetryRow>,
    pub(super) end: End,
}

/// Whether a recipient has it.
#[derive(PartialEq, Eq)]
pub(super) enum End {
    /// It has.
    Handed,
    /// Perhaps: it left, and no answer came.
    Perhaps,
    /// There is no such recipient.
    Gone,
    /// It has not.
    Not,
}

impl Sent {
    /// A recipient that has left meanwhile.
    pub(crate) fn gone(number: u32) -> Self {
        Self {
            number,
            again: true,
            accepted_ms: None,
            retry: None,
            end: End::Gone,
        }
    }

    /// A recipient that was being called when a worker died, and is not called again.
    pub(crate) fn unheard(number: u32) -> Self {
        Self {
            number,
            again: true,
            accepted_ms: None,
            retry: Some(RetryRow {
                number,
                attempts: 1,
                next_ms: 0,
                code: "unknown".into(),
                origin: super::letters::ORIGIN.to_owned(),
                dead: true,
            }),
            end: End::Perhaps,
        }
    }

    /// It has, or may have, the message: it must learn the end.
    pub(crate) fn was_handed(&self) -> bool {
        matches!(self.end, End::Handed | End::Perhaps)
    }

    /// Its push service says it is gone.
    pub(crate) fn is_gone(&self) -> bool {
        self.end == End::Gone
    }
}

/// Sends to all of `recipients`; `attempts` says how often each has failed before, `None` for the
/// first time.
pub(crate) async fn send_all(
    batch: &Batch<'_>,
    recipients: &[Subscriber],
    attempts: impl Fn(u32) -> Option<u32>,
) -> Vec<Sent> {
    let mut payloads: HashMap<&str, Vec<u8>> = HashMap::new();
    for subscriber in recipients {
        payloads
            .entry(subscriber.language.as_str())
            .or_insert_with(|| push_payload(batch.message, &subscriber.language, batch.loudness));
    }
    let mut calls = FuturesUnordered::new();
    for subscriber in recipients {
        let payload = &payloads[subscriber.language.as_str()];
        calls.push(batch.send_one(subscriber, payload, attempts(subscriber.number)));
    }
    let mut sent = Vec::with_capacity(recipients.len());
    while let Some(one) = calls.next().await {
        sent.push(one);
    }
    sent
}

impl Batch<'_> {
    async fn send_one(&self, to: &Subscriber, payload: &[u8], before: Option<u32>) -> Sent {
        let now_ms = self.app.now_ms();
        let origin = origin_of(&to.endpoint).unwrap_or_default();
        if let Some(until) = self.gate.closed_until(&origin, now_ms) {
            return self.wait(to, before, origin, until);
        }
        let outcome = match subscription(to) {
            Some(subscription) => self.call(&subscription, payload, now_ms).await,
            None => Outcome::Refused {
                why: "subscription_key",
            },
        };
        self.sort(to, before, origin, outcome)
    }

    /// What is quiet waits until the phone wakes by itself; an end never waits.
    fn urgency(&self) -> Urgency {
        match (self.message.msg_type, self.loudness) {
            (MsgType::Cancel, _) => Urgency::High,
            (_, Loudness::Quiet) => Urgency::Normal,
            (_, Loudness::Normal | Loudness::Siren) => Urgency::High,
        }
    }

    /// One call. Overtaken before the socket write it is withdrawn; overtaken after, it has two
    /// seconds to end.
    async fn call(&self, to: &Subscription, payload: &[u8], now_ms: i64) -> Outcome {
        let ttl = (self.message.expires_ms - now_ms) / 1_000;
        if ttl <= 0 {
            return Outcome::Withdrawn;
        }
        let request = PushRequest {
            payload,
            topic: self.message.alert.as_str(),
            urgency: self.urgency(),
            ttl_seconds: u32::try_from(ttl).unwrap_or(u32::MAX),
        };
        let standing = Standing {
            app: self.app,
            alert: self.alert,
            version: self.message.version,
        };
        let wanted = || standing.is_wanted();
        let sending = self.app.push().send(to, &request, now_ms / 1_000, &wanted);
        tokio::select! {
            outcome = sending => outcome,
            () = standing.overtaken() => Outcome::Unknown,
        }
    }

    fn sort(&self, to: &Subscriber, before: Option<u32>, origin: String, outcome: Outcome) -> Sent {
        let again = before.is_some();
        let before = before.unwrap_or(0);
        let now_ms = self.app.now_ms();
        let end = self.note(&origin, &outcome, now_ms);
        metrics::counter!("tifli_push_attempts_total", "outcome" => outcome.code()).increment(1);
        let retry = match &outcome {
            Outcome::Accepted { .. } | Outcome::Gone | Outcome::Withdrawn => None,
            Outcome::Retry { after, .. } => {
                let after = after.map(|d| u32::try_from(d.as_secs()).unwrap_or(u32::MAX));
                Some(self.again(to, before, origin, outcome.code(), after))
            }
            Outcome::Unknown | Outcome::Misconfigured { .. } => {
                Some(self.again(to, before, origin, outcome.code(), None))
            }
            Outcome::TooLarge | Outcome::Rejected { .. } | Outcome::Refused { .. } => {
                Some(dead(to, before + 1, origin, outcome.code()))
            }
        };
        Sent {
            number: to.number,
            again,
            accepted_ms: (end == End::Handed).then_some(now_ms),
            retry,
            end,
        }
    }

    /// Tells the gate how the push service did.
    fn note(&self, origin: &str, outcome: &Outcome, now_ms: i64) -> End {
        match outcome {
            Outcome::Accepted { .. } => {
                self.gate.note_answer(origin);
                End::Handed
            }
            Outcome::Gone => End::Gone,
            Outcome::Unknown => {
                self.gate.note_failure(origin, now_ms);
                End::Perhaps
            }
            Outcome::Retry {
                after: Some(after), ..
            } => {
                let wait = i64::try_from(after.as_millis())
                    .unwrap_or(900_000)
                    .min(900_000);
                self.gate.note_throttle(origin, now_ms + wait);
                End::Not
            }
            Outcome::Misconfigured { .. } => {
                self.gate.note_throttle(origin, now_ms + 60_000);
                End::Not
            }
            Outcome::Retry { after: None, .. } => {
                self.gate.note_failure(origin, now_ms);
                End::Not
            }
            _ => End::Not,
        }
    }

    /// From when on nothing is tried any more.
    fn until_ms(&self) -> i64 {
        let message = self.message;
        try_until_ms(message.msg_type, message.sent_ms, message.expires_ms)
    }

    fn again(
        &self,
        to: &Subscriber,
        before: u32,
        origin: String,
        code: &str,
        after: Option<u32>,
    ) -> RetryRow {
        let attempts = before + 1;
        let schedule = capabilities(OwnChannel::WebPush).retry_after_s;
        let times = (self.app.now_ms(), self.until_ms());
        let at = retry_at_ms(schedule, attempts, after, times);
        match at {
            Some(next_ms) => RetryRow {
                number: to.number,
                attempts,
                next_ms,
                code: code.to_owned(),
                origin,
                dead: false,
            },
            None => dead(to, attempts, origin, code),
        }
    }

    /// Not tried: its push service is left alone until then. This costs no attempt.
    fn wait(&self, to: &Subscriber, before: Option<u32>, origin: String, until_ms: i64) -> Sent {
        let late = until_ms >= self.until_ms();
        let row = RetryRow {
            number: to.number,
            attempts: before.unwrap_or(0),
            next_ms: until_ms,
            code: "service_resting".into(),
            origin,
            dead: late,
        };
        let again = before.is_some();
        Sent {
            number: to.number,
            again,
            accepted_ms: None,
            retry: Some(row),
            end: End::Not,
        }
    }
}

fn dead(to: &Subscriber, attempts: u32, origin: String, code: &str) -> RetryRow {
    RetryRow {
        number: to.number,
        attempts,
        next_ms: 0,
        code: code.to_owned(),
        origin,
        dead: true,
    }
}

fn subscription(to: &Subscriber) -> Option<Subscription> {
    let p256dh = to.p256dh.as_slice().try_into().ok()?;
    let auth = to.auth.as_slice().try_into().ok()?;
    Subscription::new(&to.endpoint, p256dh, auth).ok()
}
