//! Two systems of partners on this machine, connected to the house: one takes signed events, one takes
//! CAP; and the system of a security service, which takes bulletins as CAP. Their addresses and secrets are invented and stay the same while the folder stays.

use std::net::SocketAddr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tifli_app::App;
use tifli_app::endpoint::NewEndpoint;
use tifli_domain::Actor;
use tifli_sandbox::cap::{Audience, CapIntake, CapSettings, RunningCap};
use tifli_sandbox::webhook::{RunningWebhook, Secret, WebhookReceiver, WebhookSettings};

use crate::failure::{Done, Failure, Trying as _};
use crate::house::refused;
use crate::system::{self, SystemClock};

/// The partner that takes signed events, in both countries.
pub const BY_WEBHOOK: &str = "television";
/// The partner that takes CAP, in both countries.
pub const BY_CAP: &str = "press_agency";

/// What must stay the same when a demonstration is gone on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemsMark {
    /// Where events are taken.
    pub hook: SocketAddr,
    /// What they are signed with.
    pub secret: String,
    /// Where CAP is taken.
    pub cap: SocketAddr,
    /// What both CAP intakes want to see.
    pub token: String,
    /// Where a service takes bulletins; nothing in a folder from before there was such a system.
    #[serde(default)]
    pub bulletins: Option<SocketAddr>,
}

/// The systems, listening.
pub struct Systems {
    hook: RunningWebhook,
    cap: RunningCap,
    bulletins: RunningCap,
    token: String,
}

impl Systems {
    /// Starts all, where they were before.
    pub async fn start(mark: Option<&SystemsMark>, clock: SystemClock) -> Done<Self> {
        let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let clock = clock.for_partners();
        let secret = match mark {
            Some(mark) => Secret::parse(&mark.secret).trying("reading the webhook's secret")?,
            None => Secret::parse(UNUSED).trying("reading the first secret")?,
        };
        let settings = WebhookSettings {
            secret,
            clock: Arc::clone(&clock),
        };
        let at = mark.map_or(anywhere, |mark| mark.hook);
        let hook = WebhookReceiver::start(at, settings).await;
        let token = mark.map_or_else(new_token, |mark| mark.token.clone());
        let settings = CapSettings {
            token: token.clone(),
            audience: Audience::Public,
            clock: Arc::clone(&clock),
        };
        let at = mark.map_or(anywhere, |mark| mark.cap);
        let cap = CapIntake::start(at, settings).await;
        let settings = CapSettings {
            token: token.clone(),
            audience: Audience::Restricted,
            clock,
        };
        let at = mark.and_then(|mark| mark.bulletins).unwrap_or(anywhere);
        let bulletins = CapIntake::start(at, settings).await;
        Ok(Self {
            hook: hook.trying("starting the sandbox receiver of webhooks")?,
            cap: cap.trying("starting the sandbox intake of CAP")?,
            bulletins: bulletins.trying("starting the sandbox intake of bulletins")?,
            token,
        })
    }

    /// Connects all to a fresh house; what the next run needs.
    pub async fn connect(&self, app: &App, administrator: &Actor) -> Done<SystemsMark> {
        let add = async |partner: &str, channel: &str, url: String, bearer: &str| {
            let new = NewEndpoint {
                partner: partner.to_owned(),
                channel: channel.to_owned(),
                url,
                bearer: bearer.to_owned(),
                profile: match channel {
                    "cap_partner" => "google".to_owned(),
                    _ => String::new(),
                },
            };
            let made = app.add_endpoint(administrator, new).await;
            made.map_err(|error| refused("connecting an invented partner", &error))
        };
        let hook = add(BY_WEBHOOK, "webhook", self.hook.base_url(), "").await?;
        add(BY_CAP, "cap_partner", self.cap.base_url(), &self.token).await?;
        let services = app.list_services(administrator).await;
        let services = services.map_err(|error| refused("listing the services", &error))?;
        let service = services.iter().find(|one| one.active);
        let service = service.ok_or_else(|| Failure::new("a house without a service"))?;
        let (url, bearer) = (self.bulletins.base_url(), &self.token);
        add(service.id.as_str(), "bulletin_cap", url, bearer).await?;
        let secret = hook
            .secret
            .ok_or_else(|| Failure::new("a webhook without a secret"))?;
        self.hook
            .rotate(Secret::parse(&secret).trying("reading the webhook's secret")?);
        self.hook.retire_former_secret();
        Ok(SystemsMark {
            hook: self.hook.addr(),
            secret,
            cap: self.cap.addr(),
            bulletins: Some(self.bulletins.addr()),
            token: self.token.clone(),
        })
    }

    /// Where they listen, to be allowed.
    pub fn addresses(&self) -> [SocketAddr; 3] {
        [self.hook.addr(), self.cap.addr(), self.bulletins.addr()]
    }

    /// Where the receiver of events is asked what it got, `http://127.0.0.1:PORT`.
    pub fn hook_url(&self) -> String {
        self.hook.origin()
    }

    /// Where the intake of CAP is asked what it shows, `http://127.0.0.1:PORT`.
    pub fn cap_url(&self) -> String {
        self.cap.origin()
    }

    /// Where the intake of bulletins is asked what it shows, `http://127.0.0.1:PORT`.
    pub fn bulletins_url(&self) -> String {
        self.bulletins.origin()
    }

    /// Stops all.
    pub async fn stop(self) {
        self.hook.stop().await;
        self.cap.stop().await;
        self.bulletins.stop().await;
    }
}

/// Nothing is signed with it: a fresh house gives the receiver a secret of its own.
const UNUSED: &str = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

fn new_token() -> String {
    tifli_app::hex(&system::random::<16>())
}
