//! Is it real? By code (typed, scanned, or in a link), by a pasted text, as a page and as JSON, signed or not. A pasted
//! text comes in a body alone, so that no address and no log holds it.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use tifli_app::alert::{Verdict, Verified};
use tifli_app::{AppError, Kind};
use tifli_domain::id::PublicCode;

use crate::forms::FormErrors;
use crate::limits::Limited;
use crate::problem::{Answer, Refused};
use crate::public::{AnswerView, VerifyPage};
use crate::request::{Form, Id, Network, Page, QueryOf};
use crate::respond;
use crate::security::{Caching, cache, open_to_sites};
use crate::server::WebState;

/// The most bytes of a form with a pasted text.
pub(super) const TEXT_BODY: usize = 64 * 1024;
/// The most characters of a code in an address that are looked at.
const LONGEST_CODE: usize = 200;

/// The query of the page: a short code alone.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    code: String,
}

/// `GET /v`, and `GET /verify?code=` of older papers.
pub(super) async fn form(
    State(state): State<WebState>,
    page: Page,
    QueryOf(asked): QueryOf<Asked>,
) -> Answer {
    let typed: String = asked.code.trim().chars().take(LONGEST_CODE).collect();
    let answer = if typed.is_empty() {
        None
    } else {
        Some(state.app().verify_short(&typed).await?)
    };
    Ok(show(&state, &page, (typed, answer), FormErrors::none()))
}

/// `POST /v`
pub(super) async fn ask(
    State(state): State<WebState>,
    page: Page,
    network: Network,
    form: Form,
) -> Answer {
    state.limit(Limited::Verification, &network)?;
    let typed = form.text("text").to_owned();
    match state.app().verify(&typed).await {
        Ok(answer) => Ok(show(
            &state,
            &page,
            (typed, Some(answer)),
            FormErrors::none(),
        )),
        Err(error) if error.kind == Kind::Invalid => {
            let too_long = error.problems.iter().any(|one| one.code == "too_long");
            let t = page.t();
            let words = if too_long {
                t.get("verify-too-long")
            } else {
                t.get("verify-label-hint")
            };
            let mut errors = FormErrors::none();
            errors.insert("text", words);
            Ok(show(&state, &page, (typed, None), errors))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /v/{code}`, its QR code `/v/{code}.svg`, `/v/{code}.json` and `/v/{code}.signed.json`.
pub(super) async fn by_code(
    State(state): State<WebState>,
    page: Page,
    Id(file): Id<String>,
) -> Answer {
    if let Some(code) = file.strip_suffix(".signed.json") {
        return signed(&state, code).await;
    }
    if let Some(code) = file.strip_suffix(".json") {
        return plain(&state, code).await;
    }
    if let Some(code) = file.strip_suffix(".svg") {
        return qr(&state, code);
    }
    let typed: String = file.chars().take(LONGEST_CODE).collect();
    let answer = state.app().verify_short(&typed).await?;
    let mut response = show(&state, &page, (typed, Some(answer)), FormErrors::none());
    cache(response.headers_mut(), Caching::Public);
    Ok(response)
}

async fn plain(state: &WebState, code: &str) -> Answer {
    let statement = match code.parse::<PublicCode>() {
        Ok(code) => state.app().statement(&code).await,
        Err(_) => Err(AppError::not_found()),
    };
    let body = match statement {
        Ok(statement) => serde_json::to_value(&statement)
            .map_err(|_| Refused::from(AppError::internal("answer")))?,
        Err(error) if error.kind == Kind::NotFound => {
            json!({ "state": Verdict::NotOurs.as_str() })
        }
        Err(error) => return Err(error.into()),
    };
    Ok(served(body.to_string().into_bytes(), "application/json"))
}

async fn signed(state: &WebState, code: &str) -> Answer {
    let code: PublicCode = code.parse().map_err(|_| Refused::not_found())?;
    let envelope = state.app().signed_statement(&code).await?;
    Ok(served(envelope, "application/json"))
}

fn qr(state: &WebState, code: &str) -> Answer {
    let code: PublicCode = code.parse().map_err(|_| Refused::not_found())?;
    let svg = state.app().verify_qr(&code)?;
    Ok(served(svg.into_bytes(), "image/svg+xml"))
}

fn served(body: Vec<u8>, kind: &'static str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    cache(headers, Caching::Public);
    open_to_sites(headers);
    response
}

fn show(
    state: &WebState,
    page: &Page,
    (typed, answer): (String, Option<Verified>),
    errors: FormErrors,
) -> Response {
    let is_ours = |one: &Verified| one.verdict != Verdict::NotOurs;
    let code = typed.parse::<PublicCode>().ok();
    let answer = answer.map(|one| AnswerView {
        verdict: one.verdict,
        note: one.note,
        signed_code: one
            .alert
            .clone()
            .or(code.filter(|_| is_ours(&one)))
            .map(String::from),
        alert_code: one.alert.map(String::from),
    });
    let view = VerifyPage {
        shell: page.shell(state),
        typed,
        answer,
        errors,
    };
    respond::page(&view, StatusCode::OK, Caching::Never)
}
