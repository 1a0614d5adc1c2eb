//! A refusal in the three forms it is given: problem JSON, a page of the console, a public page.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tifli_app::Problem as Beside;

use super::Refused;
use super::words;
use crate::console::problems::{is_worded, of_code};
use crate::console::refusal::{Reason, Refusal};
use crate::public::{Problem, ProblemPage};
use crate::request::{Session, SpokenTo};
use crate::respond;
use crate::security::Caching;
use crate::server::WebState;

/// RFC 9457. `code` and `errors` are extensions of ours.
pub fn json(refused: &Refused, reference: Option<&str>) -> Response {
    let title = refused.status.canonical_reason().unwrap_or("Refused");
    let detail = refused
        .detail
        .clone()
        .unwrap_or_else(|| words::of_code(&refused.code).to_owned());
    let mut body = json!({
        "type": "about:blank",
        "title": title,
        "status": refused.status.as_u16(),
        "code": refused.code,
        "detail": detail,
    });
    if !refused.problems.is_empty() {
        body["errors"] = refused.problems.iter().map(beside).collect();
    }
    if let Some(reference) = reference {
        body["reference"] = reference.into();
    }
    let mut response = (refused.status, body.to_string()).into_response();
    let kind = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn beside(problem: &Beside) -> Value {
    json!({
        "field": problem.field,
        "code": problem.code,
        "detail": words::of_problem(problem),
    })
}

/// A page of the console, in the frame of the signed-in person.
pub fn console(
    state: &WebState,
    spoken_to: &SpokenTo,
    session: &Session,
    (refused, reference): (&Refused, Option<String>),
) -> Response {
    let shell = session.shell(state, &spoken_to.page);
    let reason = reason(refused);
    let known = reason == Reason::NotPossible && is_worded(&shell, &refused.code);
    let page = Refusal {
        what: if known {
            of_code(&shell, &refused.code)
        } else {
            String::new()
        },
        shell,
        reason,
        back: String::new(),
        reference: reference.unwrap_or_default(),
    };
    respond::page(&page, refused.status, Caching::Never)
}

fn reason(refused: &Refused) -> Reason {
    match (refused.status, refused.code.as_str()) {
        (StatusCode::FORBIDDEN, "district") => Reason::District,
        (StatusCode::FORBIDDEN, "csrf" | "foreign_site") => Reason::Token,
        (StatusCode::FORBIDDEN, _) => Reason::Role,
        (StatusCode::CONFLICT, "alert_changed" | "count_drifted") => Reason::Stale,
        (StatusCode::GONE, "erased") => Reason::Erased,
        (StatusCode::CONFLICT | StatusCode::GONE | StatusCode::UNPROCESSABLE_ENTITY, _) => {
            Reason::NotPossible
        }
        (status, _) if status.is_server_error() => Reason::Failure,
        (StatusCode::TOO_MANY_REQUESTS, _) => Reason::NotPossible,
        _ => Reason::NotFound,
    }
}

/// A public page.
pub fn public(
    state: &WebState,
    spoken_to: &SpokenTo,
    refused: &Refused,
    reference: Option<String>,
) -> Response {
    let problem = match refused.status {
        StatusCode::GONE => Problem::Gone,
        StatusCode::FORBIDDEN => Problem::Forbidden,
        StatusCode::UNAUTHORIZED => Problem::SessionExpired,
        StatusCode::TOO_MANY_REQUESTS => Problem::TooMany,
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        status if status.is_server_error() => Problem::Server,
        _ => Problem::NotFound,
    };
    let shell = spoken_to.page.shell(state);
    let page = ProblemPage {
        shell,
        problem,
        reference,
    };
    respond::page(&page, refused.status, Caching::Never)
}
