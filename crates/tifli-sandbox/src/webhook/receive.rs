//! `POST /hook` and `POST /hook/{name}`: one call, checked, taken once.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use super::ledger::Arrival;
use super::server::Shared;
use super::verification::{Proof, verify};
use crate::http::{self, Call, Wire};

/// The name of the endpoint without a name.
const MAIN: &str = "main";

type Body = Result<Bytes, BytesRejection>;

/// What the standard asks of a payload.
#[derive(Deserialize)]
struct Payload {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "timestamp")]
    _timestamp: String,
    #[serde(rename = "data")]
    _data: IgnoredAny,
}

pub(super) async fn main(
    state: State<Arc<Shared>>,
    wire: ConnectInfo<Wire>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    named(state, wire, Path(MAIN.to_owned()), headers, body).await
}

pub(super) async fn named(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(error) => {
            shared.ledger.refuse("body");
            return error.status().into_response();
        }
    };
    let now_ms = shared.now_ms();
    let now_seconds = i64::try_from(now_ms / 1000).unwrap_or(i64::MAX);
    let proof = match verify(&headers, &body, &shared.secrets(), now_seconds) {
        Ok(proof) => proof,
        Err(doubt) => return refuse(&shared, StatusCode::UNAUTHORIZED, doubt.word()),
    };
    let Some(arrival) = read((name.clone(), proof), &body, now_ms) else {
        return refuse(&shared, StatusCode::BAD_REQUEST, "payload");
    };
    let seq = shared.ledger.record(arrival);
    let fate = shared.script.meet(&name);
    let call = Call {
        wire: &wire,
        stopping: &shared.stopping,
    };
    http::play(&fate, call, || take(&shared, seq)).await
}

fn take(shared: &Shared, seq: u64) -> Response {
    let first = shared.ledger.take(seq);
    let state = if first { "taken" } else { "known" };
    Json(json!({ "state": state })).into_response()
}

/// The event in the body; `None` when it is none.
fn read((to, proof): (String, Proof), body: &[u8], at_ms: u64) -> Option<Arrival> {
    let payload: Payload = serde_json::from_slice(body).ok()?;
    Some(Arrival {
        to,
        proof,
        kind: payload.kind,
        body: String::from_utf8(body.to_vec()).ok()?,
        at_ms,
    })
}

fn refuse(shared: &Shared, status: StatusCode, why: &'static str) -> Response {
    shared.ledger.refuse(why);
    (status, Json(json!({ "state": "refused", "why": why }))).into_response()
}
