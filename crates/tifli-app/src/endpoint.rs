//! The systems to which a program delivers: of which partner, or of which security service, by which channel, where,
//! and with which secrets. Kept by the administrator; the law and the consent are asked again at each delivery.
//!
//! Not for people who hand an alert over (see [`crate::partner`]), nor for what was delivered (see
//! [`crate::ledger`]).

use serde::{Deserialize, Serialize};
use tifli_channel::cap::{CapEndpoint, CapPartner};
use tifli_channel::http::GuardedClient;
use tifli_channel::webhook::{Webhook, WebhookEndpoint, WebhookSecret};
use tifli_domain::Actor;
use tifli_domain::channel::OwnChannel;
use tifli_domain::endpoint::{CapProfile, EndpointState};
use tifli_domain::id::{EndpointId, PersonId};
use tifli_domain::permission::Act;
use tifli_domain::service::Service;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::endpoint::{self, EndpointRow, access_context};
use tifli_store::people::HOUSE;
use tifli_store::{AuditedRead, Claim, Sealed, Tx, service};

use crate::report::find_made;
use crate::{App, AppError, AppResult, Problem};

/// The most characters of an address or a token.
const LONGEST: usize = 500;
/// Secrets a webhook signs with at once: the present one and the one before it.
const SECRETS: usize = 2;

/// The adapters that call systems.
pub struct Systems {
    /// Signed events.
    pub webhook: Webhook,
    /// CAP over HTTPS.
    pub cap: CapPartner,
}

impl Systems {
    /// Both over one guarded client.
    pub fn new(client: &GuardedClient) -> Self {
        Self {
            webhook: Webhook::new(client),
            cap: CapPartner::new(client),
        }
    }
}

/// What an administrator says of a system.
#[derive(Clone)]
pub struct NewEndpoint {
    /// The partner's code in the country pack; for bulletins the service's in the directory.
    pub partner: String,
    /// `webhook`, `cap_partner` or `bulletin_cap`.
    pub channel: String,
    /// Where it is.
    pub url: String,
    /// The token it wants to see, for CAP; empty for none.
    pub bearer: String,
    /// What it asks of a CAP message beyond the standard; empty for nothing.
    pub profile: String,
}

/// A system as the administrator sees it. Its secrets are shown once, when they are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointLine {
    /// Its id.
    pub endpoint: EndpointId,
    /// The partner's code.
    pub partner: String,
    /// The channel.
    pub channel: OwnChannel,
    /// What it asks of a CAP message beyond the standard.
    pub profile: CapProfile,
    /// Whether anything is delivered there.
    pub state: EndpointState,
    /// Why it is not, as a code.
    pub why: String,
    /// Where it is.
    pub url: String,
    /// When it was last changed, in UTC milliseconds.
    pub changed_ms: i64,
}

/// A system that was just made, or whose secret was just changed.
#[derive(Clone)]
pub struct MadeEndpoint {
    /// Its id.
    pub endpoint: EndpointId,
    /// The secret to give to the partner, shown once; `None` for CAP.
    pub secret: Option<String>,
}

/// Where a system is and what opens it, as it is sealed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Access {
    pub(crate) url: String,
    /// The newest first.
    secrets: Vec<String>,
    bearer: Option<String>,
}

impl Access {
    pub(crate) fn webhook(&self) -> AppResult<WebhookEndpoint> {
        let secrets: Result<Vec<_>, _> = self
            .secrets
            .iter()
            .map(|text| WebhookSecret::parse(text))
            .collect();
        Ok(WebhookEndpoint {
            url: self.url.clone(),
            secrets: secrets.map_err(|_| AppError::internal("webhook_secret"))?,
        })
    }

    pub(crate) fn cap(&self) -> CapEndpoint {
        CapEndpoint {
            url: self.url.clone(),
            bearer: self.bearer.clone(),
        }
    }
}

impl App {
    /// Adds a system of a partner; from now on alerts that the partner may have go there.
    pub async fn add_endpoint(&self, actor: &Actor, new: NewEndpoint) -> AppResult<MadeEndpoint> {
        self.add_endpoint_under(actor, new, None).await
    }

    /// The same under the caller's own key: asked again with it, the system made the first time, and
    /// no secret, which was shown then.
    pub async fn add_endpoint_once(
        &self,
        actor: &Actor,
        new: NewEndpoint,
        key: &str,
    ) -> AppResult<MadeEndpoint> {
        let asked = [
            &*new.partner,
            &new.channel,
            &new.url,
            &new.bearer,
            &new.profile,
        ]
        .join("\n");
        let claim = self.claim(actor, ("endpoint", key), &asked)?;
        self.add_endpoint_under(actor, new, Some(claim)).await
    }

