//! Two systems of partners that stand outside the process under test: what they took is kept here.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::Method;
use serde_json::{Value, json};
use tifli_sandbox::Clock;
use tifli_sandbox::cap::{Audience, CapIntake, CapSettings, RunningCap};
use tifli_sandbox::faults::Fault;
use tifli_sandbox::webhook::{RunningWebhook, Secret, WebhookReceiver, WebhookSettings};

use super::client::{Client, Waiting, Who};

/// What the intake of CAP wants to see.
const TOKEN: &str = "a-token-of-an-invented-partner";
/// A secret of the right shape; another takes its place as soon as the house has made one.
const UNUSED: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

pub struct Outside {
    hook: RunningWebhook,
    cap: RunningCap,
    ids: Vec<String>,
}

impl Outside {
    /// Starts both.
    #[expect(clippy::disallowed_methods, reason = "arrivals are timed by the wall")]
    pub async fn open() -> Self {
        let clock: Clock = Arc::new(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH);
            since.map_or(0, |d| u64::try_from(d.as_millis()).unwrap_or(0))
        });
        let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let settings = WebhookSettings {
            secret: Secret::parse(UNUSED).expect("a secret"),
            clock: Arc::clone(&clock),
        };
        let hook = WebhookReceiver::start(anywhere, settings).await;
        let settings = CapSettings {
            token: TOKEN.to_owned(),
            audience: Audience::Public,
            clock,
        };
        let cap = CapIntake::start(anywhere, settings).await;
        Self {
            hook: hook.expect("it listens"),
            cap: cap.expect("it listens"),
            ids: Vec::new(),
        }
    }

    pub fn addresses(&self) -> [SocketAddr; 2] {
        [self.hook.addr(), self.cap.addr()]
    }

    /// Adds both to the house, and switches its own off: they forget with the process what they took.
    pub async fn connect(&mut self, client: &Client) {
        let listed = client.call(Who::Admin, (Method::GET, "endpoints"), Value::Null, "");
        let listed = listed.await.expect("they are listed");
        for own in listed["endpoints"].as_array().expect("systems") {
            let path = format!(
                "endpoints/{}/state",
                own["endpoint"].as_str().expect("an id")
            );
            let off = json!({ "state": "disabled" });
            let switched = client.call(Who::Admin, (Method::PUT, &path), off, "");
            switched.await.expect("it is switched off");
        }
        let hook = add(
            client,
            ("television", "webhook"),
            (self.hook.base_url(), ""),
        )
        .await;
        let secret = hook["secret"].as_str().expect("a secret");
        self.hook.rotate(Secret::parse(secret).expect("a secret"));
        self.hook.retire_former_secret();
        let cap = add(
            client,
            ("press_agency", "cap_partner"),
            (self.cap.base_url(), TOKEN),
        )
        .await;
        for made in [hook, cap] {
            self.ids
                .push(made["endpoint"].as_str().expect("an id").to_owned());
        }
    }

    /// From now on both think so long, in milliseconds, before they take anything.
    pub fn slow(&self, delay_ms: u64) {
        let script = |delay| match delay {
            0 => Vec::new(),
            delay => vec![Fault::slow(delay)],
        };
        self.hook.play(script(delay_ms));
        self.cap.play(script(delay_ms));
    }

    /// How many messages both have taken in all, repeats not counted.
    pub fn known(&self) -> usize {
        let events = self.hook.events();
        let taken = events.iter().filter(|one| one.taken > 0);
        taken.count() + self.cap.messages().len()
    }

    /// Waits until the house says that both took this version.
    pub async fn has(&self, client: &Client, waiting: &Waiting, version: u32) {
        let path = format!("alerts/{}/deliveries", waiting.alert);
        for _ in 0..1_200 {
            let read = client
                .call(Who::Approver, (Method::GET, &path), Value::Null, "")
                .await
                .expect("it answers");
            let systems = read["systems"].as_array().expect("deliveries");
            let sent = |id: &String| {
                systems.iter().any(|one| {
                    one["endpoint"] == id.as_str()
                        && one["version"] == version
                        && one["outcome"] == "sent"
                })
            };
            if self.ids.iter().all(sent) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("version {version} was not taken within a minute");
    }

    /// What came since: at each the alert and its end, each once by its own id, and nothing is shown.
    pub fn tell_apart(&self, known_before: usize) {
        assert_eq!(
            self.known() - known_before,
            4,
            "two messages at two systems"
        );
        let events = self.hook.events();
        let newest = &events[events.len() - 2..];
        let kinds: Vec<&str> = newest.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(kinds, ["alert.issued", "alert.ended"]);
        assert!(
            events.iter().all(|one| !one.altered),
            "one body under one id"
        );
        assert!(self.cap.current().is_empty(), "nothing is shown any more");
        let messages = self.cap.messages();
        let ended = &messages[messages.len() - 2];
        assert_eq!(
            ended.ended_by.as_ref(),
            messages.last().map(|m| &m.identifier)
        );
    }
}

async fn add(
    client: &Client,
    (partner, channel): (&str, &str),
    (url, bearer): (String, &str),
) -> Value {
    let body = json!({ "partner": partner, "channel": channel, "url": url, "bearer": bearer });
    let added = client.call(Who::Admin, (Method::POST, "endpoints"), body, "");
    added.await.expect("it is added")
}

/// A submitted alert that goes to no phone, and that the press may have.
pub async fn ready(client: &Client, key: &str) -> Waiting {
    let case = client.received(key).await.expect("a received case");
    let path = format!("cases/{case}/qualification");
    let rung =
        json!({ "rung": "partners", "reason": "Nobody is to be disturbed by an invented case." });
    let decided = client.call(Who::Approver, (Method::POST, &path), rung, "");
    decided.await.expect("it is decided");
    let path = format!("cases/{case}/consent");
    let body = json!({ "channel": "media", "answer": "given", "given_by": "Person Invented",
        "before": "Officer Invented" });
    let given = client.call(Who::Officer, (Method::POST, &path), body, "");
    given.await.expect("it is given");
    client.handed_over(&case).await.expect("handed over")
}
