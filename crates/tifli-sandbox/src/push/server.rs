//! Starts and stops the push service, and holds what its handlers share.

use std::collections::HashSet;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post};

use super::decryption::open;
use super::identity::{Doorkeeper, VapidCheck};
use super::keys::{BrowserSubscription, SubscriberKeys};
use super::ledger::Ledger;
use super::sleepers::{Held, Sleepers};
use super::{questions, receive};
use crate::Clock;
use crate::faults::{Protocol, Script};
use crate::http::{Door, Listening, Stopping, set_faults};

/// The longest body taken, in octets: what every push service must take (RFC 8030 section 7.2).
pub(super) const LONGEST_BODY: usize = 4096;

/// How the push service is set up.
#[derive(Clone)]
pub struct PushSettings {
    /// All phones' keys follow from it.
    pub seed: [u8; 32],
    /// How strictly the sender is checked.
    pub vapid: VapidCheck,
    /// The first number given to a freshly minted subscription.
    pub mint_from: u32,
    /// The clock of arrivals and token ends.
    pub clock: Clock,
}

/// The sandbox push service.
#[derive(Debug)]
pub struct PushService;

/// A push service that listens. Stop it with [`Running::stop`].
#[derive(Debug)]
pub struct Running {
    door: Door,
    seed: [u8; 32],
}

/// The push service could not listen.
#[derive(Debug, thiserror::Error)]
#[error("the sandbox push service cannot listen")]
pub struct StartError(#[from] io::Error);

/// What the handlers share.
pub(super) struct Shared {
    pub(super) settings: PushSettings,
    pub(super) origin: String,
    pub(super) door: Doorkeeper,
    pub(super) ledger: Ledger,
    pub(super) script: Arc<Script>,
    pub(super) sleepers: Sleepers,
    pub(super) stopping: Stopping,
    gone: Mutex<HashSet<u32>>,
    next_minted: AtomicU32,
    next_message: AtomicU64,
}

impl PushService {
    /// Listens on an address (port 0 for any) and serves until stopped or dropped.
    ///
    /// # Errors
    /// [`StartError`] when the address cannot be bound.
    pub async fn start(address: SocketAddr, settings: PushSettings) -> Result<Running, StartError> {
        let listening = Listening::bind(address).await?;
        let seed = settings.seed;
        let shared = Arc::new(Shared::new(&listening, settings));
        let door = listening.serve(router(shared));
        Ok(Running { door, seed })
    }
}

impl Running {
    /// The address it listens on: goes on the allow-list of whoever sends.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.door.address()
    }

    /// Its origin, which tokens must name.
    #[must_use]
    pub fn origin(&self) -> String {
        self.door.origin()
    }

    /// The subscription of an invented subscriber, without asking over HTTP.
    #[must_use]
    pub fn subscription(&self, n: u32) -> BrowserSubscription {
        SubscriberKeys::derive(&self.seed, n).subscription(&self.origin(), n)
    }

    /// Stops: no new connections, a second for the requests in flight.
    pub async fn stop(self) {
        self.door.stop().await;
    }
}

impl Shared {
    fn new(listening: &Listening, settings: PushSettings) -> Self {
        let origin = format!("http://{}", listening.address());
        Self {
            door: Doorkeeper::new(settings.vapid, origin.clone()),
            next_minted: AtomicU32::new(settings.mint_from),
            settings,
            origin,
            ledger: Ledger::default(),
            script: Arc::default(),
            sleepers: Sleepers::default(),
            stopping: listening.stopping(),
            gone: Mutex::default(),
            next_message: AtomicU64::new(1),
        }
    }

    pub(super) fn now_ms(&self) -> u64 {
        (self.settings.clock)()
    }

    pub(super) fn mint(&self) -> BrowserSubscription {
        let n = self.next_minted.fetch_add(1, Ordering::Relaxed);
        SubscriberKeys::derive(&self.settings.seed, n).subscription(&self.origin, n)
    }

    pub(super) fn next_message(&self) -> u64 {
        self.next_message.fetch_add(1, Ordering::Relaxed)
    }

    pub(super) fn is_gone(&self, n: u32) -> bool {
        self.gone
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(&n)
    }

    pub(super) fn unsubscribe(&self, n: u32) {
        self.gone
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(n);
    }

    /// The phone gets a message and opens it.
    pub(super) fn deliver(&self, n: u32, topic: &str, body: &[u8]) {
        let keys = SubscriberKeys::derive(&self.settings.seed, n);
        match open(&keys, body) {
            Ok(plain) => self.ledger.record(n, topic, &plain, self.now_ms()),
            Err(error) => {
                tracing::debug!(subscriber = n, %error, "a sandbox phone cannot open a message");
                self.ledger.record_unopened();
            }
        }
    }

    /// All phones that were off get what still waits for them.
    pub(super) fn wake_all(&self) {
        for (n, Held { topic, body, .. }) in self.sleepers.wake(self.now_ms()) {
            self.deliver(n, &topic, &body);
        }
    }
}

fn router(shared: Arc<Shared>) -> Router {
    let faults = set_faults(&shared.script, Protocol::Push).delete(questions::clear_faults);
    Router::new()
        .route(
            "/p/{n}/{tag}",
            post(receive::push).delete(receive::unsubscribe),
        )
        .route("/m/{n}/{id}", delete(receive::delete_message))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .route("/about", get(questions::about))
        .route("/received", get(questions::summary))
        .route("/received/{n}", get(questions::received_by))
        .route("/ledger", get(questions::ledger))
        .route("/faults", faults)
        .route("/subscriptions", post(questions::mint))
        .with_state(shared)
}
