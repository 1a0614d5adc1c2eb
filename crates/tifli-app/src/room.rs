//! The live picture of the room: open cases by clock and risk, alerts and their deliveries, the counts of the queue,
//! and the map of the country. It decides nothing; what of it is protected is opened with one audit entry per look.

use std::cmp::Reverse;

use tifli_domain::Actor;
use tifli_domain::alert::AlertState;
use tifli_domain::case::CaseState;
use tifli_domain::id::{AlertId, CaseId};
use tifli_domain::intake::Field;
use tifli_domain::permission::Act;
use tifli_domain::risk::{FIELDS, Raise, Risk, risk};
use tifli_domain::typed;
use tifli_store::{alert, message};
use tifli_units::Position;

use crate::alert::ChannelProgress;
use crate::map::OnCountry;
use crate::report::{CaseFilter, CaseSummary, ChildLine, Picked};
use crate::tip::BandCount;
use crate::{App, AppError, AppResult};

#[cfg(test)]
mod stories;

/// A case whose clock is this close to its end comes before every other, in milliseconds.
const CLOSE_MS: i64 = 3_600_000;
/// The most cases of the picture; a country with more open ones needs its list.
const MOST: usize = 60;

/// An open case in the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomCase {
    /// What the list says of it.
    pub summary: CaseSummary,
    /// Name and age.
    pub child: ChildLine,
    /// Its risk.
    pub risk: Risk,
    /// What raises it.
    pub why: Vec<Raise>,
}

/// An alert that is out, or that ended and is not dark everywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct RoomAlert {
    /// The alert.
    pub alert: AlertId,
    /// Its case.
    pub case: CaseId,
    /// The case's number as people say it.
    pub label: String,
    /// Where it stands.
    pub state: AlertState,
    /// Since when it is out.
    pub live_ms: Option<i64>,
    /// Until when.
    pub expires_ms: Option<i64>,
    /// Its newest message on each channel.
    pub channels: Vec<ChannelProgress>,
}

/// The picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    /// Open cases, the most pressing first.
    pub cases: Vec<RoomCase>,
    /// Open cases beyond those.
    pub beyond: usize,
    /// Alerts, the newest first.
    pub alerts: Vec<RoomAlert>,
    /// How many tips wait in each band.
    pub bands: Vec<BandCount>,
    /// How many duties are late.
    pub late: u64,
}

impl App {
    /// The picture as it is now.
    pub async fn room(&self, actor: &Actor) -> AppResult<Room> {
        self.permit_anywhere(actor, Act::WatchRoom)?;
        let open = self.open_cases(actor).await?;
        let ids: Vec<CaseId> = open.iter().map(|case| case.case).collect();
        let mut answers = self.pick_answers(actor, &ids, ("room", &wanted())).await?;
        let mut cases: Vec<RoomCase> = open
            .into_iter()
            .map(|summary| self.room_case(answers.remove(&summary.case), summary))
            .collect();
        cases.sort_by_key(pressing);
        let beyond = cases.len().saturating_sub(MOST);
        let label = |case: &RoomCase| (case.summary.case, case.summary.label.clone());
        let labels: Vec<_> = cases.iter().map(label).collect();
        cases.truncate(MOST);
        Ok(Room {
            cases,
            beyond,
            alerts: self.room_alerts(actor, &labels).await?,
            bands: self.tip_bands(actor).await?,
            late: self.late_duties(actor).await?,
        })
    }

    /// The map of the country: areas of live alerts, where open cases were last seen, linked sightings.
    pub async fn room_map_svg(
        &self,
        actor: &Actor,
        (language, title): (&str, &str),
    ) -> AppResult<String> {
        self.permit_anywhere(actor, Act::WatchRoom)?;
        let open = self.open_cases(actor).await?;
        let ids: Vec<CaseId> = open.iter().map(|case| case.case).collect();
        let answers = self.pick_answers(actor, &ids, ("room_map", &PLACE)).await?;
        let drawn = OnCountry {
            areas: self.live_areas(actor).await?,
            points: answers.values().filter_map(|one| self.spot(one)).collect(),
            sightings: self.sighting_points(actor, ids).await?,
        };
        self.country_map_svg(&drawn, (language, title))
    }

    async fn open_cases(&self, actor: &Actor) -> AppResult<Vec<CaseSummary>> {
        let mut cases = self.list_cases(actor, &CaseFilter::default()).await?;
        let open = [
            CaseState::Received,
            CaseState::Alerted,
            CaseState::Recalling,
        ];
        cases.retain(|case| open.contains(&case.state));
        Ok(cases)
    }

