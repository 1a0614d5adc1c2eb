//! Coming in and going out: signing in with both factors, a post kept over an ended session, signing out, and the
//! first administrator's one-time link.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use tifli_app::people::{
    Factor, FirstAdministrator as First, NewSession, SHORTEST_PASSWORD, SessionKind,
};
use tifli_app::{AppError, Kind};
use tifli_domain::permission::Act;

use super::desk::{Desk, Sent, go_to};
use crate::console::problems::{beside, of_code, sentence};
use crate::console::sign_in::{
    FirstAdministrator, KeptPost, Replay, SessionExpired, SignIn, SignInNotice,
};
use crate::forms::FormErrors;
use crate::layout::{Person, Shell};
use crate::limits::Limited;
use crate::problem::{Answer, Refused};
use crate::request::{Form, Network, Page, QueryOf, console_role, end_session, start_session};
use crate::respond;
use crate::security::Caching;
use crate::server::WebState;

/// The query of the sign-in page.
#[derive(Debug, Default, Deserialize)]
pub struct SignInQuery {
    /// Where to go afterwards.
    #[serde(default)]
    next: String,
    /// `signed-out` or `expired`.
    #[serde(default)]
    notice: String,
}

/// The query of the one-time link.
#[derive(Debug, Default, Deserialize)]
pub struct FirstQuery {
    #[serde(default)]
    token: String,
}

/// `GET /console/sign-in`.
pub async fn form(
    State(state): State<WebState>,
    page: Page,
    QueryOf(query): QueryOf<SignInQuery>,
) -> Answer {
    let notice = match query.notice.as_str() {
        "signed-out" => SignInNotice::SignedOut,
        "expired" => SignInNotice::Expired,
        _ => SignInNotice::None,
    };
    let view = SignIn {
        shell: page.console_shell(&state),
        login: String::new(),
        next: local(&query.next).to_owned(),
        notice,
        errors: FormErrors::none(),
    };
    Ok(respond::page(&view, StatusCode::OK, Caching::Never))
}

/// `POST /console/sign-in`: alone, or with a post that was kept.
pub async fn sign_in(
    State(state): State<WebState>,
    page: Page,
    network: Network,
    form: Form,
) -> Answer {
    state.limit(Limited::SignIn, &network)?;
    let shell = page.console_shell(&state);
    let factor = Factor::Totp(form.text("code").to_owned());
    let (login, password) = (form.text("login"), form.text("password"));
    let entered = state
        .app()
        .sign_in(login, password, &factor, SessionKind::Browser)
        .await;
    match entered {
        Ok(session) => entered_with(&state, shell, &session, &form).await,
        Err(error) if matches!(error.kind, Kind::Unauthenticated | Kind::TooMany) => {
            Ok(refused(shell, &error, &form))
        }
        Err(error) => Err(error.into()),
    }
}

/// Sends the person where they were going, or gives the kept post back to be sent with the new token.
async fn entered_with(state: &WebState, shell: Shell, session: &NewSession, form: &Form) -> Answer {
    let mut response = match kept(form) {
        None => go_to(next_of(form)),
        Some(kept) => {
            let who = state.app().find_actor(&session.token).await?;
            let who = who.ok_or_else(Refused::not_signed_in)?;
            let person = Person {
                name: who.display_name,
                unit: who.actor.unit,
                role: console_role(who.actor.role),
            };
            let shell = Shell {
                person: Some(person),
                csrf: session.csrf.clone(),
                ..shell
            };
            respond::page(&Replay { shell, kept }, StatusCode::OK, Caching::Never)
        }
    };
    response
        .headers_mut()
        .append(header::SET_COOKIE, start_session(state, session));
    Ok(response)
}

fn refused(shell: Shell, error: &AppError, form: &Form) -> Response {
    let login = form.text("login").to_owned();
    let paused = error
        .problems
        .iter()
        .find(|problem| problem.code == "paused");
    let mut errors = FormErrors::none();
    match paused {
        Some(problem) => errors.insert("login", sentence(&shell, problem)),
        None => errors.insert("login", of_code(&shell, &error.code)),
    }
    let status = if paused.is_some() {
        StatusCode::TOO_MANY_REQUESTS
    } else {
        StatusCode::UNAUTHORIZED
    };
    match kept(form) {
        Some(kept) => {
            let view = SessionExpired {
                shell,
                login,
                kept,
                errors,
            };
            respond::page(&view, status, Caching::Never)
        }
        None => {
            let next = local(form.text("next")).to_owned();
            let view = SignIn {
                shell,
                login,
                next,
                notice: SignInNotice::None,
                errors,
            };
            respond::page(&view, status, Caching::Never)
        }
    }
}

