//! Children lost at a venue: the live page of its staff, one alert, and the administrator's list of venues.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::venue::VenueState;

use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;

/// The alert of a venue, as its staff reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VenueRow {
    /// Identifier of the case.
    pub id: String,
    /// Its number.
    pub number: String,
    /// The venue, in the page's language.
    pub venue: String,
    /// How far it reaches, in kilometres.
    pub radius_km: String,
    /// Where it stands.
    pub state: VenueState,
    /// Who opened it, with unit.
    pub by: String,
    /// When.
    pub opened: Timestamp,
    /// When its minutes are over.
    pub ends: Timestamp,
    /// First name; empty once it is over.
    pub name: String,
    /// Age in whole years as stated; none once it is over.
    pub age: Option<i64>,
    /// What the child looks like; empty once it is over.
    pub looks: String,
}

impl VenueRow {
    /// Style of the state's badge.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.state {
            VenueState::Live => "amber",
            VenueState::Expired => "warn",
            VenueState::Found => "good",
            VenueState::Grown => "",
        }
    }

    /// Whether somebody still looks for the child at the venue.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, VenueState::Live | VenueState::Expired)
    }
}

/// The rows alone, as the live page fetches them.
#[derive(Debug, Clone, Template)]
#[template(path = "console/parts/venue_rows.html")]
pub struct VenueRows {
    /// Frame, for words and formats.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// The alerts, those that need somebody first.
    pub rows: Vec<VenueRow>,
}

/// `GET|POST /console/venues`: fields `venue`, `name`, `age`, `looks`, `key`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/venues.html")]
pub struct VenuesPage {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// The alerts, those that need somebody first.
    pub rows: Vec<VenueRow>,
    /// How many need somebody.
    pub open: u64,
    /// The venues to choose from.
    pub venues: Vec<Choice>,
    /// A key that makes the same form sent twice one alert.
    pub key: String,
    /// First name, age and looks as typed.
    pub typed: [String; 3],
    /// What is wrong.
    pub errors: FormErrors,
}

/// `GET /console/venues/{id}`; its forms post to `found` and `grow` under it.
#[derive(Debug, Clone, Template)]
#[template(path = "console/venue.html")]
pub struct VenuePage {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// The alert.
    pub row: VenueRow,
    /// Whether the signed-in person may make a national case of it.
    pub may_grow: bool,
    /// Whether the signed-in person may open the file of the case.
    pub may_read: bool,
}

/// A venue of the administrator's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceRow {
    /// Its slug.
    pub id: String,
    /// Its name, in the page's language.
    pub name: String,
    /// What it is, a code.
    pub kind: String,
    /// District, in the page's language.
    pub district: String,
    /// How far it reaches, in kilometres.
    pub radius_km: String,
    /// How long an alert lives, in minutes.
    pub minutes: i64,
    /// Logins and names of its staff.
    pub staff: Vec<(String, String)>,
}

/// The fields of a new venue, in order, without district and kind: name and the keyboard it wants.
pub const FIELDS: [(&str, &str); 8] = [
    ("id", "text"),
    ("name_ar", "text"),
    ("name_fr", "text"),
    ("name_en", "text"),
    ("lat", "text"),
    ("lon", "text"),
    ("radius_km", "text"),
    ("minutes", "numeric"),
];

/// `GET|POST /console/venue-list`; staff posts to `/console/venue-list/{id}/staff`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/venue_list.html")]
pub struct VenueList {
    /// Frame.
    pub shell: Shell,
    /// The venues.
    pub places: Vec<PlaceRow>,
    /// What was typed of a new one, in the order of [`FIELDS`].
    pub typed: Vec<(&'static str, &'static str, String)>,
    /// Districts to choose from.
    pub districts: Vec<Choice>,
    /// Kinds to choose from.
    pub kinds: Vec<Choice>,
    /// What is wrong; `login-{id}` for a venue's staff.
    pub errors: FormErrors,
}

impl VenueList {
    /// The field of a venue's new staff, as `id` and as the name of an error.
    #[must_use]
    pub fn login_of(&self, place: &PlaceRow) -> String {
        format!("login-{}", place.id)
    }
}
