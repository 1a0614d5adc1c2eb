//! Which language a page is in and the frame around it: the path's language, then in the console the cookie, then what
//! the browser asks for, then the country's first.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};

use crate::format::Formats;
use crate::i18n::{Locale, T, split_path};
use crate::layout::{PublicShell, Shell};
use crate::server::WebState;

/// The language that stood in front of the path, kept by [`strip_language`].
#[derive(Debug, Clone, Copy)]
struct PathLocale(Locale);

/// The page asked for: its language and its path without one.
#[derive(Debug, Clone)]
pub struct Page {
    /// The language to answer in.
    pub locale: Locale,
    /// The path without a language.
    pub path: String,
}

/// Whom an answer is for; made before the handler takes the request.
#[derive(Debug, Clone)]
pub struct SpokenTo {
    /// The page asked for.
    pub page: Page,
    /// Whether a program asks: the API, or a script of ours.
    pub wants_json: bool,
    /// Whether it is a page of the console.
    pub console: bool,
}

impl Page {
    /// The page that a request asks for.
    #[must_use]
    pub fn of(state: &WebState, parts: &Parts) -> Self {
        Self::read(state, &parts.uri, &parts.headers, parts.extensions.get())
    }

    fn read(state: &WebState, uri: &Uri, headers: &HeaderMap, path: Option<&PathLocale>) -> Self {
        let locale = path
            .map(|path| path.0)
            .or_else(|| asked_by_query(uri))
            .or_else(|| kept(uri, headers))
            .or_else(|| accepted(headers))
            .unwrap_or_else(|| state.default_locale());
        Self {
            locale,
            path: uri.path().to_owned(),
        }
    }

    /// Words in the page's language.
    #[must_use]
    pub const fn t(&self) -> T {
        T::new(self.locale)
    }

    /// Dates and numbers as the country writes them in this language.
    #[must_use]
    pub fn formats(&self, state: &WebState) -> Formats {
        let pack = state.app().pack();
        Formats::for_country(self.locale, pack.code(), pack.zone().clone())
    }

    /// The frame of a public page.
    #[must_use]
    pub fn shell(&self, state: &WebState) -> PublicShell {
        PublicShell {
            t: self.t(),
            formats: self.formats(state),
            realm: state.realm(),
            path: self.path.clone(),
            origin: state.app().base_url().to_owned(),
            authority: self.label(state.app().pack().authority().name.iter()),
        }
    }

    /// The frame of a console page without a person: signing in.
    #[must_use]
    pub fn console_shell(&self, state: &WebState) -> Shell {
        Shell {
            t: self.t(),
            formats: self.formats(state),
            realm: state.realm(),
            person: None,
            csrf: String::new(),
            path: self.path.clone(),
            waiting: Vec::new(),
            ending: None,
        }
    }

    /// The words of the country pack in the page's language (`labels.iter()`), or the first there are.
    #[must_use]
    pub fn label<'w, L: AsTag>(&self, words: impl Iterator<Item = (L, &'w str)>) -> String {
        let mut first = None;
        for (language, text) in words {
            if language.is(self.locale.tag()) && !text.is_empty() {
                return text.to_owned();
            }
            first = first.or(Some(text));
        }
        first.unwrap_or_default().to_owned()
    }
}

/// A language tag of the country pack, which this crate does not name.
pub trait AsTag {
    /// Whether it is this tag.
    fn is(&self, tag: &str) -> bool;
}

impl<L: std::fmt::Display> AsTag for L {
    fn is(&self, tag: &str) -> bool {
        self.to_string() == tag
    }
}

impl FromRequestParts<WebState> for Page {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Infallible> {
        Ok(Self::of(state, parts))
    }
}

impl SpokenTo {
    /// Whom the answer to this request is for.
    #[must_use]
    pub fn of(state: &WebState, request: &Request) -> Self {
        let page = Page::read(
            state,
            request.uri(),
            request.headers(),
            request.extensions().get(),
        );
        let accept = request.headers().get(header::ACCEPT);
        let script =
            accept.is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
        Self {
            wants_json: script || page.path.starts_with("/api/"),
            console: page.path.starts_with("/console"),
            page,
        }
    }
}

/// Takes the language off the path of a request and remembers it. The API and static files have none.
#[must_use]
pub fn strip_language(mut request: Request) -> Request {
    let (Some(locale), rest) = split_path(request.uri().path()) else {
        return request;
    };
    if rest.starts_with("/api/") || rest.starts_with("/assets/") || rest.starts_with("/console") {
        return request;
    }
    let target = match request.uri().query() {
        Some(query) => format!("{rest}?{query}"),
        None => rest.to_owned(),
    };
    if let Ok(uri) = target.parse() {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(PathLocale(locale));
    }
    request
}

/// The value of a cookie.
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(held, value)| (held == name).then_some(value))
}

/// The language chosen in the console, there alone: a public page is kept by caches on the way, which tell readers apart
/// by address and accepted languages and not by a cookie.
fn kept(uri: &Uri, headers: &HeaderMap) -> Option<Locale> {
    let console = uri.path().starts_with("/console");
    cookie(headers, "lang")
        .filter(|_| console)
        .and_then(Locale::find)
}

fn asked_by_query(uri: &Uri) -> Option<Locale> {
    let pairs = uri.query()?.split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(name, value)| (name == "lang").then(|| Locale::find(value)).flatten())
}

fn accepted(headers: &HeaderMap) -> Option<Locale> {
    let header = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    Locale::from_accept_language(header)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn stripped(path: &str) -> (String, Option<Locale>) {
        let request = strip_language(Request::get(path).body(Body::empty()).unwrap());
        let locale = request.extensions().get::<PathLocale>().map(|path| path.0);
        (request.uri().to_string(), locale)
    }

    #[test]
    fn the_language_leaves_the_path_and_the_query_stays() {
        assert_eq!(
            stripped("/fr/verify?code=x"),
            ("/verify?code=x".into(), Some(Locale::Fr))
        );
        assert_eq!(stripped("/ar"), ("/".into(), Some(Locale::Ar)));
        assert_eq!(stripped("/verify"), ("/verify".into(), None));
    }

    #[test]
    fn the_api_has_no_language_in_its_path() {
        assert_eq!(
            stripped("/fr/api/v1/cases"),
            ("/fr/api/v1/cases".into(), None)
        );
    }

    #[test]
    fn a_cookie_speaks_for_the_console_alone() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "lang=fr".parse().unwrap());
        let of = |path: &'static str| kept(&Uri::from_static(path), &headers);
        assert_eq!(of("/console/cases"), Some(Locale::Fr));
        for path in ["/", "/feed.atom", "/a/0123456789abcdef"] {
            assert_eq!(of(path), None, "{path}");
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; lang=fr; b=2".parse().unwrap());
        assert_eq!(cookie(&headers, "lang"), Some("fr"));
        assert_eq!(cookie(&headers, "ang"), None);
    }
}
