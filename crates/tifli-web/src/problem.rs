//! Everything that is refused, as RFC 9457 for the API and as a page for people. A handler returns a [`Refused`]; the
//! layer [`dress`] gives it its words, because only there language and audience are known. Our own faults are logged
//! here, once, under a number that the answer shows; what somebody typed is neither logged nor repeated.

mod page;
mod words;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tifli_app::{AppError, Kind, Problem};

use crate::request::{Session, SpokenTo};
use crate::security::{Caching, cache};
use crate::server::WebState;

pub use words::{of_code, of_problem};

/// What a handler answers: a response, or a refusal still without words.
pub type Answer = Result<Response, Refused>;

/// A refusal: its status, its code, the problems beside fields.
#[derive(Debug, Clone)]
pub struct Refused {
    /// Status of the answer.
    pub status: StatusCode,
    /// A code that pages and the API word.
    pub code: String,
    /// Problems by field.
    pub problems: Vec<Problem>,
    /// Words of ours that say more than the code, for the API.
    pub detail: Option<String>,
    /// Seconds until it makes sense to try again.
    pub retry_after: Option<u32>,
    /// What failed underneath, for the log.
    cause: Option<String>,
}

impl Refused {
    /// A refusal with this status and code.
    pub fn new(status: StatusCode, code: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            problems: Vec::new(),
            detail: None,
            retry_after: None,
            cause: None,
        }
    }

    /// There is no such thing.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }

    /// Nobody is signed in, or the session is over.
    #[must_use]
    pub fn not_signed_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "not_signed_in")
    }

    /// Too often; the next attempt makes sense in so many seconds.
    #[must_use]
    pub fn too_often(seconds: u32) -> Self {
        let refused = Self::new(StatusCode::TOO_MANY_REQUESTS, "too_often");
        Self {
            retry_after: Some(seconds),
            ..refused
        }
    }

    /// More than the limit was sent.
    #[must_use]
    pub fn too_large(limit_bytes: usize) -> Self {
        let refused = Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large");
        let detail = format!(
            "What was sent is larger than the limit of {} kB for this address.",
            limit_bytes / 1024
        );
        Self {
            detail: Some(detail),
            ..refused
        }
    }

    /// The request cannot be read; `detail` is ours and holds nothing of it.
    pub fn malformed(code: &str, detail: impl Into<String>) -> Self {
        Self {
            detail: Some(detail.into()),
            ..Self::new(StatusCode::BAD_REQUEST, code)
        }
    }

    /// One problem beside a field.
    pub fn field(field: &str, code: &str) -> Self {
        AppError::field(field, code).into()
    }
}

impl From<AppError> for Refused {
    fn from(error: AppError) -> Self {
        let status = match error.kind {
            Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
            Kind::Forbidden => StatusCode::FORBIDDEN,
            Kind::NotFound => StatusCode::NOT_FOUND,
            Kind::Conflict => StatusCode::CONFLICT,
            Kind::Gone => StatusCode::GONE,
            Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let retry_after = match error.kind {
            Kind::Unavailable => Some(5),
            Kind::TooMany => Some(300),
            _ => None,
        };
        let cause = error.source.as_ref().map(ToString::to_string);
        let problems = error.problems;
        Self {
            problems,
            retry_after,
            cause,
            ..Self::new(status, error.code)
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The answer for an address that no route has.
pub async fn not_found() -> Refused {
    Refused::not_found()
}

/// The answer for a method that an address does not have.
pub async fn method_not_allowed() -> Refused {
    Refused::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed")
}

/// Layer around all routes: gives refusals their words.
pub async fn dress(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let spoken_to = SpokenTo::of(&state, &request);
    let mut response = next.run(request).await;
    let Some(refused) = undressed(&mut response) else {
        return response;
    };
    let reference = note(&state, &refused);
    let session = response.extensions_mut().remove::<Session>();
    let mut dressed = if spoken_to.wants_json {
        page::json(&refused, reference.as_deref())
    } else if let Some(session) = session.filter(|_| spoken_to.console) {
        page::console(&state, &spoken_to, &session, (&refused, reference))
    } else {
        page::public(&state, &spoken_to, &refused, reference)
    };
    let headers = dressed.headers_mut();
    for (name, value) in response.headers() {
        if *name != header::CONTENT_LENGTH && *name != header::CONTENT_TYPE {
            headers.entry(name.clone()).or_insert(value.clone());
        }
    }
    if let Some(seconds) = refused.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if refused.status == StatusCode::UNAUTHORIZED && spoken_to.wants_json {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    cache(headers, Caching::Never);
    dressed
}

/// The refusal in an answer: a handler's, or a bare status of the framework below.
fn undressed(response: &mut Response) -> Option<Refused> {
    if let Some(refused) = response.extensions_mut().remove::<Refused>() {
        return Some(refused);
    }
    let status = response.status();
    let headers = response.headers();
    let kind = headers.get(header::CONTENT_TYPE);
    let plain = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    // A handler that has its own words for a failure says how long they may be kept.
    let bare = plain && !headers.contains_key(header::CACHE_CONTROL);
    let failed = status.is_client_error() || status.is_server_error();
    (failed && bare).then(|| Refused::new(status, words::code_of(status)))
}

/// Logs what is our fault and gives it a number.
fn note(state: &WebState, refused: &Refused) -> Option<String> {
    if !refused.status.is_server_error() {
        return None;
    }
    let reference = state.random_hex(4);
    let cause = refused.cause.as_deref().unwrap_or("-");
    if refused.status == StatusCode::INTERNAL_SERVER_ERROR {
        tracing::error!(%reference, code = %refused.code, cause, "a request failed");
    } else {
        tracing::warn!(%reference, code = %refused.code, cause, "a request could not be served now");
    }
    Some(reference)
}
