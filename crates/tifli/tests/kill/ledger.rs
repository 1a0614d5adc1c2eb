//! What three push services were handed, kept by the test and not by the process under test.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Deserialize;
use tifli_sandbox::push::{PushService, PushSettings, Running, VapidCheck};

/// The most that one crash may send twice.
pub const ONE_WINDOW: usize = 256;

#[derive(Debug, Clone, Deserialize)]
pub struct Arrival {
    pub seq: u64,
    pub n: u32,
    pub topic: String,
    pub alert: String,
    pub kind: String,
    pub version: u32,
}

pub struct Ledger {
    services: Vec<(Running, u64)>,
    pub arrivals: Vec<Arrival>,
}

impl Ledger {
    /// Starts three push services.
    #[expect(clippy::disallowed_methods, reason = "arrivals are timed by the wall")]
    pub async fn open(seed: [u8; 32]) -> Self {
        let mut services = Vec::new();
        for _ in 0..3 {
            let settings = PushSettings {
                seed,
                vapid: VapidCheck::Off,
                mint_from: 1_000_000,
                clock: Arc::new(|| {
                    let since = SystemTime::now().duration_since(UNIX_EPOCH);
                    since.map_or(0, |d| u64::try_from(d.as_millis()).unwrap_or(0))
                }),
            };
            let address = "127.0.0.1:0".parse().expect("an address");
            let service = PushService::start(address, settings)
                .await
                .expect("it listens");
            services.push((service, 0));
        }
        Self {
            services,
            arrivals: Vec::new(),
        }
    }

    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.services
            .iter()
            .map(|(service, _)| service.addr())
            .collect()
    }

    /// Fetches what came since the last look.
    pub async fn look(&mut self) {
        for (service, after) in &mut self.services {
            let url = format!("{}/ledger?after={after}&limit=100000", service.origin());
            let text = reqwest::get(url).await.expect("the ledger answers");
            for line in text.text().await.expect("text").lines() {
                let arrival: Arrival = serde_json::from_str(line).expect("an arrival");
                *after = arrival.seq;
                self.arrivals.push(arrival);
            }
        }
    }

    /// Who was handed this kind of message of this alert, so far.
    pub fn reached(&self, alert: &str, kind: &str) -> HashSet<u32> {
        self.of(alert, kind).map(|a| a.n).collect()
    }

    /// How many messages of this kind came more than once to the same phone.
    pub fn repeats(&self, alert: &str, kind: &str) -> usize {
        let mut times: HashMap<(u32, u32), usize> = HashMap::new();
        for arrival in self.of(alert, kind) {
            *times.entry((arrival.n, arrival.version)).or_default() += 1;
        }
        times.values().map(|n| n - 1).sum()
    }

    /// The topics used for an alert.
    pub fn topics(&self, alert: &str) -> HashSet<&str> {
        let mine = self.arrivals.iter().filter(|a| a.alert == alert);
        mine.map(|a| a.topic.as_str()).collect()
    }

    fn of<'a>(&'a self, alert: &'a str, kind: &'a str) -> impl Iterator<Item = &'a Arrival> {
        self.arrivals
            .iter()
            .filter(move |a| a.alert == alert && a.kind == kind)
    }
}
