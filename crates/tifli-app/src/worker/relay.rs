//! The relay: an outbox row becomes deliveries, one per segment of the audience.
//!
//! An Alert goes to the area, and to the systems of the partners who may have it. An Update goes to
//! everyone who was handed an earlier message, and to the rest of its area. A Cancel goes to everyone
//! who was handed one, and to nobody else.

use roaring::RoaringBitmap;
use tifli_domain::channel::{OwnChannel, Serving};
use tifli_domain::delivery::DeliveryState;
use tifli_domain::id::{AlertId, DeliveryId, EndpointId};
use tifli_domain::message::MsgType;
use tifli_geo::Cell;
use tifli_store::delivery::{self, Audience, DeliveryRow};
use tifli_store::ledger::{self, NewAddressed};
use tifli_store::message::{self, MessageRow, OutboxRow, Receipt};
use tifli_store::subscriber::Mark;
use tifli_store::{Reads, Tx, alert, counter, endpoint};

use super::LEASE_MS;
use super::audience::{handed_so_far, write_bitmap};
use super::leave::withheld;
use super::roll::Kind;
use crate::codes::new_token;
use crate::stages::Stage;
use crate::{App, AppError, AppResult};

/// Recipients in one segment.
const SEGMENT: u64 = 8_192;
/// Subscribers outside the area that a segment may walk past before it is cut.
const GAP: u64 = 2_048;

/// Takes one outbox row and writes its deliveries; false when there is none.
pub(crate) async fn relay_one(app: &App) -> AppResult<bool> {
    relay(app, take(app, Work::Any).await?).await
}

/// As [`relay_one`], for ends alone: none waits until the segments of another alert are made.
pub(crate) async fn relay_end(app: &App) -> AppResult<bool> {
    relay(app, take(app, Work::Ends).await?).await
}

/// What a relay takes.
#[derive(Clone, Copy)]
enum Work {
    Any,
    Ends,
}

async fn relay(app: &App, work: Option<OutboxRow>) -> AppResult<bool> {
    let Some(work) = work else {
        return Ok(false);
    };
    let row = app
        .db()
        .read("relay_message", work.message, |reads, id| {
            Box::pin(async move { Ok::<_, AppError>(message::get(reads, *id).await?) })
        })
        .await?;
    // Verified before it is believed. The floor is raised here too: no later version is handed to
    // anybody while an earlier one may still start.
    app.open_message(&row).await?;
    app.tombstones().raise(row.alert, row.version);
    let made = make(app, &work, &row).await?;
    let stage = Stage::begin_for("message.relay", row.alert, made.len());
    let (db, end) = (app.db(), row.msg_type == MsgType::Cancel);
    let args = (work, row, made);
    let relayed = match end {
        true => {
            db.write_urgent("relay_end", args, |tx, args| Box::pin(write_down(tx, args)))
                .await?
        }
        false => {
            db.write("relay", args, |tx, args| Box::pin(write_down(tx, args)))
                .await?
        }
    };
    if relayed {
        stage.commit();
    }
    app.bus().call_workers();
    Ok(true)
}

async fn take(app: &App, work: Work) -> AppResult<Option<OutboxRow>> {
    let args = (new_token(app.entropy()), work);
    app.db()
        .write_claim("take_outbox", args, |tx, (token, work)| {
            Box::pin(async move {
                let until = tx.now_ms() + LEASE_MS;
                Ok::<_, AppError>(match work {
                    Work::Any => message::take_outbox(tx, token, until).await?,
                    Work::Ends => message::take_outbox_of_ends(tx, token, until).await?,
                })
            })
        })
        .await
}

/// Writes the deliveries down, unless another relay has; whether it did.
async fn write_down(
    tx: &mut Tx,
    (work, row, made): &(OutboxRow, MessageRow, Made),
) -> AppResult<bool> {
    if !message::finish_outbox(tx, work).await? {
        return Ok(false);
    }
    let inside = made.write(tx).await?;
    let receipt = Receipt {
        alert: row.alert,
        message: row.message,
        channel: work.channel.clone(),
        kind: "targeted".into(),
        amount: inside,
        at_ms: tx.now_ms(),
    };
    message::insert_receipt(tx, &receipt).await?;
    Ok(true)
}

/// The deliveries that an outbox row becomes.
enum Made {
    Segments(Vec<DeliveryRow>),
    Systems(Vec<NewAddressed>),
}

