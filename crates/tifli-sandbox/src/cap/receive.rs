//! `POST /cap` and `GET /cap/{identifier}`, with the refusals a gateway gives.

use std::sync::Arc;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::grammar::Wrong;
use super::message::{Message, MsgType, Status, read};
use super::server::Shared;
use super::shelf::Kept;
use crate::http::{self, Call, Wire};

/// The media type of CAP.
const MEDIA_TYPE: &str = "application/cap+xml";

pub(super) async fn take(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    if !is_let_in(&headers, &shared.settings.token) {
        return not_let_in();
    }
    if !is_cap(&headers) {
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", "");
    }
    let body = match body {
        Ok(body) => body,
        Err(error) => return refuse(error.status(), "body", ""),
    };
    let message = match read(&body).and_then(|message| accept(&shared, message)) {
        Ok(message) => message,
        Err(Wrong { why, element }) => return refuse(StatusCode::BAD_REQUEST, why, &element),
    };
    let fate = shared.script.meet(&message.identifier);
    let call = Call {
        wire: &wire,
        stopping: &shared.stopping,
    };
    http::play(&fate, call, || keep(&shared, message)).await
}

pub(super) async fn read_back(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    Path(identifier): Path<String>,
    headers: HeaderMap,
) -> Response {
    if !is_let_in(&headers, &shared.settings.token) {
        return not_let_in();
    }
    let fate = shared.reads.meet(&identifier);
    let call = Call {
        wire: &wire,
        stopping: &shared.stopping,
    };
    let find = || match shared.shelf.find(&identifier) {
        Some(message) => stored(message),
        None => refuse(StatusCode::NOT_FOUND, "unknown", ""),
    };
    http::play(&fate, call, find).await
}

/// The octets of a message, as they came.
pub(super) fn stored(message: Message) -> Response {
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], message.raw).into_response()
}

fn keep(shared: &Shared, message: Message) -> Response {
    let identifier = message.identifier.clone();
    let said = |status: StatusCode, state: &str| {
        let body = json!({ "identifier": identifier, "state": state });
        (status, Json(body)).into_response()
    };
    match shared.shelf.keep(message, shared.now_ms()) {
        Kept::New => said(StatusCode::CREATED, "kept"),
        Kept::Known => said(StatusCode::OK, "known"),
        Kept::Conflict => refuse(StatusCode::CONFLICT, "identifier", "alert/identifier"),
        Kept::NoReferences => refuse(StatusCode::BAD_REQUEST, "missing", "alert/references"),
        Kept::NoMatch => refuse(StatusCode::NOT_FOUND, "references", "alert/references"),
    }
}

/// What a good message must be besides, for this intake.
fn accept(shared: &Shared, message: Message) -> Result<Message, Wrong> {
    let wrong = |element: &str| {
        Err(Wrong {
            why: "not_here",
            element: element.to_owned(),
        })
    };
    if message.scope != shared.settings.audience.scope() {
        return wrong("alert/scope");
    }
    if matches!(message.msg_type, MsgType::Ack | MsgType::Error) {
        return wrong("alert/msgType");
    }
    if message.status == Status::Draft {
        return wrong("alert/status");
    }
    Ok(message)
}

fn is_let_in(headers: &HeaderMap, token: &str) -> bool {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '));
    given.is_some_and(|(scheme, given)| {
        scheme.eq_ignore_ascii_case("bearer")
            && verify_slices_are_equal(given.as_bytes(), token.as_bytes()).is_ok()
    })
}

fn is_cap(headers: &HeaderMap) -> bool {
    let written = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let media_type = written.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case(MEDIA_TYPE)
}

fn not_let_in() -> Response {
    let challenge = [(header::WWW_AUTHENTICATE, "Bearer")];
    let body = Json(json!({ "error": "token" }));
    (StatusCode::UNAUTHORIZED, challenge, body).into_response()
}

fn refuse(status: StatusCode, why: &str, element: &str) -> Response {
    (status, Json(json!({ "error": why, "element": element }))).into_response()
}
