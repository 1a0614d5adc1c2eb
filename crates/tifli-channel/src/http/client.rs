//! The guarded client: one call, one answer, no second try.
//!
//! It knows exactly whether the body of a call began to leave: that is the line between "may be
//! sent again" and "unknown", and the last moment at which a message can still be withdrawn.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};
use reqwest::{Body, Method, StatusCode};

use super::endpoint::{AllowList, Endpoint, EndpointError, check_with};
use super::resolver::{AddressRefused, Lookup, PublicOnly, system_lookup};

/// The longest answer body that is read, in octets.
const LONGEST_ANSWER: usize = 64 * 1024;
/// How often a call that still waits for its connection asks whether it is still wanted.
const ASK_AGAIN: Duration = Duration::from_millis(10);

/// How the guarded client behaves. The defaults are those of a live installation.
#[derive(Clone, Debug)]
pub struct ClientSettings {
    /// Sandbox partners on loopback that may be called without TLS.
    pub allowed: AllowList,
    /// The longest wait for a connection, TLS included.
    pub connect_timeout: Duration,
    /// The longest wait for a whole call, connection included.
    pub total_timeout: Duration,
}

impl Default for ClientSettings {
    fn default() -> Self {
        Self {
            allowed: AllowList::none(),
            connect_timeout: Duration::from_secs(4),
            total_timeout: Duration::from_secs(10),
        }
    }
}

/// One outgoing call.
#[derive(Debug)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// Headers; Content-Length is added.
    pub headers: HeaderMap,
    /// The body, empty for none.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body when it arrived whole and within 64 KiB.
    pub body: Option<Vec<u8>>,
    /// The connection broke, or time ran out, before the body's end.
    pub cut: bool,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The address may not be called; nothing left.
    #[error("the address is refused: {0}")]
    Refused(EndpointError),
    /// No connection, or none in time; nothing left, so it may be tried again.
    #[error("nothing was sent: {0}")]
    NotSent(&'static str),
    /// The caller no longer wanted it; nothing left.
    #[error("withdrawn before it was sent")]
    Withdrawn,
    /// The call began to leave and no answer came.
    #[error("sent, and no answer came")]
    Unknown,
}

