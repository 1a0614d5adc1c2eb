//! About the service.

use axum::extract::State;
use axum::http::StatusCode;

use crate::problem::Answer;
use crate::public::{AboutPage, CreditLine};
use crate::request::Page;
use crate::respond;
use crate::security::Caching;
use crate::server::WebState;

/// `GET /about`
pub(super) async fn about(State(state): State<WebState>, page: Page) -> Answer {
    let credits = state.app().pack().credits().iter();
    let credits = credits.map(|credit| CreditLine {
        text: credit.text.clone(),
        licence: credit.licence.clone(),
        url: credit.url.clone(),
    });
    let view = AboutPage {
        credits: credits.collect(),
        shell: page.shell(&state),
    };
    Ok(respond::page(&view, StatusCode::OK, Caching::Public))
}
