//! Starts and stops the mail server: one door for SMTP, one for questions over HTTP.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use super::bounce::{Bounce, BounceError};
use super::conversation::converse;
use super::greylist::Greylist;
use super::ledger::{Ledger, Mail};
use super::questions;
use super::rules::MailRules;
use crate::Clock;
use crate::faults::{Fault, Script};
use crate::http::{Door, Listening};

/// How long a stop waits for conversations under way.
const PATIENCE: Duration = Duration::from_secs(1);

/// The sandbox mail server.
#[derive(Debug)]
pub struct MailServer;

/// A mail server that listens, until it is stopped or dropped.
pub struct RunningMail {
    shared: Arc<Shared>,
    questions: Door,
    stop: watch::Sender<bool>,
    conversations: JoinHandle<()>,
}

/// What conversations and questions share.
pub(super) struct Shared {
    pub(super) address: SocketAddr,
    pub(super) ledger: Ledger,
    pub(super) script: Arc<Script>,
    pub(super) greylist: Greylist,
    rules: RwLock<MailRules>,
    clock: Clock,
}

impl MailServer {
    /// Listens on an address for SMTP (port 0 for any), and on another of loopback for questions.
    ///
    /// # Errors
    /// When an address cannot be bound.
    pub async fn start(address: SocketAddr, clock: Clock) -> io::Result<RunningMail> {
        let door = TcpListener::bind(address).await?;
        let asked = Listening::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let shared = Arc::new(Shared {
            address: door.local_addr()?,
            ledger: Ledger::default(),
            script: Arc::default(),
            greylist: Greylist::default(),
            rules: RwLock::default(),
            clock,
        });
        let (stop, stopping) = watch::channel(false);
        let questions = asked.serve(questions::router(Arc::clone(&shared)));
        let conversations = tokio::spawn(listen(door, Arc::clone(&shared), stopping));
        Ok(RunningMail {
            shared,
            questions,
            stop,
            conversations,
        })
    }
}

impl RunningMail {
    /// Where it speaks SMTP.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.shared.address
    }

    /// Where it speaks SMTP, `smtp://127.0.0.1:PORT`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("smtp://{}", self.shared.address)
    }

    /// Where it is asked, `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn origin(&self) -> String {
        self.questions.origin()
    }

    /// Everything that arrived, without asking over HTTP.
    #[must_use]
    pub fn letters(&self) -> Vec<Mail> {
        self.shared.ledger.after(0, usize::MAX)
    }

    /// The script from now on, in place of any earlier one.
    pub fn play(&self, faults: Vec<Fault>) {
        self.shared.script.replace(faults);
    }

    /// The rules of the house from now on; a conversation under way is bound by them at once.
    pub fn rule(&self, rules: MailRules) {
        self.shared.rule(rules);
    }

    /// The bounce a house would send for a letter it took and could not deliver, with a status of
    /// RFC 3463 such as `5.1.1`.
    ///
    /// # Errors
    /// [`BounceError`] when the letter is itself a bounce, or the status is none.
    pub fn dsn(&self, mail: &Mail, status: &str) -> Result<Bounce, BounceError> {
        self.shared.dsn(mail, status)
    }

    /// Stops: no new connections, a second for the conversations under way.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        self.questions.stop().await;
        if tokio::time::timeout(PATIENCE, &mut self.conversations)
            .await
            .is_err()
        {
            self.conversations.abort();
        }
    }
}

impl Shared {
    pub(super) fn now_ms(&self) -> u64 {
        (self.clock)()
    }

    pub(super) fn rules(&self) -> MailRules {
        let rules = self.rules.read().unwrap_or_else(PoisonError::into_inner);
        rules.clone()
    }

    pub(super) fn rule(&self, rules: MailRules) {
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = rules;
    }

    pub(super) fn dsn(&self, mail: &Mail, status: &str) -> Result<Bounce, BounceError> {
        Bounce::of(mail, status, self.now_ms())
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
