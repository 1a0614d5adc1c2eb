//! Deliveries to the systems of partners: each call is written down before it is made, and what came
//! of it after.
//!
//! Every call has a seat of its own, so that a slow system delays no other; ends have seats that
//! nothing else takes.

use tifli_channel::Outcome as Answer;
use tifli_channel::webhook::WebhookEvent;
use tifli_domain::channel::OwnChannel;
use tifli_domain::delivery::{DeliveryState, Outcome, try_until_ms};
use tifli_domain::duty::DutyKind;
use tifli_domain::endpoint::CapProfile;
use tifli_domain::loudness::Loudness;
use tifli_domain::message::{Message, MsgType};
use tifli_store::endpoint::EndpointRow;
use tifli_store::ledger::{self, AddressedRow, Ended};
use tifli_store::message::MessageRow;
use tifli_store::{Reads, Tx, endpoint, message};
use tokio_util::task::TaskTracker;

use super::LEASE_MS;
use super::leave::withheld;
use super::relay::lane;
use super::seats::{Address, Called, Seats, read_back};
use super::standing::Standing;
use super::webhook_body;
use crate::alert::may_go;
use crate::bus::Event;
use crate::codes::new_token;
use crate::endpoint::Access;
use crate::stages::{Stage, say_committed};
use crate::{App, AppError, AppResult, Kind, duty};

/// Systems called at once.
const SEATS: usize = 32;
/// Systems told of an end at once, beside those.
const END_SEATS: usize = 32;

/// Those who may call at present.
#[derive(Clone)]
pub(super) struct Callers {
    seats: Seats,
    lane: i64,
}

impl Callers {
    /// For all deliveries.
    pub(super) fn of_all(tasks: &TaskTracker) -> Self {
        Self::new(tasks, SEATS, i64::MAX)
    }

    /// For ends alone.
    pub(super) fn of_ends(tasks: &TaskTracker) -> Self {
        Self::new(tasks, END_SEATS, lane(MsgType::Cancel))
    }

    fn new(tasks: &TaskTracker, seats: usize, lane: i64) -> Self {
        Self {
            seats: Seats::new(tasks, seats),
            lane,
        }
    }

    /// Takes one delivery and has it called; false when there is none, or no seat.
    pub(super) async fn call_one(&self, app: &App) -> AppResult<bool> {
        self.seats
            .fill(app, take(app, self.lane), |app, row| async move {
                if let Err(error) = deliver(&app, &row).await {
                    tracing::error!(delivery.id = %row.delivery, code = %error.code, source = ?error.source,
                        "a delivery could not be worked on; it is taken up again when its lease ends");
                }
            })
            .await
    }
}

async fn take(app: &App, lane: i64) -> AppResult<Option<AddressedRow>> {
    let args = (new_token(app.entropy()), lane);
    app.db()
        .write_claim("take_addressed", args, |tx, (token, lane)| {
            Box::pin(async move {
                let until = tx.now_ms() + LEASE_MS;
                Ok::<_, AppError>(ledger::take(tx, token, until, *lane).await?)
            })
        })
        .await
}

async fn deliver(app: &App, row: &AddressedRow) -> AppResult<()> {
    let (issued, target, withheld) = look(app, row).await?;
    if let Some(why) = withheld {
        return withhold(app, row, why).await;
    }
    let message = match app.open_message(&issued).await {
        // Its recall went on without this system, and the case has been erased since.
        Err(error) if error.kind == Kind::Gone => return withhold(app, row, "erased").await,
        opened => opened?,
    };
    let access = app.open_access("system", &target).await?;
    let call = Call {
        app,
        row,
        issued: &issued,
        message: &message,
        loudness: app.loudness_of(&issued)?,
        access: &access,
        profile: target.profile,
    };
    let stage = Stage::begin("system.call", row.delivery);
    let answer = call.make().await;
    metrics::counter!("tifli_system_attempts_total", "channel" => row.channel.as_str(), "outcome" => answer.code()).increment(1);
    let ended = ended(app, row, &message, &answer);
    write_down(app, row, ended, Address::of(&answer)).await?;
    stage.commit();
    Ok(())
}

/// What is delivered, where to, and why it is not after all: never for an end, which goes to whoever
/// may have an earlier version.
async fn look(
    app: &App,
    row: &AddressedRow,
) -> AppResult<(MessageRow, EndpointRow, Option<&'static str>)> {
    app.db()
        .read(
            "addressed",
            (app.clone(), row.clone()),
            |reads, (app, row)| {
                Box::pin(async move {
                    let issued = message::get(reads, row.message).await?;
                    let target = endpoint::get(reads, row.endpoint).await?;
                    let why = match row.msg_type {
                        MsgType::Cancel => None,
                        MsgType::Alert | MsgType::Update => {
                            withheld(reads, app, (row.case, &target)).await?
                        }
                    };
                    Ok::<_, AppError>((issued, target, why))
                })
            },
        )
        .await
}

