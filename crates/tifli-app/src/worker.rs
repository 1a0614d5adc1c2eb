//! The workers: they do what rows say, under leases, and can be killed at any moment.
//!
//! `relay` turns an outbox row into deliveries; `deliver` sends to subscribers, by push and, with
//! senders of their own, by letter; `confirm` asks whoever wants letters to say so once more;
//! `address` calls the systems of partners, `dispatch` those of the services, each with seats of its own; `follow` looks after those who join a live area; `watch`
//! is the clock (expiry, unconfirmed ends, dark). All of them listen before they look, and look again
//! every second at the latest. `mail` hands over the e-mails that say that a telegram waits; `remind`
//! reminds the services that are silent.

mod address;
mod audience;
mod confirm;
mod deliver;
mod dispatch;
mod event;
mod follow;
mod gate;
mod leave;
mod letters;
mod mail;
mod payload;
mod relay;
mod roll;
mod seats;
mod send;
mod standing;
#[cfg(test)]
mod stories;
mod watch;

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use self::roll::Kind;
use crate::App;

pub(crate) use event::webhook_body;
pub(crate) use leave::is_withheld;
pub use payload::push_payload;

/// How many deliveries are worked on at once.
pub const SENDERS: usize = 4;
/// How many more work on ends alone, so that no end waits until another alert is sent.
pub const ENDERS: usize = 2;
/// How many deliveries of letters to subscribers are worked on at once.
pub const LETTER_SENDERS: usize = 4;
/// How many more work on ends by letter alone.
pub const LETTER_ENDERS: usize = 2;
/// How many e-mails are handed over at once.
pub const MAILERS: usize = 4;
/// Recipients in one window of one sender; all windows together, 252, are what a crash may repeat.
pub const WINDOW: usize = 42;
/// How long a lease lasts without being renewed, in milliseconds.
pub(crate) const LEASE_MS: i64 = 30_000;
/// How long to sleep at most when there seems to be nothing to do.
const IDLE: Duration = Duration::from_millis(500);

/// Running workers.
pub struct Workers {
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Workers {
    /// Starts all workers of this process.
    pub fn start(app: &App) -> Self {
        let workers = Self {
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        };
        workers.spawn(
            app,
            "relay",
            |app| async move { relay::relay_one(&app).await },
        );
        workers.spawn(app, "relay_end", |app| async move {
            relay::relay_end(&app).await
        });
        workers.spawn_senders(app, Kind::Push, (SENDERS, ENDERS));
        workers.spawn_senders(app, Kind::Mail, (LETTER_SENDERS, LETTER_ENDERS));
        workers.spawn(app, "confirm", |app| async move {
            confirm::confirm_one(&app).await
        });
        for (name, callers) in [
            ("call", address::Callers::of_all(&workers.tasks)),
            ("call_end", address::Callers::of_ends(&workers.tasks)),
        ] {
            workers.spawn(app, name, move |app| {
                let callers = callers.clone();
                async move { callers.call_one(&app).await }
            });
        }
        for (name, dispatchers) in [
            ("dispatch", dispatch::Dispatchers::of_all(&workers.tasks)),
            (
                "dispatch_end",
                dispatch::Dispatchers::of_ends(&workers.tasks),
            ),
        ] {
            workers.spawn(app, name, move |app| {
                let dispatchers = dispatchers.clone();
                async move { dispatchers.call_one(&app).await }
            });
        }
        workers.spawn(app, "follow", |app| async move {
            follow::follow_all(&app).await
        });
        workers.spawn(
            app,
            "watch",
            |app| async move { watch::watch_all(&app).await },
        );
        for _ in 0..MAILERS {
            workers.spawn(app, "mail", |app| async move { mail::mail_one(&app).await });
        }
        workers.spawn(app, "remind", |app| async move {
            crate::bulletin::remind_all(&app).await
        });
        workers.tasks.close();
        workers
    }

    /// Stops after the windows under way.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.wait().await;
    }

    /// Senders of one channel and, apart from them, those of its ends: a slow channel delays no other.
    fn spawn_senders(&self, app: &App, kind: Kind, (senders, enders): (usize, usize)) {
        let gate = gate::Gate::default();
        for _ in 0..senders {
            let gate = gate.clone();
            self.spawn(app, "deliver", move |app| {
                let gate = gate.clone();
                async move { deliver::deliver_one(&app, &gate, kind).await }
            });
        }
        for _ in 0..enders {
            let gate = gate.clone();
            self.spawn(app, "end", move |app| {
                let gate = gate.clone();
                async move { deliver::deliver_end(&app, &gate, kind).await }
            });
        }
    }

    /// Runs `step` again and again: at once while it finds work, else when called or after [`IDLE`].
    fn spawn<F, Fut>(&self, app: &App, name: &'static str, step: F)
    where
        F: Fn(App) -> Fut + Send + 'static,
        Fut: Future<Output = crate::AppResult<bool>> + Send,
    {
        let app = app.clone();
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            while !stop.is_cancelled() {
                let called = app.bus().called();
                match step(app.clone()).await {
                    Ok(true) => continue,
                    Ok(false) => {}
                    Err(error) => {
                        tracing::error!(worker = name, code = %error.code, source = ?error.source, "a worker's step failed");
                    }
                }
                tokio::select! {
                    () = called => {}
                    () = tokio::time::sleep(IDLE) => {}
                    () = stop.cancelled() => {}
                }
            }
        });
    }
}
