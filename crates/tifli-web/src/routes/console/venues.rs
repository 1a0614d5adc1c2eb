//! Children lost at a venue: the staff's live page, one alert, and the administrator's list of venues.

use axum::extract::State;
use serde::Deserialize;
use tifli_app::Kind;
use tifli_app::venue::{NewVenue, StaffChange, VENUE_KINDS, VenueCase, VenueForm};
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;

use super::desk::{Desk, Names, Sent, go_to};
use crate::console::problems::beside;
use crate::console::venues::{
    FIELDS, PlaceRow, VenueList, VenuePage, VenueRow, VenueRows, VenuesPage,
};
use crate::events;
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id, QueryOf, SignedIn};
use crate::server::{WebState, moment};

/// The query of the live page.
#[derive(Debug, Default, Deserialize)]
pub struct VenuesQuery {
    #[serde(default)]
    part: String,
}

/// `GET /console/venues`, and `?part=rows` for the rows alone.
pub async fn page(desk: Desk, QueryOf(query): QueryOf<VenuesQuery>) -> Answer {
    let view = fill(&desk, &Form::default(), FormErrors::none()).await?;
    if query.part == "rows" {
        return Ok(desk.page(&VenueRows {
            shell: view.shell,
            now: view.now,
            rows: view.rows,
        }));
    }
    Ok(desk.page(&view))
}

/// `GET /console/venues/events`.
pub async fn live(State(state): State<WebState>, who: SignedIn) -> Answer {
    Ok(events::venues(&state, &who))
}

