//! The door for this machine: backups, audit checks, metrics, health. No page, no case, no session:
//! whoever reaches the socket already runs the machine.

use std::path::PathBuf;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use metrics_exporter_prometheus::PrometheusHandle;
use serde::Deserialize;
use serde_json::{Value, json};
use tifli_app::{App, AppError};

/// Where to put a backup.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct To {
    to: PathBuf,
}

/// What the door offers.
pub fn router(app: App, metrics: PrometheusHandle) -> Router {
    let measured = move || async move {
        metrics.run_upkeep();
        metrics.render()
    };
    Router::new()
        .route("/backup", post(back_up))
        .route("/audit/verify", post(verify_audit))
        .route("/health", get(health))
        .with_state(app)
        .route("/metrics", get(measured))
}

/// `POST /backup {"to": "/absolute/new/folder"}`
async fn back_up(State(app): State<App>, Json(to): Json<To>) -> Response {
    if !to.to.is_absolute() {
        return refusal(StatusCode::BAD_REQUEST, "the folder must be absolute");
    }
    match app.back_up(&to.to).await {
        Ok(report) => Json(report).into_response(),
        Err(error) => failed("a backup failed", &error),
    }
}

/// `POST /audit/verify`
async fn verify_audit(State(app): State<App>) -> Response {
    match app.verify_chain().await {
        Ok(report) => Json(report).into_response(),
        Err(error) => failed("an audit check failed", &error),
    }
}

/// `GET /health`: the store takes writes and answers.
async fn health(State(app): State<App>) -> Response {
    match app.check_ready().await {
        Ok(()) => Json(json!({ "ready": true, "realm": app.realm().as_str() })).into_response(),
        Err(error) => failed("the store does not answer", &error),
    }
}

fn failed(what: &str, error: &AppError) -> Response {
    tracing::error!(code = %error.code, source = ?error.source, "{what}");
    let why = error
        .source
        .as_ref()
        .map_or_else(|| error.code.clone(), ToString::to_string);
    refusal(StatusCode::INTERNAL_SERVER_ERROR, &why)
}

fn refusal(status: StatusCode, why: &str) -> Response {
    let body: Json<Value> = Json(json!({ "detail": why }));
    (status, [(header::CACHE_CONTROL, "no-store")], body).into_response()
}
