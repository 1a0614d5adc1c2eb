//! The live board, its parts, its wall and its events.

use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use tifli_app::alert::ChannelProgress;
use tifli_app::room::{RoomAlert, RoomCase};
use tifli_domain::alert::AlertState;
use tifli_domain::permission::Act;

use super::cases::first_name;
use super::desk::{Desk, moment_of};
use super::triage::tiles;
use crate::console::room::{ChannelRow, RoomAlertRow, RoomCaseRow, RoomPage, RoomParts, WallPage};
use crate::events;
use crate::problem::{Answer, Refused};
use crate::public::MapSvg;
use crate::request::{QueryOf, SignedIn};
use crate::server::{WebState, moment};

/// The query of the board.
#[derive(Debug, Default, Deserialize)]
pub struct RoomQuery {
    #[serde(default)]
    part: String,
    #[serde(default)]
    wall: String,
}

/// `GET /console/room?wall=1`, and `?part=all` for what changes.
pub async fn page(desk: Desk, QueryOf(query): QueryOf<RoomQuery>) -> Answer {
    let parts = parts(&desk).await?;
    let shell = desk.shell.clone();
    Ok(match (query.part.as_str(), query.wall.as_str()) {
        ("all", _) => desk.page(&parts),
        (_, "1") => desk.page(&WallPage { parts, shell }),
        _ => desk.page(&RoomPage { parts, shell }),
    })
}

/// `GET /console/room/events`: a page that comes back says with `Last-Event-ID` what it heard last.
pub async fn live(State(state): State<WebState>, who: SignedIn, headers: HeaderMap) -> Answer {
    let last = headers.get("last-event-id");
    let last = last.and_then(|id| id.to_str().ok()?.parse().ok());
    Ok(events::room(&state, &who, last))
}

async fn parts(desk: &Desk) -> Result<RoomParts, Refused> {
    let app = desk.app();
    let room = app.room(&desk.actor).await?;
    let title = desk.shell.say("room-map-title");
    let language = desk.shell.locale().tag();
    let map = app.room_map_svg(&desk.actor, (language, &title)).await;
    // The board is never held back for want of its map.
    let map = map
        .inspect_err(|error| tracing::warn!(%error, "the map of the room could not be drawn"))
        .ok()
        .and_then(MapSvg::parse);
    Ok(RoomParts {
        now: desk.now,
        cases: room.cases.iter().map(|case| case_row(desk, case)).collect(),
        beyond: room.beyond as u64,
        alerts: room.alerts.iter().map(|one| alert_row(desk, one)).collect(),
        bands: tiles(&room.bands),
        late: room.late,
        map,
        tips_href: if desk.may(Act::TriageTips) {
            "/console/tips"
        } else {
            ""
        },
        shell: desk.shell.clone(),
    })
}

fn case_row(desk: &Desk, case: &RoomCase) -> RoomCaseRow {
    let (summary, child) = (&case.summary, &case.child);
    let left = summary.ceiling_left_ms;
    RoomCaseRow {
        id: summary.case.to_string(),
        number: summary.label.clone(),
        child: first_name(desk.shell.locale(), &child.first_name_ar, &child.first_name),
        age: child.age,
        state: summary.state,
        risk: case.risk,
        why: case.why.clone(),
        district: desk.district(&summary.district),
        deadline: left.map(|left| moment(desk.now.as_millisecond() + left)),
    }
}

fn alert_row(desk: &Desk, alert: &RoomAlert) -> RoomAlertRow {
    let live = alert.state == AlertState::Live;
    RoomAlertRow {
        href: format!("/console/alerts/{}/delivery", alert.alert),
        number: alert.label.clone(),
        live,
        expires: moment_of(alert.expires_ms.filter(|_| live)),
        channels: alert
            .channels
            .iter()
            .map(|one| channel(desk, one))
            .collect(),
    }
}

fn channel(desk: &Desk, one: &ChannelProgress) -> ChannelRow {
    ChannelRow {
        name: desk.channel(&one.channel),
        handed: one.handed.unsigned_abs(),
        inside: one.inside.unsigned_abs(),
        failed: one.failed.unsigned_abs(),
        withdrawn: one.withdrawn,
    }
}
