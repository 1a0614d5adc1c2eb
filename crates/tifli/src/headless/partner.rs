//! What the phones behind the sandbox push services got: the other side's own book, read over HTTP.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::client::{Check, Client, Wrong};

/// How many lines are read at once.
const PAGE: usize = 50_000;
/// How often the book is looked at while something is awaited.
const LOOK_EVERY: Duration = Duration::from_millis(40);
/// So many looks in a row without a new line, and what is awaited will not come: 30 seconds.
const LOOKS_IN_VAIN: u32 = 750;

/// One arrival on one phone.
#[derive(Debug, Clone, Deserialize)]
pub struct Arrival {
    seq: u64,
    /// The phone.
    pub n: u32,
    /// `alert`, `update`, `ended`.
    pub kind: String,
    /// The version.
    pub version: u32,
    /// When.
    pub at_ms: i64,
}

/// The push services and everything read so far.
pub struct Partner {
    client: Client,
    /// Each service's address and the last line read there.
    services: Vec<(String, u64)>,
    arrivals: Vec<Arrival>,
}

impl Partner {
    /// Nothing read yet.
    pub fn new(client: Client, addresses: Vec<String>) -> Self {
        let services = addresses.into_iter().map(|address| (address, 0)).collect();
        Self {
            client,
            services,
            arrivals: Vec::new(),
        }
    }

    /// Reads what is new; gives whether anything was.
    pub async fn look(&mut self) -> Check<bool> {
        let before = self.arrivals.len();
        for (address, after) in &mut self.services {
            loop {
                let page = format!("{address}/ledger?after={after}&limit={PAGE}");
                let page = self.client.get(&page).await?;
                page.good()?;
                let mut lines = 0;
                for line in page.text().lines() {
                    let arrival: Arrival = serde_json::from_str(line)
                        .map_err(|_| Wrong("a line of the partner's book cannot be read".into()))?;
                    *after = arrival.seq;
                    self.arrivals.push(arrival);
                    lines += 1;
                }
                if lines < PAGE {
                    break;
                }
            }
        }
        Ok(self.arrivals.len() > before)
    }

    /// Reads until `enough`, or until nothing new has come for half a minute; gives whether it was.
    pub async fn look_until(&mut self, enough: impl Fn(&Self) -> bool) -> Check<bool> {
        let mut in_vain = 0;
        while in_vain < LOOKS_IN_VAIN {
            let new = self.look().await?;
            if enough(self) {
                return Ok(true);
            }
            in_vain = if new { 0 } else { in_vain + 1 };
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(false)
    }

    /// Everything read so far.
    pub fn arrivals(&self) -> &[Arrival] {
        &self.arrivals
    }

    /// Who got this version.
    pub fn who(&self, version: u32) -> BTreeSet<u32> {
        self.of(version).map(|arrival| arrival.n).collect()
    }

    /// Who got anything of this kind.
    pub fn who_of_kind(&self, kind: &str) -> BTreeSet<u32> {
        let mine = self.arrivals.iter().filter(|arrival| arrival.kind == kind);
        mine.map(|arrival| arrival.n).collect()
    }

    /// When this version came first and last.
    pub fn first_and_last(&self, version: u32) -> Option<(i64, i64)> {
        let first = self.of(version).map(|arrival| arrival.at_ms).min()?;
        let last = self.of(version).map(|arrival| arrival.at_ms).max()?;
        Some((first, last))
    }

    /// What one phone got, with what stood in it.
    pub async fn read_phone(&self, number: u32) -> Check<Value> {
        let mut all = Vec::new();
        for (address, _) in &self.services {
            let got = self
                .client
                .get(&format!("{address}/received/{number}"))
                .await?
                .good()?;
            all.extend(got.as_array().cloned().unwrap_or_default());
        }
        Ok(Value::Array(all))
    }

    /// Messages that phones opened, could not open, and got twice.
    pub async fn sums(&self) -> Check<(u64, u64, u64)> {
        let mut sums = (0, 0, 0);
        for (address, _) in &self.services {
            let said = self
                .client
                .get(&format!("{address}/received"))
                .await?
                .good()?;
            let number = |name: &str| said[name].as_u64().unwrap_or_default();
            sums.0 += number("opened");
            sums.1 += number("failed_to_open");
            sums.2 += number("repeats");
        }
        Ok(sums)
    }

    /// A fresh phone: its number and its subscription.
    pub async fn new_phone(&self) -> Check<(u32, Value)> {
        let none = || Wrong("the partner makes no phone".into());
        let (address, _) = self.services.first().ok_or_else(none)?;
        let made = self
            .client
            .post(&format!("{address}/subscriptions"), &json!({ "count": 1 }))
            .await?;
        let phone = made.good()?[0].clone();
        let endpoint = phone["endpoint"].as_str().unwrap_or_default();
        let number = endpoint
            .split("/p/")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let number = number
            .and_then(|number| number.parse().ok())
            .ok_or_else(none)?;
        Ok((number, phone))
    }

    fn of(&self, version: u32) -> impl Iterator<Item = &Arrival> {
        self.arrivals
            .iter()
            .filter(move |arrival| arrival.version == version)
    }
}
