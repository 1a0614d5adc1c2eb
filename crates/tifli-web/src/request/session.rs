//! Who is signed in: by a cookie in the console, by a bearer token in the API, never one for the other. It asks the
//! application and holds no session itself.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use tifli_app::AppResult;
use tifli_app::people::{NewSession, SessionKind, SignedIn as Who};
use tifli_domain::{Actor, Role};

use super::form::Form;
use super::page::{Page, cookie};
use crate::console::sign_in::KeptPost;
use crate::layout::{ConsoleRole, Person, Shell};
use crate::problem::Refused;
use crate::server::WebState;

/// A session that was found, kept beside the request by the route's gate.
#[derive(Debug, Clone)]
pub struct Session {
    /// The person.
    pub who: Who,
    /// The token, to sign out with.
    token: Token,
}

/// A token that no log shows.
#[derive(Clone)]
struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Token(…)")
    }
}

/// The signed-in person, for handlers behind a gate.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who acts.
    pub actor: Actor,
    /// The token that forms of the session send back.
    pub csrf: String,
    /// What the person is called.
    pub name: String,
    /// The page asked for.
    pub page: Page,
    /// The session.
    pub session: Session,
}

impl Session {
    /// The frame of a console page for this person.
    #[must_use]
    pub fn shell(&self, state: &WebState, page: &Page) -> Shell {
        let actor = &self.who.actor;
        let person = Person {
            name: self.who.display_name.clone(),
            unit: actor.unit.clone(),
            role: console_role(actor.role),
        };
        Shell {
            person: Some(person),
            csrf: self.who.csrf.clone(),
            ..page.console_shell(state)
        }
    }

    /// The token, to sign out with.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token.0
    }
}

impl SignedIn {
    /// The frame of a console page for this person.
    #[must_use]
    pub fn shell(&self, state: &WebState) -> Shell {
        self.session.shell(state, &self.page)
    }
}

impl FromRequestParts<WebState> for SignedIn {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Refused> {
        let session = parts.extensions.get::<Session>().cloned();
        let session = session.ok_or_else(Refused::not_signed_in)?;
        Ok(Self {
            actor: session.who.actor.clone(),
            csrf: session.who.csrf.clone(),
            name: session.who.display_name.clone(),
            page: Page::of(state, parts),
            session,
        })
    }
}

/// The session of a request: the bearer's for the API, the cookie's elsewhere.
pub(crate) async fn authenticate(
    state: &WebState,
    headers: &HeaderMap,
    kind: SessionKind,
) -> AppResult<Option<Session>> {
    let token = match kind {
        SessionKind::Bearer => bearer(headers),
        SessionKind::Browser => cookie(headers, cookie_name(state)),
    };
    let Some(token) = token.filter(|token| token.len() == 64) else {
        return Ok(None);
    };
    let found = state.app().find_actor(token).await?;
    Ok(found.filter(|who| who.kind == kind).map(|who| Session {
        who,
        token: Token(token.to_owned()),
    }))
}

/// The name of the session cookie. `__Host-` binds it to this host, to TLS and to the whole path.
#[must_use]
pub fn cookie_name(state: &WebState) -> &'static str {
    if state.settings().secure_cookies {
        "__Host-tifli_session"
    } else {
        "tifli_session"
    }
}

/// The `Set-Cookie` that begins a browser's session.
#[must_use]
pub fn start_session(state: &WebState, session: &NewSession) -> HeaderValue {
    let seconds = (session.expires_ms - state.app().now_ms()).max(0) / 1_000;
    set_cookie(state, &session.token, seconds)
}

/// The `Set-Cookie` that ends it.
#[must_use]
pub fn end_session(state: &WebState) -> HeaderValue {
    set_cookie(state, "", 0)
}

/// Whether a request that changes something comes from a page of ours, as far as the browser says.
pub(crate) fn came_from_us(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text("host")
        }
        (None, None) => true,
    }
}

/// What a form without a session holds, so that nothing typed is lost; `None` when it cannot be read.
pub(crate) async fn kept_post(state: &WebState, request: Request) -> Option<KeptPost> {
    let action = request.uri().path().to_owned();
    let form = Form::from_request(request, state).await.ok()?;
    let (fields, files) = form.into_parts();
    Some(KeptPost {
        action,
        fields: fields
            .into_iter()
            .filter(|(name, _)| name != "csrf")
            .collect(),
        had_files: files.iter().any(|file| !file.bytes.is_empty()),
    })
}

fn set_cookie(state: &WebState, token: &str, seconds: i64) -> HeaderValue {
    let secure = if state.settings().secure_cookies {
        "; Secure"
    } else {
        ""
    };
    let name = cookie_name(state);
    let text =
        format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A role as the navigation knows it.
pub(crate) fn console_role(role: Role) -> ConsoleRole {
    match role {
        Role::Officer => ConsoleRole::Officer,
        Role::Approver => ConsoleRole::Approver,
        Role::Prosecutor => ConsoleRole::Prosecutor,
        Role::Room => ConsoleRole::Room,
        Role::Unit => ConsoleRole::FieldUnit,
        Role::Administrator => ConsoleRole::Operator,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_us(pairs: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        came_from_us(&headers)
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        assert!(!from_us(&[("sec-fetch-site", "cross-site")]));
        assert!(!from_us(&[("sec-fetch-site", "same-site")]));
        assert!(from_us(&[("sec-fetch-site", "same-origin")]));
        assert!(!from_us(&[
            ("origin", "https://evil.example"),
            ("host", "tifli.example")
        ]));
        assert!(!from_us(&[("origin", "null"), ("host", "tifli.example")]));
        assert!(from_us(&[
            ("origin", "https://tifli.example"),
            ("host", "tifli.example")
        ]));
        assert!(from_us(&[]));
    }

    #[test]
    fn a_bearer_token_is_read_whatever_the_case_of_its_scheme() {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, "bearer abc".parse().unwrap());
        assert_eq!(bearer(&headers), Some("abc"));
        headers.insert(header::AUTHORIZATION, "Basic abc".parse().unwrap());
        assert_eq!(bearer(&headers), None);
    }
}
