//! The family's follow-up page: its number, what it opens, and what the family writes. The number is only ever in a
//! body, so that no log and no history keeps it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use tifli_app::family::FamilyPage;
use tifli_app::{AppError, Kind};
use tifli_domain::family::FamilyNoteKind;

use super::call_number;
use crate::forms::FormErrors;
use crate::limits::Limited;
use crate::problem::Answer;
use crate::public::{FamilyEnterPage, FamilyFollowPage, OfficerView, PublishedView};
use crate::request::{Form, Network, Page};
use crate::respond;
use crate::security::Caching;
use crate::server::{WebState, moment};

/// What the page says besides the case: what was just kept, or what was typed and is wrong.
#[derive(Default)]
struct Again {
    kept: &'static str,
    memory: String,
    wish: String,
    errors: Option<FormErrors>,
}

/// `GET /family`
pub(super) async fn form(State(state): State<WebState>, page: Page) -> Answer {
    Ok(ask(&state, &page, String::new(), FormErrors::none()))
}

/// `POST /family`
pub(super) async fn open(
    State(state): State<WebState>,
    page: Page,
    network: Network,
    form: Form,
) -> Answer {
    show(
        &state,
        &page,
        &network,
        (form.text("pin"), Again::default()),
    )
    .await
}

/// `POST /family/memory`
pub(super) async fn remember(
    State(state): State<WebState>,
    page: Page,
    network: Network,
    form: Form,
) -> Answer {
    let note = (FamilyNoteKind::Memory, "memory");
    write(&state, (page, network), &form, note).await
}

/// `POST /family/withdrawal`
pub(super) async fn withdraw(
    State(state): State<WebState>,
    page: Page,
    network: Network,
    form: Form,
) -> Answer {
    let note = (FamilyNoteKind::Withdrawal, "wish");
    write(&state, (page, network), &form, note).await
}

async fn write(
    state: &WebState,
    (page, network): (Page, Network),
    form: &Form,
    (kind, field): (FamilyNoteKind, &'static str),
) -> Answer {
    state.limit(Limited::Tip, &network)?;
    let (pin, words) = (form.text("pin"), form.text(field));
    let written = state
        .app()
        .family_writes(pin, network.hash(), (kind, words))
        .await;
    let again = match written {
        Ok(()) => Again {
            kept: kind.as_str(),
            ..Again::default()
        },
        Err(error) if error.kind == Kind::Invalid => {
            let mut errors = FormErrors::none();
            for problem in &error.problems {
                errors.insert(field, super::tip::beside(page.t(), problem).1);
            }
            let typed = |of: FamilyNoteKind| {
                if of == kind {
                    words.to_owned()
                } else {
                    String::new()
                }
            };
            Again {
                kept: "",
                memory: typed(FamilyNoteKind::Memory),
                wish: typed(FamilyNoteKind::Withdrawal),
                errors: Some(errors),
            }
        }
        Err(error) => return unknown(state, &page, pin, error),
    };
    show(state, &page, &network, (pin, again)).await
}

async fn show(
    state: &WebState,
    page: &Page,
    network: &Network,
    (pin, again): (&str, Again),
) -> Answer {
    match state.app().family_page(pin, network.hash()).await {
        Ok(found) => Ok(follow(state, page, found, (pin, again))),
        Err(error) => unknown(state, page, pin, error),
    }
}

fn follow(
    state: &WebState,
    page: &Page,
    found: FamilyPage,
    (pin, again): (&str, Again),
) -> Response {
    let pack = state.app().pack();
    let district = pack.district(&found.officer.district);
    let errors = again.errors.unwrap_or_else(FormErrors::none);
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let published = found.published.map(|message| PublishedView {
        href: format!("/{}/a/{}", page.locale, message.alert),
        at: moment(message.sent_ms),
        until: moment(message.expires_ms),
    });
    let view = FamilyFollowPage {
        shell: page.shell(state),
        pin: pin.to_owned(),
        progress: found.progress.as_str(),
        received: found.received_ms.map(moment),
        officer: OfficerView {
            name: found.officer.name,
            unit: found.officer.unit,
            district: district.map_or_else(String::new, |known| page.label(known.name.iter())),
        },
        published,
        code_word: found.code_word,
        kept: again.kept,
        withdrawal: found.withdrawal_ms.map(moment),
        memory: again.memory,
        wish: again.wish,
        errors,
        call: call_number(&pack.call().number),
    };
    respond::page(&view, status, Caching::Never)
}

fn ask(state: &WebState, page: &Page, pin: String, errors: FormErrors) -> Response {
    let status = match errors.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::NOT_FOUND,
    };
    let view = FamilyEnterPage {
        shell: page.shell(state),
        pin,
        errors,
    };
    respond::page(&view, status, Caching::Never)
}

fn unknown(state: &WebState, page: &Page, pin: &str, error: AppError) -> Answer {
    if error.kind != Kind::NotFound {
        return Err(error.into());
    }
    let mut errors = FormErrors::none();
    errors.insert("pin", page.t().get("family-pin-unknown"));
    Ok(ask(state, page, pin.chars().take(40).collect(), errors))
}
