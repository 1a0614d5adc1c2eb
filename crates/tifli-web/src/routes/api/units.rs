//! What units report about a bulletin of their service: a place searched in vain, the child seen.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::unit_report::{SearchForm, Searched, SeenForm};
use tifli_domain::id::{BulletinId, CaseId};
use tifli_domain::permission::Act;
use utoipa::ToSchema;

use super::{Route, at, get, json, may, post};
use crate::problem::Answer;
use crate::request::{Id, IdempotencyKey, Json, SignedIn};
use crate::server::WebState;

/// Where a unit looked and found nothing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchIn {
    /// A place to check that was given to the unit, by its number within the case; or empty.
    #[serde(default)]
    item: String,
    /// Where, in words, where it is none of those.
    #[serde(default)]
    place: String,
    /// When: empty is now; `20 min`, `17:30` or a date.
    #[serde(default)]
    when: String,
    /// `thorough`, `partial` or `passing`.
    #[serde(default)]
    cover: String,
    /// What else there is to say.
    #[serde(default)]
    note: String,
}

/// What a unit saw.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SeenIn {
    /// `ourselves` or `told`.
    #[serde(default)]
    how: String,
    /// What was seen.
    #[serde(default)]
    words: String,
    /// Where.
    #[serde(default)]
    place: String,
    /// When: empty is now.
    #[serde(default)]
    when: String,
}

/// What was made.
#[derive(Serialize, ToSchema)]
pub(super) struct MadeOut {
    /// Its id.
    id: String,
}

/// Where units looked for the child of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct SearchesOut {
    /// The latest first.
    searches: Vec<SearchOut>,
}

/// A place that was searched in vain.
#[derive(Serialize, ToSchema)]
pub(super) struct SearchOut {
    /// Its id.
    search: String,
    /// The service that looked.
    service: String,
    /// The place to check it stands for.
    item: Option<i64>,
    /// Where, in words.
    place: String,
    /// `thorough`, `partial` or `passing`.
    cover: String,
    /// When it was searched.
    searched_at: String,
    /// Who wrote it down.
    by: String,
    /// What else there is to say.
    note: String,
}

/// The routes of units in the street.
pub(super) fn routes() -> Vec<Route> {
    let report = may(Act::ReportFromUnit);
    vec![
        post("/api/v1/bulletins/{id}/searches", report, search)
            .says("Keeps where the person's service looked for the child and found nothing. The case does not change.")
            .takes::<SearchIn>()
            .gives::<MadeOut>(201)
            .may_repeat(),
        post("/api/v1/bulletins/{id}/sightings", report, seen)
            .says("Keeps a sighting by the person's service as a graded tip of the case.")
            .takes::<SeenIn>()
            .gives::<MadeOut>(201)
            .may_repeat(),
        get("/api/v1/cases/{id}/searches", may(Act::ReadCase), of_case)
            .says("Where units looked for the child of a case and found nothing, the latest first; one audit entry.")
            .gives::<SearchesOut>(200),
    ]
}

pub(super) async fn search(
    State(state): State<WebState>,
    who: SignedIn,
    Id(bulletin): Id<BulletinId>,
    IdempotencyKey(key): IdempotencyKey,
    Json(given): Json<SearchIn>,
) -> Answer {
    let form = SearchForm {
        item: given.item,
        place: given.place,
        when: given.when,
        cover: given.cover,
        note: given.note,
    };
    let key = key.unwrap_or_else(|| state.random_hex(16));
    let app = state.app();
    let id = app
        .record_search(&who.actor, (bulletin, &key), &form)
        .await?;
    json(StatusCode::CREATED, &MadeOut { id: id.to_string() })
}

pub(super) async fn seen(
    State(state): State<WebState>,
    who: SignedIn,
    Id(bulletin): Id<BulletinId>,
    IdempotencyKey(key): IdempotencyKey,
    Json(given): Json<SeenIn>,
) -> Answer {
    let form = SeenForm {
        how: given.how,
        words: given.words,
        place: given.place,
        when: given.when,
    };
    let key = key.unwrap_or_else(|| state.random_hex(16));
    let app = state.app();
    let id = app.report_seen(&who.actor, (bulletin, &key), &form).await?;
    json(StatusCode::CREATED, &MadeOut { id: id.to_string() })
}

pub(super) async fn of_case(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let searches = state.app().searches(&who.actor, case).await?;
    let searches = searches.into_iter().map(search_out).collect();
    json(StatusCode::OK, &SearchesOut { searches })
}

fn search_out(one: Searched) -> SearchOut {
    SearchOut {
        search: one.search.to_string(),
        service: one.service.to_string(),
        item: one.item,
        place: one.place.words,
        cover: one.cover.as_str().to_owned(),
        searched_at: at(one.searched_ms),
        by: one.by.to_string(),
        note: one.place.note,
    }
}
