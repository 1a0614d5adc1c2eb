//! Starts and stops the receiver, and holds what its handlers share.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::ledger::{Event, Ledger};
use super::secret::Secret;
use super::verification::Secrets;
use super::{questions, receive};
use crate::Clock;
use crate::faults::{Fault, Protocol, Script};
use crate::http::{Door, Listening, Stopping, faults};

/// The longest body taken, in octets (the standard advises senders to stay below 20 kB).
const LONGEST_BODY: usize = 20 * 1024;

/// How the receiver is set up.
#[derive(Clone)]
pub struct WebhookSettings {
    /// What signatures are checked with.
    pub secret: Secret,
    /// The clock of arrivals and of the timestamps' five minutes.
    pub clock: Clock,
}

/// The sandbox receiver of webhooks.
#[derive(Debug)]
pub struct WebhookReceiver;

/// A receiver that listens, until it is stopped or dropped.
pub struct RunningWebhook {
    door: Door,
    shared: Arc<Shared>,
}

/// What the handlers share.
pub(super) struct Shared {
    pub(super) ledger: Ledger,
    pub(super) script: Arc<Script>,
    pub(super) stopping: Stopping,
    secrets: RwLock<Secrets>,
    clock: Clock,
}

impl WebhookReceiver {
    /// Listens on an address, port 0 for any.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(
        address: SocketAddr,
        settings: WebhookSettings,
    ) -> io::Result<RunningWebhook> {
        let listening = Listening::bind(address).await?;
        let secrets = Secrets {
            current: settings.secret,
            former: None,
        };
        let shared = Arc::new(Shared {
            ledger: Ledger::default(),
            script: Arc::default(),
            stopping: listening.stopping(),
            secrets: RwLock::new(secrets),
            clock: settings.clock,
        });
        let door = listening.serve(router(Arc::clone(&shared)));
        Ok(RunningWebhook { door, shared })
    }
}

impl RunningWebhook {
    /// The address it listens on.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.door.address()
    }

    /// Where it is asked, `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn origin(&self) -> String {
        self.door.origin()
    }

    /// The endpoint "main".
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}/hook", self.origin())
    }

    /// Another endpoint of the same receiver, with faults of its own.
    #[must_use]
    pub fn endpoint(&self, name: &str) -> String {
        format!("{}/{name}", self.base_url())
    }

    /// Every event that came with a good signature, without asking over HTTP.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.shared.ledger.after(0, usize::MAX)
    }

    /// The script from now on, in place of any earlier one.
    pub fn play(&self, faults: Vec<Fault>) {
        self.shared.script.replace(faults);
    }

    /// A new secret from now on; the one before is still accepted.
    pub fn rotate(&self, secret: Secret) {
        self.shared.rotate(secret);
    }

    /// Only the current secret is accepted from now on.
    pub fn retire_former_secret(&self) {
        self.shared.retire_former_secret();
    }

    /// Stops: no new connections, a second for the requests in flight.
    pub async fn stop(self) {
        self.door.stop().await;
    }
}

impl Shared {
    pub(super) fn now_ms(&self) -> u64 {
        (self.clock)()
    }

    pub(super) fn secrets(&self) -> Secrets {
        let secrets = self.secrets.read().unwrap_or_else(PoisonError::into_inner);
        secrets.clone()
    }

    pub(super) fn rotate(&self, secret: Secret) {
        let mut secrets = self.secrets.write().unwrap_or_else(PoisonError::into_inner);
        secrets.former = Some(std::mem::replace(&mut secrets.current, secret));
    }

    pub(super) fn retire_former_secret(&self) {
        let mut secrets = self.secrets.write().unwrap_or_else(PoisonError::into_inner);
        secrets.former = None;
    }
}

fn router(shared: Arc<Shared>) -> Router {
    let faults = faults(&shared.script, Protocol::Http);
    Router::new()
        .route("/hook", post(receive::main))
        .route("/hook/{name}", post(receive::named))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .route("/about", get(questions::about))
        .route("/received", get(questions::summary))
        .route("/events", get(questions::events))
        .route("/secret", post(questions::rotate))
        .route("/faults", faults)
        .with_state(shared)
}