    fn room_case(&self, answers: Option<Picked>, summary: CaseSummary) -> RoomCase {
        let answers = answers.unwrap_or_default();
        let text = |field| answers.get(&field).map_or("", |(value, _)| value.as_str());
        let age = self.age_today(text(Field::ChildBirthDate), text(Field::ChildAge));
        let (risk, why) = risk(age, &answers);
        RoomCase {
            child: ChildLine {
                first_name_ar: text(Field::ChildFirstNameAr).to_owned(),
                first_name: text(Field::ChildFirstName).to_owned(),
                age,
            },
            summary,
            risk,
            why,
        }
    }

    /// Alerts of open cases that are out, or not yet dark everywhere.
    async fn room_alerts(
        &self,
        actor: &Actor,
        open: &[(CaseId, String)],
    ) -> AppResult<Vec<RoomAlert>> {
        let ids: Vec<CaseId> = open.iter().map(|(case, _)| *case).collect();
        let rows = self
            .db()
            .read("room_alerts", ids, |reads, ids| {
                Box::pin(async move {
                    let mut rows = Vec::new();
                    for id in ids {
                        rows.extend(alert::list_by_case(reads, *id).await?);
                    }
                    Ok::<_, AppError>(rows)
                })
            })
            .await?;
        let mut rows: Vec<_> = rows
            .into_iter()
            .filter(|row| row.live_ms.is_some() && row.dark_ms.is_none())
            .collect();
        rows.sort_by_key(|row| Reverse(row.live_ms));
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            let label = open.iter().find(|(case, _)| *case == row.case);
            let progress = self.progress(actor, row.alert).await?;
            lines.push(RoomAlert {
                label: label.map(|(_, label)| label.clone()).unwrap_or_default(),
                channels: newest(progress.channels),
                alert: row.alert,
                case: row.case,
                state: row.state,
                live_ms: row.live_ms,
                expires_ms: row.expires_ms,
            });
        }
        Ok(lines)
    }

    async fn live_areas(&self, actor: &Actor) -> AppResult<Vec<String>> {
        let live = self.list_alerts(actor, AlertState::Live).await?;
        let ids: Vec<AlertId> = live.iter().map(|alert| alert.alert).collect();
        self.db()
            .read("live_areas", ids, |reads, ids| {
                Box::pin(async move {
                    let mut areas = Vec::with_capacity(ids.len());
                    for id in ids {
                        let messages = message::list_by_alert(reads, *id).await?;
                        areas.extend(messages.into_iter().last().map(|last| last.area));
                    }
                    Ok::<_, AppError>(areas)
                })
            })
            .await
    }

    fn spot(&self, answers: &Picked) -> Option<Position> {
        let text = |field| answers.get(&field).map_or("", |(value, _)| value.as_str());
        let (lat, lon) = (text(Field::LastSeenLat), text(Field::LastSeenLon));
        let point = typed::decimal(lat).zip(typed::decimal(lon));
        let point = point.and_then(|(lat, lon)| Position::new(lat, lon).ok());
        point.or_else(|| Some(self.spot_of(text(Field::LastSeenPlace))?.0))
    }
}

const PLACE: [Field; 3] = [Field::LastSeenPlace, Field::LastSeenLat, Field::LastSeenLon];

fn wanted() -> Vec<Field> {
    let mut fields = vec![
        Field::ChildFirstNameAr,
        Field::ChildFirstName,
        Field::ChildBirthDate,
        Field::ChildAge,
    ];
    fields.extend(FIELDS);
    fields
}

/// The order of the picture: a clock close to its end, then the risk, then the clock, then the newest.
fn pressing(case: &RoomCase) -> (bool, Risk, i64, Reverse<i64>) {
    let left = case.summary.ceiling_left_ms.unwrap_or(i64::MAX);
    (
        left > CLOSE_MS,
        case.risk,
        left,
        Reverse(case.summary.number),
    )
}

/// Of each channel the newest message.
fn newest(channels: Vec<ChannelProgress>) -> Vec<ChannelProgress> {
    let mut kept: Vec<ChannelProgress> = Vec::new();
    for one in channels {
        match kept.iter_mut().find(|other| other.channel == one.channel) {
            Some(other) => *other = one,
            None => kept.push(one),
        }
    }
    kept
}
