//! Questions and orders over HTTP: what arrived, which faults to play, fresh subscriptions.
//!
//! JSON for whoever checks a demo, a drill or a test. No push service has these.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::keys::BrowserSubscription;
use super::ledger::{Line, Summary};
use super::server::Shared;
use crate::http::{self, Page};

/// The most lines in one page of the ledger.
const LONGEST_PAGE: usize = 50_000;
/// The most subscriptions minted by one order.
const MOST_MINTED: u32 = 10_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    count: u32,
}

/// `GET /about`
pub(super) async fn about(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({
        "what": "Tifli sandbox push service: a stand-in, it reaches no real phone",
        "origin": shared.origin,
        "standards": ["RFC 8030", "RFC 8188", "RFC 8291", "RFC 8292"],
        "sender_is_checked": shared.settings.vapid != super::identity::VapidCheck::Off,
        "questions": [
            "GET /received", "GET /received/{n}", "GET /ledger?after=0&limit=1000",
            "POST /faults", "DELETE /faults", "POST /subscriptions",
        ],
    }))
}

/// `GET /received`
pub(super) async fn summary(State(shared): State<Arc<Shared>>) -> Json<Summary> {
    Json(shared.ledger.summary())
}

/// `GET /received/{n}`
pub(super) async fn received_by(
    State(shared): State<Arc<Shared>>,
    Path(n): Path<u32>,
) -> Json<Vec<Line>> {
    Json(shared.ledger.of(n))
}

/// `GET /ledger?after=SEQ&limit=…`, one JSON object a line.
pub(super) async fn ledger(
    State(shared): State<Arc<Shared>>,
    Query(page): Query<Page>,
) -> Result<Response, StatusCode> {
    let mut out = Vec::new();
    for line in shared
        .ledger
        .after(page.after, page.limit.min(LONGEST_PAGE))
    {
        serde_json::to_writer(&mut out, &line).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
        out.push(b'\n');
    }
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], out).into_response())
}

/// `DELETE /faults`: all is well again, phones that were off wake up.
pub(super) async fn clear_faults(State(shared): State<Arc<Shared>>) -> StatusCode {
    let cleared = http::clear_faults(&shared.script);
    shared.wake_all();
    cleared
}

/// `POST /subscriptions`: fresh phones.
pub(super) async fn mint(
    State(shared): State<Arc<Shared>>,
    Json(order): Json<Order>,
) -> Result<Json<Vec<BrowserSubscription>>, (StatusCode, &'static str)> {
    if !(1..=MOST_MINTED).contains(&order.count) {
        return Err((StatusCode::BAD_REQUEST, "count lies between 1 and 10000"));
    }
    Ok(Json((0..order.count).map(|_| shared.mint()).collect()))
}