impl Made {
    fn len(&self) -> usize {
        match self {
            Self::Segments(rows) => rows.len(),
            Self::Systems(rows) => rows.len(),
        }
    }

    /// Writes them down; returns how many recipients they are for.
    async fn write(&self, tx: &mut Tx) -> AppResult<i64> {
        match self {
            Self::Segments(rows) => {
                for row in rows {
                    delivery::insert(tx, row).await?;
                }
                Ok(rows.iter().map(|row| row.inside).sum())
            }
            Self::Systems(rows) => {
                for row in rows {
                    ledger::insert(tx, row).await?;
                }
                Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX))
            }
        }
    }
}

async fn make(app: &App, work: &OutboxRow, row: &MessageRow) -> AppResult<Made> {
    let channel: OwnChannel = work
        .channel
        .parse()
        .map_err(|_| AppError::internal("channel"))?;
    Ok(match channel.serving() {
        Serving::Systems => Made::Systems(systems(app, channel, row).await?),
        _ => Made::Segments(target(app, Kind::of_word(&work.channel)?, row).await?),
    })
}

/// The systems that get a message: for an Alert and an Update those who may have it at this moment;
/// for a Cancel those who have, or may have, an earlier one, and nobody else.
async fn systems(app: &App, channel: OwnChannel, row: &MessageRow) -> AppResult<Vec<NewAddressed>> {
    let args = (app.clone(), channel, row.clone());
    let chosen = app
        .db()
        .read("systems", args, |reads, (app, channel, row)| {
            Box::pin(async move {
                if row.msg_type == MsgType::Cancel {
                    return held(reads, *channel, (row.alert, row.seq)).await;
                }
                let case = alert::get(reads, row.alert).await?.case;
                let mut chosen = Vec::new();
                for system in endpoint::list_enabled(reads, *channel).await? {
                    if withheld(reads, app, (case, &system)).await?.is_none() {
                        chosen.push(system.endpoint);
                    }
                }
                Ok::<_, AppError>(chosen)
            })
        })
        .await?;
    let new = |endpoint| NewAddressed {
        delivery: DeliveryId::new(app.now_ms(), app.entropy()),
        message: row.message,
        alert: row.alert,
        channel,
        endpoint,
        lane: lane(row.msg_type),
    };
    Ok(chosen.into_iter().map(new).collect())
}

/// The systems that have, or may have, an earlier message by this channel.
async fn held(
    reads: &mut impl Reads,
    channel: OwnChannel,
    (alert, seq): (AlertId, i64),
) -> AppResult<Vec<EndpointId>> {
    let messages = message::list_by_alert(reads, alert).await?;
    let earlier = |id| messages.iter().any(|m| m.message == id && m.seq < seq);
    let mut held = Vec::new();
    for row in ledger::list_by_alert(reads, alert).await? {
        let mine = row.channel == channel && earlier(row.message) && row.may_be_held();
        if mine && !held.contains(&row.endpoint) {
            held.push(row.endpoint);
        }
    }
    Ok(held)
}

async fn target(app: &App, kind: Kind, row: &MessageRow) -> AppResult<Vec<DeliveryRow>> {
    let maker = Maker {
        app,
        kind,
        row,
        lane: lane(row.msg_type),
    };
    if row.msg_type == MsgType::Alert {
        return maker.area(&RoaringBitmap::new()).await;
    }
    let handed = handed_so_far(&earlier_deliveries(app, kind, row).await?)?;
    let mut deliveries = maker.handed(&handed)?;
    if row.msg_type == MsgType::Update {
        deliveries.extend(maker.area(&handed).await?);
    }
    Ok(deliveries)
}

/// The deliveries of all earlier messages by this channel.
async fn earlier_deliveries(
    app: &App,
    kind: Kind,
    row: &MessageRow,
) -> AppResult<Vec<DeliveryRow>> {
    app.db()
        .read(
            "earlier_deliveries",
            (kind, row.alert, row.seq),
            |reads, (kind, alert, seq)| {
                Box::pin(async move {
                    let mut deliveries = delivery::list_by_alert(reads, *alert).await?;
                    let messages = message::list_by_alert(reads, *alert).await?;
                    let earlier = |id| messages.iter().any(|m| m.message == id && m.seq < *seq);
                    let channel = kind.channel().as_str();
                    deliveries.retain(|one| one.channel == channel && earlier(one.message));
                    Ok::<_, AppError>(deliveries)
                })
            },
        )
        .await
}

