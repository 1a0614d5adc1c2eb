//! Questions and orders over HTTP: what arrived, which rules and faults hold, a bounce for a letter.
//! No mail server has these.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::ledger::{Mail, Summary};
use super::rules::MailRules;
use super::server::Shared;
use crate::faults::Protocol;
use crate::http::{Page, faults};

/// The most letters in one answer.
const LONGEST_PAGE: usize = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    status: String,
}

pub(super) fn router(shared: Arc<Shared>) -> Router {
    let faults = faults(&shared.script, Protocol::Mail);
    Router::new()
        .route("/about", get(about))
        .route("/received", get(summary))
        .route("/letters", get(letters))
        .route("/letters/{seq}/dsn", get(dsn))
        .route("/rules", get(rules).put(set_rules))
        .route("/faults", faults)
        .with_state(shared)
}

async fn about(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({
        "what": "Tifli sandbox mail server: a stand-in, it delivers to nobody",
        "smtp": shared.address.to_string(),
        "standards": ["RFC 5321", "RFC 1870", "RFC 6152", "RFC 6531", "RFC 3463", "RFC 3464"],
        "questions": [
            "GET /received", "GET /letters?after=0&limit=1000", "GET /letters/{seq}/dsn?status=5.1.1",
            "GET /rules", "PUT /rules", "GET /faults", "POST /faults", "DELETE /faults",
        ],
    }))
}

async fn summary(State(shared): State<Arc<Shared>>) -> Json<Summary> {
    Json(shared.ledger.summary())
}

async fn letters(State(shared): State<Arc<Shared>>, Query(page): Query<Page>) -> Json<Vec<Mail>> {
    let limit = page.limit.min(LONGEST_PAGE);
    Json(shared.ledger.after(page.after, limit))
}

async fn dsn(
    State(shared): State<Arc<Shared>>,
    Path(seq): Path<u64>,
    Query(outcome): Query<Outcome>,
) -> Result<Response, (StatusCode, String)> {
    let mail = shared
        .ledger
        .find(seq)
        .ok_or_else(|| (StatusCode::NOT_FOUND, "no such letter".to_owned()))?;
    let bounce = shared
        .dsn(&mail, &outcome.status)
        .map_err(|error| (StatusCode::BAD_REQUEST, error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "message/rfc822")], bounce.raw).into_response())
}

async fn rules(State(shared): State<Arc<Shared>>) -> Json<MailRules> {
    Json(shared.rules())
}

async fn set_rules(State(shared): State<Arc<Shared>>, Json(rules): Json<MailRules>) -> StatusCode {
    shared.rule(rules);
    StatusCode::NO_CONTENT
}
