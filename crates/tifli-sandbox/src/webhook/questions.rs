//! Questions and orders over HTTP: what came, a new secret. No receiver of webhooks has these.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::ledger::{Event, Summary};
use super::secret::Secret;
use super::server::Shared;
use crate::http::Page;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rotation {
    secret: String,
    keep_former: bool,
}

/// `GET /about`
pub(super) async fn about() -> Json<Value> {
    Json(json!({
        "what": "Tifli sandbox receiver of webhooks: a stand-in, it tells nobody",
        "standards": ["Standard Webhooks 1.0.0"],
        "endpoints": ["POST /hook", "POST /hook/{name}"],
        "questions": [
            "GET /received", "GET /events?after=0&limit=1000", "POST /secret",
            "GET /faults", "POST /faults", "DELETE /faults",
        ],
    }))
}

/// `GET /received`
pub(super) async fn summary(State(shared): State<Arc<Shared>>) -> Json<Summary> {
    Json(shared.ledger.summary())
}

/// `GET /events?after=SEQ&limit=…`
pub(super) async fn events(
    State(shared): State<Arc<Shared>>,
    Query(page): Query<Page>,
) -> Json<Vec<Event>> {
    Json(shared.ledger.after(page.after, page.limit))
}

/// `POST /secret`: a new secret from now on, beside the former one or instead of it.
pub(super) async fn rotate(
    State(shared): State<Arc<Shared>>,
    Json(rotation): Json<Rotation>,
) -> Result<StatusCode, (StatusCode, String)> {
    let secret = Secret::parse(&rotation.secret)
        .map_err(|error| (StatusCode::BAD_REQUEST, error.to_string()))?;
    shared.rotate(secret);
    if !rotation.keep_former {
        shared.retire_former_secret();
    }
    Ok(StatusCode::NO_CONTENT)
}