/// `POST /console/venues`: the same form sent twice opens one alert.
pub async fn open(State(_): State<WebState>, Sent { desk, form }: Sent) -> Answer {
    let typed = VenueForm {
        name: form.text("name").to_owned(),
        age: form.text("age").to_owned(),
        looks: form.text("looks").to_owned(),
    };
    let place = (form.text("venue"), form.text("key"));
    match desk.app().open_venue_case(&desk.actor, place, &typed).await {
        Ok(case) => Ok(go_to(format!("/console/venues/{case}"))),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::NotFound) => {
            let mut errors = beside(&desk.shell, &error.problems, str::to_owned);
            if error.kind == Kind::NotFound {
                errors.insert("venue", desk.shell.say("wrong-not-an-answer"));
            }
            let view = fill(&desk, &form, errors).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /console/venues/{id}`.
pub async fn one(desk: Desk, Id(case): Id<CaseId>) -> Answer {
    let view = desk.app().venue_case(&desk.actor, case).await?;
    let names = desk.names().await?;
    let district = view.venue.district.clone();
    let page = VenuePage {
        now: desk.now,
        row: row(&desk, &names, view),
        may_grow: desk.may_in(Act::GrowVenue, &district),
        may_read: desk.may_in(Act::ReadCase, &district),
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&page))
}

/// `POST /console/venues/{id}/found`.
pub async fn found(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    desk.app().venue_found(&desk.actor, case).await?;
    Ok(go_to(format!("/console/venues/{case}")))
}

/// `POST /console/venues/{id}/grow`.
pub async fn grow(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    desk.app().grow_venue_case(&desk.actor, case).await?;
    Ok(go_to(format!("/console/cases/{case}")))
}

/// `GET /console/venue-list`.
pub async fn list(desk: Desk) -> Answer {
    let view = fill_list(&desk, &Form::default(), FormErrors::none()).await?;
    Ok(desk.page(&view))
}

/// `POST /console/venue-list`.
pub async fn add(State(_): State<WebState>, Sent { desk, form }: Sent) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let new = NewVenue {
        id: text("id"),
        district: text("district"),
        kind: text("kind"),
        names: [text("name_ar"), text("name_fr"), text("name_en")],
        point: (text("lat"), text("lon")),
        radius_km: text("radius_km"),
        minutes: text("minutes"),
    };
    match desk.app().add_venue(&desk.actor, &new).await {
        Ok(()) => Ok(go_to("/console/venue-list")),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let view = fill_list(&desk, &form, errors).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/venue-list/{id}/staff`: `change` is `on` or `off`.
pub async fn staff(
    State(_): State<WebState>,
    axum::extract::Path(venue): axum::extract::Path<String>,
    Sent { desk, form }: Sent,
) -> Answer {
    let change = match form.text("change") {
        "off" => StaffChange::Off,
        _ => StaffChange::On,
    };
    let who = (venue.as_str(), form.text("login"));
    match desk.app().change_staff(&desk.actor, who, change).await {
        Ok(()) => Ok(go_to("/console/venue-list")),
        Err(error) if error.kind == Kind::Invalid => {
            let field = format!("login-{venue}");
            let errors = beside(&desk.shell, &error.problems, |_| field.clone());
            let view = fill_list(&desk, &Form::default(), errors).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

async fn fill(desk: &Desk, form: &Form, errors: FormErrors) -> Result<VenuesPage, Refused> {
    let view = desk.app().venues(&desk.actor).await?;
    let names = desk.names().await?;
    let venues = view.venues.iter();
    let venues = venues.map(|venue| Choice::new(&venue.venue, name_of(desk, &venue.names)));
    let rows: Vec<VenueRow> = view
        .cases
        .into_iter()
        .map(|case| row(desk, &names, case))
        .collect();
    let key = match form.text("key") {
        "" => desk.state.random_hex(16),
        key => key.to_owned(),
    };
    Ok(VenuesPage {
        now: desk.now,
        open: rows.iter().filter(|row| row.is_open()).count() as u64,
        rows,
        venues: Choice::select(venues.collect(), form.text("venue")),
        key,
        typed: ["name", "age", "looks"].map(|field| form.text(field).to_owned()),
        errors,
        shell: desk.shell.clone(),
    })
}

async fn fill_list(desk: &Desk, form: &Form, errors: FormErrors) -> Result<VenueList, Refused> {
    let people = desk.app().list_people(&desk.actor).await?;
    let all = desk.app().all_venues(&desk.actor).await?.into_iter();
    let places = all.map(|(venue, staff)| {
        let known = |person| people.iter().find(|one| one.person == person);
        let staff = staff.into_iter().filter_map(known);
        PlaceRow {
            name: name_of(desk, &venue.names),
            id: venue.venue,
            kind: venue.kind,
            district: desk.district(&venue.district),
            radius_km: kilometres(desk, &venue.radius_km),
            minutes: venue.minutes,
            staff: staff
                .map(|one| (one.login.clone(), one.display_name.clone()))
                .collect(),
        }
    });
    let typed = FIELDS.map(|(name, kind)| (name, kind, form.text(name).to_owned()));
    let kinds = VENUE_KINDS.map(|kind| Choice::new(kind, desk.shell.word("venue-kind-{}", kind)));
    Ok(VenueList {
        places: places.collect(),
        typed: typed.into(),
        districts: desk.districts(form.text("district")),
        kinds: Choice::select(kinds.into(), form.text("kind")),
        errors,
        shell: desk.shell.clone(),
    })
}

fn row(desk: &Desk, names: &Names, view: VenueCase) -> VenueRow {
    VenueRow {
        id: view.case.to_string(),
        number: view.label,
        venue: name_of(desk, &view.venue.names),
        radius_km: kilometres(desk, &view.venue.radius_km),
        state: view.state,
        by: names.of(view.opened_by),
        opened: moment(view.opened_ms),
        ends: moment(view.ends_ms),
        name: view.name,
        age: view.age.parse().ok(),
        looks: view.looks,
    }
}

/// Kilometres as written, with the decimal sign of the page's language.
fn kilometres(desk: &Desk, written: &str) -> String {
    match desk.shell.locale() {
        Locale::Fr => written.replace('.', ","),
        Locale::Ar | Locale::En => written.to_owned(),
    }
}

/// The name of a venue in the page's language; names stand in Arabic, French and English.
pub(super) fn name_of(desk: &Desk, names: &[String; 3]) -> String {
    let tags = ["ar", "fr", "en"].into_iter();
    desk.label(tags.zip(names.iter().map(String::as_str)))
}