/// Nothing leaves, now or later. What was known of it before stays known.
async fn withhold(app: &App, row: &AddressedRow, why: &'static str) -> AppResult<()> {
    let ended = Ended {
        outcome: row.outcome.unwrap_or(Outcome::Refused),
        code: why.to_owned(),
        state: DeliveryState::Withdrawn,
        next_ms: 0,
    };
    write_down(app, row, ended, Address::Stays).await
}

async fn write_down(
    app: &App,
    row: &AddressedRow,
    ended: Ended,
    address: Address,
) -> AppResult<()> {
    let state = ended.state;
    let settled = Settled {
        app: app.clone(),
        row: row.clone(),
        ended,
        address,
    };
    app.db()
        .write("settle_addressed", settled, |tx, settled| {
            Box::pin(async move { settle(tx, settled).await })
        })
        .await?;
    if state == DeliveryState::Done {
        say_committed("delivery.done", row.delivery, 1);
    }
    app.bus().ring(Event::Delivery(row.alert.to_string()));
    Ok(())
}

/// One call to one system.
struct Call<'a> {
    app: &'a App,
    row: &'a AddressedRow,
    issued: &'a MessageRow,
    message: &'a Message,
    loudness: Loudness,
    access: &'a Access,
    profile: CapProfile,
}

impl Call<'_> {
    /// Calls, unless the version was overtaken or has expired; an answer that never came is read
    /// back where the channel allows it.
    async fn make(&self) -> Answer {
        if self.message.expires_ms <= self.app.now_ms() {
            return Answer::Withdrawn;
        }
        let standing = Standing {
            app: self.app,
            alert: self.row.alert,
            version: self.row.version,
        };
        let answer = tokio::select! {
            answer = self.send(&standing) => answer,
            () = standing.overtaken() => Answer::Unknown,
        };
        match answer {
            Answer::Unknown => self.read_back().await,
            known => known,
        }
    }

    async fn send(&self, standing: &Standing<'_>) -> Answer {
        let (app, now_s) = (self.app, self.app.now_ms() / 1_000);
        let wanted = || standing.is_wanted();
        match self.row.channel {
            OwnChannel::CapPartner => match app.cap_bytes(self.issued).await {
                Ok(xml) if !may_go(self.profile, self.row.msg_type, &xml) => Answer::Refused {
                    why: "cap_profile_unmet",
                },
                Ok(xml) => {
                    let to = self.access.cap();
                    app.systems()
                        .cap
                        .send(&to, xml.as_bytes(), now_s, &wanted)
                        .await
                }
                Err(_) => Answer::Refused {
                    why: "cap_not_written",
                },
            },
            OwnChannel::Webhook => match self.access.webhook() {
                Ok(to) => {
                    let cap = app.cap_url(&self.message.identifier);
                    let event = WebhookEvent {
                        id: &self.row.message.to_string(),
                        body: &webhook_body(self.message, self.loudness, (app.base_url(), cap)),
                    };
                    app.systems()
                        .webhook
                        .send(&to, &event, now_s, &wanted)
                        .await
                }
                Err(_) => Answer::Refused {
                    why: "webhook_secret",
                },
            },
            _ => Answer::Refused {
                why: "no_such_channel",
            },
        }
    }

    /// An unknown is known after all where the system shows what it has.
    async fn read_back(&self) -> Answer {
        if self.row.channel != OwnChannel::CapPartner {
            return Answer::Unknown;
        }
        read_back(self.app, &self.access.cap(), &self.message.identifier).await
    }
}

/// What becomes of the delivery after this answer.
fn ended(app: &App, row: &AddressedRow, message: &Message, answer: &Answer) -> Ended {
    let called = Called {
        channel: row.channel,
        msg_type: row.msg_type,
        attempts: row.attempts,
        until_ms: try_until_ms(row.msg_type, message.sent_ms, message.expires_ms),
    };
    called.ended(answer, app.now_ms())
}

/// What one answer needs in its transaction.
struct Settled {
    app: App,
    row: AddressedRow,
    ended: Ended,
    address: Address,
}

/// Writes an answer down. An address that is gone gets no more alerts; what was given up stands on
/// the duty desk.
async fn settle(tx: &mut Tx, settled: &Settled) -> AppResult<()> {
    let (row, ended) = (&settled.row, &settled.ended);
    if settled.address == Address::Gone {
        endpoint::disable(tx, row.endpoint, "gone").await?;
    }
    let mine = ledger::settle(tx, row, ended).await?;
    if mine && ended.state == DeliveryState::Dead {
        let subject = row.delivery.to_string();
        let waits = (row.case, DutyKind::DeadDelivery, subject.as_str());
        duty::open(tx, &settled.app, waits).await?;
    }
    Ok(())
}
