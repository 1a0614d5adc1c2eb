//! Starts and stops the mail server: one door for SMTP, one for questions over HTTP.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use super::conversation::converse;
use super::faults::{MailFault, Script};
use super::ledger::{Ledger, Mail};
use super::questions;
use crate::Clock;

/// How long a stop waits for conversations under way.
const PATIENCE: Duration = Duration::from_secs(1);

/// The sandbox mail server.
#[derive(Debug)]
pub struct MailServer;

/// A mail server that listens. Stop it with [`RunningMail::stop`].
pub struct RunningMail {
    shared: Arc<Shared>,
    questions: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: [JoinHandle<()>; 2],
}

/// What conversations and questions share.
pub(super) struct Shared {
    pub(super) address: SocketAddr,
    pub(super) ledger: Ledger,
    pub(super) script: Script,
    clock: Clock,
}

impl MailServer {
    /// Listens on an address for SMTP (port 0 for any), and on another of loopback for questions.
    ///
    /// # Errors
    /// When an address cannot be bound.
    pub async fn start(address: SocketAddr, clock: Clock) -> io::Result<RunningMail> {
        let door = TcpListener::bind(address).await?;
        let asked = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let questions = asked.local_addr()?;
        let shared = Arc::new(Shared {
            address: door.local_addr()?,
            ledger: Ledger::default(),
            script: Script::default(),
            clock,
        });
        let (stop, stopping) = watch::channel(false);
        let answers = questions::router(Arc::clone(&shared));
        let mut http_stop = stopping.clone();
        let http = tokio::spawn(async move {
            let served = axum::serve(asked, answers).with_graceful_shutdown(async move {
                // An error means that the handle was dropped without a stop: that is a stop, too.
                let _stopped = http_stop.wait_for(|stop| *stop).await;
            });
            if let Err(error) = served.await {
                tracing::warn!(%error, "the sandbox mail server no longer answers questions");
            }
        });
        let smtp = tokio::spawn(listen(door, Arc::clone(&shared), stopping));
        Ok(RunningMail {
            shared,
            questions,
            stop,
            tasks: [http, smtp],
        })
    }
}

impl RunningMail {
    /// Where it speaks SMTP.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.shared.address
    }

    /// Where it is asked, `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.questions)
    }

    /// Everything that arrived, without asking over HTTP.
    #[must_use]
    pub fn letters(&self) -> Vec<Mail> {
        self.shared.ledger.after(0, usize::MAX)
    }

    /// The script from now on, in place of any earlier one.
    pub fn play(&self, faults: Vec<MailFault>) {
        self.shared.script.replace(faults);
    }

    /// Stops: no new connections, a second for the conversations under way.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for mut task in self.tasks {
            if tokio::time::timeout(PATIENCE, &mut task).await.is_err() {
                task.abort();
            }
        }
    }
}

impl Shared {
    pub(super) fn now_ms(&self) -> u64 {
        (self.clock)()
    }
}

async fn listen(door: TcpListener, shared: Arc<Shared>, mut stopping: watch::Receiver<bool>) {
    let mut conversations = JoinSet::new();
    loop {
        let caller = tokio::select! {
            caller = door.accept() => caller,
            _ = stopping.wait_for(|stop| *stop) => break,
        };
        let Ok((stream, _)) = caller else {
            continue;
        };
        let shared = Arc::clone(&shared);
        conversations.spawn(async move {
            if let Err(error) = converse(stream, &shared).await {
                tracing::debug!(%error, "a conversation with the sandbox mail server broke off");
            }
        });
        while conversations.try_join_next().is_some() {}
    }
    conversations.shutdown().await;
}
