//! The gate in front of every handler: who may use the route, did the form come from us. A route cannot be added
//! without one. What belongs to another district is refused by the use case, which knows the thing.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tifli_app::people::SessionKind;
use tifli_domain::permission;

use super::{Access, Route};
use crate::console::sign_in::SessionExpired;
use crate::forms::FormErrors;
use crate::problem::Refused;
use crate::request::{Session, SpokenTo, authenticate, came_from_us, kept_post};
use crate::respond;
use crate::security::Caching;
use crate::server::WebState;

#[derive(Clone)]
struct Gate {
    state: WebState,
    access: Access,
}

/// A router of these routes, each behind its gate.
pub(super) fn build(state: &WebState, routes: Vec<Route>) -> Router<WebState> {
    routes.into_iter().fold(Router::new(), |router, route| {
        let gate = Gate {
            state: state.clone(),
            access: route.info.access,
        };
        // The limit stands outside: the gate reads a form too, when it keeps what was typed without a session.
        let handler = route.handler.route_layer(from_fn_with_state(gate, pass));
        router.route(route.info.path, Route::limited(handler, route.body_limit))
    })
}

async fn pass(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let spoken_to = SpokenTo::of(&gate.state, &request);
    let kind = if spoken_to.page.path.starts_with("/api/") {
        SessionKind::Bearer
    } else {
        SessionKind::Browser
    };
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    if changes && kind == SessionKind::Browser && !came_from_us(request.headers()) {
        return Refused::new(StatusCode::FORBIDDEN, "foreign_site").into_response();
    }
    let remembered = remember_language(&gate.state, &spoken_to, &request);
    let mut response = if gate.access == Access::Public {
        next.run(request).await
    } else {
        match authenticate(&gate.state, request.headers(), kind).await {
            Err(error) => Refused::from(error).into_response(),
            Ok(None) => nobody(&gate.state, &spoken_to, request).await,
            Ok(Some(session)) => {
                let refused = refuse(gate.access, &session);
                request.extensions_mut().insert(session.clone());
                let mut response = match refused {
                    Some(refused) => refused.into_response(),
                    None => next.run(request).await,
                };
                response.extensions_mut().insert(session);
                response
            }
        }
    };
    if let Some(cookie) = remembered {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn refuse(access: Access, session: &Session) -> Option<Refused> {
    let Access::Act(act) = access else {
        return None;
    };
    let allowed = permission::check_anywhere(&session.who.actor, act);
    allowed
        .err()
        .map(|refusal| tifli_app::AppError::from(refusal).into())
}

/// Nobody is signed in: a program is told so, a person signs in and loses nothing they typed.
async fn nobody(state: &WebState, spoken_to: &SpokenTo, request: Request) -> Response {
    if spoken_to.wants_json || !spoken_to.console {
        return Refused::not_signed_in().into_response();
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        let here = request
            .uri()
            .path_and_query()
            .map_or("/console", |uri| uri.as_str());
        let next = utf8_percent_encode(here, NON_ALPHANUMERIC);
        return Redirect::to(&format!("/console/sign-in?next={next}")).into_response();
    }
    let Some(kept) = kept_post(state, request).await else {
        return Refused::not_signed_in().into_response();
    };
    let page = SessionExpired {
        shell: spoken_to.page.console_shell(state),
        login: String::new(),
        kept,
        errors: FormErrors::none(),
    };
    respond::page(&page, StatusCode::UNAUTHORIZED, Caching::Never)
}

/// A language chosen on a console page is kept for the console.
fn remember_language(
    state: &WebState,
    spoken_to: &SpokenTo,
    request: &Request,
) -> Option<HeaderValue> {
    let query = request.uri().query()?;
    let chosen = query.split('&').any(|pair| pair.starts_with("lang="));
    if !chosen || !spoken_to.console {
        return None;
    }
    let secure = if state.settings().secure_cookies {
        "; Secure"
    } else {
        ""
    };
    let locale = spoken_to.page.locale;
    let text = format!("lang={locale}; Path=/console; SameSite=Strict; Max-Age=31536000{secure}");
    HeaderValue::try_from(text).ok()
}
