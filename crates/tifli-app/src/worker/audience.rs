//! Who a delivery speaks to next, in its own order: one function for sending and for asking, after
//! an end, who may have been handed the message in the window that was under way.

use std::collections::HashMap;

use roaring::RoaringBitmap;
use tifli_geo::{Cell, Target};
use tifli_store::delivery::{Audience, DeliveryRow};
use tifli_store::subscriber::{self, Mark, PAGE, Subscriber};
use tifli_store::{Db, Reads};

use super::WINDOW;
use crate::{AppError, AppResult};

/// The next recipients and the cursor after them; `None` for the cursor when the end is reached.
pub(crate) struct Next {
    pub(crate) recipients: Vec<Subscriber>,
    pub(crate) cursor: Mark,
    pub(crate) last: bool,
}

/// Walks a delivery's audience.
pub(crate) struct Walk<'a> {
    delivery: &'a DeliveryRow,
    target: &'a Target<'a>,
    numbers: RoaringBitmap,
    covered: HashMap<i64, bool>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(delivery: &'a DeliveryRow, target: &'a Target<'a>) -> AppResult<Self> {
        Ok(Self {
            numbers: read_bitmap(delivery.numbers.as_deref())?,
            delivery,
            target,
            covered: HashMap::new(),
        })
    }

    /// The window after `cursor`.
    pub(crate) async fn next(&mut self, db: &Db, cursor: Mark) -> AppResult<Next> {
        let page = match self.delivery.audience {
            Audience::Area => self.page_area(db, cursor).await?,
            Audience::Joined => self.page_joined(db, cursor).await?,
            Audience::Handed => return self.next_handed(db, cursor).await,
        };
        let last = page.len() < WINDOW;
        let after = page.last().map_or(cursor, |s| self.mark_of(s, cursor));
        let mut recipients = page;
        recipients.retain(|s| self.wants(s));
        Ok(Next { recipients, cursor: after, last })
    }

    /// Inside the area, and not among the numbers to leave out.
    fn wants(&mut self, subscriber: &Subscriber) -> bool {
        let target = self.target;
        let covered = self.covered.entry(subscriber.cell).or_insert_with(|| {
            Cell::from_i64(subscriber.cell).is_ok_and(|cell| target.covers(cell))
        });
        *covered && !self.numbers.contains(subscriber.number)
    }

    /// Where `subscriber` stands in this delivery's order.
    fn mark_of(&self, subscriber: &Subscriber, cursor: Mark) -> Mark {
        let number = i64::from(subscriber.number);
        match self.delivery.audience {
            Audience::Joined => Mark { number, ..cursor },
            Audience::Area | Audience::Handed => Mark { cell: subscriber.cell, number },
        }
    }

    async fn page_area(&self, db: &Db, cursor: Mark) -> AppResult<Vec<Subscriber>> {
        db.read("window_area", (cursor, self.delivery.to), |reads, (from, to)| {
            Box::pin(async move {
                Ok::<_, AppError>(subscriber::page(reads, *from, *to, WINDOW).await?)
            })
        })
        .await
    }

    async fn page_joined(&self, db: &Db, cursor: Mark) -> AppResult<Vec<Subscriber>> {
        let seqs = (self.delivery.from.cell, self.delivery.to.cell);
        db.read("window_joined", (seqs, cursor.number), |reads, (seqs, after)| {
            Box::pin(async move {
                Ok::<_, AppError>(subscriber::page_joined(reads, *seqs, *after, WINDOW).await?)
            })
        })
        .await
    }

    /// By number, wherever they are now: who moved away still learns the end.
    async fn next_handed(&self, db: &Db, cursor: Mark) -> AppResult<Next> {
        let from = u32::try_from(cursor.number + 1).unwrap_or(0);
        let numbers: Vec<u32> = self.numbers.range(from..).take(WINDOW.min(PAGE)).collect();
        let last = numbers.len() < WINDOW.min(PAGE);
        let after = numbers.last().map_or(cursor, |n| Mark { number: i64::from(*n), ..cursor });
        let recipients = list_by_number(db, numbers).await?;
        Ok(Next { recipients, cursor: after, last })
    }
}

/// Subscribers by number, those that still exist.
pub(crate) async fn list_by_number(db: &Db, numbers: Vec<u32>) -> AppResult<Vec<Subscriber>> {
    db.read("window_numbers", numbers, |reads, numbers| {
        Box::pin(async move {
            Ok::<_, AppError>(subscriber::list_by_number(reads, numbers).await?)
        })
    })
    .await
}

/// Everyone handed a message of these deliveries, and those in the windows that were under way
/// when they were withdrawn.
pub(crate) async fn handed_so_far(
    db: &Db,
    deliveries: &[DeliveryRow],
    target: &Target<'_>,
) -> AppResult<RoaringBitmap> {
    let mut all = RoaringBitmap::new();
    for delivery in deliveries {
        all |= read_bitmap(delivery.handed_map.as_deref())?;
        let cut_short = delivery.begun_ms.is_some()
            && delivery.state == tifli_domain::delivery::DeliveryState::Withdrawn;
        if cut_short {
            let next = Walk::new(delivery, target)?.next(db, delivery.cursor).await?;
            all.extend(next.recipients.iter().map(|s| s.number));
            all.extend(waiting(db, delivery).await?);
        }
    }
    Ok(all)
}

/// Numbers whose repeat may have been under way.
async fn waiting(db: &Db, delivery: &DeliveryRow) -> AppResult<Vec<u32>> {
    db.read("waiting_numbers", delivery.delivery, |reads, id| {
        Box::pin(async move {
            let far = reads.now_ms() + 3_600_000;
            let rows =
                tifli_store::delivery::list_due_retries(reads, *id, far, usize::MAX).await?;
            Ok::<_, AppError>(rows.into_iter().map(|row| row.number).collect())
        })
    })
    .await
}

/// A stored bitmap; none is an empty one.
pub(crate) fn read_bitmap(bytes: Option<&[u8]>) -> AppResult<RoaringBitmap> {
    match bytes {
        None => Ok(RoaringBitmap::new()),
        Some(bytes) => {
            RoaringBitmap::deserialize_from(bytes).map_err(|_| AppError::internal("bitmap"))
        }
    }
}

/// A bitmap as stored.
pub(crate) fn write_bitmap(bitmap: &RoaringBitmap) -> AppResult<Vec<u8>> {
    let mut bytes = Vec::with_capacity(bitmap.serialized_size());
    bitmap.serialize_into(&mut bytes).map_err(|_| AppError::internal("bitmap"))?;
    Ok(bytes)
}
