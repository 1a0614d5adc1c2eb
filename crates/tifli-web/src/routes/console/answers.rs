//! One answer at a time, as the script of the report sends them: kept, met by another, or not acceptable.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tifli_app::Kind;
use tifli_app::report::{Save, Sending, Typed};
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, Mark, Said, Source};

use super::desk::Desk;
use super::sources::said_at;
use crate::console::problems::sentence;
use crate::problem::{Answer, Refused};
use crate::request::Id;
use crate::security::{Caching, cache};
use crate::server::{WebState, moment};

/// One answer as the script sends it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    field: String,
    value: String,
    base: i64,
    #[serde(default)]
    mark: String,
    #[serde(default)]
    source: u32,
    #[serde(default)]
    said_at: String,
    /// How many seconds ago it was typed: the line was down.
    #[serde(default)]
    waited: i64,
    /// Whether an earlier attempt had no reply.
    #[serde(default)]
    again: bool,
}

/// An answer that waited no longer than this, in seconds, was said when it arrives.
const AT_ONCE: i64 = 60;
/// The longest wait that is believed, in seconds: a session is over long before.
const LONGEST_WAIT: i64 = 7 * 24 * 60 * 60;

impl One {
    /// When it was said, if nobody wrote it down: when it was typed, where the line was down since.
    fn typed_ms(&self, now_ms: i64) -> Option<i64> {
        (self.waited > AT_ONCE).then(|| now_ms - self.waited.min(LONGEST_WAIT) * 1000)
    }
}

/// `POST /console/cases/{id}/answers`: 200 `{seq}`, 409 `{seq, value, shown, by, at}`, 422 `{problem}`.
pub async fn save(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    desk: Desk,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let token = headers
        .get("x-csrf-token")
        .and_then(|token| token.to_str().ok());
    if token.map(tifli_app::hash_token) != Some(tifli_app::hash_token(&desk.who.csrf)) {
        return Err(Refused::new(StatusCode::FORBIDDEN, "csrf"));
    }
    let one: One = serde_json::from_slice(&body)
        .map_err(|_| Refused::malformed("malformed_json", "The body is not one answer."))?;
    let field = Field::find(&one.field).ok_or_else(|| Refused::field("field", "unknown_field"))?;
    let said_ms =
        said_at(&desk, &one.said_at).map_err(|()| Refused::field("said_at", "not_a_date"))?;
    let said_ms = said_ms.or(one.typed_ms(desk.now.as_millisecond()));
    let sending = if one.again {
        Sending::Again
    } else {
        Sending::First
    };
    let mark = Some(one.mark.as_str()).filter(|mark| !mark.is_empty());
    let mark = mark.map(str::parse::<Mark>).transpose();
    let mark = mark.map_err(|_| Refused::field("mark", "not_an_answer"))?;
    let typed = Typed {
        field,
        value: one.value,
        base_seq: one.base,
        said: Said {
            source: Source::new(one.source),
            mark,
            said_ms,
        },
        sending,
    };
    match desk.app().save_answer(&desk.actor, case, typed).await {
        Ok(Save::Saved { seq, .. }) => Ok(answer(StatusCode::OK, &json!({ "seq": seq }))),
        Ok(Save::Conflict { current, .. }) => {
            let met = json!({
                "seq": current.seq,
                "value": current.value,
                "mark": current.said.mark.map(Mark::as_str).unwrap_or_default(),
                "shown": desk.said(field, &current),
                "by": current.by_name,
                "at": desk.shell.machine(&moment(current.at_ms)),
            });
            Ok(answer(StatusCode::CONFLICT, &met))
        }
        Err(error) if error.kind == Kind::Invalid => {
            let problem = error
                .problems
                .first()
                .map(|problem| sentence(&desk.shell, problem));
            let told = json!({ "problem": problem.unwrap_or_default() });
            Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &told))
        }
        Err(error) => Err(error.into()),
    }
}

/// JSON for a script of ours. It is never kept.
pub fn answer(status: StatusCode, body: &Value) -> Response {
    let mut response = (status, axum::Json(body)).into_response();
    cache(response.headers_mut(), Caching::Never);
    response
}
