//! The budget of attention: how many alerts the people of an area were in the area of in the last thirty days, and
//! whether they sleep now. The approver sees it; nothing is ever held back for it.

use std::collections::BTreeMap;

use tifli_domain::attention::{Budget, Counted, DAYS, Spent};
use tifli_domain::id::AlertId;
use tifli_domain::loudness::Hour;
use tifli_geo::{Area, Cell, Target};
use tifli_store::message::{self, MessageRow};
use tifli_store::{counter, subscriber};

use crate::{App, AppError, AppResult};

/// A day in milliseconds.
const DAY_MS: i64 = 24 * 3_600_000;
/// Cells looked at, evenly spread over those inside; more would say the same more slowly.
const SAMPLE: usize = 1_500;

/// How much attention an area was asked for lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attention {
    /// Alerts of the last thirty days whose area holds somebody inside, this one's own earlier versions among them.
    pub alerts: u32,
    /// How many people were in the area of how many of them.
    pub spent: Spent,
    /// What the country thinks its people bear.
    pub budget: Budget,
    /// Whether that is spent.
    pub over: bool,
    /// One of so many cells was looked at; 1 means that everybody was counted.
    pub every: u32,
    /// Alerts that reached people somewhere and whose area is erased: they are counted nowhere.
    pub forgotten: u32,
    /// The hour of the day there, 0 to 23.
    pub hour: i8,
    /// Whether people sleep at that hour.
    pub asleep: Hour,
}

/// A place with the people it holds.
type Held = (Cell, u64);

impl App {
    /// Weighs an area against the alerts of the last thirty days, by their areas: over subscribers inside, or, where
    /// nobody inside is subscribed, over residents.
    pub async fn attention(&self, area: &Area) -> AppResult<Attention> {
        let since = self.now_ms() - DAYS * DAY_MS;
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
        let target = self.target(area)?;
        let (inside, every) = sample(inside(&target, &cells)?);
        let (counted, (inside, every)) = match inside.is_empty() {
            false => (Counted::Subscribers, (inside, every)),
            true => (Counted::Residents, sample(self.residents_in(&target))),
        };
        let (areas, forgotten) = self.areas(&messages)?;
        let told = Told::of(&self.targets(&areas)?, &inside);
        let budget = self.pack().qualification().attention;
        let spent = told.spent(counted, budget);
        let (hour, asleep) = self.hour_there();
        Ok(Attention {
            alerts: told.alerts(),
            over: spent.is_over(budget),
            spent: spent.times(every),
            budget,
            every,
            forgotten,
            hour,
            asleep,
        })
    }

    /// The hour of the country, and whether people sleep then.
    pub(crate) fn hour_there(&self) -> (i8, Hour) {
        let hour = self.now().to_zoned(self.pack().zone().clone()).hour();
        match self.pack().qualification().night.holds(hour) {
            true => (hour, Hour::Sleeping),
            false => (hour, Hour::Waking),
        }
    }

    /// The towns inside with their residents.
    fn residents_in(&self, target: &Target<'_>) -> Vec<Held> {
        let mut held = Vec::new();
        for commune in self.pack().communes() {
            let cell = Cell::at(commune.position);
            if commune.population > 0 && target.covers(cell) {
                held.push((cell, commune.population));
            }
        }
        held
    }

    /// The areas of each alert, and how many alerts have none any more.
    fn areas(&self, messages: &[MessageRow]) -> AppResult<(BTreeMap<AlertId, Vec<Area>>, u32)> {
        let mut areas: BTreeMap<AlertId, Vec<Area>> = BTreeMap::new();
        for message in messages {
            let known = areas.entry(message.alert).or_default();
            if !message.area.is_empty() {
                known.push(self.read_area(&message.area)?);
            }
        }
        let all = areas.len();
        areas.retain(|_, areas| !areas.is_empty());
        let forgotten = u32::try_from(all - areas.len()).unwrap_or(u32::MAX);
        Ok((areas, forgotten))
    }

    fn targets<'a>(
        &'a self,
        alerts: &'a BTreeMap<AlertId, Vec<Area>>,
    ) -> AppResult<Vec<Vec<Target<'a>>>> {
        let one = |areas: &'a Vec<Area>| areas.iter().map(|area| self.target(area)).collect();
        alerts.values().map(one).collect()
    }
}

/// Of each place, how many alerts it was in the area of; and of each alert, whether it holds any.
struct Told {
    places: Vec<(u64, u32)>,
    met: Vec<bool>,
}

impl Told {
    fn of(alerts: &[Vec<Target<'_>>], inside: &[Held]) -> Self {
        let mut met = vec![false; alerts.len()];
        let place = |(cell, held): &Held| {
            let mut told = 0;
            for (targets, met) in alerts.iter().zip(&mut met) {
                if targets.iter().any(|target| target.covers(*cell)) {
                    told += 1;
                    *met = true;
                }
            }
            (*held, told)
        };
        let places = inside.iter().map(place).collect();
        Self { places, met }
    }

    fn alerts(&self) -> u32 {
        let met = self.met.iter().filter(|met| **met).count();
        u32::try_from(met).unwrap_or(u32::MAX)
    }

    fn spent(&self, counted: Counted, budget: Budget) -> Spent {
        let mut spent = Spent::of(counted);
        for (people, alerts) in &self.places {
            spent.add(*people, *alerts, budget);
        }
        spent
    }
}

/// Cells inside with the people they hold.
fn inside(target: &Target<'_>, cells: &[(i64, u64)]) -> AppResult<Vec<Held>> {
    let mut inside = Vec::new();
    for (raw, held) in cells {
        let cell = Cell::from_i64(*raw).map_err(|_| AppError::internal("cell"))?;
        if target.covers(cell) {
            inside.push((cell, *held));
        }
    }
    Ok(inside)
}

/// At most [`SAMPLE`] places, evenly spread, and one of how many each is.
fn sample(inside: Vec<Held>) -> (Vec<Held>, u32) {
    let every = inside.len().div_ceil(SAMPLE).max(1);
    let kept = inside.into_iter().step_by(every).collect();
    (kept, u32::try_from(every).unwrap_or(u32::MAX))
}
