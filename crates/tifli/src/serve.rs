//! `tifli serve`: everything of a house in one process, until it is asked to stop.

use std::path::Path;

use tifli_app::Kind;
use tokio::signal::unix::{SignalKind, signal};

use crate::config::{self, MailSettings, Settings};
use crate::failure::{Done, Trying as _};
use crate::house::{House, HouseSettings, refused};
use crate::listen::bind;
use crate::routes::Doors;
use crate::system::SystemClock;
use crate::telemetry::{self, Logs};
use crate::terminal::say;
use crate::{routes, secrets};

/// Runs a server with the configuration at `path`.
pub async fn serve(path: &Path) -> Done {
    let settings = config::read(path)?;
    let email = MailSettings::sentence(settings.mail.as_ref());
    let channels = format!("{}; {email}", settings.web_push.sentence());
    let (listen, admin_listen, web) = (settings.listen, settings.admin_listen, settings.web());
    let settings = house_settings(settings)?;
    let data = settings.data.clone();
    telemetry::start_logs(Logs::Json)?;
    let metrics = telemetry::start_metrics()?;
    let mut stop = StopSignal::listen()?;
    let (public, listen) = bind(listen).await?;
    let (admin, admin_listen) = bind(admin_listen).await?;
    tracing::info!(realm = settings.realm.as_str(), "{channels}");
    let house = House::open(settings).await?;
    invite(&house).await?;
    let doors = Doors::open(
        house.app(),
        routes::Public {
            listener: public,
            address: listen,
            web,
        },
        routes::Admin {
            listener: admin,
            address: admin_listen,
            data,
            metrics,
        },
    );
    tracing::info!(%listen, %admin_listen, "ready");
    stop.arrived().await;
    tracing::info!("stopping");
    stop_all(doors, house).await;
    tracing::info!("stopped");
    Ok(())
}

/// Finishes requests and windows under way, then closes the store: within ten seconds.
pub async fn stop_all(doors: Doors, house: House) {
    let ((), app) = tokio::join!(doors.close(), house.stop_workers());
    app.db().close().await;
}

/// SIGINT or SIGTERM.
pub struct StopSignal {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

impl StopSignal {
    /// Listens from now on.
    pub fn listen() -> Done<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt()).trying("listening for Ctrl-C")?,
            terminate: signal(SignalKind::terminate()).trying("listening for SIGTERM")?,
        })
    }

    /// Waits for one.
    pub async fn arrived(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

fn house_settings(settings: Settings) -> Done<HouseSettings> {
    Ok(HouseSettings {
        master: secrets::read_master_key(&settings.master_key_file)?,
        realm: settings.realm,
        pack: settings.pack,
        partner_silence_s: None,
        node: settings.node,
        place: settings.place,
        data: settings.data,
        web_push: settings.web_push,
        mail: settings.mail,
        cap: settings.cap,
        public_url: settings.public_url,
        clock: SystemClock::default(),
    })
}

/// A house without anybody gets a link for the first person. It is said on the terminal, not logged.
async fn invite(house: &House) -> Done {
    let app = house.app();
    match app.invite_first_administrator().await {
        Ok(token) => {
            say("Nobody has an account yet. The first administrator opens this link, once:");
            say(&format!("{}/console/first?token={token}", app.base_url()));
            Ok(())
        }
        Err(error) if error.kind == Kind::Conflict => Ok(()),
        Err(error) => Err(refused("inviting the first administrator", &error)),
    }
}
