//! `tifli demo`: a whole house with invented people, subscribers and partners, on this machine only.
//!
//! Read [`prepare`] for the order in which it comes to be. Nothing here works in a live realm.

mod crowd;
mod fill;
mod folder;
mod people;
mod prepare;
mod readers;
mod ready;
mod systems;

pub use folder::Folder;
pub use people::DemoPerson;
pub use prepare::Demo;
pub use systems::{BY_CAP, BY_WEBHOOK};

/// All invented subscribers and their phones follow from it.
pub type Seed = [u8; 32];

use std::net::SocketAddr;
use std::path::PathBuf;

use tifli_pack::Pack;

use crate::failure::{Done, Trying as _};
use crate::headless;
use crate::serve::StopSignal;
use crate::system::SystemClock;
use crate::telemetry::{self, Logs};
use crate::terminal::{say, warn};

/// What a demonstration is asked for.
pub struct DemoSettings {
    /// The folder to keep everything in; otherwise it goes when the demonstration ends.
    pub data: Option<PathBuf>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where to say what is where, as JSON.
    pub ready_file: Option<PathBuf>,
    /// The country.
    pub pack: String,
    /// How many invented subscribers.
    pub subscribers: u32,
    /// Push services on this machine to send to; empty for an own one.
    pub partners: Vec<SocketAddr>,
    /// Where systems of partners may stand on this machine beside the sandbox's own.
    pub systems: Vec<SocketAddr>,
    /// Which subscribers to invent; random if not given.
    pub seed: Option<Seed>,
    /// Live a case over HTTP and end.
    pub headless: bool,
}

/// The hour at which a case is lived by itself: whoever is asked is asked in the night.
const LIVED_AT: i8 = 3;

/// Seconds a partner may be silent when a case is lived by itself, instead of the pack's minutes: its
/// clock is set back, but goes no faster, and the run says so.
pub const PARTNER_SILENCE_S: u32 = 2;

impl DemoSettings {
    /// The clock of this machine; the last night's, if a case is lived by itself.
    fn clock(&self, pack: &Pack) -> Done<SystemClock> {
        if !self.headless {
            return Ok(SystemClock::default());
        }
        SystemClock::set_back_to(LIVED_AT, pack.zone()).trying("setting the clock back")
    }
}

/// A seed as it is typed: 64 hexadecimal digits.
pub fn parse_seed(text: &str) -> Result<Seed, String> {
    let wrong = || "a seed is 64 hexadecimal digits".to_owned();
    let mut seed = Seed::default();
    if text.len() != 64 || !text.is_ascii() {
        return Err(wrong());
    }
    for (place, byte) in seed.iter_mut().enumerate() {
        let digits = &text[2 * place..2 * place + 2];
        *byte = u8::from_str_radix(digits, 16).map_err(|_| wrong())?;
    }
    Ok(seed)
}

/// Runs a demonstration until it is asked to stop, or through a whole case.
pub async fn demo(settings: DemoSettings) -> Done {
    telemetry::start_logs(Logs::Text)?;
    let mut stop = StopSignal::listen()?;
    let demo = tokio::select! {
        prepared = Demo::prepare(&settings) => prepared?,
        () = stop.arrived() => {
            warn("stopped before it was ready");
            return Ok(());
        }
    };
    if let Some(file) = &settings.ready_file {
        ready::write(file, &demo)?;
    }
    let lived = if settings.headless {
        tokio::select! {
            lived = headless::live(&demo) => lived,
            () = stop.arrived() => Ok(()),
        }
    } else {
        ready::summary(&demo).iter().for_each(|line| say(line));
        stop.arrived().await;
        say("stopping …");
        Ok(())
    };
    demo.stop().await;
    lived
}
