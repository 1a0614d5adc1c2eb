//! A small alert far from everybody, for steps that need one of their own beside the case that is lived.

use serde_json::{Value, json};

use super::alert::binding;
use super::{APPROVER, OFFICER, ROOM};
use crate::headless::client::{Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::world::World;

/// A case with an alert of its own.
pub struct Quiet {
    /// The case.
    pub case: String,
    /// The alert.
    pub alert: String,
    /// Its public code.
    pub code: String,
}

/// A fresh case whose alert is live over a small circle far away.
pub async fn live(world: &World<'_>) -> Check<Quiet> {
    let consent = [("consent_publish", "yes"), ("consent_given_by", "Nadia")];
    let case = world.open_case(OFFICER, &consent).await?;
    again(world, &case).await
}

/// The same from a case that is received, or whose alert is over.
pub async fn again(world: &World<'_>, case: &str) -> Check<Quiet> {
    let message = super::paper::submitted(world, case).await?;
    let body = json!({ "binding": binding(world, &message).await? });
    let approve = format!("approvals/{message}/approve");
    world.post(&approve, APPROVER, body).await?.good()?;
    let path = format!("cases/{case}/alerts");
    let alerts = world.read(&path, OFFICER).await?.good()?;
    let mut alerts = alerts["alerts"].as_array().into_iter().flatten();
    let live = alerts.find(|alert| alert["state"] == "live");
    let live = live.ok_or_else(|| Wrong("the approved alert is not live".into()))?;
    Ok(Quiet {
        case: case.to_owned(),
        alert: text(live, "alert")?.to_owned(),
        code: text(live, "code")?.to_owned(),
    })
}

/// One person of the room ends it because the child is found.
pub async fn found(world: &World<'_>, alert: &str) -> Check<()> {
    let path = format!("alerts/{alert}/cancel");
    let body = json!({ "reason": "found" });
    let ended = world.post(&path, ROOM, body).await?.good()?;
    ensure!(ended["state"] == "ended", "the alert has not ended");
    Ok(())
}

/// Given to the carrier with the guardian's consent, and seen there.
pub async fn seen_live(world: &World<'_>, quiet: &Quiet) -> Check<()> {
    super::partner::allow(world, &quiet.case, super::partner::CARRIER).await?;
    let handover = super::partner::newest(world, &quiet.alert).await?;
    let path = format!("handovers/{handover}/steps");
    for step in [
        json!({ "act": "submit", "way": "portal", "reference": "T-9" }),
        json!({ "act": "see_live", "words": "Seen in the invented feed." }),
    ] {
        world.post(&path, ROOM, step).await?.good()?;
    }
    Ok(())
}

/// What the closing of a case waits for, by item; nobody where it waits for no receipt.
pub async fn waits_for(world: &World<'_>, case: &str, item: &str) -> Check<Option<Vec<String>>> {
    let path = format!("cases/{case}/closing");
    let closing = world.read(&path, OFFICER).await?.good()?;
    let open = closing["open"].as_array().into_iter().flatten();
    if !open.into_iter().any(|open| open == item) {
        return Ok(None);
    }
    let items = closing["items"].as_array().into_iter().flatten();
    let named = items.filter(|one| one["item"] == item);
    let names = named.flat_map(|one| one["waits_for"].as_array().into_iter().flatten());
    let names = names.filter_map(Value::as_str).map(str::to_owned);
    Ok(Some(names.collect()))
}

/// The close is refused, and these and no other items are named.
pub async fn close_refused(world: &World<'_>, case: &str, open: &[&str]) -> Check<()> {
    let path = format!("cases/{case}/close");
    let refused = world.post(&path, OFFICER, Value::Null).await?;
    refused.refused(409, "closing_open")?;
    let body = refused.json();
    let named = body["errors"].as_array().into_iter().flatten();
    let named: Vec<&str> = named.filter_map(|one| one["field"].as_str()).collect();
    ensure!(named == open, "the close names {named:?}, not {open:?}");
    Ok(())
}
