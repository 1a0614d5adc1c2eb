//! Places by name, and the audit chain's verification.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::json;
use crate::problem::Answer;
use crate::request::{Page, QueryOf, SignedIn};
use crate::server::WebState;

/// Places given for one search.
const PLACES: usize = 20;
/// The most characters of a search that are looked at.
const LONGEST_SEARCH: usize = 120;

/// The query.
#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

/// A place.
#[derive(Serialize, ToSchema)]
pub(super) struct PlaceOut {
    /// Its id, for `last_seen_place` and subscriptions.
    id: String,
    /// Its name in the language asked for.
    name: String,
    /// What holds it.
    parent: String,
    /// Its kind.
    kind: String,
    /// Latitude in degrees.
    lat: f64,
    /// Longitude in degrees.
    lon: f64,
    /// People; zero where the source gives none.
    population: u64,
}

/// Places found.
#[derive(Serialize, ToSchema)]
pub(super) struct PlacesOut {
    /// Best first.
    places: Vec<PlaceOut>,
}

/// A region or province of the country.
#[derive(Serialize, ToSchema)]
pub(super) struct RegionOut {
    /// Its id, for an area of the shape `regions`.
    id: String,
    /// Its name in the language asked for.
    name: String,
    /// Its ISO 3166-2 code, where it has one.
    iso: Option<String>,
    /// The id of the region that a province lies in; nothing for a region.
    region: Option<String>,
}

/// Every region, then every province.
#[derive(Serialize, ToSchema)]
pub(super) struct RegionsOut {
    /// In the order of the country pack.
    regions: Vec<RegionOut>,
}

/// What a verification found.
#[derive(Serialize, ToSchema)]
pub(super) struct ChainOut {
    /// Whether every entry holds.
    ok: bool,
    /// Entries looked at.
    entries: u64,
    /// Node and number of the first entry that does not hold.
    first_bad: Option<String>,
    /// The heads found.
    heads: Vec<HeadOut>,
}

/// The last entry of a chain.
#[derive(Serialize, ToSchema)]
pub(super) struct HeadOut {
    /// The node.
    node: String,
    /// Its number.
    seq: i64,
    /// Its hash.
    hash: String,
}

pub(super) async fn places(
    State(state): State<WebState>,
    page: Page,
    QueryOf(search): QueryOf<Search>,
) -> Answer {
    let query: String = search.q.trim().chars().take(LONGEST_SEARCH).collect();
    let hits = state.app().pack().places().search(&query, PLACES);
    let places = hits.into_iter().map(|hit| PlaceOut {
        name: page.label(hit.names.iter()),
        parent: page.label(hit.parent.iter()),
        kind: hit.kind,
        lat: hit.position.lat(),
        lon: hit.position.lon(),
        population: hit.population,
        id: hit.place_id,
    });
    json(
        StatusCode::OK,
        &PlacesOut {
            places: places.collect(),
        },
    )
}

pub(super) async fn regions(State(state): State<WebState>, page: Page) -> Answer {
    let (regions, provinces) = (state.app().regions()?, state.app().provinces()?);
    let regions = regions.iter().chain(provinces.iter());
    let regions = regions.map(|one| RegionOut {
        id: one.id.clone(),
        name: one.name(page.locale.tag()).to_owned(),
        iso: one.iso.clone(),
        region: one.region.clone(),
    });
    json(
        StatusCode::OK,
        &RegionsOut {
            regions: regions.collect(),
        },
    )
}

pub(super) async fn verify_audit(State(state): State<WebState>, who: SignedIn) -> Answer {
    let report = state.app().verify_audit(&who.actor).await?;
    let heads = report.heads.into_iter().map(|head| HeadOut {
        node: head.node,
        seq: head.seq,
        hash: head.hash,
    });
    let out = ChainOut {
        ok: report.ok,
        entries: report.entries,
        first_bad: report.first_bad.map(|(node, seq)| format!("{node} {seq}")),
        heads: heads.collect(),
    };
    json(StatusCode::OK, &out)
}
