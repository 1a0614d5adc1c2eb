//! Children lost at a venue: alerts to its staff only.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::venue::{VenueCase, VenueForm};
use tifli_domain::id::CaseId;
use utoipa::ToSchema;

use super::{at, done, json, once};
use crate::problem::{Answer, Refused};
use crate::request::{Id, IdempotencyKey, Json, SignedIn};
use crate::server::WebState;

/// A child lost at a venue, in three fields.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VenueIn {
    /// The venue's slug.
    venue: String,
    /// First name, in either script.
    name: String,
    /// Age in whole years, estimated if need be.
    age: String,
    /// What the child looks like and wears.
    looks: String,
}

/// A case that was opened at a venue.
#[derive(Serialize, ToSchema)]
pub(super) struct VenueOpenedOut {
    /// The case.
    case: String,
}

/// A venue.
#[derive(Serialize, ToSchema)]
pub(super) struct VenuePlaceOut {
    /// Its slug.
    venue: String,
    /// The district it lies in.
    district: String,
    /// What it is.
    kind: String,
    /// Its names in Arabic, French and English.
    names: Vec<String>,
    /// How far it reaches, in kilometres.
    radius_km: String,
    /// How long an alert lives, in minutes.
    minutes: i64,
}

/// The alert of a venue.
#[derive(Serialize, ToSchema)]
pub(super) struct VenueCaseOut {
    /// The case.
    case: String,
    /// Its number.
    label: String,
    /// The venue.
    venue: String,
    /// `live`, `expired`, `found`, `grown`.
    state: String,
    /// When it was opened.
    opened_at: String,
    /// When its minutes are over.
    ends_at: String,
    /// First name; empty once it is over.
    name: String,
    /// Age as stated; empty once it is over.
    age: String,
    /// What the child looks like; empty once it is over.
    looks: String,
}

/// Venues and their alerts.
#[derive(Serialize, ToSchema)]
pub(super) struct VenuesOut {
    /// The venues this person works for.
    venues: Vec<VenuePlaceOut>,
    /// Their alerts, those that need somebody first.
    cases: Vec<VenueCaseOut>,
}

pub(super) async fn list(State(state): State<WebState>, who: SignedIn) -> Answer {
    let view = state.app().venues(&who.actor).await?;
    let venues = view.venues.into_iter().map(|venue| VenuePlaceOut {
        venue: venue.venue,
        district: venue.district,
        kind: venue.kind,
        names: venue.names.into(),
        radius_km: venue.radius_km,
        minutes: venue.minutes,
    });
    let out = VenuesOut {
        venues: venues.collect(),
        cases: view.cases.into_iter().map(case_out).collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn open(
    State(state): State<WebState>,
    who: SignedIn,
    key: IdempotencyKey,
    Json(given): Json<VenueIn>,
) -> Answer {
    let form = VenueForm {
        name: given.name,
        age: given.age,
        looks: given.looks,
    };
    let request = format!(
        "{}\n{}\n{}\n{}",
        given.venue, form.name, form.age, form.looks
    );
    let own = format!("{}-{}", who.actor.person, state.app().now_ms());
    let act = async {
        let place = (given.venue.as_str(), own.as_str());
        let case = state
            .app()
            .open_venue_case(&who.actor, place, &form)
            .await?;
        Ok(case.to_string())
    };
    let case = once(&state, &who, key, request.as_bytes(), act).await?;
    json(StatusCode::CREATED, &VenueOpenedOut { case })
}

pub(super) async fn read(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let view = state.app().venue_case(&who.actor, case).await?;
    json(StatusCode::OK, &case_out(view))
}

pub(super) async fn found(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    state.app().venue_found(&who.actor, case).await?;
    Ok(done())
}

pub(super) async fn grow(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let grown: Result<(), Refused> = state
        .app()
        .grow_venue_case(&who.actor, case)
        .await
        .map_err(Refused::from);
    grown?;
    Ok(done())
}

fn case_out(view: VenueCase) -> VenueCaseOut {
    VenueCaseOut {
        case: view.case.to_string(),
        label: view.label,
        venue: view.venue.venue,
        state: view.state.as_str().to_owned(),
        opened_at: at(view.opened_ms),
        ends_at: at(view.ends_ms),
        name: view.name,
        age: view.age,
        looks: view.looks,
    }
}
