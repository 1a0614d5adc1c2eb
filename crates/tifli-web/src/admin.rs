//! The listener for this machine alone: health, readiness, measurements, backups, audit checks,
//! letters that came back. No page, no case, no
//! session; whoever reaches it already runs the machine, so it must never be bound to another address than a local one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Json, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::json;
use tifli_app::{App, AppError, Kind};

/// What the listener answers from.
#[derive(Clone)]
pub struct AdminState {
    /// The use cases.
    pub app: App,
    /// The folder of the database and the blobs: readiness writes a few bytes there.
    pub data: PathBuf,
    /// What is measured, in the text format of Prometheus.
    pub metrics: Arc<dyn Fn() -> String + Send + Sync>,
}

/// Where to put a backup: a new or empty folder of this machine.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BackUp {
    #[serde(alias = "to")]
    dir: PathBuf,
}

/// The routes of the admin listener.
pub fn admin_router(state: AdminState) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/backup", post(back_up))
        .route("/audit/verify", get(verify_audit).post(verify_audit))
        .route("/mail/bounce", post(take_bounce))
        .with_state(state)
}

/// Whether the database takes writes and answers, and the disk takes bytes.
async fn ready(State(state): State<AdminState>) -> Response {
    let store = state.app.check_ready().await;
    let disk = probe(&state.data).await;
    let ready = store.is_ok() && disk.is_ok();
    let body = json!({
        "ready": ready,
        "realm": state.app.realm().as_str(),
        "database": store.map_or_else(|error| error.code, |()| "ok".to_owned()),
        "disk": disk.map_or_else(|error| error.kind().to_string(), |()| "ok".to_owned()),
    });
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// Writes a few bytes durably and takes them away again.
async fn probe(folder: &Path) -> std::io::Result<()> {
    let path = folder.join(".ready");
    let probe = move || -> std::io::Result<()> {
        std::fs::write(&path, b"ready")?;
        std::fs::File::open(&path)?.sync_all()?;
        std::fs::remove_file(&path)
    };
    let done = tokio::task::spawn_blocking(probe).await;
    done.map_err(std::io::Error::other)?
}

async fn metrics(State(state): State<AdminState>) -> Response {
    let kind = [(
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    )];
    (kind, (state.metrics)()).into_response()
}

async fn back_up(State(state): State<AdminState>, Json(wanted): Json<BackUp>) -> Response {
    if !wanted.dir.is_absolute() {
        let body = json!({ "code": "not_absolute", "detail": "The folder must be absolute." });
        return (StatusCode::BAD_REQUEST, Json(body)).into_response();
    }
    match state.app.back_up(&wanted.dir, &state.data).await {
        Ok(report) => Json(report).into_response(),
        Err(error) => failed("a backup failed", &error),
    }
}

async fn verify_audit(State(state): State<AdminState>) -> Response {
    match state.app.verify_chain().await {
        Ok(report) => {
            let status = if report.ok {
                StatusCode::OK
            } else {
                StatusCode::CONFLICT
            };
            (status, Json(report)).into_response()
        }
        Err(error) => failed("an audit check failed", &error),
    }
}

/// A delivery status notification or a complaint, whole as the mail server got it (`message/rfc822`).
async fn take_bounce(State(state): State<AdminState>, mail: Bytes) -> Response {
    match state.app.take_bounce(&mail).await {
        Ok(taken) => Json(json!({ "taken": taken.as_str() })).into_response(),
        Err(error) if error.kind == Kind::Invalid => {
            let why = "This is neither a delivery status notification (RFC 3464) nor a complaint (RFC 5965) about \
                       a letter of this house.";
            let body = json!({ "code": "not_a_bounce", "detail": why });
            (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
        }
        Err(error) if error.kind == Kind::NotFound => {
            let why = "The token in its envelope belongs to no letter of this house; nothing was changed.";
            let body = json!({ "code": "bounce_unknown", "detail": why });
            (StatusCode::NOT_FOUND, Json(body)).into_response()
        }
        Err(error) => failed("a letter that came back could not be taken", &error),
    }
}

fn failed(what: &str, error: &AppError) -> Response {
    tracing::error!(code = %error.code, source = ?error.source, "{what}");
    let why = error
        .source
        .as_ref()
        .map_or_else(|| error.code.clone(), ToString::to_string);
    let body = json!({ "code": error.code, "detail": why });
    (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
}
