//! Listening: an address as a person writes it, a server over it, and its orderly end.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::failure::{Done, Failure, Trying as _};

/// How long a stop waits for requests under way; live pages that only wait are cut off after it.
const PATIENCE: Duration = Duration::from_secs(5);

/// A server that listens.
pub struct Listening {
    address: SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<std::io::Result<()>>,
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
        let stop = CancellationToken::new();
        let stopped = stop.clone().cancelled_owned();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(async move {
            axum::serve(listener, service)
                .with_graceful_shutdown(stopped)
                .await
        });
        Self {
            address,
            stop,
            task,
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
            Ok(Ok(Ok(()))) => {}
            Ok(ended) => tracing::error!(address = %self.address, ?ended, "a listener ended badly"),
            Err(_) => {
                tracing::info!(address = %self.address, "connections that stayed open were cut off");
                self.task.abort();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
