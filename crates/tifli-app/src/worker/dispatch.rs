//! Telegrams handed to the services' own systems, as they were signed: each call is written down before it is made, and
//! what came of it after.
//!
//! A system is called for one telegram at a time, and has a seat of its own, so that a slow one delays no other and no
//! public channel; ends have seats that nothing else takes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tifli_channel::Outcome as Answer;
use tifli_domain::bulletin::{TelegramKind, dispatch_is_late, dispatch_until_ms};
use tifli_domain::channel::{Lawful, OwnChannel};
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::endpoint::EndpointState;
use tifli_store::audit::ObjectId;
use tifli_store::bulletin::TelegramRow;
use tifli_store::dispatch::{self, DISPATCHES, DispatchRow, ENDS};
use tifli_store::endpoint::EndpointRow;
use tifli_store::lease::LeaseTable;
use tifli_store::ledger::Ended;
use tifli_store::{AuditedRead, Reads, Tx, bulletin, endpoint, service};
use tokio_util::task::TaskTracker;

use super::LEASE_MS;
use super::leave::{NOT_HELD, NOT_LAWFUL, OFF, SERVICE_LEFT};
use super::seats::{Address, Called, Seats, read_back};
use crate::bulletin::{lets_first_go, telegram_identifier, told_before};
use crate::bus::Event;
use crate::codes::new_token;
use crate::endpoint::Access;
use crate::stages::Stage;
use crate::{App, AppResult, Kind, duty};

/// Systems called at once.
const SEATS: usize = 32;
/// Systems told of an end at once, beside those.
const END_SEATS: usize = 32;
/// How long a call may go on after its telegram was overtaken.
const GRACE: Duration = Duration::from_secs(2);
/// How often a call under way asks whether it was overtaken.
const ASK_EVERY: Duration = Duration::from_millis(500);
/// What a gateway answers to a message that names only what it does not have.
const NOT_FOUND: u16 = 404;

/// Those who may call at present.
#[derive(Clone)]
pub(super) struct Dispatchers {
    seats: Seats,
    table: &'static LeaseTable,
}

/// A telegram under a lease.
struct Leased {
    row: DispatchRow,
    token: String,
}

impl Dispatchers {
    /// For all telegrams.
    pub(super) fn of_all(tasks: &TaskTracker) -> Self {
        Self {
            seats: Seats::new(tasks, SEATS),
            table: &DISPATCHES,
        }
    }

    /// For ends alone.
    pub(super) fn of_ends(tasks: &TaskTracker) -> Self {
        Self {
            seats: Seats::new(tasks, END_SEATS),
            table: &ENDS,
        }
    }

    /// Takes one telegram and has it handed over; false when there is none, or no seat.
    pub(super) async fn call_one(&self, app: &App) -> AppResult<bool> {
        self.seats
            .fill(app, take(app, self.table), |app, leased| async move {
                if let Err(error) = hand(&app, &leased).await {
                    tracing::error!(dispatch.id = %leased.row.dispatch, code = %error.code, source = ?error.source,
                        "a telegram could not be handed over; it is taken up again when its lease ends");
                }
            })
            .await
    }
}

async fn take(app: &App, table: &'static LeaseTable) -> AppResult<Option<Leased>> {
    let token = new_token(app.entropy());
    let row = app
        .db()
        .write_claim(
            "take_dispatch",
            (token.clone(), table),
            |tx, (token, table)| {
                Box::pin(async move {
                    let until = tx.now_ms() + LEASE_MS;
                    Ok::<_, crate::AppError>(dispatch::take(tx, table, (token, until)).await?)
                })
            },
        )
        .await?;
    Ok(row.map(|row| Leased { row, token }))
}

