//! One answer at a time, as the script of the report sends them: kept, met by another, or not acceptable.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tifli_app::Kind;
use tifli_app::report::{Save, Typed};
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
