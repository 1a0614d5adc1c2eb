//! Listening: an address as a person writes it, a server over it, and its orderly end.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::failure::{Done, Failure, Trying as _};

/// How long a stop waits for requests under way; live pages that only wait are cut off after it.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a connection may take over the head of a request, or rest between two, before it is closed.
const HEAD_WITHIN: Duration = Duration::from_secs(20);
/// How long nothing is accepted after the machine had no room for another connection.
const BREATH: Duration = Duration::from_secs(1);

/// A server that listens.
pub struct Listening {
    address: SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

/// Where `host:port` is. `localhost` means 127.0.0.1, port 0 any free one.
pub fn parse_address(text: &str) -> Result<SocketAddr, String> {
    let wrong = || format!("`{text}` is not an address such as localhost:8440 or 127.0.0.1:0");
    match text.strip_prefix("localhost:") {
        Some(port) => {
            let port = port.parse().map_err(|_| wrong())?;
            Ok(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port))
        }
        None => text.parse().map_err(|_| wrong()),
    }
}

/// Takes the address, so that its port is known before anything is served.
pub async fn bind(address: SocketAddr) -> Done<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| Failure::because(format!("listening on {address}"), &error))?;
    let bound = listener
        .local_addr()
        .trying("reading the address of a listener")?;
    Ok((listener, bound))
}

impl Listening {
    /// Serves `router` until stopped.
    pub fn start(listener: TcpListener, address: SocketAddr, router: Router) -> Self {
        Self::start_within(HEAD_WITHIN, listener, address, router)
    }

    fn start_within(
        head_within: Duration,
        listener: TcpListener,
        address: SocketAddr,
        router: Router,
    ) -> Self {
        let stop = CancellationToken::new();
        let door = Door {
            router,
            head_within,
            stop: stop.clone(),
        };
        Self {
            address,
            stop,
            task: tokio::spawn(door.serve(listener)),
        }
    }

    /// Takes no new connection from now on.
    pub fn refuse_new(&self) {
        self.stop.cancel();
    }

    /// Waits for the requests under way, then cuts off what is left.
    pub async fn end(mut self) {
        self.stop.cancel();
        match tokio::time::timeout(PATIENCE, &mut self.task).await {
            Ok(Ok(())) => {}
            Ok(ended) => tracing::error!(address = %self.address, ?ended, "a listener ended badly"),
            Err(_) => {
                tracing::info!(address = %self.address, "connections that stayed open were cut off");
                self.task.abort();
            }
        }
    }
}

/// What each connection is served with.
struct Door {
    router: Router,
    head_within: Duration,
    stop: CancellationToken,
}

impl Door {
    /// Accepts until stopped, then waits for the requests under way. Dropped, it cuts every connection off.
    async fn serve(self, listener: TcpListener) {
        let under_way = GracefulShutdown::new();
        let mut connections = JoinSet::new();
        loop {
            let accepted = tokio::select! {
                () = self.stop.cancelled() => break,
                Some(_) = connections.join_next(), if !connections.is_empty() => continue,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, peer)) => {
                    let connection = under_way.watch(self.connection(stream, peer));
                    connections.spawn(async move {
                        // A line that breaks or a head that never ends is the other side's affair.
                        if let Err(error) = connection.await {
                            tracing::debug!(%error, "a connection ended badly");
                        }
                    });
                }
                Err(error) => rest_after(&error).await,
            }
        }
        drop(listener);
        under_way.shutdown().await;
    }

    fn connection(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
    ) -> impl GracefulConnection<Error = hyper::Error> + Send + use<> {
        let router = self.router.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.head_within)
            .serve_connection(TokioIo::new(stream), service)
    }
}

/// One connection that was given up says nothing of the next; a machine without room needs a moment.
async fn rest_after(error: &std::io::Error) {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    ) {
        return;
    }
    tracing::error!(%error, "no connection can be accepted");
    tokio::time::sleep(BREATH).await;
}

#[cfg(test)]
mod tests {
    use axum::routing::{get, post};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    /// A server that gives a head this long, and a connection to it.
    async fn serving(head_within: Duration) -> (Listening, TcpStream) {
        let (listener, address) = bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let router = Router::new()
            .route("/", get(async || "here"))
            .route(
                "/who",
                get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string()),
            )
            .route("/read", post(async |body: String| body));
        let listening = Listening::start_within(head_within, listener, address, router);
        (listening, TcpStream::connect(address).await.unwrap())
    }

    async fn rest(connection: &mut TcpStream) -> String {
        let mut bytes = Vec::new();
        connection.read_to_end(&mut bytes).await.unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[tokio::test]
    async fn a_head_that_never_ends_is_given_up() {
        let (listening, mut connection) = serving(Duration::from_millis(50)).await;
        connection
            .write_all(b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ")
            .await
            .unwrap();
        assert_eq!(rest(&mut connection).await, "");
        listening.end().await;
    }

    #[tokio::test]
    async fn a_connection_that_never_says_anything_is_given_up() {
        let (listening, mut connection) = serving(Duration::from_millis(50)).await;
        assert_eq!(rest(&mut connection).await, "");
        listening.end().await;
    }

    #[tokio::test]
    async fn a_whole_head_is_answered_and_told_who_asks() {
        let (listening, mut connection) = serving(HEAD_WITHIN).await;
        let me = connection.local_addr().unwrap().to_string();
        connection
            .write_all(b"GET /who HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
        let answer = rest(&mut connection).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.ends_with(&me), "{answer}");
        listening.end().await;
    }

    #[tokio::test]
    async fn a_stop_lets_a_request_under_way_finish_and_takes_no_other() {
        let (listening, mut connection) = serving(HEAD_WITHIN).await;
        let head =
            b"POST /read HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n";
        connection.write_all(head).await.unwrap();
        let mut go_on = [0; 25];
        connection.read_exact(&mut go_on).await.unwrap();
        assert!(
            go_on.starts_with(b"HTTP/1.1 100"),
            "the handler waits for the body"
        );
        let address = listening.address;
        listening.refuse_new();
        let ended = tokio::spawn(listening.end());
        connection.write_all(b"late").await.unwrap();
        let answer = rest(&mut connection).await;
        assert!(answer.ends_with("late"), "{answer}");
        ended.await.unwrap();
        assert!(
            TcpStream::connect(address).await.is_err(),
            "the door is closed"
        );
    }

    #[test]
    fn localhost_and_plain_addresses_are_understood() {
        assert_eq!(
            parse_address("localhost:0").unwrap().to_string(),
            "127.0.0.1:0"
        );
        assert_eq!(parse_address("[::1]:80").unwrap().to_string(), "[::1]:80");
        for wrong in ["localhost", "localhost:x", "8440", ""] {
            assert!(parse_address(wrong).is_err(), "{wrong}");
        }
    }
}
