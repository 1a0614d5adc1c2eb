//! Starts and stops the intake, and holds what its handlers share.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::message::{Message, Scope};
use super::shelf::Shelf;
use super::{questions, receive};
use crate::Clock;
use crate::faults::{Fault, Protocol, Script};
use crate::http::{Door, Listening, Stopping, faults};

/// The longest message taken, in octets.
const LONGEST_BODY: usize = 1_048_576;

/// How an intake is set up.
#[derive(Clone)]
pub struct CapSettings {
    /// The Bearer token of its sender.
    pub token: String,
    /// What it is for.
    pub audience: Audience,
    /// The clock of arrivals and ends.
    pub clock: Clock,
}

/// For whom an intake takes messages; any other scope is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// It shows alerts to all: scope Public.
    Public,
    /// It passes bulletins to services: scope Restricted.
    Restricted,
}

/// The sandbox intake of CAP.
#[derive(Debug)]
pub struct CapIntake;

/// An intake that listens, until it is stopped or dropped.
pub struct RunningCap {
    door: Door,
    shared: Arc<Shared>,
}

/// What the handlers share.
pub(super) struct Shared {
    pub(super) settings: CapSettings,
    pub(super) shelf: Shelf,
    pub(super) script: Arc<Script>,
    pub(super) reads: Arc<Script>,
    pub(super) stopping: Stopping,
}

impl CapIntake {
    /// Listens on an address, port 0 for any.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn start(address: SocketAddr, settings: CapSettings) -> io::Result<RunningCap> {
        let listening = Listening::bind(address).await?;
        let shared = Arc::new(Shared {
            settings,
            shelf: Shelf::default(),
            script: Arc::default(),
            reads: Arc::default(),
            stopping: listening.stopping(),
        });
        let door = listening.serve(router(Arc::clone(&shared)));
        Ok(RunningCap { door, shared })
    }
}

impl RunningCap {
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

    /// Where messages are posted and, with `/{identifier}`, read back.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}/cap", self.origin())
    }

    /// Every message kept, without asking over HTTP.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.shared.shelf.after(0, usize::MAX)
    }

    /// The message of this identifier, with its octets.
    #[must_use]
    pub fn find(&self, identifier: &str) -> Option<Message> {
        self.shared.shelf.find(identifier)
    }

    /// What it would show now. Nothing: the partner is dark.
    #[must_use]
    pub fn current(&self) -> Vec<Message> {
        self.shared.shelf.current(self.shared.now_ms())
    }

    /// The script of the intake from now on, in place of any earlier one.
    pub fn play(&self, faults: Vec<Fault>) {
        self.shared.script.replace(faults);
    }

    /// The script of reading back from now on, in place of any earlier one.
    pub fn play_on_reads(&self, faults: Vec<Fault>) {
        self.shared.reads.replace(faults);
    }

    /// Stops: no new connections, a second for the requests in flight.
    pub async fn stop(self) {
        self.door.stop().await;
    }
}

impl Audience {
    /// The one scope it takes.
    pub(super) fn scope(self) -> Scope {
        match self {
            Self::Public => Scope::Public,
            Self::Restricted => Scope::Restricted,
        }
    }
}

impl Shared {
    pub(super) fn now_ms(&self) -> u64 {
        (self.settings.clock)()
    }
}

fn router(shared: Arc<Shared>) -> Router {
    let scripted = faults(&shared.script, Protocol::Http);
    let scripted_reads = faults(&shared.reads, Protocol::Http);
    Router::new()
        .route("/cap", post(receive::take))
        .route("/cap/{*identifier}", get(receive::read_back))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .route("/about", get(questions::about))
        .route("/received", get(questions::summary))
        .route("/messages", get(questions::messages))
        .route("/current", get(questions::current))
        .route("/raw/{*identifier}", get(questions::raw))
        .route("/faults", scripted)
        .route("/faults/reads", scripted_reads)
        .with_state(shared)
}
