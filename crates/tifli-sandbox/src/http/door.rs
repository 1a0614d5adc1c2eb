//! An HTTP door on a real socket: opens, serves, ends with its handle.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::wire::{ScriptedListener, Wire};

/// How long a stop waits for requests in flight.
const PATIENCE: Duration = Duration::from_secs(1);

/// A socket that is bound but not answered yet.
pub(crate) struct Listening {
    listener: ScriptedListener,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    stopping: Stopping,
}

/// Tells when the door closes.
#[derive(Clone, Debug)]
pub(crate) struct Stopping(watch::Receiver<bool>);

/// A door that is answered, until it is stopped or dropped.
#[derive(Debug)]
pub(crate) struct Door {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<io::Result<()>>,
}

impl Listening {
    /// Binds an address, port 0 for any.
    pub(crate) async fn bind(address: SocketAddr) -> io::Result<Self> {
        let (listener, address) = ScriptedListener::bind(address).await?;
        let (stop, stopping) = watch::channel(false);
        Ok(Self {
            listener,
            address,
            stop,
            stopping: Stopping(stopping),
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn stopping(&self) -> Stopping {
        self.stopping.clone()
    }

    /// Answers it from now on.
    pub(crate) fn serve(self, router: Router) -> Door {
        let service = router.into_make_service_with_connect_info::<Wire>();
        let (listener, stopping) = (self.listener, self.stopping);
        let task = tokio::spawn(async move {
            axum::serve(listener, service)
                .with_graceful_shutdown(async move { stopping.wait().await })
                .await
        });
        Door {
            address: self.address,
            stop: self.stop,
            task,
        }
    }
}

impl Stopping {
    /// Waits for the stop.
    pub(crate) async fn wait(mut self) {
        // An error means that the handle was dropped without a stop: that is a stop, too.
        let _stopped_or_dropped = self.0.wait_for(|stop| *stop).await;
    }
}

impl Door {
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops: no new connections, a second for the requests in flight.
    pub(crate) async fn stop(mut self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(PATIENCE, &mut self.task)
            .await
            .is_err()
        {
            self.task.abort();
        }
    }
}
