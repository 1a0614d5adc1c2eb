//! The partner desk: what is submitted is not seen, silence pages the room, an end is followed until
//! the partner was seen to have taken it down.

use std::time::Duration;

use serde_json::{Value, json};

use super::{OFFICER, ROOM, report};
use crate::demo::PARTNER_SILENCE_S;
use crate::headless::client::{Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// The carrier of both countries.
pub const CARRIER: &str = "meta";
/// How often the board is asked, and how many times.
const ASK_EVERY: Duration = Duration::from_millis(200);
const ASKED_AT_MOST: u32 = 300;

/// Given to the carrier and not answered: the room is paged, the clock goes on, and no word anywhere
/// says that it was sent. Only somebody who saw it stops the clock.
pub async fn silence_pages_the_room(world: &mut World<'_>) -> Check<Found> {
    let (case, alert) = (world.known("case")?, world.known("alert")?);
    let handover = newest(world, &alert).await?;
    for file in ["kit.zip", "kit.json"] {
        world
            .read(&format!("handovers/{handover}/{file}"), ROOM)
            .await?
            .refused(409, "partner_consent_not_asked")?;
    }
    let submit = json!({ "act": "submit", "way": "portal", "reference": "T-1" });
    let path = format!("handovers/{handover}/steps");
    let unasked = world.post(&path, ROOM, submit.clone()).await?;
    unasked.refused(409, "partner_consent_not_asked")?;
    allow(world, &case, CARRIER).await?;
    kit_holds_nothing_private(world, &handover).await?;
    world
        .post(&path, OFFICER, submit.clone())
        .await?
        .refused(403, "role")?;
    let unseen = json!({ "act": "see_live", "words": "on the page" });
    world
        .post(&path, ROOM, unseen)
        .await?
        .refused(409, "not_possible_now")?;
    let done = world.post(&path, ROOM, submit).await?.good()?;
    ensure!(
        done["handover"]["state"] == "submitted",
        "it does not stand as submitted"
    );
    let paged = paged(world, &handover).await?;
    let silent = world
        .read(&format!("handovers/{handover}"), ROOM)
        .await?
        .good()?;
    ensure!(
        silent["handover"]["late"] == true,
        "the silence is not late"
    );
    ensure!(
        silent["handover"]["state"] == "submitted",
        "silence made it more than it is"
    );
    ensure!(
        !silent.to_string().contains("\"sent\""),
        "something says it was sent"
    );
    is_known_as(world, &handover, "unknown").await?;
    ensure!(
        ceiling(world, &case).await?.is_some(),
        "the clock stopped at being given away"
    );
    let seen = json!({ "act": "see_live", "words": "Seen in the invented feed." });
    let done = world.post(&path, ROOM, seen).await?.good()?;
    ensure!(
        done["handover"]["state"] == "seen_live",
        "it does not stand as seen live"
    );
    is_known_as(world, &handover, "sent").await?;
    ensure!(
        ceiling(world, &case).await?.is_none(),
        "the clock goes on though it was seen"
    );
    Ok(format!(
        "submitted, silent for {PARTNER_SILENCE_S} s (shortened for this run; the country pack has minutes), paged at \
         {paged}, never \"sent\"; the clock stopped at seen live"
    )
    .into())
}

/// The one ledger of deliveries says this of a hand-over.
async fn is_known_as(world: &World<'_>, handover: &str, wished: &str) -> Check<()> {
    let story = world.read(&format!("deliveries/{handover}"), ROOM).await?;
    let known = &story.good()?["hand"]["outcome"];
    ensure!(known == wished, "the ledger says {known} and not {wished}");
    Ok(())
}

/// Every partner that may still show the ended alert is named until somebody saw it gone.
pub async fn withdrawal_seen(world: &mut World<'_>) -> Check<Found> {
    let alert = world.known("alert")?;
    let open = may_be_shown(world, &alert).await?;
    ensure!(!open.is_empty(), "no partner is named as still showing it");
    let notice = world
        .read(&format!("handovers/{}/kit.json", open[0]), ROOM)
        .await?;
    ensure!(
        !opened(&notice.json())?.contains("Salma"),
        "the notice tells of the child"
    );
    withdrawn_everywhere(world, &alert).await?;
    let left = may_be_shown(world, &alert).await?;
    ensure!(left.is_empty(), "{} partners are still named", left.len());
    Ok(format!("{} named, asked, seen withdrawn", open.len()).into())
}

/// Asks every partner that may still show an ended alert to take it down, and sees it gone.
pub async fn withdrawn_everywhere(world: &World<'_>, alert: &str) -> Check<()> {
    for handover in may_be_shown(world, alert).await? {
        let path = format!("handovers/{handover}/steps");
        let ask = json!({ "act": "ask_withdrawal", "way": "phone", "reference": "T-2" });
        world.post(&path, ROOM, ask).await?.good()?;
        let gone = json!({ "act": "see_withdrawn", "words": "Gone from the invented feed." });
        let done = world.post(&path, ROOM, gone).await?.good()?;
        ensure!(
            done["handover"]["state"] == "seen_withdrawn",
            "it is not seen withdrawn"
        );
    }
    Ok(())
}

/// The guardian consents to the carrier, before an officer.
pub async fn allow(world: &World<'_>, case: &str, channel: &str) -> Check<()> {
    let consent = json!({
        "channel": channel,
        "answer": "given",
        "given_by": "Person Invented",
        "before": "Officer Invented",
    });
    let path = format!("cases/{case}/consent");
    world.post(&path, OFFICER, consent).await?.good()?;
    Ok(())
}

/// Hand-overs of an alert that a partner may still be showing.
pub async fn may_be_shown(world: &World<'_>, alert: &str) -> Check<Vec<String>> {
    let shown = ["submitted", "seen_live", "withdrawal_asked"];
    let handovers = handovers(world, alert).await?;
    let open = handovers
        .iter()
        .filter(|one| shown.iter().any(|state| one["state"] == *state));
    open.map(|one| Ok(text(one, "handover")?.to_owned()))
        .collect()
}

/// The hand-over of the version that is out to the carrier; the approval prepared it.
pub async fn newest(world: &World<'_>, alert: &str) -> Check<String> {
    let handovers = handovers(world, alert).await?;
    let found = handovers.iter().find(|one| one["partner"] == CARRIER);
    let found = found.ok_or_else(|| Wrong("nothing is prepared for the carrier".into()))?;
    ensure!(
        found["state"] == "prepared",
        "it stands as {}",
        found["state"]
    );
    Ok(text(found, "handover")?.to_owned())
}

async fn handovers(world: &World<'_>, alert: &str) -> Check<Vec<Value>> {
    let path = format!("alerts/{alert}/partners");
    let partners = world.read(&path, ROOM).await?.good()?;
    Ok(partners["handovers"]
        .as_array()
        .cloned()
        .unwrap_or_default())
}

/// The radius is in kilometres as approved, the archive is one, and nothing private is in either.
async fn kit_holds_nothing_private(world: &World<'_>, handover: &str) -> Check<()> {
    let json = world
        .read(&format!("handovers/{handover}/kit.json"), ROOM)
        .await?;
    let payload = opened(&json.json())?;
    let kit: Value = serde_json::from_str(&payload).map_err(|_| Wrong("no JSON inside".into()))?;
    let radius = kit["area"]["radius_km"].as_f64();
    ensure!(
        radius == Some(world.radius.kilometres().get()),
        "the radius is {radius:?}"
    );
    let zip = world
        .read(&format!("handovers/{handover}/kit.zip"), ROOM)
        .await?;
    ensure!(zip.bytes().starts_with(b"PK"), "the archive is none");
    for private in report::PRIVATE {
        let told = |bytes: &[u8]| {
            bytes
                .windows(private.len())
                .any(|w| w == private.as_bytes())
        };
        ensure!(
            !told(payload.as_bytes()) && !told(zip.bytes()),
            "the kit holds something private"
        );
    }
    Ok(())
}

/// What stands inside a signed envelope.
pub fn opened(envelope: &Value) -> Check<String> {
    use base64::Engine as _;
    let payload = text(envelope, "payload")?;
    let bytes = base64::engine::general_purpose::STANDARD.decode(payload);
    let bytes = bytes.map_err(|_| Wrong("the payload is not base64".into()))?;
    String::from_utf8(bytes).map_err(|_| Wrong("the payload is no text".into()))
}

/// Waits until the room was paged about a silent partner; says when.
async fn paged(world: &World<'_>, handover: &str) -> Check<String> {
    for _ in 0..ASKED_AT_MOST {
        let board = world.read("board", ROOM).await?.good()?;
        let duties = board["duties"].as_array().cloned().unwrap_or_default();
        let silent = duties
            .iter()
            .find(|duty| duty["kind"] == "partner_silent" && duty["subject"] == handover);
        let silent = silent.ok_or_else(|| Wrong("nobody waits for the partner".into()))?;
        if let Some(at) = silent["paged_at"].as_str() {
            return Ok(at.to_owned());
        }
        tokio::time::sleep(ASK_EVERY).await;
    }
    Err(Wrong("the room was not paged".into()))
}

/// Seconds left of the ceiling, if it counts.
async fn ceiling(world: &World<'_>, case: &str) -> Check<Option<i64>> {
    let cases = world.read("cases", ROOM).await?.good()?;
    let cases = cases["cases"].as_array().cloned().unwrap_or_default();
    let found = cases.iter().find(|line| line["case"] == case);
    let found = found.ok_or_else(|| Wrong("the room does not see the case".into()))?;
    Ok(found["ceiling_left_seconds"].as_i64())
}
