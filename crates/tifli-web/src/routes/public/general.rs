//! Checking whether an alert is ours, and about the service.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use tifli_app::Kind;
use tifli_app::alert::PublicState;
use tifli_domain::Realm;
use tifli_domain::id::PublicCode;

use crate::forms::FormErrors;
use crate::problem::Answer;
use crate::public::{AboutPage, Answer as Verdict, CreditLine, VerifyPage};
use crate::request::{Page, QueryOf};
use crate::respond;
use crate::security::Caching;
use crate::server::WebState;

/// The query of the verify page.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    code: String,
}

/// `GET /verify?code=`
pub(super) async fn verify(
    State(state): State<WebState>,
    page: Page,
    QueryOf(asked): QueryOf<Asked>,
) -> Answer {
    let typed: String = asked.code.trim().chars().take(200).collect();
    let code = read_code(&typed);
    let answer = match (&code, typed.is_empty()) {
        (_, true) => None,
        (None, false) => Some(Verdict::NotOurs),
        (Some(code), false) => Some(judge(&state, code).await?),
    };
    let view = VerifyPage {
        shell: page.shell(&state),
        alert_code: code
            .filter(|_| answer == Some(Verdict::Active))
            .map(String::from),
        answer,
        code: typed,
        errors: FormErrors::none(),
    };
    Ok(respond::page(&view, StatusCode::OK, Caching::Never))
}

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

async fn judge(state: &WebState, code: &PublicCode) -> Result<Verdict, tifli_app::AppError> {
    match state.app().public_state(code).await {
        Ok(PublicState::Live(_)) if state.app().realm() == Realm::Drill => Ok(Verdict::Exercise),
        Ok(PublicState::Live(_)) => Ok(Verdict::Active),
        Ok(PublicState::Ended(_)) => Ok(Verdict::Ended),
        Err(error) if error.kind == Kind::Gone => Ok(Verdict::Ended),
        Err(error) if error.kind == Kind::NotFound => Ok(Verdict::NotOurs),
        Err(error) => Err(error),
    }
}

/// The code in what was typed: in any case and grouping, with letters that look like digits, or as a whole address.
fn read_code(typed: &str) -> Option<PublicCode> {
    let last = typed
        .split(['?', '#'])
        .next()?
        .trim_end_matches('/')
        .rsplit('/')
        .next()?;
    let plain = last.chars().filter(|c| !c.is_whitespace() && *c != '-');
    let digits = plain.map(|c| match c.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    });
    digits.collect::<String>().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let plain = "0123456789abcdef";
        for typed in [
            plain,
            "0123 4567-89AB CDEF",
            "O123456789ABCDEF",
            "https://tifli.example/fr/a/0123456789abcdef?v=2",
        ] {
            assert_eq!(
                read_code(typed).map(String::from).as_deref(),
                Some(plain),
                "{typed}"
            );
        }
        assert_eq!(read_code("12"), None);
    }
}
