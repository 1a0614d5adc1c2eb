//! The certificate under which this house signs its CAP messages, for partners to pin (`docs/cap.md`).

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;

use crate::problem::Answer;
use crate::server::WebState;

/// A certificate stays for years; one that is renewed is seen within the hour.
const KEPT: &str = "public, max-age=3600";

/// `GET /cap/certificate.pem`
pub(super) async fn certificate(State(state): State<WebState>) -> Answer {
    let mut response = state.app().cap_certificate().to_pem().into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("application/x-pem-file");
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
    Ok(response)
}
