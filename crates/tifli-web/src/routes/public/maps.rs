//! Borders for maps that a script moves: the country's and its regions'. The same for everybody until an upgrade.

use axum::extract::State;
use axum::http::HeaderMap;

use super::{Document, tagged};
use crate::problem::Answer;
use crate::server::WebState;

const KIND: &str = "application/geo+json";
const KEEP: &str = "public, max-age=86400";

/// `GET /map/regions.geojson`
pub(super) async fn regions(State(state): State<WebState>, headers: HeaderMap) -> Answer {
    let text = state.app().pack().regions_geojson().to_owned();
    Ok(tagged(&headers, document(text)))
}

/// `GET /map/outline.geojson`
pub(super) async fn outline(State(state): State<WebState>, headers: HeaderMap) -> Answer {
    let text = state.app().pack().outline_geojson().to_owned();
    Ok(tagged(&headers, document(text)))
}

const fn document(body: String) -> Document {
    Document {
        body,
        kind: KIND,
        keep: KEEP,
    }
}