    async fn add_endpoint_under(
        &self,
        actor: &Actor,
        new: NewEndpoint,
        claim: Option<Claim>,
    ) -> AppResult<MadeEndpoint> {
        self.permit_anywhere(actor, Act::ManageEndpoints)?;
        let services = self.known_services().await?;
        let (channel, profile) = self.check_endpoint(&new, &services)?;
        let id = EndpointId::new(self.now_ms(), self.entropy());
        let secret = (channel == OwnChannel::Webhook).then(|| self.new_secret());
        let access = Access {
            url: new.url.trim().to_owned(),
            secrets: secret.iter().cloned().collect(),
            bearer: Some(new.bearer.trim().to_owned()).filter(|bearer| !bearer.is_empty()),
        };
        let row = EndpointRow {
            endpoint: id,
            partner: new.partner,
            channel,
            profile,
            state: EndpointState::Enabled,
            why: String::new(),
            access: self.seal_access(id, &access).await?,
            created_ms: self.now_ms(),
            changed_ms: self.now_ms(),
        };
        let kept = self
            .keep_endpoint(actor, (row, claim), "endpoint.add")
            .await?;
        Ok(MadeEndpoint {
            endpoint: kept,
            secret: secret.filter(|_| kept == id),
        })
    }

    /// Gives a webhook a new secret; until the next change both it and the one before sign.
    pub async fn rotate_endpoint(&self, actor: &Actor, id: EndpointId) -> AppResult<MadeEndpoint> {
        self.permit_anywhere(actor, Act::ManageEndpoints)?;
        let mut row = self.endpoint_row(id).await?;
        if row.channel != OwnChannel::Webhook {
            return Err(AppError::conflict("endpoint_has_no_secret"));
        }
        let mut access = self.open_access(&actor.person.to_string(), &row).await?;
        let secret = self.new_secret();
        access.secrets.insert(0, secret.clone());
        access.secrets.truncate(SECRETS);
        row.access = self.seal_access(id, &access).await?;
        self.keep_endpoint(actor, (row, None), "endpoint.rotate")
            .await?;
        Ok(MadeEndpoint {
            endpoint: id,
            secret: Some(secret),
        })
    }

    /// Lets nothing more go to a system but the end of what went before, or lets alerts go again.
    pub async fn switch_endpoint(
        &self,
        actor: &Actor,
        id: EndpointId,
        state: EndpointState,
    ) -> AppResult<()> {
        self.permit_anywhere(actor, Act::ManageEndpoints)?;
        let mut row = self.endpoint_row(id).await?;
        row.state = state;
        row.why = match state {
            EndpointState::Enabled => String::new(),
            EndpointState::Disabled => "by_hand".to_owned(),
        };
        self.keep_endpoint(actor, (row, None), "endpoint.switch")
            .await?;
        Ok(())
    }

