//! Questions over HTTP: what is kept, what would be shown now. No gateway has these.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::message::Message;
use super::receive::stored;
use super::server::Shared;
use super::shelf::Summary;
use crate::http::Page;

/// `GET /about`
pub(super) async fn about(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({
        "what": "Tifli sandbox intake of CAP: a stand-in, it shows nothing to anybody",
        "standards": ["CAP 1.2"],
        "scope": shared.settings.audience.scope(),
        "endpoints": ["POST /cap", "GET /cap/{identifier}"],
        "questions": [
            "GET /received", "GET /messages?after=0&limit=1000", "GET /current",
            "GET /raw/{identifier}", "GET /faults", "POST /faults", "DELETE /faults",
            "GET /faults/reads", "POST /faults/reads", "DELETE /faults/reads",
        ],
    }))
}

/// `GET /received`
pub(super) async fn summary(State(shared): State<Arc<Shared>>) -> Json<Summary> {
    Json(shared.shelf.summary(shared.now_ms()))
}

/// `GET /messages?after=SEQ&limit=…`
pub(super) async fn messages(
    State(shared): State<Arc<Shared>>,
    Query(page): Query<Page>,
) -> Json<Vec<Message>> {
    Json(shared.shelf.after(page.after, page.limit))
}

/// `GET /current`: what it would show now.
pub(super) async fn current(State(shared): State<Arc<Shared>>) -> Json<Vec<Message>> {
    Json(shared.shelf.current(shared.now_ms()))
}

/// `GET /raw/{identifier}`: the octets that came, without a token.
pub(super) async fn raw(
    State(shared): State<Arc<Shared>>,
    Path(identifier): Path<String>,
) -> Result<Response, StatusCode> {
    let found = shared.shelf.find(&identifier);
    found.map(stored).ok_or(StatusCode::NOT_FOUND)
}
