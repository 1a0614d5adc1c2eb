//! What other sites and public screens show: a page for a frame and a picture, both at addresses that stay the same and
//! answer for the present state.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use tifli_app::alert::CurrentWords;

use super::alert::cards;
use super::{jpeg, known};
use crate::problem::Answer;
use crate::public::{EmbedPage, RENEWED_AFTER};
use crate::request::Page;
use crate::respond;
use crate::security::{Caching, EMBED_POLICY, open_to_sites};
use crate::server::WebState;

/// How long a picture may be kept: like a page, and never changed on the way.
pub(super) const PICTURE: &str = "public, max-age=5, stale-while-revalidate=10, no-transform";

/// `GET /embed/current`
pub(super) async fn page(State(state): State<WebState>, page: Page) -> Answer {
    let view = EmbedPage {
        alerts: cards(&state, &page).await?,
        shell: page.shell(&state),
        again: RENEWED_AFTER,
    };
    let mut response = respond::page(&view, StatusCode::OK, Caching::Public);
    let headers = response.headers_mut();
    let policy = HeaderValue::from_static(EMBED_POLICY);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    open_to_sites(headers);
    Ok(response)
}

/// `GET /embed/current.jpg`
pub(super) async fn picture(
    State(state): State<WebState>,
    page: Page,
    headers: HeaderMap,
) -> Answer {
    let t = page.t();
    let words = CurrentWords {
        language: page.locale.tag().to_owned(),
        name: t.get("app-name"),
        nothing: t.get("current-none"),
        call: t.get("call-now"),
        last_seen: t.get("last-seen-at"),
        missing_since: t.get("missing-since"),
    };
    let bytes = state.app().current_picture(&words).await?;
    let mut response: Response = known(&headers, &bytes).unwrap_or_else(|tag| {
        let mut response = jpeg(bytes.to_vec(), PICTURE);
        response.headers_mut().insert(header::ETAG, tag);
        response
    });
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(PICTURE));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    open_to_sites(headers);
    Ok(response)
}
