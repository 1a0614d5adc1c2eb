//! Venues and their staff: filled from the pack at each start, added to by the administrator.

use tifli_domain::id::PersonId;
use tifli_domain::permission::Act;
use tifli_domain::text;
use tifli_domain::typed;
use tifli_domain::{Actor, Role};
use tifli_pack::VENUE_KINDS;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::people::{self, PersonRow};
use tifli_store::venue::{self, VenueRow};
use tifli_units::Position;

use crate::report::text_problem;
use crate::{App, AppError, AppResult, Problem};

/// The most characters of a name.
const NAME: usize = 120;
/// Letters of a slug.
const SLUG: std::ops::RangeInclusive<usize> = 2..=48;
/// Kilometres a venue may reach.
const REACH_KM: std::ops::RangeInclusive<f64> = 0.05..=2.0;
/// Minutes an alert to its staff may live.
const MINUTES: std::ops::RangeInclusive<i64> = 5..=60;

/// A venue as the administrator types it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewVenue {
    /// A slug: small letters, digits, dashes.
    pub id: String,
    /// The district.
    pub district: String,
    /// `souk`, `stadium`, `beach`, `mall`, `fair`, `station`.
    pub kind: String,
    /// Names in Arabic, French and English.
    pub names: [String; 3],
    /// Latitude and longitude in degrees.
    pub point: (String, String),
    /// How far it reaches, in kilometres.
    pub radius_km: String,
    /// How long an alert lives, in minutes.
    pub minutes: String,
}

