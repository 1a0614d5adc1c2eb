//! `POST /p/{n}/{tag}`: a message for a phone, checked as a push service checks it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::keys::SubscriberKeys;
use super::server::{LONGEST_BODY, Shared};
use super::sleepers::Held;
use crate::faults::{Fate, Trouble};
use crate::http::{self, Call, Wire};

/// A message with everything the service needs to know of it.
struct Push {
    n: u32,
    id: u64,
    topic: String,
    ttl_seconds: u64,
    body: Bytes,
}

/// A refusal: status and a sentence for whoever reads along.
type Refusal = (StatusCode, String);

pub(super) async fn push(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    Path((n, tag)): Path<(u32, String)>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let push = match check(&shared, (n, &tag), &headers, body) {
        Ok(push) => push,
        Err(refusal) => return refusal.into_response(),
    };
    let fate = shared.script.meet(&n.to_string());
    play(&shared, &wire, &fate, push).await
}

/// `DELETE /p/{n}/{tag}`: the phone unsubscribes; later messages meet 410.
pub(super) async fn unsubscribe(
    State(shared): State<Arc<Shared>>,
    Path((n, tag)): Path<(u32, String)>,
) -> StatusCode {
    if tag != SubscriberKeys::tag_of(&shared.settings.seed, n) {
        return StatusCode::NOT_FOUND;
    }
    shared.unsubscribe(n);
    StatusCode::NO_CONTENT
}

/// `DELETE /m/{n}/{id}`: recalls a message that is not delivered yet (RFC 8030 section 6.2).
pub(super) async fn delete_message(
    State(shared): State<Arc<Shared>>,
    Path((n, id)): Path<(u32, u64)>,
) -> StatusCode {
    if shared.sleepers.delete(n, id) {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::NOT_FOUND
    }
}

async fn play(shared: &Shared, wire: &Wire, fate: &Fate, push: Push) -> Response {
    if fate.trouble == Some(Trouble::Asleep) {
        fate.wait().await;
        return hold(shared, push);
    }
    let call = Call {
        wire,
        stopping: &shared.stopping,
    };
    let take = || {
        shared.deliver(push.n, &push.topic, &push.body);
        created(shared, &push)
    };
    http::play(fate, call, take).await
}

/// The phone is off: the message waits for it.
fn hold(shared: &Shared, push: Push) -> Response {
    let response = created(shared, &push);
    let until_ms = shared
        .now_ms()
        .saturating_add(push.ttl_seconds.saturating_mul(1000));
    let held = Held {
        id: push.id,
        topic: push.topic,
        body: push.body.to_vec(),
        until_ms,
    };
    shared.sleepers.hold(push.n, held);
    response
}

fn check(
    shared: &Shared,
    (n, tag): (u32, &str),
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Push, Refusal> {
    if tag != SubscriberKeys::tag_of(&shared.settings.seed, n) {
        return Err((StatusCode::NOT_FOUND, "no such subscription".into()));
    }
    if shared.is_gone(n) {
        return Err((StatusCode::GONE, "unsubscribed".into()));
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    shared
        .door
        .admit(text("authorization"), shared.now_ms() / 1000)
        .map_err(|error| {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::UNAUTHORIZED);
            (status, error.to_string())
        })?;
    let ttl_seconds = text("ttl")
        .and_then(|ttl| ttl.parse().ok())
        .ok_or_else(|| bad("TTL"))?;
    if text("content-encoding") != Some("aes128gcm") {
        return Err(bad("Content-Encoding"));
    }
    if !matches!(
        text("urgency"),
        None | Some("very-low" | "low" | "normal" | "high")
    ) {
        return Err(bad("Urgency"));
    }
    let topic = match headers.get("topic") {
        None => String::new(),
        Some(_) => text("topic")
            .filter(|t| is_topic(t))
            .ok_or_else(|| bad("Topic"))?
            .to_owned(),
    };
    let body = body.map_err(|error| (error.status(), "the body cannot be read".into()))?;
    if body.len() > LONGEST_BODY {
        return Err((
            StatusCode::PAYLOAD_TOO_LARGE,
            "more than 4096 octets".into(),
        ));
    }
    if body.is_empty() {
        return Err(bad("body"));
    }
    Ok(Push {
        n,
        id: shared.next_message(),
        topic,
        ttl_seconds,
        body,
    })
}

/// RFC 8030 section 5.4: at most 32 characters of the URL-safe base64 alphabet.
fn is_topic(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    !text.is_empty() && text.len() <= 32 && text.bytes().all(letter)
}

fn bad(what: &str) -> Refusal {
    (
        StatusCode::BAD_REQUEST,
        format!("{what} is missing or malformed"),
    )
}

fn created(shared: &Shared, push: &Push) -> Response {
    let location = format!("{}/m/{}/{}", shared.origin, push.n, push.id);
    let ttl = push.ttl_seconds.to_string();
    (StatusCode::CREATED, [("location", location), ("ttl", ttl)]).into_response()
}