/// Makes delivery rows of one message.
struct Maker<'a> {
    app: &'a App,
    kind: Kind,
    row: &'a MessageRow,
    lane: i64,
}

impl Maker<'_> {
    /// Segments of the area in cell order, leaving out those in `without`.
    async fn area(&self, without: &RoaringBitmap) -> AppResult<Vec<DeliveryRow>> {
        let cells = self
            .app
            .db()
            .read("segment_cells", self.kind, |reads, kind| {
                Box::pin(async move {
                    let seq = counter::last(reads, "subscription").await?;
                    kind.list_cells(reads, (0, seq)).await
                })
            })
            .await?;
        let area = self.app.read_area(&self.row.area)?;
        let target = self.app.target(&area)?;
        let numbers = if without.is_empty() {
            None
        } else {
            Some(write_bitmap(without)?)
        };
        let mut rows = Vec::new();
        let mut open: Option<Segment> = None;
        for (raw, held) in cells {
            let cell = Cell::from_i64(raw).map_err(|_| AppError::internal("cell"))?;
            if target.covers(cell) {
                let segment = open.get_or_insert_with(|| Segment::starting(raw));
                segment.take(raw, held);
            } else if let Some(segment) = &mut open {
                segment.passed += held;
            }
            if open.as_ref().is_some_and(Segment::is_full) {
                rows.extend(open.take().map(|s| self.row_of(&s, numbers.clone())));
            }
        }
        rows.extend(open.take().map(|s| self.row_of(&s, numbers.clone())));
        Ok(rows)
    }

    /// Segments of those who were handed an earlier message.
    fn handed(&self, handed: &RoaringBitmap) -> AppResult<Vec<DeliveryRow>> {
        let mut rows = Vec::new();
        let mut part = RoaringBitmap::new();
        for number in handed {
            part.insert(number);
            if part.len() >= SEGMENT {
                rows.push(self.row_of_numbers(&part)?);
                part.clear();
            }
        }
        if !part.is_empty() {
            rows.push(self.row_of_numbers(&part)?);
        }
        Ok(rows)
    }

    fn row_of(&self, segment: &Segment, numbers: Option<Vec<u8>>) -> DeliveryRow {
        let from = Mark::start_of(segment.first);
        DeliveryRow {
            audience: Audience::Area,
            from,
            to: Mark::end_of(segment.last),
            cursor: from,
            numbers,
            inside: i64::try_from(segment.held).unwrap_or(i64::MAX),
            ..self.blank()
        }
    }

    fn row_of_numbers(&self, part: &RoaringBitmap) -> AppResult<DeliveryRow> {
        Ok(DeliveryRow {
            audience: Audience::Handed,
            numbers: Some(write_bitmap(part)?),
            inside: i64::try_from(part.len()).unwrap_or(i64::MAX),
            ..self.blank()
        })
    }

    fn blank(&self) -> DeliveryRow {
        blank(self.app, self.row, (self.kind, self.lane))
    }
}

/// A pending delivery of `row` without an audience.
pub(super) fn blank(app: &App, row: &MessageRow, (kind, lane): (Kind, i64)) -> DeliveryRow {
    DeliveryRow {
        delivery: DeliveryId::new(app.now_ms(), app.entropy()),
        message: row.message,
        alert: row.alert,
        channel: kind.channel().as_str().into(),
        audience: Audience::Handed,
        lane,
        state: DeliveryState::Pending,
        from: Mark::START,
        to: Mark::START,
        cursor: Mark::START,
        numbers: None,
        handed_map: None,
        inside: 0,
        handed: 0,
        failed: 0,
        gone: 0,
        created_ms: 0,
        begun_ms: None,
        first_ms: None,
        last_ms: None,
        finished_ms: None,
        next_ms: 0,
        token: None,
    }
}

/// A range of cells being gathered.
struct Segment {
    first: i64,
    last: i64,
    held: u64,
    passed: u64,
}

impl Segment {
    fn starting(cell: i64) -> Self {
        Self {
            first: cell,
            last: cell,
            held: 0,
            passed: 0,
        }
    }

    fn take(&mut self, cell: i64, held: u64) {
        self.last = cell;
        self.held += held;
        self.passed = 0;
    }

    fn is_full(&self) -> bool {
        self.held >= SEGMENT || self.passed >= GAP
    }
}

/// Ends go first.
pub(super) fn lane(msg_type: MsgType) -> i64 {
    match msg_type {
        MsgType::Cancel => 0,
        MsgType::Alert => 1,
        MsgType::Update => 2,
    }
}