impl App {
    /// Adds the venues of the country pack that are not there yet.
    pub(crate) async fn fill_venues(&self) -> AppResult<()> {
        let row = |venue: &tifli_pack::Venue| VenueRow {
            venue: venue.id.clone(),
            district: venue.district.clone(),
            kind: venue.kind.clone(),
            names: ["ar", "fr", "en"].map(|tag| {
                let mut names = venue.name.iter();
                let own = names.find(|(language, _)| language.as_str() == tag);
                own.map(|(_, name)| name.to_owned()).unwrap_or_default()
            }),
            point: (
                format!("{:.5}", venue.point.lat()),
                format!("{:.5}", venue.point.lon()),
            ),
            radius_km: format!("{}", venue.radius_km),
            minutes: i64::from(venue.minutes),
        };
        let rows: Vec<VenueRow> = self.pack().venues().iter().map(row).collect();
        self.db()
            .write("fill_venues", rows, |tx, rows| {
                Box::pin(async move {
                    for row in rows {
                        venue::insert(tx, row).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Every venue, for whoever adds them and names their staff.
    pub async fn all_venues(&self, actor: &Actor) -> AppResult<Vec<(VenueRow, Vec<PersonId>)>> {
        self.permit_anywhere(actor, Act::ManageVenues)?;
        self.db()
            .read("all_venues", (), |reads, ()| {
                Box::pin(async move {
                    let mut all = Vec::new();
                    for row in venue::list(reads).await? {
                        let staff = venue::list_staff(reads, &row.venue).await?;
                        all.push((row, staff));
                    }
                    Ok::<_, AppError>(all)
                })
            })
            .await
    }

    /// Adds a venue.
    pub async fn add_venue(&self, actor: &Actor, new: &NewVenue) -> AppResult<()> {
        self.permit_anywhere(actor, Act::ManageVenues)?;
        let row = self.accept_venue(new)?;
        let args = (actor.person, row);
        self.db()
            .write("add_venue", args, |tx, (by, row)| {
                Box::pin(async move {
                    if !venue::insert(tx, row).await? {
                        return Err(AppError::field("id", "venue_taken"));
                    }
                    let object = ObjectId::new("venue", &row.venue);
                    Ok(tx.audit(Entry::new(by, "venue.add", object))?)
                })
            })
            .await
    }

    /// Puts somebody on the staff of a venue, by login, or takes them off it.
    pub async fn change_staff(
        &self,
        actor: &Actor,
        (venue, login): (&str, &str),
        change: StaffChange,
    ) -> AppResult<()> {
        self.permit_anywhere(actor, Act::ManageVenues)?;
        let args = (
            actor.person,
            venue.to_owned(),
            login.trim().to_owned(),
            change,
        );
        self.db()
            .write("change_staff", args, |tx, (by, venue, login, change)| {
                Box::pin(async move {
                    let held = venue::find(tx, venue).await?;
                    let held = held.ok_or_else(AppError::not_found)?;
                    let person = people::find_by_login(tx, login).await?;
                    let person = person.ok_or_else(|| AppError::field("login", "no_such_login"))?;
                    let verb = match change {
                        StaffChange::On => {
                            of_the_venue(&held, &person)?;
                            venue::put_staff(tx, venue, person.person).await?;
                            "venue.staff_on"
                        }
                        StaffChange::Off => {
                            venue::drop_staff(tx, venue, person.person).await?;
                            "venue.staff_off"
                        }
                    };
                    let detail = Detail::none().with("person", person.person);
                    let object = ObjectId::new("venue", venue);
                    Ok(tx.audit(Entry::new(by, verb, object).with_detail(detail))?)
                })
            })
            .await
    }

    fn accept_venue(&self, new: &NewVenue) -> AppResult<VenueRow> {
        let mut problems = Vec::new();
        let mut name = |field: &str, typed: &str| {
            text::required(typed, NAME).unwrap_or_else(|error| {
                problems.push(text_problem(field, error));
                String::new()
            })
        };
        let [ar, fr, en] = &new.names;
        let names = [
            name("name_ar", ar),
            name("name_fr", fr),
            name("name_en", en),
        ];
        let id = new.id.trim();
        let slug = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let mut wrong = |field: &str, code: &str| problems.push(Problem::new(field, code));
        if !SLUG.contains(&id.len()) || !id.chars().all(slug) {
            wrong("id", "not_a_slug");
        }
        if self.pack().district(&new.district).is_none() {
            wrong("district", "not_an_answer");
        }
        if !VENUE_KINDS.contains(&new.kind.as_str()) {
            wrong("kind", "not_an_answer");
        }
        let point = typed::decimal(&new.point.0).zip(typed::decimal(&new.point.1));
        let point = point.and_then(|(lat, lon)| Position::new(lat, lon).ok());
        if !point.is_some_and(|point| self.pack().outline().contains(point)) {
            wrong("lat", "not_in_country");
        }
        let radius = typed::decimal(&new.radius_km);
        if !radius.is_some_and(|km| REACH_KM.contains(&km)) {
            wrong("radius_km", "venue_radius");
        }
        let minutes = typed::whole::<i64>(&new.minutes);
        if !minutes.is_some_and(|minutes| MINUTES.contains(&minutes)) {
            wrong("minutes", "venue_minutes");
        }
        match (point, radius, minutes) {
            (Some(point), Some(radius), Some(minutes)) if problems.is_empty() => Ok(VenueRow {
                venue: id.to_owned(),
                district: new.district.clone(),
                kind: new.kind.clone(),
                names,
                point: (format!("{:.5}", point.lat()), format!("{:.5}", point.lon())),
                radius_km: radius.to_string(),
                minutes,
            }),
            _ => Err(AppError::invalid(problems)),
        }
    }
}

/// Refuses who would never see what happens there: the staff are people of a unit of the venue's own district.
fn of_the_venue(venue: &VenueRow, person: &PersonRow) -> AppResult<()> {
    if person.role == Role::Unit && person.district == venue.district {
        Ok(())
    } else {
        Err(AppError::field("login", "not_of_the_venue"))
    }
}

/// On the staff or off it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffChange {
    /// Sees the venue's alerts from now on.
    On,
    /// No longer.
    Off,
}
