//! What the journeys share: a push service on loopback and the adapter that may call it.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use tifli_channel::http::{AllowList, ClientSettings, GuardedClient};
use tifli_channel::web_push::{Outcome, PushRequest, Subscription, Urgency, Vapid, WebPush};
use tifli_sandbox::push::{BrowserSubscription, PushService, PushSettings, Running, VapidCheck};

/// The private key of the journeys' sender.
pub const SENDER: [u8; 32] = [9; 32];

/// A running push service and a sender.
pub struct Stage {
    pub service: Running,
    pub sender: WebPush,
    plain: reqwest::Client,
}

pub fn vapid(secret: [u8; 32]) -> Vapid {
    Vapid::new(&secret, "mailto:duty@tifli.example").unwrap()
}

pub fn subscription(of: &BrowserSubscription) -> Subscription {
    Subscription::from_base64(&of.endpoint, &of.keys.p256dh, &of.keys.auth).unwrap()
}

pub fn request<'a>(payload: &'a [u8], topic: &'a str) -> PushRequest<'a> {
    PushRequest {
        payload,
        topic,
        urgency: Urgency::High,
        ttl_seconds: 3600,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests speak to a real socket in real time"
)]
pub fn unix_now() -> i64 {
    i64::try_from(
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs(),
    )
    .unwrap()
}

impl Stage {
    pub async fn start() -> Self {
        Self::start_with(SENDER, Duration::from_secs(10)).await
    }

    /// Phones subscribed with [`SENDER`]'s key; the sender has the key given.
    #[expect(
        clippy::disallowed_methods,
        reason = "tests speak to a real socket in real time"
    )]
    pub async fn start_with(secret: [u8; 32], total_timeout: Duration) -> Self {
        let clock = || {
            SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap()
                .as_millis()
        };
        let settings = PushSettings {
            seed: [3; 32],
            vapid: VapidCheck::OnlyKey(vapid(SENDER).public_key()),
            mint_from: 1_000_000,
            clock: Arc::new(move || u64::try_from(clock()).unwrap()),
        };
        let service = PushService::start("127.0.0.1:0".parse().unwrap(), settings)
            .await
            .unwrap();
        let allowed = AllowList::partners([service.addr()]).unwrap();
        let settings = ClientSettings {
            allowed,
            total_timeout,
            ..ClientSettings::default()
        };
        let client = GuardedClient::new(settings).unwrap();
        let hosts = Some(vec!["push.services.mozilla.com".to_owned()]);
        let sender = WebPush::new(client, vapid(secret), hosts);
        Self {
            service,
            sender,
            plain: reqwest::Client::new(),
        }
    }

    pub async fn send(&self, n: u32, payload: &[u8], topic: &str) -> Outcome {
        let subscription = subscription(&self.service.subscription(n));
        self.sender
            .send(&subscription, &request(payload, topic), unix_now(), &|| {
                true
            })
            .await
    }

    pub async fn ask(&self, path: &str) -> Value {
        self.ask_text(path).await.parse().unwrap()
    }

    pub async fn ask_text(&self, path: &str) -> String {
        let url = format!("{}{path}", self.service.origin());
        self.plain
            .get(url)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    }

    pub async fn order(&self, path: &str, body: Value) -> (u16, String) {
        let url = format!("{}{path}", self.service.origin());
        let answer = self.plain.post(url).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    pub async fn delete(&self, url: &str) -> u16 {
        self.plain
            .delete(url)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    }

    pub async fn faults(&self, rules: Value) {
        assert_eq!(self.order("/faults", rules).await.0, 204);
    }
}
