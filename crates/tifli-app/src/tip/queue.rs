//! The queue: what waits, in the order in which it is taken up, each with what it says, whether the child could have
//! been there, and the tips that say the same. Read in one go, with one audit entry for all that is opened.

use std::collections::{BTreeMap, HashMap};

use tifli_domain::Actor;
use tifli_domain::id::{CaseId, PersonId, TipId};
use tifli_domain::intake::Field;
use tifli_domain::permission::{self, Act};
use tifli_domain::triage::{Fold, Item, Journey, Reach, Same, Speeds, fold, phones, reach};
use tifli_domain::typed;
use tifli_store::audit::ObjectId;
use tifli_store::people;
use tifli_store::tip::TipRow;
use tifli_store::triage::{self as journal, BandCount};
use tifli_units::{Kilometres, Position};

use super::OpenedTip;
use super::room::{close_over, list_linked};
use crate::desk::Name;
use crate::report::Picked;
use crate::{App, AppError, AppResult};

/// Tips of one page; each is opened, so each stands in the entry of the reading.
pub const QUEUE: usize = 60;
/// How far an exact point may be off, in kilometres.
const POINT_KM: f64 = 0.5;
/// How far a place of the list may be off, in kilometres: people say the town.
const PLACE_KM: f64 = 5.0;

/// A row of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueTip {
    /// The tip, opened.
    pub opened: OpenedTip,
    /// Whether its time is over.
    pub late: bool,
    /// How the child could have come there.
    pub reach: Reach,
    /// Kilometres from where the child was last seen, and minutes since; where both are known.
    pub journey: Option<(u32, i64)>,
    /// The tips that say the same and stand behind it, each with why.
    pub folded: Vec<(OpenedTip, Same)>,
}

/// The queue.
#[derive(Debug, Clone, PartialEq)]
pub struct TipQueue {
    /// How many wait in each band, of all cases.
    pub bands: Vec<BandCount>,
    /// The rows, the most urgent first.
    pub rows: Vec<QueueTip>,
    /// How many tips the page took; the next page leaves out so many more.
    pub taken: usize,
    /// Whether more wait.
    pub more: bool,
}

/// A place and how far it may be off.
pub(crate) type Spot = (Position, f64);

/// Where and when a child was last seen.
struct LastSeen {
    spot: Option<Spot>,
    at_ms: Option<i64>,
    age: Option<i64>,
}

const LAST: [Field; 7] = [
    Field::LastSeenAt,
    Field::LastSeenUntil,
    Field::LastSeenPlace,
    Field::LastSeenLat,
    Field::LastSeenLon,
    Field::ChildBirthDate,
    Field::ChildAge,
];

impl App {
    /// How many tips wait in each band, of all cases: counts alone, nothing is opened.
    pub async fn tip_bands(&self, actor: &Actor) -> AppResult<Vec<BandCount>> {
        self.permit_anywhere(actor, Act::WatchRoom)?;
        self.db()
            .read("tip_bands", self.now_ms(), |reads, now| {
                Box::pin(async move { Ok(journal::count_bands(reads, *now).await?) })
            })
            .await
    }

