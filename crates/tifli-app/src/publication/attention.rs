//! The budget of attention: how often the people of an area were alerted in the last thirty days,
//! and whether they sleep now. The approver sees it; nothing is ever held back for it.

use tifli_geo::{Area, Cell, Target};
use tifli_store::message::{self, MessageRow};
use tifli_store::{counter, subscriber};

use crate::{App, AppError, AppResult};

/// Thirty days in milliseconds.
const MONTH_MS: i64 = 30 * 24 * 3_600_000;
/// Cells looked at, evenly spread over those inside; more would say the same more slowly.
const SAMPLE: usize = 1_500;

/// How much attention an area was asked for lately.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attention {
    /// Messages an average subscriber inside was in the area of, in tenths.
    pub month_tenths: u32,
    /// The most that any of them was in the area of.
    pub most: u32,
    /// Messages that reached people somewhere and whose area is erased: they are counted nowhere.
    pub forgotten: u32,
    /// The hour of the day there, 0 to 23.
    pub hour: i8,
    /// Whether people sleep at that hour.
    pub asleep: bool,
}

impl App {
    /// Weighs an area against the alerts and updates of the last thirty days, by their areas.
    pub async fn attention(&self, area: &Area) -> AppResult<Attention> {
        let since = self.now_ms() - MONTH_MS;
        let (cells, messages) = self
            .db()
            .read("attention", since, |reads, since| {
                Box::pin(async move {
                    let seq = counter::last(reads, "subscription").await?;
                    let cells = subscriber::list_cells(reads, 0, seq).await?;
                    let messages = message::list_pushed_since(reads, *since).await?;
                    Ok::<_, AppError>((cells, messages))
                })
            })
            .await?;
        let inside = sample(&self.target(area)?, &cells)?;
        let hour = self.now().to_zoned(self.pack().zone().clone()).hour();
        let (areas, forgotten) = self.areas(&messages)?;
        let weights = Weights::of(&self.targets(&areas)?, &inside);
        Ok(Attention {
            forgotten,
            hour,
            asleep: self.pack().qualification().night.holds(hour),
            ..weights.attention()
        })
    }

    fn areas(&self, messages: &[MessageRow]) -> AppResult<(Vec<Area>, u32)> {
        let mut areas = Vec::new();
        let mut forgotten = 0;
        for message in messages {
            if message.area.is_empty() {
                forgotten += 1;
            } else {
                areas.push(self.read_area(&message.area)?);
            }
        }
        Ok((areas, forgotten))
    }

    fn targets<'a>(&'a self, areas: &'a [Area]) -> AppResult<Vec<Target<'a>>> {
        areas.iter().map(|area| self.target(area)).collect()
    }
}

/// Messages over the people inside.
#[derive(Default)]
struct Weights {
    people: u64,
    told: u64,
    most: u32,
}

impl Weights {
    fn of(targets: &[Target<'_>], inside: &[(Cell, u64)]) -> Self {
        let mut weights = Self::default();
        for (cell, held) in inside {
            let covering = targets.iter().filter(|target| target.covers(*cell));
            let told = u32::try_from(covering.count()).unwrap_or(u32::MAX);
            weights.people += held;
            weights.told += held * u64::from(told);
            weights.most = weights.most.max(told);
        }
        weights
    }

    fn attention(&self) -> Attention {
        let tenths = (self.told * 10).checked_div(self.people).unwrap_or(0);
        Attention {
            month_tenths: u32::try_from(tenths).unwrap_or(u32::MAX),
            most: self.most,
            ..Attention::default()
        }
    }
}

/// Cells inside with the people they hold, at most [`SAMPLE`] of them, evenly spread.
fn sample(target: &Target<'_>, cells: &[(i64, u64)]) -> AppResult<Vec<(Cell, u64)>> {
    let mut inside = Vec::new();
    for (raw, held) in cells {
        let cell = Cell::from_i64(*raw).map_err(|_| AppError::internal("cell"))?;
        if target.covers(cell) {
            inside.push((cell, *held));
        }
    }
    let every = inside.len().div_ceil(SAMPLE).max(1);
    Ok(inside.into_iter().step_by(every).collect())
}