    /// Every system, by partner.
    pub async fn list_endpoints(&self, actor: &Actor) -> AppResult<Vec<EndpointLine>> {
        self.permit_anywhere(actor, Act::ManageEndpoints)?;
        let rows = self
            .db()
            .read("list_endpoints", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(endpoint::list(reads).await?) })
            })
            .await?;
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            let access = self.open_access(&actor.person.to_string(), &row).await?;
            lines.push(EndpointLine {
                endpoint: row.endpoint,
                partner: row.partner,
                channel: row.channel,
                profile: row.profile,
                state: row.state,
                why: row.why,
                url: access.url,
                changed_ms: row.changed_ms,
            });
        }
        Ok(lines)
    }

    pub(crate) async fn endpoint_row(&self, id: EndpointId) -> AppResult<EndpointRow> {
        self.db()
            .read("endpoint", id, |reads, id| {
                Box::pin(async move { Ok::<_, AppError>(endpoint::get(reads, *id).await?) })
            })
            .await
    }

    /// Where a system is and what opens it, for `by`: a person, or the house itself.
    pub(crate) async fn open_access(&self, by: &str, row: &EndpointRow) -> AppResult<Access> {
        let read = AuditedRead {
            actor: by.to_owned(),
            reason: "deliver".to_owned(),
            objects: vec![ObjectId::new("endpoint", row.endpoint)],
        };
        let opened = self
            .db()
            .open_sealed(read, vec![row.access.clone()])
            .await?;
        let json = opened.bytes(0).unwrap_or_default();
        serde_json::from_slice(json).map_err(|_| AppError::internal("endpoint_access"))
    }

    /// Everything that is wrong with it at once, so that nobody is sent back twice.
    fn check_endpoint(
        &self,
        new: &NewEndpoint,
        services: &[Service],
    ) -> AppResult<(OwnChannel, CapProfile)> {
        let channel: Option<OwnChannel> = new.channel.parse().ok();
        let channel = channel.filter(|channel| channel.calls_systems());
        let profile = profile_of(channel, new.profile.trim());
        let wrong = [
            ("partner", self.wrong_owner(channel, &new.partner, services)),
            ("channel", channel.is_none().then_some("not_an_answer")),
            ("profile", profile.is_none().then_some("not_an_answer")),
            ("url", self.wrong_address(channel, &new.url)),
            ("bearer", wrong_token(channel, new.bearer.trim())),
        ];
        let wrong = wrong
            .into_iter()
            .filter_map(|(field, code)| code.map(|code| Problem::new(field, code)));
        let problems: Vec<Problem> = wrong.collect();
        match (channel, profile) {
            (Some(channel), Some(profile)) if problems.is_empty() => Ok((channel, profile)),
            _ => Err(AppError::invalid(problems)),
        }
    }

    /// Bulletins go to the system of an active service, alerts to that of a partner.
    fn wrong_owner(
        &self,
        channel: Option<OwnChannel>,
        id: &str,
        services: &[Service],
    ) -> Option<&'static str> {
        if id.is_empty() {
            return Some("missing");
        }
        let partner = self.pack().partner(id).is_some();
        let service = services.iter().find(|one| one.id.as_str() == id);
        match (channel == Some(OwnChannel::BulletinCap), service) {
            (true, Some(service)) => (!service.active).then_some("service_inactive"),
            (true, None) if partner => Some("system_of_a_partner"),
            (true, None) => Some("no_such_service"),
            (false, _) if partner => None,
            (false, Some(_)) => Some("system_of_a_service"),
            (false, None) => Some("no_such_partner"),
        }
    }

    /// The services whose systems may be added, with those that have left.
    pub async fn list_services_for_endpoints(&self, actor: &Actor) -> AppResult<Vec<Service>> {
        self.permit_anywhere(actor, Act::ManageEndpoints)?;
        self.known_services().await
    }

    async fn known_services(&self) -> AppResult<Vec<Service>> {
        self.db()
            .read("known_services", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(service::list(reads).await?) })
            })
            .await
    }

    fn wrong_address(&self, channel: Option<OwnChannel>, url: &str) -> Option<&'static str> {
        let address = url.trim();
        if address.is_empty() {
            return Some("missing");
        }
        if url.len() > LONGEST {
            return Some("endpoint_too_long");
        }
        let checked = match channel {
            Some(OwnChannel::Webhook) | None => self.systems().webhook.check_endpoint(address),
            Some(_) => self.systems().cap.check_endpoint(address),
        };
        checked.err().map(|error| error.code())
    }

    fn new_secret(&self) -> String {
        let mut octets = [0; 32];
        self.entropy().fill(&mut octets);
        WebhookSecret::from_random(octets).to_text()
    }

    async fn seal_access(&self, id: EndpointId, access: &Access) -> AppResult<Sealed> {
        let key = self.db().keys().create(HOUSE).await?;
        let context = access_context(id);
        let json = serde_json::to_vec(access).map_err(|_| AppError::internal("endpoint_access"))?;
        Ok(Sealed::new(HOUSE, &context, key.seal(&context, &json)))
    }

    /// Writes a system down. Its id, or that of the one that the same request made before.
    async fn keep_endpoint(
        &self,
        actor: &Actor,
        (row, claim): (EndpointRow, Option<Claim>),
        verb: &'static str,
    ) -> AppResult<EndpointId> {
        let keeping = Keeping {
            by: actor.person,
            row,
            claim,
            verb,
        };
        self.db()
            .write("keep_endpoint", keeping, |tx, keeping| {
                Box::pin(async move { keep(tx, keeping).await })
            })
            .await
    }
}

/// Only CAP has profiles; `None` for what is none, or none of this channel's.
fn profile_of(channel: Option<OwnChannel>, typed: &str) -> Option<CapProfile> {
    let profile = match typed {
        "" => CapProfile::Oasis,
        word => word.parse().ok()?,
    };
    match (channel, profile) {
        (Some(OwnChannel::CapPartner), _) | (_, CapProfile::Oasis) => Some(profile),
        _ => None,
    }
}

/// An event is signed with a secret of ours, and carries no token of theirs.
fn wrong_token(channel: Option<OwnChannel>, bearer: &str) -> Option<&'static str> {
    let plain = bearer.bytes().all(|byte| byte.is_ascii_graphic());
    match channel {
        Some(OwnChannel::Webhook) if !bearer.is_empty() => Some("token_not_wanted"),
        _ => (bearer.len() > LONGEST || !plain).then_some("not_a_token"),
    }
}

/// What a change of a system carries into its transaction.
struct Keeping {
    by: PersonId,
    row: EndpointRow,
    claim: Option<Claim>,
    verb: &'static str,
}

async fn keep(tx: &mut Tx, keeping: &Keeping) -> AppResult<EndpointId> {
    let row = &keeping.row;
    if let Some(claim) = &keeping.claim {
        if let Some(made) = find_made(tx, claim).await? {
            return Ok(made);
        }
        tx.settle(claim, row.endpoint, 201).await?;
    }
    endpoint::put(tx, row).await?;
    let detail = Detail::none()
        .with("partner", &row.partner)
        .with("channel", row.channel.as_str())
        .with("profile", row.profile.as_str())
        .with("state", row.state.as_str());
    let object = ObjectId::new("endpoint", row.endpoint);
    let entry = Entry::new(keeping.by.to_string(), keeping.verb, object);
    tx.audit(entry.with_detail(detail))?;
    Ok(row.endpoint)
}
