//! Who a delivery speaks to next, in its own order, and who has, or may have, its message.

use std::collections::HashMap;

use roaring::RoaringBitmap;
use tifli_geo::{Cell, Target};
use tifli_store::Db;
use tifli_store::delivery::{Audience, DeliveryRow};
use tifli_store::subscriber::{Mark, PAGE};

use super::roll::{Kind, Roll};
use crate::{AppError, AppResult};

/// The next recipients and the cursor after them; `None` for the cursor when the end is reached.
pub(crate) struct Next {
    pub(crate) recipients: Roll,
    pub(crate) cursor: Mark,
    pub(crate) last: bool,
}

/// Walks a delivery's audience.
pub(crate) struct Walk<'a> {
    delivery: &'a DeliveryRow,
    kind: Kind,
    target: &'a Target<'a>,
    numbers: RoaringBitmap,
    covered: HashMap<i64, bool>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(delivery: &'a DeliveryRow, target: &'a Target<'a>) -> AppResult<Self> {
        Ok(Self {
            numbers: read_bitmap(delivery.numbers.as_deref())?,
            kind: Kind::of_word(&delivery.channel)?,
            delivery,
            target,
            covered: HashMap::new(),
        })
    }

    /// The window after `cursor`.
    pub(crate) async fn next(&mut self, db: &Db, cursor: Mark) -> AppResult<Next> {
        let mut recipients = match self.delivery.audience {
            Audience::Area => self.kind.page(db, (cursor, self.delivery.to)).await?,
            Audience::Joined => {
                let seqs = (self.delivery.from.cell, self.delivery.to.cell);
                self.kind.page_joined(db, (seqs, cursor.number)).await?
            }
            Audience::Handed => return self.next_handed(db, cursor).await,
            Audience::One => return Err(AppError::internal("audience")),
        };
        let last = recipients.len() < self.kind.window();
        let after = recipients
            .last()
            .map_or(cursor, |at| self.mark_of(at, cursor));
        recipients.retain(|cell, number| self.wants(cell, number));
        Ok(Next {
            recipients,
            cursor: after,
            last,
        })
    }

    /// Inside the area, and not among the numbers to leave out.
    fn wants(&mut self, cell: i64, number: u32) -> bool {
        let target = self.target;
        let covered = self
            .covered
            .entry(cell)
            .or_insert_with(|| Cell::from_i64(cell).is_ok_and(|cell| target.covers(cell)));
        *covered && !self.numbers.contains(number)
    }

    /// Where a recipient of this cell and number stands in this delivery's order.
    fn mark_of(&self, (cell, number): (i64, u32), cursor: Mark) -> Mark {
        let number = i64::from(number);
        match self.delivery.audience {
            Audience::Joined => Mark { number, ..cursor },
            Audience::Area | Audience::Handed | Audience::One => Mark { cell, number },
        }
    }

    /// By number, wherever they are now: who moved away still learns the end.
    async fn next_handed(&self, db: &Db, cursor: Mark) -> AppResult<Next> {
        let from = u32::try_from(cursor.number + 1).unwrap_or(0);
        let most = self.kind.window().min(PAGE);
        let numbers: Vec<u32> = self.numbers.range(from..).take(most).collect();
        let last = numbers.len() < most;
        let after = numbers.last().map_or(cursor, |n| Mark {
            number: i64::from(*n),
            ..cursor
        });
        let recipients = self.kind.list_by_number(db, numbers).await?;
        Ok(Next {
            recipients,
            cursor: after,
            last,
        })
    }
}

/// Who was handed a delivery's message, as stored: one bitmap after the other.
#[derive(Default)]
pub(crate) struct HandedMap {
    /// Those who have it, or to whom it left without an answer.
    pub(crate) sure: RoaringBitmap,
    /// Those a worker was about to call when this was written, and who may have it.
    pub(crate) perhaps: RoaringBitmap,
}

impl HandedMap {
    pub(crate) fn read(bytes: Option<&[u8]>) -> AppResult<Self> {
        let mut rest = bytes.unwrap_or_default();
        let mut next = || match rest {
            [] => Ok(RoaringBitmap::new()),
            _ => {
                RoaringBitmap::deserialize_from(&mut rest).map_err(|_| AppError::internal("bitmap"))
            }
        };
        Ok(Self {
            sure: next()?,
            perhaps: next()?,
        })
    }

    /// As stored before `ahead` are called: written first, whoever is called is told the end,
    /// whatever happens to the worker, and wherever they move.
    pub(crate) fn write(&self, ahead: &[u32]) -> AppResult<Vec<u8>> {
        let mut perhaps = self.perhaps.clone();
        perhaps.extend(ahead);
        let mut bytes = write_bitmap(&self.sure)?;
        bytes.extend(write_bitmap(&(perhaps - &self.sure))?);
        Ok(bytes)
    }

    /// Whether everyone of `ahead` is written down already.
    pub(crate) fn holds(&self, ahead: &[u32]) -> bool {
        let written = |number: &u32| self.sure.contains(*number) || self.perhaps.contains(*number);
        ahead.iter().all(written)
    }
}

/// Everyone who has, or may have, a message of these deliveries.
pub(crate) fn handed_so_far(deliveries: &[DeliveryRow]) -> AppResult<RoaringBitmap> {
    let mut all = RoaringBitmap::new();
    for delivery in deliveries {
        let map = HandedMap::read(delivery.handed_map.as_deref())?;
        all |= map.sure;
        all |= map.perhaps;
    }
    Ok(all)
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
    bitmap
        .serialize_into(&mut bytes)
        .map_err(|_| AppError::internal("bitmap"))?;
    Ok(bytes)
}