async fn hand(app: &App, leased: &Leased) -> AppResult<()> {
    let row = &leased.row;
    let looked = look(app, row).await?;
    let stage = Stage::begin("dispatch.call", row.dispatch);
    let answer = match looked.why {
        Some(why) => {
            let outcome = Outcome::Refused;
            return write_down(app, leased, (ended_by(outcome, why), None)).await;
        }
        None => call(app, row, &looked).await?,
    };
    metrics::counter!("tifli_system_attempts_total", "channel" => OwnChannel::BulletinCap.as_str(), "outcome" => answer.code()).increment(1);
    let called = Called {
        channel: OwnChannel::BulletinCap,
        msg_type: row.kind.msg_type(),
        attempts: row.attempts,
        until_ms: dispatch_until_ms(looked.telegram.sent_ms),
    };
    let ended = called.ended(&answer, app.now_ms());
    write_down(app, leased, (ended, Some(answer))).await?;
    stage.commit();
    Ok(())
}

/// Nothing leaves, now or later.
fn ended_by(outcome: Outcome, why: &str) -> Ended {
    Ended {
        outcome,
        code: why.to_owned(),
        state: DeliveryState::Withdrawn,
        next_ms: 0,
    }
}

/// A telegram, the system it is for, and why it does not go there after all.
struct Looked {
    telegram: TelegramRow,
    target: EndpointRow,
    why: Option<&'static str>,
}

async fn look(app: &App, row: &DispatchRow) -> AppResult<Looked> {
    let args = (app.clone(), row.clone());
    app.db()
        .read("dispatched", args, |reads, (app, row)| {
            Box::pin(async move {
                let target = endpoint::get(reads, row.endpoint).await?;
                let why = match row.kind {
                    TelegramKind::Cessation => None,
                    TelegramKind::Search | TelegramKind::Update => {
                        withheld(reads, app, (row, &target)).await?
                    }
                };
                Ok::<_, crate::AppError>(Looked {
                    telegram: bulletin::get_telegram(reads, row.telegram).await?,
                    target,
                    why,
                })
            })
        })
        .await
}

/// Why a service's system gets nothing more but an end, as a code.
async fn withheld(
    reads: &mut impl Reads,
    app: &App,
    (row, target): (&DispatchRow, &EndpointRow),
) -> AppResult<Option<&'static str>> {
    if target.state != EndpointState::Enabled {
        return Ok(Some(OFF));
    }
    if app.lawful(OwnChannel::BulletinCap.as_str()) == Lawful::No {
        return Ok(Some(NOT_LAWFUL));
    }
    let service = service::find(reads, &row.service).await?;
    let active = service.is_some_and(|one| one.active);
    Ok((!active).then_some(SERVICE_LEFT))
}

/// Hands the document over in the bytes that were signed; an answer that never came is asked for.
async fn call(app: &App, row: &DispatchRow, looked: &Looked) -> AppResult<Answer> {
    let Some(sealed) = looked.telegram.cap.clone() else {
        return Ok(Answer::Refused {
            why: "cap_not_kept",
        });
    };
    let read = AuditedRead {
        actor: "system".to_owned(),
        reason: "deliver".to_owned(),
        objects: vec![
            ObjectId::new("bulletin", row.bulletin),
            ObjectId::new("case", row.case),
        ],
    };
    let opened = match app.db().open_sealed(read, vec![sealed]).await {
        // The case was erased meanwhile.
        Err(error) if crate::AppError::from(error.clone()).kind == Kind::Gone => {
            return Ok(Answer::Refused { why: "erased" });
        }
        opened => opened?,
    };
    let access = app.open_access("system", &looked.target).await?;
    let xml = opened.bytes(0).unwrap_or_default();
    let answer = send(app, row, (&access, xml)).await;
    Ok(match answer {
        Answer::Unknown => read_back(app, &access.cap(), &telegram_identifier(row.telegram)).await,
        known => known,
    })
}

