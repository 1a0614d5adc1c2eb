//! Telling what one saw, and coming back with the receipt. No account, no address kept; a form that cannot be taken is
//! shown again with everything typed.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use tifli_app::alert::PublicState;
use tifli_app::tip::{Progress, Side, Telling, TipDialogue};
use tifli_app::{AppError, Kind, Problem};
use tifli_domain::id::PublicCode;

use super::alert::ended;
use super::{call_number, place_choices};
use crate::forms::{Choice, FormErrors};
use crate::i18n::T;
use crate::limits::Limited;
use crate::problem::Answer;
use crate::public::{
    DialogueLine, Speaker, TipDialoguePage, TipForm, TipPage, TipProgress, TipReturnPage,
    TipThanksPage,
};
use crate::request::{Form, Id, Network, Page};
use crate::respond;
use crate::security::Caching;
use crate::server::{WebState, moment};

/// `GET /a/{code}/tip`
pub(super) async fn form(
    State(state): State<WebState>,
    page: Page,
    Id(code): Id<PublicCode>,
) -> Answer {
    let typed = TipForm {
        key: state.random_hex(16),
        ..TipForm::default()
    };
    show(&state, &page, &code, (typed, FormErrors::none())).await
}

/// `POST /a/{code}/tip`
pub(super) async fn send(
    State(state): State<WebState>,
    page: Page,
    Id(code): Id<PublicCode>,
    network: Network,
    mut form: Form,
) -> Answer {
    let mut typed = typed(&state, &form);
    if form.text("act") == "find" {
        typed.places = place_choices(&state, &page, &typed.place);
        return show(&state, &page, &code, (typed, FormErrors::none())).await;
    }
    let chosen = form.text("place_id").to_owned();
    let mut errors = FormErrors::none();
    if !form.text("website").is_empty() {
        errors.insert("seen", page.t().get("tip-trapped"));
        return show(&state, &page, &code, (typed, errors)).await;
    }
    state.limit(Limited::Tip, &network)?;
    let telling = Telling {
        words: typed.seen.clone(),
        place_words: typed.place.clone(),
        place: Some(chosen.clone()).filter(|place| !place.is_empty()),
        point: None,
        seen_at: typed.when.clone(),
        language: page.locale.tag().to_owned(),
    };
    let photo = form.take_file("photo");
    match state
        .app()
        .tell(&code, telling, photo, Some(typed.key.clone()))
        .await
    {
        Ok(told) => Ok(thank(&state, &page, told.receipt.digits())),
        Err(error) if error.kind == Kind::Invalid => {
            typed.places = Choice::select(place_choices(&state, &page, &typed.place), &chosen);
            for problem in &error.problems {
                let (field, words) = beside(page.t(), problem);
                errors.insert(field, words);
            }
            show(&state, &page, &code, (typed, errors)).await
        }
        Err(error) if error.kind == Kind::Gone => Ok(ended(&state, &page)),
        Err(error) => Err(error.into()),
    }
}

/// `GET /tip`: to the alert it is about, which is chosen on the home page when there are several.
pub(super) async fn choose(State(state): State<WebState>, page: Page) -> Answer {
    let alerts = state.app().current_alerts().await?;
    let target = match alerts.as_slice() {
        [one] => format!("/{}/a/{}/tip", page.locale, one.message.alert),
        _ => format!("/{}", page.locale),
    };
    Ok(Redirect::to(&target).into_response())
}

/// `GET /tip/return`
pub(super) async fn return_form(State(state): State<WebState>, page: Page) -> Answer {
    Ok(ask_receipt(
        &state,
        &page,
        String::new(),
        FormErrors::none(),
    ))
}

/// `POST /tip/return`
pub(super) async fn come_back(
    State(state): State<WebState>,
    page: Page,
    network: Network,
    form: Form,
) -> Answer {
    let receipt = form.text("receipt");
    match state.app().come_back(receipt, network.hash()).await {
        Ok(dialogue) => {
            let typed = (receipt, String::new(), FormErrors::none());
            Ok(show_dialogue(&state, &page, dialogue, typed))
        }
        Err(error) => unknown_receipt(&state, &page, receipt, error),
    }
}

