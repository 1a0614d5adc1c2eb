//! Static files embedded in the binary and served under a hash of the whole set, so that browsers may keep them for ever
//! and relative links inside style sheets and modules stay true. Photos and maps of alerts are not assets.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hasher};
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

use crate::security::MAP_WORKER_POLICY;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// Hash of every embedded file's name and content, 16 hex digits.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<Cow<'static, str>> = Files::iter().collect();
    names.sort();
    let mut hasher = DefaultHasher::new();
    for name in names {
        hasher.write(name.as_bytes());
        if let Some(file) = Files::get(&name) {
            hasher.write(&file.metadata.sha256_hash());
        }
    }
    format!("{:016x}", hasher.finish())
});

/// Files whose address a browser or another machine fixes.
const FIXED: [(&str, &str); 8] = [
    ("/favicon.ico", "icon.svg"),
    ("/sw.js", "sw.js"),
    ("/manifest.webmanifest", "manifest.webmanifest"),
    ("/robots.txt", "robots.txt"),
    ("/apple-touch-icon.png", "icon-180.png"),
    ("/icon-192.png", "icon-192.png"),
    ("/icon-512.png", "icon-512.png"),
    ("/badge-96.png", "badge-96.png"),
];

/// The address of an embedded file, for templates: `/assets/{hash}/{name}`.
#[must_use]
pub fn url(name: &str) -> String {
    format!("/assets/{}/{name}", *VERSION)
}

/// The bytes of an embedded file.
#[must_use]
pub fn find(name: &str) -> Option<Cow<'static, [u8]>> {
    Files::get(name).map(|file| file.data)
}

/// Names of all embedded files.
pub fn names() -> impl Iterator<Item = Cow<'static, str>> {
    Files::iter()
}

/// Routes of the static files: the hashed ones, and the few at fixed addresses.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let hashed = Router::new().route("/assets/{hash}/{*name}", get(hashed));
    FIXED.into_iter().fold(hashed, |router, (path, name)| {
        router.route(path, get(move || async move { at_fixed_address(name) }))
    })
}

async fn hashed(Path((hash, name)): Path<(String, String)>) -> Response {
    // A page from before an upgrade may still ask for the old hash: it gets today's file, not to be kept.
    let caching = if hash == *VERSION {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    serve(&name, caching)
}

fn at_fixed_address(name: &str) -> Response {
    serve(name, "no-cache")
}

fn serve(name: &str, caching: &'static str) -> Response {
    let Some(bytes) = find(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(content_type(name)),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if name == "vendor/maplibre-gl-worker.mjs" {
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(MAP_WORKER_POLICY),
        );
    }
    response
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "json" | "geojson" => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    async fn ask(path: &str) -> Response {
        let request = Request::get(path).body(Body::empty()).expect("request");
        routes::<()>().oneshot(request).await.expect("infallible")
    }

    #[tokio::test]
    async fn a_hashed_file_may_be_kept_for_ever_and_an_old_hash_may_not() {
        let fresh = ask(&url("base.css")).await;
        assert_eq!(fresh.status(), StatusCode::OK);
        assert!(
            fresh.headers()[header::CACHE_CONTROL]
                .to_str()
                .expect("ascii")
                .contains("immutable")
        );
        let stale = ask("/assets/0000000000000000/base.css").await;
        assert_eq!(stale.headers()[header::CACHE_CONTROL], "no-cache");
    }

    #[tokio::test]
    async fn only_the_map_worker_may_evaluate_text() {
        let worker = ask(&url("vendor/maplibre-gl-worker.mjs")).await;
        assert_eq!(
            worker.headers()[header::CONTENT_SECURITY_POLICY],
            MAP_WORKER_POLICY
        );
        let map = ask(&url("vendor/maplibre-gl.mjs")).await;
        assert!(map.headers().get(header::CONTENT_SECURITY_POLICY).is_none());
    }

    #[tokio::test]
    async fn a_path_outside_the_set_is_not_found() {
        assert_eq!(
            ask(&url("../Cargo.toml")).await.status(),
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            ask(&url("nothing.css")).await.status(),
            StatusCode::NOT_FOUND
        );
    }

    #[tokio::test]
    async fn the_service_worker_is_a_script_at_the_root() {
        let worker = ask("/sw.js").await;
        assert_eq!(
            worker.headers()[header::CONTENT_TYPE],
            "text/javascript; charset=utf-8"
        );
        assert_eq!(worker.headers()[header::CACHE_CONTROL], "no-cache");
    }
}
