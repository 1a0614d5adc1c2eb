//! From a template to an answer with its status and caching. Not a handler.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::security::{Caching, cache};

/// Renders a page. A page that cannot be rendered is our fault: it is logged and answered with a bare 500.
pub fn page(view: &impl Template, status: StatusCode, caching: Caching) -> Response {
    let html = match view.render() {
        Ok(html) => html,
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    cache(headers, caching);
    response
}