/// `POST /tip/answer`
pub(super) async fn answer(
    State(state): State<WebState>,
    page: Page,
    network: Network,
    form: Form,
) -> Answer {
    let (receipt, words) = (form.text("receipt"), form.text("answer"));
    state.limit(Limited::Tip, &network)?;
    let mut errors = FormErrors::none();
    match state
        .app()
        .answer_question(receipt, network.hash(), words)
        .await
    {
        Ok(()) => {}
        Err(error) if error.kind == Kind::Invalid => {
            for problem in &error.problems {
                errors.insert("answer", beside(page.t(), problem).1);
            }
        }
        Err(error) if error.kind == Kind::Conflict => {
            errors.insert("answer", page.t().get("dialogue-no-question"));
        }
        Err(error) => return unknown_receipt(&state, &page, receipt, error),
    }
    let kept = if errors.is_empty() {
        String::new()
    } else {
        words.to_owned()
    };
    match state.app().come_back(receipt, network.hash()).await {
        Ok(dialogue) => Ok(show_dialogue(
            &state,
            &page,
            dialogue,
            (receipt, kept, errors),
        )),
        Err(error) => unknown_receipt(&state, &page, receipt, error),
    }
}

/// The form, if the alert still wants tips.
async fn show(
    state: &WebState,
    page: &Page,
    code: &PublicCode,
    (form, errors): (TipForm, FormErrors),
) -> Answer {
    let PublicState::Live(live) = state.app().public_state(code).await? else {
        return Ok(ended(state, page));
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let text = live.message.text(page.locale.tag());
    let view = TipPage {
        shell: page.shell(state),
        about: text.map(|text| text.first_name.clone()),
        action: format!("/a/{code}/tip"),
        form,
        errors,
        call: call_number(&live.message.number_to_call),
    };
    Ok(respond::page(&view, status, Caching::Never))
}

fn typed(state: &WebState, form: &Form) -> TipForm {
    let key = form.text("key");
    let usable = (1..=128).contains(&key.len());
    TipForm {
        place: form.text("place").to_owned(),
        places: Vec::new(),
        when: form.text("when").to_owned(),
        seen: form.text("seen").to_owned(),
        key: if usable {
            key.to_owned()
        } else {
            state.random_hex(16)
        },
    }
}

fn thank(state: &WebState, page: &Page, receipt: &str) -> Response {
    let view = TipThanksPage {
        shell: page.shell(state),
        receipt: receipt.to_owned(),
        call: call_number(&state.app().pack().call().number),
    };
    respond::page(&view, StatusCode::CREATED, Caching::Never)
}

fn ask_receipt(state: &WebState, page: &Page, receipt: String, errors: FormErrors) -> Response {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::NOT_FOUND
    };
    let view = TipReturnPage {
        shell: page.shell(state),
        receipt,
        errors,
    };
    respond::page(&view, status, Caching::Never)
}

fn unknown_receipt(state: &WebState, page: &Page, receipt: &str, error: AppError) -> Answer {
    if error.kind != Kind::NotFound {
        return Err(error.into());
    }
    let mut errors = FormErrors::none();
    errors.insert("receipt", page.t().get("receipt-unknown"));
    Ok(ask_receipt(
        state,
        page,
        receipt.chars().take(40).collect(),
        errors,
    ))
}

fn show_dialogue(
    state: &WebState,
    page: &Page,
    dialogue: TipDialogue,
    (receipt, answer, errors): (&str, String, FormErrors),
) -> Response {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let line = |line: tifli_app::tip::Line| DialogueLine {
        speaker: if line.side == Side::House {
            Speaker::Police
        } else {
            Speaker::Sender
        },
        at: moment(line.at_ms),
        text: line.words,
    };
    let view = TipDialoguePage {
        shell: page.shell(state),
        receipt: receipt.to_owned(),
        progress: match dialogue.progress {
            Progress::Received => TipProgress::Received,
            Progress::LookedAt => TipProgress::BeingLookedAt,
        },
        may_answer: dialogue.may_answer,
        lines: dialogue.lines.into_iter().map(line).collect(),
        answer,
        errors,
    };
    respond::page(&view, status, Caching::Never)
}

/// A problem of the use case as the page's field and words.
pub(super) fn beside(t: T, problem: &Problem) -> (&'static str, String) {
    let field = match problem.field.as_str() {
        "place" => "place",
        "seen_at" => "when",
        "photo" => "photo",
        _ => "seen",
    };
    let limit = || {
        let limit = problem.args.iter().find(|(name, _)| name == "limit");
        limit
            .and_then(|(_, value)| value.parse::<i64>().ok())
            .unwrap_or_default()
    };
    let words = match problem.code.as_str() {
        "missing" => t.get("wrong-missing"),
        "too_long" => t.count("wrong-too-long", limit()),
        "hidden_characters" => t.get("wrong-hidden"),
        "markup" => t.get("wrong-markup"),
        "too_large_bytes" | "too_many_pixels" => t.get("wrong-photo-large"),
        "not_an_image" | "unsupported_format" => t.get("wrong-photo-type"),
        _ if field == "photo" => t.get("wrong-photo-broken"),
        _ if field == "place" => t.get("wrong-place"),
        _ => t.get("wrong-not-an-answer"),
    };
    (field, words)
}
