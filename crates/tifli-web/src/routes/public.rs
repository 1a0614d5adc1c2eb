//! The routes anyone may use. What they show is built from the public view types alone, so that nothing else can be shown.

pub(super) mod alert;
mod certificate;
mod family;
mod feed;
mod general;
mod maps;
mod subscribe;
mod tip;

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
        get("/verify", open, general::verify),
        get("/about", open, general::about),
        get("/subscribe", open, subscribe::form),
        post("/subscribe", open, subscribe::subscribe),
        get("/unsubscribe", open, subscribe::leave_form),
        post("/unsubscribe", open, subscribe::unsubscribe),
        get("/cap/certificate.pem", open, certificate::certificate),
        get("/cap/{file}", open, feed::cap),
        get("/feed.atom", open, feed::atom),
        get("/map/regions.geojson", open, maps::regions),
        get("/map/outline.geojson", open, maps::outline),
    ]
}

/// An answer that a browser or cache may hold and ask about again with its tag.
fn tagged(headers: &HeaderMap, body: String, kind: &'static str, keep: &'static str) -> Response {
    let hash = tifli_app::hash_token(&body);
    let tag = format!("\"{}\"", tifli_app::hex(&hash[..12]));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().any(|held| {
        let held = held.to_str().unwrap_or_default();
        held.split(',').any(|held| {
            let held = held.trim();
            held == "*" || held.trim_start_matches("W/") == tag
        })
    });
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = body.into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
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
