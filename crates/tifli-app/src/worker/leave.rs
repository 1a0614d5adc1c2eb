//! Whether a system may have what an alert says: asked when its deliveries are made, and again before
//! each call, for a guardian may take a consent back and an administrator may switch a system off in
//! between. Not for an end, which goes to whoever may have an earlier version.
//!
//! What the report itself says of consent was opened at the approval, and is not opened again here.

use tifli_domain::channel::Lawful;
use tifli_domain::consent::{Covers, standing};
use tifli_domain::endpoint::EndpointState;
use tifli_domain::id::CaseId;
use tifli_domain::intake::Consent;
use tifli_store::Reads;
use tifli_store::endpoint::EndpointRow;

use crate::paper::{Consents, consents};
use crate::{App, AppResult};

/// Nothing is delivered there any more.
pub(super) const OFF: &str = "endpoint_off";
/// The partner, or the channel, has no legal line that counts in this house.
pub(super) const NOT_LAWFUL: &str = "partner_not_lawful";
/// The guardian's consent covers this partner or this channel no longer, or never did.
const NOT_CONSENTED: &str = "partner_not_consented";
/// The service is no longer told of searches.
pub(super) const SERVICE_LEFT: &str = "service_left";
/// The system says that it has nothing of what has ended, and is not known ever to have had it.
pub(super) const NOT_HELD: &str = "not_held";

/// Whether this is why a delivery never left: its partner, or service, may not have it or needs it no more.
pub(crate) fn is_withheld(code: &str) -> bool {
    matches!(
        code,
        OFF | NOT_LAWFUL | NOT_CONSENTED | SERVICE_LEFT | NOT_HELD
    )
}

/// Why this system gets nothing of this case now, as a code; `None` when it may have it.
pub(super) async fn withheld(
    reads: &mut impl Reads,
    app: &App,
    (case, system): (CaseId, &EndpointRow),
) -> AppResult<Option<&'static str>> {
    if system.state != EndpointState::Enabled {
        return Ok(Some(OFF));
    }
    let partner = app.pack().partner(&system.partner);
    let partner = partner.filter(|one| one.may_be_used(app.realm()));
    let lawful = app.lawful(system.channel.as_str()) == Lawful::Yes;
    let Some(partner) = partner.filter(|_| lawful) else {
        return Ok(Some(NOT_LAWFUL));
    };
    let given = consents(reads, case).await?;
    let covered = covers_channel(app, &given, system.channel.as_str())
        && given.cover(&partner.consent) == Covers::Given;
    Ok((!covered).then_some(NOT_CONSENTED))
}

/// Whether publishing at all is consented to as it stands since the approval, and this channel with it.
fn covers_channel(app: &App, given: &Consents, channel: &str) -> bool {
    let own = app.pack().own_consent();
    let stands = standing(Consent::Given, given.cover(own), given.substitution);
    let line = app.pack().channel(channel).map(|one| one.consent.as_str());
    let covered = line.is_some_and(|line| line == own || given.cover(line) == Covers::Given);
    stands == Consent::Given && covered
}
