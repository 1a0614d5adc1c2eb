//! A fate played over HTTP: each trouble as a status, a header, a body or a broken connection.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Stopping;
use super::wire::{Mischief, Wire};
use crate::faults::{Fate, Trouble};

/// The connection a call came by, and when the house closes.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) wire: &'a Wire,
    pub(crate) stopping: &'a Stopping,
}

/// Answers one call by its fate; `take` does the partner's duty and gives the honest answer.
pub(crate) async fn play(fate: &Fate, call: Call<'_>, take: impl FnOnce() -> Response) -> Response {
    tokio::select! {
        () = fate.wait() => {}
        () = call.stopping.clone().wait() => return misbehave(call.wire, Mischief::HangUp),
    }
    let Some(trouble) = &fate.trouble else {
        return take();
    };
    if *trouble == Trouble::CloseMidBody {
        call.wire.script(Mischief::Cut);
        return with_a_long_body(take());
    }
    if fate.takes {
        let _nobody_hears_it = take();
    }
    match trouble {
        Trouble::Throttle { retry_after } => with_retry_after(429, Some(*retry_after)),
        Trouble::Code { code, retry_after } => with_retry_after(*code, *retry_after),
        Trouble::Transient => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Trouble::Permanent => StatusCode::BAD_REQUEST.into_response(),
        Trouble::Gone => StatusCode::GONE.into_response(),
        Trouble::Lies => lie(),
        Trouble::Redirect { to } => redirect(to),
        Trouble::Garbage => misbehave(call.wire, Mischief::Garbage),
        Trouble::NeverAnswers => {
            call.stopping.clone().wait().await;
            misbehave(call.wire, Mischief::HangUp)
        }
        Trouble::HangUp | Trouble::CloseMidBody | Trouble::Asleep => {
            misbehave(call.wire, Mischief::HangUp)
        }
    }
}

fn with_retry_after(status: u16, retry_after: Option<u32>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match retry_after {
        Some(seconds) => (status, [(header::RETRY_AFTER, seconds.to_string())]).into_response(),
        None => status.into_response(),
    }
}

fn lie() -> Response {
    let body = json!({ "status": "error", "error": "the message could not be stored" });
    axum::Json(body).into_response()
}

fn redirect(to: &str) -> Response {
    match HeaderValue::from_str(to) {
        Ok(place) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, place)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The same answer with a body long enough to be cut.
fn with_a_long_body(answer: Response) -> Response {
    let (parts, _) = answer.into_parts();
    Response::from_parts(
        parts,
        Body::from("This answer ends before its time. ".repeat(4)),
    )
}

fn misbehave(wire: &Wire, mischief: Mischief) -> Response {
    wire.script(mischief);
    StatusCode::OK.into_response()
}
