//! Questions and orders over HTTP: what arrived, which faults to play. No mail server has these.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::MailFault;
use super::ledger::{Mail, Summary};
use super::server::Shared;

/// The most letters in one answer.
const LONGEST_PAGE: usize = 1_000;

#[derive(Deserialize)]
#[serde(default)]
struct Page {
    after: u64,
    limit: usize,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            after: 0,
            limit: LONGEST_PAGE,
        }
    }
}

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/about", get(about))
        .route("/received", get(summary))
        .route("/letters", get(letters))
        .route("/faults", post(set_faults).delete(clear_faults))
        .with_state(shared)
}

async fn about(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({
        "what": "Tifli sandbox mail server: a stand-in, it delivers to nobody",
        "smtp": shared.address.to_string(),
        "standards": ["RFC 5321"],
        "questions": [
            "GET /received", "GET /letters?after=0&limit=1000", "POST /faults", "DELETE /faults",
        ],
    }))
}

async fn summary(State(shared): State<Arc<Shared>>) -> Json<Summary> {
    Json(shared.ledger.summary())
}

async fn letters(State(shared): State<Arc<Shared>>, Query(page): Query<Page>) -> Json<Vec<Mail>> {
    Json(
        shared
            .ledger
            .after(page.after, page.limit.min(LONGEST_PAGE)),
    )
}

async fn set_faults(
    State(shared): State<Arc<Shared>>,
    Json(faults): Json<Vec<MailFault>>,
) -> Result<StatusCode, (StatusCode, &'static str)> {
    if let Some(wrong) = faults.iter().find_map(MailFault::find_fault) {
        return Err((StatusCode::BAD_REQUEST, wrong));
    }
    shared.script.replace(faults);
    Ok(StatusCode::NO_CONTENT)
}

async fn clear_faults(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.script.replace(Vec::new());
    StatusCode::NO_CONTENT
}
