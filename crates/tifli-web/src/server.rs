//! What every handler shares, and the routers made of the route table: the public one (pages, console, API on one
//! listener). The listener itself, TLS and shutdown are the program's.

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use jiff::Timestamp;
use tifli_app::App;
use tifli_domain::Realm;
use tifli_domain::ports::Entropy;
use tokio::sync::watch;
use tower::Layer;
use tower::util::MapRequestLayer;
use tower_http::catch_panic::CatchPanicLayer;

use crate::i18n::Locale;
use crate::layout::RealmBanner;
use crate::limits::Limits;
use crate::replay::Replays;
use crate::{assets, leftover, problem, request, routes, security};

/// Where the address of a caller is taken from. It is only ever hashed, never kept or logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// The other end of the connection.
    Connection,
    /// The last entry of `X-Forwarded-For`, written by a proxy of ours in front of the listener.
    LastForwarded,
}

/// How the web side behaves in this installation.
#[derive(Debug, Clone)]
pub struct WebSettings {
    /// Whether cookies are only sent over TLS (`__Host-` names). Off only for plain HTTP on this machine.
    pub secure_cookies: bool,
    /// Where the address of a caller is taken from.
    pub peer: Peer,
    /// Tips that one network may send in a minute.
    pub tips_per_minute: u32,
    /// Subscriptions that one network may change in a minute.
    pub subscriptions_per_minute: u32,
    /// Sign-ins that one network may try in a minute.
    pub sign_ins_per_minute: u32,
}

impl Default for WebSettings {
    fn default() -> Self {
        Self {
            secure_cookies: true,
            peer: Peer::Connection,
            tips_per_minute: 20,
            subscriptions_per_minute: 120,
            sign_ins_per_minute: 60,
        }
    }
}

/// What every handler shares. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct WebState {
    inner: Arc<Inner>,
}

struct Inner {
    app: App,
    settings: WebSettings,
    entropy: Arc<dyn Entropy>,
    /// Keys the hashes of networks; made anew at each start, so that no hash outlives the process.
    network_key: String,
    limits: Limits,
    replays: Replays,
    closing: watch::Sender<bool>,
}

impl WebState {
    /// Puts the web side together.
    #[must_use]
    pub fn new(app: App, settings: WebSettings, entropy: Arc<dyn Entropy>) -> Self {
        let mut key = [0; 32];
        entropy.fill(&mut key);
        Self {
            inner: Arc::new(Inner {
                app,
                settings,
                entropy,
                network_key: tifli_app::hex(&key),
                limits: Limits::default(),
                replays: Replays::default(),
                closing: watch::channel(false).0,
            }),
        }
    }

    /// The use cases.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.inner.app
    }

    /// How this installation behaves.
    #[must_use]
    pub fn settings(&self) -> &WebSettings {
        &self.inner.settings
    }

    /// Ends the live streams, so that a shutdown need not wait for browsers.
    pub fn close(&self) {
        self.inner.closing.send_replace(true);
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        moment(self.inner.app.now_ms())
    }

    /// So many random bytes, in hexadecimal: keys of forms, reference numbers.
    #[must_use]
    pub fn random_hex(&self, bytes: usize) -> String {
        let mut random = vec![0; bytes];
        self.inner.entropy.fill(&mut random);
        tifli_app::hex(&random)
    }

    /// Which banner the pages carry.
    #[must_use]
    pub fn realm(&self) -> RealmBanner {
        match self.inner.app.realm() {
            Realm::Live => RealmBanner::Live,
            Realm::Drill => RealmBanner::Drill,
            Realm::Demo => RealmBanner::Demo,
        }
    }

    /// The language for who asks for none that we speak.
    #[must_use]
    pub fn default_locale(&self) -> Locale {
        let spoken = self.inner.app.pack().languages().console.iter();
        spoken
            .filter_map(|tag| Locale::find(tag.as_str()))
            .next()
            .unwrap_or(Locale::Ar)
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    pub(crate) fn replays(&self) -> &Replays {
        &self.inner.replays
    }

    pub(crate) fn closing(&self) -> watch::Receiver<bool> {
        self.inner.closing.subscribe()
    }

    /// The keyed hash of a network's address.
    pub(crate) fn network_hash(&self, network: &str) -> [u8; 32] {
        tifli_app::hash_token(&format!("{}:{network}", self.inner.network_key))
    }
}

/// A moment of the application as pages write it. Times outside of the calendar do not occur; they become 1970.
#[must_use]
pub fn moment(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Pages, console and API, as one service for one listener. The listener gives `ConnectInfo<SocketAddr>`.
pub fn public_router(state: WebState) -> Router {
    let inner = routes::router(&state)
        .with_state(state.clone())
        .merge(assets::routes())
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(state, problem::dress))
        .layer(from_fn(security::headers))
        .layer(from_fn(leftover::discard));
    // The language in front of a path is taken off before routing, which a router's own layers come too late for.
    Router::new().fallback_service(MapRequestLayer::new(request::strip_language).layer(inner))
}
