//! Who joins or moves into a live area is handed the alert too, by a segment of their own.

use tifli_domain::alert::AlertState;
use tifli_store::alert::{self, AlertRow};
use tifli_store::counter;
use tifli_store::delivery::{self, Audience, DeliveryRow};
use tifli_store::message::{self, MessageRow};
use tifli_store::subscriber::Mark;

use super::audience::{HandedMap, write_bitmap};
use super::relay::blank;
use super::roll::Kind;
use super::watch::note;
use crate::{App, AppError, AppResult};

/// Looks at every live alert; true when a segment was written.
pub(crate) async fn follow_all(app: &App) -> AppResult<bool> {
    let (rows, seq) = app
        .db()
        .read("live_alerts", (), |reads, ()| {
            Box::pin(async move {
                let rows = alert::list_by_state(reads, AlertState::Live).await?;
                Ok::<_, AppError>((rows, counter::last(reads, "subscription").await?))
            })
        })
        .await?;
    for row in rows.into_iter().filter(|row| row.joined_seq < seq) {
        note(&row, follow_one(app, &row, seq).await);
    }
    Ok(false)
}

async fn follow_one(app: &App, row: &AlertRow, seq: i64) -> AppResult<()> {
    let Some((issued, known)) = look(app, row).await? else {
        return Ok(());
    };
    let mut segments = Vec::new();
    for channel in app.verified(&issued)?.channels {
        let kind = channel.parse().ok().and_then(Kind::of);
        if let Some(kind) = kind {
            segments.extend(segment(app, (row, seq), kind, (&issued, &known)).await?);
        }
    }
    let args = (row.clone(), seq, segments);
    app.db()
        .write("follow", args, |tx, (row, seq, segments)| {
            Box::pin(async move {
                let mut now = alert::get(tx, row.alert).await?;
                if now.state != AlertState::Live
                    || now.joined_seq != row.joined_seq
                    || now.version != row.version
                {
                    return Ok::<_, AppError>(());
                }
                now.joined_seq = *seq;
                alert::update(tx, &now).await?;
                for segment in segments {
                    delivery::insert(tx, segment).await?;
                }
                Ok(())
            })
        })
        .await?;
    app.bus().call_workers();
    Ok(())
}

/// A segment of those who joined or moved up to `seq`; none where nobody of them is inside.
async fn segment(
    app: &App,
    (row, seq): (&AlertRow, i64),
    kind: Kind,
    (issued, known): (&MessageRow, &[DeliveryRow]),
) -> AppResult<Option<DeliveryRow>> {
    let seqs = (row.joined_seq, seq);
    let cells = app
        .db()
        .read("joined_cells", (kind, seqs), |reads, (kind, seqs)| {
            Box::pin(async move { kind.list_cells(reads, *seqs).await })
        })
        .await?;
    let area = app.read_area(&issued.area)?;
    let target = app.target(&area)?;
    let mut inside = 0;
    for (raw, held) in cells {
        let cell = tifli_geo::Cell::from_i64(raw).map_err(|_| AppError::internal("cell"))?;
        if target.covers(cell) {
            inside += i64::try_from(held).unwrap_or(i64::MAX);
        }
    }
    let mut handed = roaring::RoaringBitmap::new();
    for delivery in known {
        handed |= HandedMap::read(delivery.handed_map.as_deref())?.sure;
    }
    let start = Mark {
        cell: row.joined_seq,
        number: -1,
    };
    let segment = DeliveryRow {
        audience: Audience::Joined,
        from: start,
        to: Mark {
            cell: seq,
            number: i64::from(u32::MAX),
        },
        cursor: start,
        numbers: Some(write_bitmap(&handed)?),
        inside,
        ..blank(app, issued, (kind, 2))
    };
    Ok((inside > 0).then_some(segment))
}

/// The newest message and the deliveries so far; `None` while the relay has not made its segments, for
/// those who came are then in them.
async fn look(app: &App, row: &AlertRow) -> AppResult<Option<(MessageRow, Vec<DeliveryRow>)>> {
    app.db()
        .read("follow_look", row.alert, |reads, id| {
            Box::pin(async move {
                if message::count_open_outbox(reads, *id).await? > 0 {
                    return Ok::<_, AppError>(None);
                }
                let last = message::list_by_alert(reads, *id).await?.pop();
                let known = delivery::list_by_alert(reads, *id).await?;
                Ok(last.map(|last| (last, known)))
            })
        })
        .await
}
