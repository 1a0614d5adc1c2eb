//! What the partners' tests share: a clock that can be set, a plain client, the table of HTTP faults.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use tifli_sandbox::Clock;
use tifli_sandbox::faults::Fault;

/// Where every partner's clock stands at first, in Unix milliseconds (2026-11-22T12:00:00Z).
pub const NOON_MS: u64 = 1_795_348_800_000;

/// A clock that stands still until it is set.
#[derive(Clone)]
pub struct StandingClock(Arc<AtomicU64>);

impl StandingClock {
    pub fn at_noon() -> Self {
        Self(Arc::new(AtomicU64::new(NOON_MS)))
    }

    pub fn clock(&self) -> Clock {
        let at = Arc::clone(&self.0);
        Arc::new(move || at.load(Ordering::Relaxed))
    }

    pub fn pass(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

/// A client that follows no redirect and keeps no connection.
pub fn client() -> Client {
    Client::builder()
        .redirect(Policy::none())
        .pool_max_idle_per_host(0)
        .build()
        .unwrap()
}

pub async fn ask(url: &str) -> Value {
    let answer = client().get(url).send().await.unwrap();
    answer.json().await.unwrap()
}

/// What a caller hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A whole answer.
    Status(u16),
    /// A good head, and a body that ends before its time.
    BrokenBody(u16),
    /// No answer that could be read.
    Nothing,
}

pub async fn hear(request: RequestBuilder) -> Heard {
    let Ok(answer) = request.send().await else {
        return Heard::Nothing;
    };
    let status = answer.status().as_u16();
    match answer.bytes().await {
        Ok(_) => Heard::Status(status),
        Err(_) => Heard::BrokenBody(status),
    }
}

/// Every trouble of an HTTP partner: what is heard, and whether the partner took it.
/// `good` is the status of a call that goes well.
pub fn http_faults(good: u16) -> Vec<(Fault, Heard, bool)> {
    use Heard::{BrokenBody, Nothing, Status};
    vec![
        (Fault::throttle(7), Status(429), false),
        (Fault::transient(), Status(503), false),
        (Fault::permanent(), Status(400), false),
        (Fault::gone(), Status(410), false),
        (Fault::code(418), Status(418), false),
        (Fault::code(500).takes(), Status(500), true),
        (Fault::hang_up(), Nothing, false),
        (Fault::unknown_after_accept(), Nothing, true),
        (Fault::garbage(), Nothing, false),
        (Fault::garbage().takes(), Nothing, true),
        (Fault::close_mid_body(), BrokenBody(good), true),
        (Fault::lies(), Status(200), false),
        (Fault::redirect("http://127.0.0.1:9/"), Status(307), false),
        (Fault::slow(1), Status(good), true),
    ]
}

/// Waits until nobody listens at an address.
pub async fn until_closed(address: std::net::SocketAddr) {
    let closed = async {
        while tokio::net::TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), closed)
        .await
        .expect("the partner ended");
}
