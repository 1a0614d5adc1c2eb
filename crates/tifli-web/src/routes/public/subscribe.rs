//! Asking to be alerted, and no more. A script posts the browser's push subscription; nothing else is taken.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use tifli_app::subscribe::NewSubscription;

use super::{LONGEST_SEARCH, place_choices};
use crate::limits::Limited;
use crate::problem::{Answer, Refused};
use crate::public::SubscribePage;
use crate::request::{Form, Json, Network, Page};
use crate::respond;
use crate::security::Caching;
use crate::server::WebState;

/// What the script sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    subscription: Subscription,
    place: String,
    language: String,
    replaces: Option<String>,
}

/// `PushSubscription.toJSON()`; browsers add members of their own.
#[derive(Deserialize)]
struct Subscription {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

/// What the script sends to leave.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Leaving {
    endpoint: String,
}

/// `GET /subscribe`
pub(super) async fn form(State(state): State<WebState>, page: Page) -> Response {
    let view = joining(&state, &page);
    respond::page(&view, StatusCode::OK, Caching::Public)
}

/// `POST /subscribe/places`: where somebody lives stands in no address.
pub(super) async fn places(State(state): State<WebState>, page: Page, form: Form) -> Response {
    let query: String = form.text("q").chars().take(LONGEST_SEARCH).collect();
    let mut view = joining(&state, &page);
    // The other languages begin the search anew: there is no address to come back to.
    view.shell.path = "/subscribe".to_owned();
    view.places = place_choices(&state, &page, &query);
    view.query = Some(query);
    respond::page(&view, StatusCode::OK, Caching::Never)
}

fn joining(state: &WebState, page: &Page) -> SubscribePage {
    SubscribePage {
        shell: page.shell(state),
        places: Vec::new(),
        query: None,
        vapid_public_key: Some(state.app().push_key_text()),
        letters: state.app().sends_letters(),
    }
}

/// `POST /subscribe`
pub(super) async fn subscribe(
    State(state): State<WebState>,
    network: Network,
    Json(wanted): Json<Wanted>,
) -> Answer {
    state.limit(Limited::Subscription, &network)?;
    let place = state.app().pack().places().find(&wanted.place);
    let position = place
        .ok_or_else(|| Refused::field("place", "not_an_answer"))?
        .position;
    let new = NewSubscription {
        endpoint: wanted.subscription.endpoint.clone(),
        p256dh: wanted.subscription.keys.p256dh,
        auth: wanted.subscription.keys.auth,
        position,
        language: wanted.language,
    };
    let done = state.app().subscribe(new).await?;
    let old = wanted
        .replaces
        .filter(|old| *old != wanted.subscription.endpoint);
    if let Some(old) = old {
        state.app().unsubscribe(&old).await?;
    }
    let body = serde_json::json!({ "manage_token": done.manage_token }).to_string();
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((StatusCode::CREATED, kind, body).into_response())
}

/// `GET /unsubscribe`: leaving is done on the same page as joining.
pub(super) async fn leave_form(page: Page) -> Redirect {
    Redirect::to(&format!("/{}/subscribe", page.locale))
}

/// `POST /unsubscribe`
pub(super) async fn unsubscribe(
    State(state): State<WebState>,
    network: Network,
    Json(leaving): Json<Leaving>,
) -> Answer {
    state.limit(Limited::Subscription, &network)?;
    state.app().unsubscribe(&leaving.endpoint).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
