//! Alerts by e-mail: asking, confirming, leaving. Looking at a link of a letter changes nothing, for programs follow
//! them; a button does. Leaving takes one POST without cookie, sign-in or redirect (RFC 8058).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use tifli_app::reader::{Asking, Leaving};
use tifli_app::{AppError, Kind};

use super::{LONGEST_SEARCH, place_choices};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::limits::Limited;
use crate::problem::Answer;
use crate::public::{LettersPage, LettersStep, LettersStepPage};
use crate::request::{Form, Network, Page};
use crate::respond;
use crate::security::Caching;
use crate::server::WebState;

/// What a form to leave says, be it ours or a mail program's (RFC 8058).
const ONE_CLICK: (&str, &str) = ("List-Unsubscribe", "One-Click");

/// `GET /letters`
pub(super) async fn form(State(state): State<WebState>, page: Page) -> Response {
    let view = asking(&state, &page);
    respond::page(&view, StatusCode::OK, Caching::Public)
}

/// `POST /letters/places`: where somebody lives stands in no address.
pub(super) async fn places(State(state): State<WebState>, page: Page, form: Form) -> Response {
    let view = searched(&state, &page, &form);
    respond::page(&view, StatusCode::OK, Caching::Never)
}

/// `POST /letters`: the same answer whether or not the address is known.
pub(super) async fn ask(
    State(state): State<WebState>,
    page: Page,
    network: Network,
    form: Form,
) -> Answer {
    state.limit(Limited::Subscription, &network)?;
    let place = state.app().pack().places().find(form.text("place"));
    let taken = match place {
        None => Err(AppError::field("place", "not_an_answer")),
        Some(place) => {
            let asking = Asking {
                address: form.text("address").to_owned(),
                position: place.position,
                language: form.text("language").to_owned(),
            };
            state.app().ask_for_letters(asking).await
        }
    };
    let error = match taken {
        Ok(()) => return Ok(see_other(&page, "/letters/asked")),
        Err(error) if error.kind == Kind::Invalid => error,
        Err(error) => return Err(error.into()),
    };
    let mut view = searched(&state, &page, &form);
    view.places = Choice::select(view.places, form.text("place"));
    view.languages = Choice::select(view.languages, form.text("language"));
    view.address = form.text("address").to_owned();
    for problem in &error.problems {
        let field = match problem.field.as_str() {
            "place" => "place",
            "language" => "language",
            _ => "address",
        };
        let words = page.t().get(&format!("problem-{}", problem.code));
        view.errors.insert(field, words);
    }
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(respond::page(&view, status, Caching::Never))
}

/// `GET /letters/asked`
pub(super) async fn asked(State(state): State<WebState>, page: Page) -> Response {
    step(&state, &page, LettersStep::Asked)
}

/// `GET /letters/confirmed`
pub(super) async fn confirmed(State(state): State<WebState>, page: Page) -> Response {
    step(&state, &page, LettersStep::Confirmed)
}

/// `GET /letters/confirm/{token}`: a button, and nothing done.
pub(super) async fn confirm_form(
    State(state): State<WebState>,
    page: Page,
    Path(token): Path<String>,
) -> Answer {
    Ok(match state.app().is_confirmable(&token).await? {
        true => step(&state, &page, LettersStep::Confirm),
        false => step(&state, &page, LettersStep::Unknown),
    })
}

/// `POST /letters/confirm/{token}`
pub(super) async fn confirm(
    State(state): State<WebState>,
    page: Page,
    Path(token): Path<String>,
    network: Network,
) -> Answer {
    state.limit(Limited::Subscription, &network)?;
    match state.app().confirm_letters(&token).await {
        Ok(()) => Ok(see_other(&page, "/letters/confirmed")),
        Err(error) if error.kind == Kind::NotFound => Ok(step(&state, &page, LettersStep::Unknown)),
        Err(error) => Err(error.into()),
    }
}

/// `GET /letters/leave/{token}`: a button, and nothing done.
pub(super) async fn leave_form(
    State(state): State<WebState>,
    page: Page,
    Path(token): Path<String>,
) -> Answer {
    match state.app().find_leaving(&token).await {
        Ok(Leaving::Possible) => Ok(step(&state, &page, LettersStep::Leave)),
        Ok(Leaving::Done) => Ok(step(&state, &page, LettersStep::Left)),
        Err(error) if error.kind == Kind::NotFound => Ok(step(&state, &page, LettersStep::Unknown)),
        Err(error) => Err(error.into()),
    }
}

/// `POST /letters/leave/{token}`: answered on the spot, for a mail program follows no redirect.
pub(super) async fn leave(
    State(state): State<WebState>,
    page: Page,
    Path(token): Path<String>,
    form: Form,
) -> Answer {
    if form.text(ONE_CLICK.0) != ONE_CLICK.1 {
        return Err(AppError::field("List-Unsubscribe", "not_an_answer").into());
    }
    match state.app().leave_letters(&token).await {
        Ok(()) => Ok(step(&state, &page, LettersStep::Left)),
        Err(error) if error.kind == Kind::NotFound => Ok(step(&state, &page, LettersStep::Unknown)),
        Err(error) => Err(error.into()),
    }
}

fn asking(state: &WebState, page: &Page) -> LettersPage {
    let spoken = state.app().pack().languages().alert.iter();
    let languages = spoken.map(|language| Choice::new(language.as_str(), language.own_name()));
    LettersPage {
        shell: page.shell(state),
        offered: state.app().sends_letters(),
        query: None,
        places: Vec::new(),
        languages: Choice::select(languages.collect(), page.locale.tag()),
        address: String::new(),
        errors: FormErrors::none(),
    }
}

fn searched(state: &WebState, page: &Page, form: &Form) -> LettersPage {
    let query: String = form.text("q").chars().take(LONGEST_SEARCH).collect();
    let mut view = asking(state, page);
    // The other languages begin the search anew: there is no address to come back to.
    view.shell.path = "/letters".to_owned();
    view.places = place_choices(state, page, &query);
    view.query = Some(query);
    view
}

/// What is known of a link stands in its token: the page of a step is kept nowhere.
fn step(state: &WebState, page: &Page, step: LettersStep) -> Response {
    let status = match step {
        LettersStep::Unknown => StatusCode::NOT_FOUND,
        _ => StatusCode::OK,
    };
    let view = LettersStepPage {
        action: format!("/{}{}", page.locale, page.path),
        shell: page.shell(state),
        step,
    };
    respond::page(&view, status, Caching::Never)
}

fn see_other(page: &Page, path: &str) -> Response {
    let locale: Locale = page.locale;
    Redirect::to(&format!("/{locale}{path}")).into_response()
}
