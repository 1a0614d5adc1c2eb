//! Response headers that keep a page from doing what we did not write: content policy, referrer, framing, sensors; and
//! how long a page may be kept. Not for sessions or request limits.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Policy of every page: only our own files, no inline script or style, no frame.
pub const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; worker-src 'self'; \
manifest-src 'self'";

/// Policy of the page that other sites show in a frame, and of no other: it has no script and no form.
pub const EMBED_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; \
base-uri 'none'; frame-ancestors *";

/// Policy sent with the map's worker script alone: its Arabic text plug-in compiles WebAssembly through `eval`.
pub const MAP_WORKER_POLICY: &str =
    "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'self'";

const FIXED: [(HeaderName, &str); 6] = [
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
    (
        HeaderName::from_static("x-robots-tag"),
        "noindex, noarchive, noimageindex, noai, noimageai",
    ),
];

/// How long an answer may be kept, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caching {
    /// Public pages and feeds: 5 s fresh, 10 s more while the next one is fetched, so that an end shows within seconds.
    Public,
    /// Console pages, forms with what a person typed, receipts: never kept anywhere.
    Never,
}

impl Caching {
    /// The value of `Cache-Control`.
    #[must_use]
    pub const fn value(self) -> &'static str {
        match self {
            Self::Public => "public, max-age=5, stale-while-revalidate=10",
            Self::Never => "no-store",
        }
    }
}

/// Sets the caching of an answer.
pub fn cache(headers: &mut HeaderMap, caching: Caching) {
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(caching.value()),
    );
}

/// Lets other sites show or read an answer: pictures and frames that are made for them, feeds, verification.
pub fn open_to_sites(headers: &mut HeaderMap) {
    let name = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(name, HeaderValue::from_static("cross-origin"));
    let anyone = HeaderValue::from_static("*");
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, anyone);
}

/// Adds the protective headers to an answer; what a handler set itself stays. An answer that says nothing about caching
/// is not kept.
pub fn protect(headers: &mut HeaderMap) {
    let page = (header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
    let unkept = (header::CACHE_CONTROL, Caching::Never.value());
    for (name, value) in FIXED.into_iter().chain([page, unkept]) {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
}

/// Layer form of [`protect`]: `router.layer(axum::middleware::from_fn(security::headers))`.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    protect(response.headers_mut());
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_page_gets_every_protective_header_and_is_not_kept() {
        let app = Router::new()
            .route("/", get(|| async { "page" }))
            .layer(axum::middleware::from_fn(headers));
        let response = app
            .oneshot(Request::get("/").body(Body::empty()).expect("request"))
            .await
            .expect("infallible");
        for (name, value) in FIXED {
            assert_eq!(response.headers()[name], value);
        }
        assert_eq!(
            response.headers()[header::CONTENT_SECURITY_POLICY],
            PAGE_POLICY
        );
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    }

    #[test]
    fn the_page_policy_allows_no_inline_and_no_evaluated_script() {
        assert!(!PAGE_POLICY.contains("unsafe"));
        assert!(PAGE_POLICY.starts_with("default-src 'none'"));
    }

    #[test]
    fn what_a_handler_decided_about_caching_stays() {
        let mut headers = HeaderMap::new();
        cache(&mut headers, Caching::Public);
        protect(&mut headers);
        assert_eq!(
            headers[header::CACHE_CONTROL],
            "public, max-age=5, stale-while-revalidate=10"
        );
    }
}