/// The client could not be built, for instance without any trusted certificate authority.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot be built")]
pub struct ClientError(#[source] reqwest::Error);

/// The one client for outgoing calls. Cheap to clone.
#[derive(Clone, Debug)]
pub struct GuardedClient {
    inner: reqwest::Client,
    allowed: AllowList,
    https_port: u16,
    patience: Option<Duration>,
}

impl Answer {
    /// A header's value, where it has one of printable ASCII.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl GuardedClient {
    /// Builds the client with the operating system's resolver and certificate authorities.
    ///
    /// # Errors
    /// [`ClientError`] when TLS cannot be set up on this machine.
    pub fn new(settings: ClientSettings) -> Result<Self, ClientError> {
        Self::build(settings, system_lookup(), 443)
    }

    /// With another name service and another port than 443, for tests of the address rules.
    pub(crate) fn build(
        settings: ClientSettings,
        lookup: Lookup,
        https_port: u16,
    ) -> Result<Self, ClientError> {
        let inner = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.total_timeout)
            .pool_idle_timeout(Duration::from_secs(30))
            .dns_resolver(Arc::new(PublicOnly::new(lookup)))
            .build()
            .map_err(ClientError)?;
        Ok(Self {
            inner,
            allowed: settings.allowed,
            https_port,
            patience: None,
        })
    }

    /// The same client, for a channel whose calls may take this long, connection included.
    #[must_use]
    pub fn with_patience(&self, patience: Duration) -> Self {
        Self {
            patience: Some(patience),
            ..self.clone()
        }
    }

    /// Checks an address by this client's rules, without calling it.
    ///
    /// # Errors
    /// The first rule the address breaks.
    pub fn check_endpoint(&self, address: &str) -> Result<Endpoint, EndpointError> {
        check_with(address, &self.allowed, self.https_port)
    }

    /// Makes one call.
    ///
    /// # Errors
    /// See [`CallError`]; an answer of any status is not an error.
    pub async fn call(&self, endpoint: &Endpoint, call: Call) -> Result<Answer, CallError> {
        self.call_while_wanted(endpoint, call, &|| true).await
    }

    /// Makes one call unless it is no longer wanted.
    ///
    /// `still_wanted` is asked immediately before the call is handed to its connection, and every
    /// 10 ms while it waits for one. A call that was withdrawn never reaches a socket.
    ///
    /// # Errors
    /// See [`CallError`]; an answer of any status is not an error.
    pub async fn call_while_wanted(
        &self,
        endpoint: &Endpoint,
        call: Call,
        still_wanted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Answer, CallError> {
        // The endpoint may have been checked by other rules than this client's.
        let endpoint = self
            .check_endpoint(endpoint.as_str())
            .map_err(CallError::Refused)?;
        let gate = Arc::new(Gate::default());
        let mut request = build_request(&endpoint, call, &gate);
        if let Some(patience) = self.patience {
            *request.timeout_mut() = Some(patience);
        }
        if !still_wanted() {
            return Err(CallError::Withdrawn);
        }
        let answer = self.inner.execute(request);
        tokio::pin!(answer);
        let answer = loop {
            tokio::select! {
                biased;
                answer = &mut answer => break answer,
                () = tokio::time::sleep(ASK_AGAIN), if gate.is_waiting() => {
                    if !still_wanted() && gate.shut() {
                        return Err(CallError::Withdrawn);
                    }
                }
            }
        };
        match answer {
            Ok(response) => Ok(read_answer(response).await),
            Err(error) => Err(classify(&error, &gate)),
        }
    }
}

/// Stands between a body and its socket: waiting, then either started or shut, once and for all.
#[derive(Default)]
struct Gate(AtomicU8);

const WAITING: u8 = 0;
const STARTED: u8 = 1;
const SHUT: u8 = 2;

impl Gate {
    fn is_waiting(&self) -> bool {
        self.0.load(Ordering::Acquire) == WAITING
    }

    /// True when the body may leave now.
    fn start(&self) -> bool {
        self.0
            .compare_exchange(WAITING, STARTED, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
    }

    /// True when nothing left and nothing will.
    fn shut(&self) -> bool {
        self.0
            .compare_exchange(WAITING, SHUT, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
    }
}

fn build_request(endpoint: &Endpoint, call: Call, gate: &Arc<Gate>) -> reqwest::Request {
    let mut request = reqwest::Request::new(call.method, endpoint.url().clone());
    *request.headers_mut() = call.headers;
    if call.body.is_empty() {
        gate.start();
        return request;
    }
    request
        .headers_mut()
        .insert(CONTENT_LENGTH, HeaderValue::from(call.body.len()));
    let gate = Arc::clone(gate);
    let body = async move {
        if gate.start() {
            Ok(call.body)
        } else {
            Err(CallError::Withdrawn)
        }
    };
    *request.body_mut() = Some(Body::wrap_stream(futures::stream::once(body)));
    request
}

/// Reads the body as far as the cap; the status stands whatever happens to the body.
async fn read_answer(mut response: reqwest::Response) -> Answer {
    let status = response.status();
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    let (whole, cut) = loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() <= LONGEST_ANSWER => {
                body.extend_from_slice(&chunk);
            }
            Ok(None) => break (true, false),
            Ok(Some(_)) => break (false, false),
            Err(_) => break (false, true),
        }
    };
    Answer {
        status,
        headers,
        body: whole.then_some(body),
        cut,
    }
}

fn classify(error: &reqwest::Error, gate: &Gate) -> CallError {
    if !gate.shut() && !error.is_connect() {
        return CallError::Unknown;
    }
    if refused_by_resolver(error) {
        return CallError::Refused(EndpointError::PrivateAddress);
    }
    CallError::NotSent(if error.is_timeout() {
        "connect_timeout"
    } else {
        "connect"
    })
}

fn refused_by_resolver(error: &reqwest::Error) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = source {
        if inner.is::<AddressRefused>() {
            return true;
        }
        source = inner.source();
    }
    false
}