    /// Colleagues who may be given a tip: id, name and unit.
    pub async fn triagers(&self, actor: &Actor) -> AppResult<Vec<(PersonId, Name)>> {
        self.permit_anywhere(actor, Act::TriageTips)?;
        let rows = self
            .db()
            .read("triagers", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(people::list(reads).await?) })
            })
            .await?;
        let able = |row: &people::PersonRow| {
            let reach = permission::reach(row.role, Act::TriageTips);
            row.disabled_ms.is_none() && reach == permission::Reach::Everywhere
        };
        let able = rows.into_iter().filter(able);
        Ok(able
            .map(|row| (row.person, (row.display_name, row.unit)))
            .collect())
    }

    /// The waiting tips of all cases or of one, ranked and folded, without the first `skip`.
    pub async fn tip_queue(
        &self,
        actor: &Actor,
        case: Option<CaseId>,
        skip: usize,
    ) -> AppResult<TipQueue> {
        self.permit_anywhere(actor, Act::TriageTips)?;
        let args = (case, skip, self.now_ms());
        let (rows, closed, bands) = self
            .db()
            .read("tip_queue", args, |reads, (case, skip, now)| {
                Box::pin(async move {
                    let page = (i64::try_from(*skip).unwrap_or(0), QUEUE as i64 + 1);
                    let rows = journal::list_queue(reads, *case, page).await?;
                    let mut closed = Vec::with_capacity(rows.len());
                    for row in rows.iter().take(QUEUE) {
                        closed.push(close_over(reads, row.clone()).await?);
                    }
                    let bands = journal::count_bands(reads, *now).await?;
                    Ok::<_, AppError>((rows, closed, bands))
                })
            })
            .await?;
        let more = rows.len() > QUEUE;
        let may = |row: &TipRow| permission::check(actor, Act::TriageTips, &row.district).is_ok();
        let closed: Vec<_> = closed.into_iter().filter(|tip| may(&tip.row)).collect();
        let taken = closed.len();
        let rows = match closed.is_empty() {
            true => Vec::new(),
            false => {
                let objects = closed
                    .iter()
                    .map(|tip| ObjectId::new("tip", tip.row.tip))
                    .collect();
                let opened = self.open_tips(actor, ("queue", objects), closed).await?;
                self.ordered(actor, opened).await?
            }
        };
        Ok(TipQueue {
            bands,
            rows,
            taken,
            more,
        })
    }

    /// How the child could have come to the place of a tip.
    pub async fn tip_reach(
        &self,
        actor: &Actor,
        tip: &OpenedTip,
    ) -> AppResult<(Reach, Option<(u32, i64)>)> {
        let last = self.last_seen(actor, &[tip.summary.case]).await?;
        Ok(self.reach_of(tip, last.get(&tip.summary.case)))
    }

    /// Where the sightings of these cases were, for a map: linked tips with a point or a place, under one audit entry.
    pub(crate) async fn sighting_points(
        &self,
        actor: &Actor,
        cases: Vec<CaseId>,
    ) -> AppResult<Vec<Position>> {
        let linked = self
            .db()
            .read("sighting_points", cases, |reads, cases| {
                Box::pin(async move {
                    let mut linked = Vec::new();
                    for case in cases {
                        linked.extend(list_linked(reads, *case).await?);
                    }
                    Ok::<_, AppError>(linked)
                })
            })
            .await?;
        if linked.is_empty() {
            return Ok(Vec::new());
        }
        let objects = linked.iter();
        let objects = objects
            .map(|tip| ObjectId::new("tip", tip.row.tip))
            .collect();
        let opened = self.open_tips(actor, ("room_map", objects), linked).await?;
        let point = |tip: &OpenedTip| {
            let listed = || self.spot_of(tip.telling.place.as_deref()?);
            tip.telling.point.or_else(|| listed().map(|(at, _)| at))
        };
        Ok(opened.iter().filter_map(point).collect())
    }

    /// Ranks and folds opened tips.
    async fn ordered(&self, actor: &Actor, opened: Vec<OpenedTip>) -> AppResult<Vec<QueueTip>> {
        let mut cases: Vec<CaseId> = opened.iter().map(|tip| tip.summary.case).collect();
        cases.sort_unstable();
        cases.dedup();
        let last = self.last_seen(actor, &cases).await?;
        let now = self.now_ms();
        let mut rows: Vec<QueueTip> = opened
            .into_iter()
            .map(|tip| {
                let (reach, journey) = self.reach_of(&tip, last.get(&tip.summary.case));
                QueueTip {
                    late: tip.summary.standing.due_ms <= now,
                    opened: tip,
                    reach,
                    journey,
                    folded: Vec::new(),
                }
            })
            .collect();
        rows.sort_by_key(|row| {
            let summary = &row.opened.summary;
            let impossible = row.reach == Reach::Impossible;
            let standing = &summary.standing;
            (standing.band, impossible, standing.due_ms, summary.seq)
        });
        let items: Vec<Item> = rows.iter().map(|row| self.item(&row.opened)).collect();
        Ok(folded(rows, &fold(&items, tifli_geo::distance)))
    }

    fn item(&self, tip: &OpenedTip) -> Item {
        let words = tifli_pack::fold(&tip.telling.words);
        Item {
            tip: tip.summary.tip,
            case: tip.summary.case,
            phones: phones(&words),
            words,
            point: tip.telling.point,
            place: tip.telling.place.clone(),
            seen_ms: self.seen_ms(&tip.telling, tip.summary.received_ms),
            apart: tip.summary.standing.apart_ms.is_some(),
        }
    }

    fn reach_of(&self, tip: &OpenedTip, last: Option<&LastSeen>) -> (Reach, Option<(u32, i64)>) {
        let told = &tip.telling;
        let there = told
            .point
            .map(|point| (point, POINT_KM))
            .or_else(|| self.spot_of(told.place.as_deref()?));
        let seen = self.seen_ms(told, tip.summary.received_ms);
        let journey = last.and_then(|last| {
            let ((from, from_off), (to, to_off)) = last.spot.zip(there)?;
            let minutes = seen?.checked_sub(last.at_ms?)?.div_euclid(60_000);
            let way = tifli_geo::distance(from, to);
            let distance = Kilometres::new((way.get() - from_off - to_off).max(0.0))?;
            let journey = Journey {
                distance,
                minutes,
                age: last.age,
            };
            Some((journey, self.kilometres_between(from, to)))
        });
        let (town, road) = self.pack().triage().speeds();
        let speeds = Speeds { town, road };
        let shown = journey.map(|(journey, km)| (km, journey.minutes));
        (reach(journey.map(|(journey, _)| journey), speeds), shown)
    }

    pub(crate) fn spot_of(&self, place: &str) -> Option<Spot> {
        let place = self.pack().places().find(place)?;
        Some((place.position, PLACE_KM))
    }

    async fn last_seen(
        &self,
        actor: &Actor,
        cases: &[CaseId],
    ) -> AppResult<BTreeMap<CaseId, LastSeen>> {
        let picked = self.pick_answers(actor, cases, ("triage", &LAST)).await?;
        let each = picked.into_iter();
        Ok(each
            .map(|(case, answers)| (case, self.read_last_seen(&answers)))
            .collect())
    }

    fn read_last_seen(&self, answers: &Picked) -> LastSeen {
        let text = |field| answers.get(&field).map_or("", |(value, _)| value.as_str());
        let degrees = |field| typed::decimal(text(field));
        let point = degrees(Field::LastSeenLat).zip(degrees(Field::LastSeenLon));
        let point = point.and_then(|(lat, lon)| Position::new(lat, lon).ok());
        let zone = self.pack().zone();
        let moment = |field| {
            let at = typed::local_time(text(field))?
                .to_zoned(zone.clone())
                .ok()?;
            Some(at.timestamp().as_millisecond())
        };
        LastSeen {
            spot: point
                .map(|point| (point, POINT_KM))
                .or_else(|| self.spot_of(text(Field::LastSeenPlace))),
            at_ms: moment(Field::LastSeenUntil).or_else(|| moment(Field::LastSeenAt)),
            age: self.age_today(text(Field::ChildBirthDate), text(Field::ChildAge)),
        }
    }
}

/// Puts the tips that say the same behind the first of them; every tip stands once.
fn folded(rows: Vec<QueueTip>, folds: &[Fold]) -> Vec<QueueTip> {
    let mut by_id: HashMap<TipId, QueueTip> = rows
        .into_iter()
        .map(|row| (row.opened.summary.tip, row))
        .collect();
    let mut heads = Vec::with_capacity(folds.len());
    for fold in folds {
        let Some(mut head) = by_id.remove(&fold.head) else {
            continue;
        };
        for (tip, why) in &fold.others {
            if let Some(other) = by_id.remove(tip) {
                head.late |= other.late;
                head.folded.push((other.opened, *why));
            }
        }
        heads.push(head);
    }
    heads
}
