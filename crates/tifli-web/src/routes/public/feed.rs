//! Alerts for machines: a CAP document at its own address, which never changes, and the Atom feed.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use tifli_app::alert::CapDocument;

use super::tagged;
use crate::problem::{Answer, Refused};
use crate::request::{Id, Page};
use crate::security::{Caching, cache};
use crate::server::WebState;

/// The longest identifier that is looked up.
const LONGEST: usize = 200;

/// `GET /cap/{identifier}.xml`: the document, or after the end where to read of it.
pub(super) async fn cap(
    State(state): State<WebState>,
    Id(file): Id<String>,
    headers: HeaderMap,
) -> Answer {
    let identifier = file
        .strip_suffix(".xml")
        .filter(|identifier| identifier.len() <= LONGEST);
    let identifier = identifier.ok_or_else(Refused::not_found)?;
    match state.app().cap_document(identifier).await? {
        CapDocument::Current(xml) => Ok(tagged(
            &headers,
            xml,
            "application/cap+xml; charset=utf-8",
            Caching::Public.value(),
        )),
        CapDocument::Ended(cancel) => {
            let body = format!("This alert has ended. The message that ends it: {cancel}\n");
            let mut response = (StatusCode::GONE, body).into_response();
            let headers = response.headers_mut();
            if let Ok(link) = HeaderValue::try_from(format!("<{cancel}>; rel=\"latest-version\"")) {
                headers.insert(header::LINK, link);
            }
            cache(headers, Caching::Public);
            Ok(response)
        }
    }
}

/// `GET /feed.atom`, in the language of the path or of the reader.
pub(super) async fn atom(State(state): State<WebState>, page: Page, headers: HeaderMap) -> Answer {
    let feed = state.app().feed(page.locale.tag()).await?;
    let kind = "application/atom+xml; charset=utf-8";
    let mut response = tagged(&headers, feed, kind, Caching::Public.value());
    let vary = HeaderValue::from_static("accept-language");
    response.headers_mut().insert(header::VARY, vary);
    Ok(response)
}