/// `POST /console/sign-out`.
pub async fn sign_out(State(state): State<WebState>, Sent { desk, .. }: Sent) -> Answer {
    state.app().sign_out(desk.who.session.token()).await?;
    let mut response = go_to("/console/sign-in?notice=signed-out");
    response
        .headers_mut()
        .append(header::SET_COOKIE, end_session(&state));
    let clear = HeaderValue::from_static("\"cache\"");
    response.headers_mut().insert("clear-site-data", clear);
    Ok(response)
}

/// `GET /console`: the first page of the person's role.
pub async fn home(desk: Desk) -> Answer {
    Ok(go_to(first_page(&desk)))
}

fn first_page(desk: &Desk) -> &'static str {
    let pages = [
        (Act::ReadCase, "/console/cases"),
        (Act::ManagePeople, "/console/people"),
        (Act::ReportFromUnit, "/console/unit"),
        (Act::ReadBulletins, "/console/bulletins"),
        (Act::ReadDeliveries, "/console/delivery"),
        (Act::ReadAudit, "/console/audit"),
    ];
    let found = pages.into_iter().find(|(act, _)| desk.may(*act));
    found.map_or("/console/sign-in", |(_, path)| path)
}

/// `GET /console/first?token=`.
pub async fn first_form(
    State(state): State<WebState>,
    page: Page,
    QueryOf(query): QueryOf<FirstQuery>,
) -> Answer {
    first_page_of(
        &state,
        &page,
        &query.token,
        (&Form::default(), FormErrors::none()),
    )
    .await
}

/// `POST /console/first?token=`.
pub async fn first(
    State(state): State<WebState>,
    page: Page,
    QueryOf(query): QueryOf<FirstQuery>,
    network: Network,
    form: Form,
) -> Answer {
    state.limit(Limited::SignIn, &network)?;
    let shell = page.console_shell(&state);
    if form.text("password") != form.text("password_again") {
        let mut errors = FormErrors::none();
        errors.insert("password_again", shell.say("wrong-passwords-differ"));
        return first_page_of(&state, &page, &query.token, (&form, errors)).await;
    }
    let typed = First {
        login: form.text("login").to_owned(),
        display_name: form.text("name").to_owned(),
        password: form.text("password").to_owned(),
        factor: Factor::Totp(form.text("code").to_owned()),
    };
    match state.app().accept_invitation(&query.token, &typed).await {
        Ok(session) => {
            let mut response = go_to("/console");
            response
                .headers_mut()
                .append(header::SET_COOKIE, start_session(&state, &session));
            Ok(response)
        }
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&shell, &error.problems, str::to_owned);
            first_page_of(&state, &page, &query.token, (&form, errors)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn first_page_of(
    state: &WebState,
    page: &Page,
    token: &str,
    (form, errors): (&Form, FormErrors),
) -> Answer {
    let secret = state.app().first_secret(token).await?;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let token: String = token.chars().filter(char::is_ascii_alphanumeric).collect();
    let view = FirstAdministrator {
        shell: page.console_shell(state),
        action: format!("/console/first?token={token}"),
        name: form.text("name").to_owned(),
        login: form.text("login").to_owned(),
        secret: in_fours(&secret.totp_secret),
        otpauth: secret.otpauth,
        password_least: u32::try_from(SHORTEST_PASSWORD).unwrap_or(u32::MAX),
        errors,
    };
    Ok(respond::page(&view, status, Caching::Never))
}

/// A secret as it is copied by hand.
pub fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let parts: Vec<String> = letters
        .chunks(4)
        .map(|part| part.iter().collect())
        .collect();
    parts.join(" ")
}

/// The post that a sign-in form carries along.
fn kept(form: &Form) -> Option<KeptPost> {
    let action = form
        .find("kept_action")
        .filter(|action| local(action) == *action)?;
    let fields = form.with_prefix("kept.");
    Some(KeptPost {
        action: action.to_owned(),
        fields: fields
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        had_files: false,
    })
}

fn next_of(form: &Form) -> &str {
    match local(form.text("next")) {
        "" => "/console",
        next => next,
    }
}

/// A path of the console; anything else is empty, so that no link leads away after signing in.
fn local(path: &str) -> &str {
    let inside =
        path == "/console" || path.starts_with("/console/") || path.starts_with("/console?");
    let plain = path
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if inside && plain && !path.starts_with("/console/sign-") {
        path
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_only_into_the_console() {
        assert_eq!(local("/console/cases?page=1"), "/console/cases?page=1");
        for path in [
            "https://evil.example",
            "//evil.example",
            "/console\\..",
            "/consoles",
            "/console/sign-out",
        ] {
            assert_eq!(local(path), "", "{path}");
        }
    }

    #[test]
    fn a_secret_is_shown_in_fours() {
        assert_eq!(in_fours("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