/// Calls, and lets go of the call two seconds after the telegram was overtaken. Nothing overtakes an end.
async fn send(app: &App, row: &DispatchRow, (access, xml): (&Access, &[u8])) -> Answer {
    let overtaken = AtomicBool::new(false);
    let wanted = || !overtaken.load(Ordering::SeqCst);
    let (to, now_s) = (access.cap(), app.now_ms() / 1_000);
    let sent = app.systems().cap.send(&to, xml, now_s, &wanted);
    if row.kind == TelegramKind::Cessation {
        return sent.await;
    }
    let watch = async {
        while !is_overtaken(app, row).await {
            tokio::time::sleep(ASK_EVERY).await;
        }
        overtaken.store(true, Ordering::SeqCst);
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        answer = sent => answer,
        () = watch => Answer::Unknown,
    }
}

async fn is_overtaken(app: &App, row: &DispatchRow) -> bool {
    let now = app.db().read("dispatch_stands", row.dispatch, |reads, id| {
        Box::pin(async move { Ok::<_, crate::AppError>(dispatch::get(reads, *id).await?) })
    });
    now.await
        .is_ok_and(|row| row.state == DeliveryState::Withdrawn)
}

/// What one answer needs in its transaction.
struct Settled {
    app: App,
    leased: (DispatchRow, String),
    ended: Ended,
    answer: Option<Answer>,
}

async fn write_down(
    app: &App,
    leased: &Leased,
    (ended, answer): (Ended, Option<Answer>),
) -> AppResult<()> {
    let settled = Settled {
        app: app.clone(),
        leased: (leased.row.clone(), leased.token.clone()),
        ended,
        answer,
    };
    app.db()
        .write("settle_dispatch", settled, |tx, settled| {
            Box::pin(async move { settle(tx, settled).await })
        })
        .await?;
    app.bus().ring(Event::Bulletin(leased.row.case.to_string()));
    app.bus().ring(Event::Board);
    Ok(())
}

/// Writes an answer down. What a system has not taken for some minutes, or ever, stands on the board.
async fn settle(tx: &mut Tx, settled: &Settled) -> AppResult<()> {
    let (row, token) = (&settled.leased.0, settled.leased.1.as_str());
    if settled.answer.as_ref().map(Address::of) == Some(Address::Gone) {
        endpoint::disable(tx, row.endpoint, "gone").await?;
    }
    let not_found = matches!(settled.answer, Some(Answer::Rejected { status: NOT_FOUND }));
    let ended = match not_found {
        true => without_the_earlier(tx, settled).await?,
        false => settled.ended.clone(),
    };
    if !dispatch::settle(tx, (row, token), &ended).await? {
        return Ok(());
    }
    let subject = row.dispatch.to_string();
    let waits = (row.case, DutyKind::BulletinSystem, subject.as_str());
    let late = match ended.state {
        DeliveryState::Dead => true,
        DeliveryState::Retrying => dispatch_is_late(row.attempts),
        _ => false,
    };
    if late {
        return duty::open(tx, &settled.app, waits).await;
    }
    if ended.state.is_terminal() {
        let end = match ended.outcome {
            Outcome::Sent => DutyEnd::Done,
            _ => DutyEnd::Needless,
        };
        duty::settle(tx, waits, (end, None)).await?;
    }
    Ok(())
}

/// The system has nothing of what the telegram names. An update goes once more behind the first telegram; an end is
/// needless where no telegram is known to have arrived.
async fn without_the_earlier(tx: &mut Tx, settled: &Settled) -> AppResult<Ended> {
    let row = &settled.leased.0;
    let again = match row.kind {
        TelegramKind::Search => false,
        TelegramKind::Update => lets_first_go(tx, &settled.app, row).await?,
        TelegramKind::Cessation => {
            let before = told_before(tx, row).await?;
            let arrived = before.iter().any(|one| one.outcome == Some(Outcome::Sent));
            return Ok(match arrived {
                true => settled.ended.clone(),
                false => ended_by(Outcome::Refused, NOT_HELD),
            });
        }
    };
    Ok(match again {
        false => settled.ended.clone(),
        true => Ended {
            state: DeliveryState::Retrying,
            next_ms: tx.now_ms(),
            ..settled.ended.clone()
        },
    })
}
