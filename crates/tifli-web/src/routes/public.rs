//! The routes anyone may use. What they show is built from the public view types alone, so that nothing else can be shown.

pub(super) mod alert;
mod certificate;
mod embed;
mod family;
mod feed;
mod general;
mod letters;
mod maps;
mod subscribe;
mod tip;
mod verify;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::{Access, Route, get, post};
use crate::forms::Choice;
use crate::public::CallNumber;
use crate::request::Page;
use crate::server::WebState;

/// The most bytes of a tip: a photo of 12 MB and its words.
const TIP_BODY: usize = 13 * 1024 * 1024;
/// Places offered for one search.
const PLACES: usize = 8;
/// The most characters of a search that are looked at.
const LONGEST_SEARCH: usize = 120;

/// The routes of the public.
pub(crate) fn routes() -> Vec<Route> {
    let open = Access::Public;
    vec![
        get("/", open, alert::current),
        get("/a/{code}", open, alert::alert),
        get("/a/{code}/photo.jpg", open, alert::photo),
        get("/a/{code}/card.jpg", open, alert::card),
        get("/a/{code}/tip", open, tip::form),
        post("/a/{code}/tip", open, tip::send).up_to(TIP_BODY),
        get("/tip", open, tip::choose),
        get("/tip/return", open, tip::return_form),
        post("/tip/return", open, tip::come_back),
        post("/tip/answer", open, tip::answer),
        get("/family", open, family::form),
        post("/family", open, family::open),
        post("/family/memory", open, family::remember),
        post("/family/withdrawal", open, family::withdraw),
        get("/v", open, verify::form),
        post("/v", open, verify::ask).up_to(verify::TEXT_BODY),
        get("/v/{code}", open, verify::by_code),
        get("/verify", open, verify::form),
        get("/embed/current", open, embed::page),
        get("/embed/current.jpg", open, embed::picture),
        get("/about", open, general::about),
        get("/subscribe", open, subscribe::form),
        post("/subscribe", open, subscribe::subscribe),
        post("/subscribe/places", open, subscribe::places),
        get("/unsubscribe", open, subscribe::leave_form),
        post("/unsubscribe", open, subscribe::unsubscribe),
        get("/letters", open, letters::form),
        post("/letters", open, letters::ask),
        post("/letters/places", open, letters::places),
        get("/letters/asked", open, letters::asked),
        get("/letters/confirmed", open, letters::confirmed),
        get("/letters/confirm/{token}", open, letters::confirm_form),
        post("/letters/confirm/{token}", open, letters::confirm),
        get("/letters/leave/{token}", open, letters::leave_form),
        post("/letters/leave/{token}", open, letters::leave),
        get("/cap/certificate.pem", open, certificate::certificate),
        get("/cap/{file}", open, feed::cap),
        get("/feed.atom", open, feed::atom),
        get("/feed.rss", open, feed::rss),
        get("/feeds", open, feed::list),
        get("/map/regions.geojson", open, maps::regions),
        get("/map/outline.geojson", open, maps::outline),
    ]
}

/// A text that is served as it is.
struct Document {
    body: String,
    kind: &'static str,
    keep: &'static str,
}

/// An answer that a browser or cache may hold and ask about again with its tag.
fn tagged(headers: &HeaderMap, document: Document) -> Response {
    let mut response = known(headers, document.body.as_bytes()).unwrap_or_else(|tag| {
        let mut response = document.body.into_response();
        let headers = response.headers_mut();
        let kind = HeaderValue::from_static(document.kind);
        headers.insert(header::CONTENT_TYPE, kind);
        headers.insert(header::ETAG, tag);
        response
    });
    let keep = HeaderValue::from_static(document.keep);
    response.headers_mut().insert(header::CACHE_CONTROL, keep);
    response
}

/// That nothing has changed, for who holds these bytes; else their tag. It is a weak one: the same bytes go out packed
/// and unpacked.
fn known(headers: &HeaderMap, body: &[u8]) -> Result<Response, HeaderValue> {
    let hash = tifli_app::hash_bytes(body);
    let tag = format!("\"{}\"", tifli_app::hex(&hash[..12]));
    let is_held = headers.get_all(header::IF_NONE_MATCH).iter().any(|held| {
        let held = held.to_str().unwrap_or_default();
        held.split(',').any(|held| {
            let held = held.trim();
            held == "*" || held.trim_start_matches("W/") == tag
        })
    });
    let tag = HeaderValue::try_from(format!("W/{tag}"))
        .unwrap_or_else(|_| HeaderValue::from_static("W/\"\""));
    if !is_held {
        return Err(tag);
    }
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}

/// A picture that may be kept for so long.
fn jpeg(bytes: Vec<u8>, keep: &'static str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}

/// Places whose name is like `query`, to choose one of.
fn place_choices(state: &WebState, page: &Page, query: &str) -> Vec<Choice> {
    let query: String = query.trim().chars().take(LONGEST_SEARCH).collect();
    if query.is_empty() {
        return Vec::new();
    }
    let hits = state.app().pack().places().search(&query, PLACES);
    hits.into_iter()
        .map(|hit| {
            let name = page.label(hit.names.iter());
            let parent = page.label(hit.parent.iter());
            let label = if parent.is_empty() {
                name
            } else {
                format!("{name} ({parent})")
            };
            Choice::new(hit.place_id, label)
        })
        .collect()
}

/// A number as it is read and as it is dialled.
fn call_number(number: &str) -> CallNumber {
    CallNumber {
        shown: number.to_owned(),
        dialled: number
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect(),
    }
}
