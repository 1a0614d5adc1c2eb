//! The live board of the room, as a page and as a wall: open cases by clock and risk, the map of the country, deliveries,
//! the counts of the queue. Without a script it has a link that reads it again.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::case::CaseState;
use tifli_domain::risk::{Raise, Risk};

use super::queue::BandTile;
use crate::layout::Shell;
use crate::public::MapSvg;

/// An open case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomCaseRow {
    /// Identifier.
    pub id: String,
    /// The number people say.
    pub number: String,
    /// First name; empty when not typed yet.
    pub child: String,
    /// Age in whole years.
    pub age: Option<i64>,
    /// Where it stands.
    pub state: CaseState,
    /// Its risk.
    pub risk: Risk,
    /// What raises it.
    pub why: Vec<Raise>,
    /// The district, in the page's language.
    pub district: String,
    /// End of the 24 hours, while they count.
    pub deadline: Option<Timestamp>,
}

impl RoomCaseRow {
    /// Style of the state's badge.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        super::cases::tone(self.state)
    }
}

/// What became of an alert on one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelRow {
    /// The channel, in the page's language.
    pub name: String,
    /// Handed over.
    pub handed: u64,
    /// Expected.
    pub inside: u64,
    /// Given up.
    pub failed: u64,
    /// Whether it is withdrawn there.
    pub withdrawn: bool,
}

/// An alert with its deliveries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomAlertRow {
    /// Where it is watched.
    pub href: String,
    /// Number of its case.
    pub number: String,
    /// Whether it is out now; else it is being recalled.
    pub live: bool,
    /// Until when, while it is out.
    pub expires: Option<Timestamp>,
    /// By channel.
    pub channels: Vec<ChannelRow>,
}

/// What changes on the board.
#[derive(Debug, Clone, Template)]
#[template(path = "console/parts/room_parts.html")]
pub struct RoomParts {
    /// Frame, for words.
    pub shell: Shell,
    /// When it was read.
    pub now: Timestamp,
    /// Open cases, the most pressing first.
    pub cases: Vec<RoomCaseRow>,
    /// Open cases beyond those.
    pub beyond: u64,
    /// Alerts with their deliveries.
    pub alerts: Vec<RoomAlertRow>,
    /// How many tips wait, by band.
    pub bands: Vec<BandTile>,
    /// How many duties are late.
    pub late: u64,
    /// The map of the country.
    pub map: Option<MapSvg>,
    /// Where the tips of a band are read; empty for who does not read them.
    pub tips_href: &'static str,
}

/// `GET /console/room`; events at `/console/room/events`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/room.html")]
pub struct RoomPage {
    /// What changes.
    pub parts: RoomParts,
    /// Frame.
    pub shell: Shell,
}

/// `GET /console/room?wall=1`: the same for a screen on the wall.
#[derive(Debug, Clone, Template)]
#[template(path = "console/wall.html")]
pub struct WallPage {
    /// What changes.
    pub parts: RoomParts,
    /// Frame.
    pub shell: Shell,
}

impl RoomParts {
    /// Tips of the most urgent band that wait, for the sound.
    #[must_use]
    pub fn urgent(&self) -> u64 {
        self.bands.first().map_or(0, |tile| tile.waiting)
    }
}
