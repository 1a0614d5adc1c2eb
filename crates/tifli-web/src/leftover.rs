//! What is left of a request's body when its answer is ready. An answer given while the other side still writes is lost:
//! the connection is cut, and who sent too much, or without a session, sees an error of their line instead of our words.
//! So the rest is read and thrown away first, within bounds. The limits of what a route takes are the routes' own.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use futures::StreamExt;

/// The most bytes that are read only to be thrown away. Who announces more is answered at once.
const MOST: u64 = 8 * 1024 * 1024;
/// The longest that an answer waits for it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Layer around everything: the answer leaves when the request has been read, or is not worth reading.
pub async fn discard(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let waits = request.headers().contains_key(header::EXPECT);
    let shelf = Arc::new(Mutex::new(None));
    let request = request.map(|body| {
        let lent = Lent {
            body,
            touched: false,
            shelf: shelf.clone(),
        };
        Body::new(lent)
    });
    let response = next.run(request).await;
    let left = shelf.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(left) = left {
        // Who asks before sending has sent nothing yet, unless we began to read.
        if left.touched || !waits {
            read_away(left.body).await;
        }
    }
    response
}

async fn read_away(body: Body) {
    if body.is_end_stream() || body.size_hint().lower() > MOST {
        return;
    }
    // Neither a slow sender nor a broken line changes the answer.
    let _late = tokio::time::timeout(PATIENCE, read(body.into_data_stream())).await;
}

async fn read(mut rest: BodyDataStream) {
    let mut bytes = 0;
    while let Some(Ok(chunk)) = rest.next().await {
        bytes += chunk.len() as u64;
        if bytes > MOST {
            return;
        }
    }
}

/// A body that a handler gave up, and whether it had begun to read it.
struct Left {
    body: Body,
    touched: bool,
}

/// A body that comes back when whoever reads it lets go of it.
struct Lent {
    body: Body,
    touched: bool,
    shelf: Arc<Mutex<Option<Left>>>,
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
        self.touched = true;
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let left = Left {
            body: std::mem::take(&mut self.body),
            touched: self.touched,
        };
        *self.shelf.lock().unwrap_or_else(PoisonError::into_inner) = Some(left);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use axum::Router;
    use axum::http::StatusCode;
    use axum::middleware::from_fn;
    use tower::ServiceExt;

    use super::*;

    /// A body that gives 64 KiB as often as it is asked, and counts.
    struct Endless {
        announced: u64,
        given: Arc<AtomicU64>,
    }

    impl HttpBody for Endless {
        type Data = Bytes;
        type Error = axum::Error;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
            static CHUNK: [u8; 65_536] = [0; 65_536];
            self.given.fetch_add(65_536, Ordering::Relaxed);
            Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(&CHUNK)))))
        }

        fn size_hint(&self) -> http_body::SizeHint {
            let mut hint = http_body::SizeHint::new();
            hint.set_lower(self.announced);
            hint
        }
    }

    /// How many bytes were read of a request that its handler does not look at.
    async fn read_of(announced: u64, head: Option<&str>) -> u64 {
        let given = Arc::new(AtomicU64::new(0));
        let body = Endless {
            announced,
            given: given.clone(),
        };
        let mut request = Request::post("/");
        if let Some(expect) = head {
            request = request.header(header::EXPECT, expect);
        }
        let request = request.body(Body::new(body)).unwrap();
        let router = Router::new()
            .fallback(async || StatusCode::PAYLOAD_TOO_LARGE)
            .layer(from_fn(discard));
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
        given.load(Ordering::Relaxed)
    }

    #[tokio::test]
    async fn an_endless_body_is_given_up_after_the_most() {
        let read = read_of(0, None).await;
        assert!((MOST..=MOST + 65_536).contains(&read), "{read}");
    }

    #[tokio::test]
    async fn a_body_announced_as_larger_is_not_read() {
        assert_eq!(read_of(MOST + 1, None).await, 0);
    }

    #[tokio::test]
    async fn who_asks_before_sending_is_not_told_to_go_on() {
        assert_eq!(read_of(1_000, Some("100-continue")).await, 0);
    }
}
