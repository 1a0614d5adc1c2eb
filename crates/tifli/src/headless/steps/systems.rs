//! The systems of partners: told by themselves, believed only by what they say, and a recall that waits
//! for them by name.

use std::time::Duration;

use serde_json::{Value, json};

use super::quiet::{self, Quiet};
use super::{APPROVER, OFFICER, ROOM, partner, recall};
use crate::demo::{BY_CAP, BY_WEBHOOK};
use crate::headless::client::{Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// The consent that covers both partners.
const CONSENT: &str = "media";
/// How often something is looked at, and how many times.
const LOOK_EVERY: Duration = Duration::from_millis(100);
const LOOKS: u32 = 600;

/// One is told by a signed event, one by CAP; an answer that never came is settled by reading back; the
/// end reaches both, and nothing is shown any more.
pub async fn systems_told(world: &mut World<'_>) -> Check<Found> {
    let cap = world.demo.systems().cap_url();
    play(
        world,
        &cap,
        json!([{ "takes": true, "hang_up": true, "next": 1 }]),
    )
    .await?;
    let out = live(world).await?;
    delivered(world, &out.alert, (BY_WEBHOOK, 1)).await?;
    let document = delivered(world, &out.alert, (BY_CAP, 1)).await?;
    let calls = calls(world, &document).await?;
    ensure!(calls == ["sent"], "told again, not read back: {calls:?}");
    ensure!(
        shows(world, &out.code).await?,
        "the press agency does not show it"
    );
    quiet::found(world, &out.alert).await?;
    recall::until_dark(world, &out.alert).await?;
    ensure!(!shows(world, &out.code).await?, "it is shown after its end");
    let kinds = events_of(world, &out.code).await?;
    ensure!(
        kinds == ["alert.issued", "alert.ended"],
        "the television got {kinds:?}"
    );
    Ok("by event and by CAP; a lost answer was read back; both know of the end".into())
}

/// A partner that does not take the end keeps the recall open by its name, until the room says why it
/// may go on without it.
pub async fn silent_partner_held(world: &mut World<'_>) -> Check<Found> {
    let out = live(world).await?;
    // Whom nothing has reached is not told of an end.
    for partner in [BY_WEBHOOK, BY_CAP] {
        delivered(world, &out.alert, (partner, 1)).await?;
    }
    let hook = world.demo.systems().hook_url();
    play(world, &hook, json!([{ "permanent": true }])).await?;
    quiet::found(world, &out.alert).await?;
    let dead = until(world, &out.alert, (BY_WEBHOOK, 2), |one| {
        one["state"] == "dead"
    })
    .await?;
    delivered(world, &out.alert, (BY_CAP, 2)).await?;
    let waits = quiet::waits_for(world, &out.case, "recall")
        .await?
        .unwrap_or_default();
    ensure!(
        waits.iter().any(|name| name == BY_WEBHOOK),
        "the recall waits for {waits:?}"
    );
    let path = format!("deliveries/{}/release", text(&dead, "delivery")?);
    let reason = json!({ "reason": "The editor took it off the air by telephone." });
    world
        .post(&path, ROOM, json!({ "reason": "" }))
        .await?
        .refused(422, "")?;
    world
        .post(&path, OFFICER, reason.clone())
        .await?
        .refused(403, "role")?;
    world.post(&path, ROOM, reason).await?.good()?;
    play(world, &hook, json!([])).await?;
    let (ms, _) = recall::until_dark(world, &out.alert).await?;
    Ok(
        format!("{BY_WEBHOOK} named; released by the room with a reason; dark after {ms} ms")
            .into(),
    )
}

/// Three channels break while an update is under way: one partner never answers, one asks to wait, and
/// the push service fails each fiftieth phone once.
pub async fn break_three(world: &World<'_>) -> Check<()> {
    let systems = world.demo.systems();
    play(
        world,
        &systems.hook_url(),
        json!([{ "never_answers": true }]),
    )
    .await?;
    let waits = json!([{ "throttle": true, "retry_after": 2, "next": 2 }]);
    play(world, &systems.cap_url(), waits).await?;
    for push in world.demo.push_urls() {
        let fails = json!([{ "share": 0.02, "status": 503, "times": 1 }]);
        play(world, &push, fails).await?;
    }
    Ok(())
}

/// With three channels broken in the middle of a sending, each is dark or named within a minute of the
/// end; the room lets the recall go on without the one that never answers.
pub async fn cancel_under_load(world: &mut World<'_>) -> Check<Found> {
    let (case, alert) = (world.known("case")?, world.known("alert")?);
    let cancelled: i64 = world.known("cancelled_ms")?.parse().unwrap_or_default();
    let end = recall::CUT_OFF + 1;
    delivered(world, &alert, (BY_CAP, end)).await?;
    let silent = until(world, &alert, (BY_WEBHOOK, end), |one| one["attempts"] != 0).await?;
    let waits = quiet::waits_for(world, &case, "recall")
        .await?
        .unwrap_or_default();
    ensure!(
        waits.iter().any(|name| name == BY_WEBHOOK),
        "the recall waits for {waits:?}"
    );
    let named = world.demo.now_ms() - cancelled;
    let path = format!("deliveries/{}/release", text(&silent, "delivery")?);
    let reason = json!({ "reason": "Nobody answers there; the station is off the air." });
    world.post(&path, ROOM, reason).await?.good()?;
    play(world, &world.demo.systems().hook_url(), json!([])).await?;
    Ok(Found {
        checked: format!("{BY_CAP} and every phone told, {BY_WEBHOOK} named, then released"),
        ms: u64::try_from(named).ok(),
    })
}

/// A case with the guardian's consent to these partners, and its alert.
async fn live(world: &World<'_>) -> Check<Quiet> {
    let consent = [("consent_publish", "yes"), ("consent_given_by", "Nadia")];
    let case = world.open_case(OFFICER, &consent).await?;
    partner::allow(world, &case, CONSENT).await?;
    quiet::again(world, &case).await
}

/// Gives a sandbox its script of faults.
pub async fn play(world: &World<'_>, origin: &str, script: Value) -> Check<()> {
    let answer = world
        .client
        .post(&format!("{origin}/faults"), &script)
        .await?;
    answer.good().map(|_| ())
}

/// Waits until a version was taken by a partner's system.
async fn delivered(world: &World<'_>, alert: &str, which: (&str, u32)) -> Check<Value> {
    until(world, alert, which, |one| one["outcome"] == "sent").await
}

async fn until(
    world: &World<'_>,
    alert: &str,
    (name, version): (&str, u32),
    wished: fn(&Value) -> bool,
) -> Check<Value> {
    for _ in 0..LOOKS {
        let path = format!("alerts/{alert}/deliveries");
        let listed = world.read(&path, APPROVER).await?.good()?;
        let mut all = listed["systems"].as_array().into_iter().flatten();
        let mine = all.find(|one| one["partner"] == name && one["version"] == version);
        if let Some(one) = mine.filter(|one| wished(one)) {
            return Ok(one.clone());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err(Wrong(format!(
        "version {version} did not reach {name} as expected"
    )))
}

/// What each call of a delivery came to.
async fn calls(world: &World<'_>, delivery: &Value) -> Check<Vec<String>> {
    let path = format!("deliveries/{}", text(delivery, "delivery")?);
    let story = world.read(&path, APPROVER).await?.good()?;
    let calls = story["calls"].as_array().into_iter().flatten();
    let outcomes = calls.filter_map(|one| one["outcome"].as_str());
    Ok(outcomes.map(str::to_owned).collect())
}

/// Whether the press agency shows the alert now: by the very bytes that it was handed.
async fn shows(world: &World<'_>, code: &str) -> Check<bool> {
    let origin = world.demo.systems().cap_url();
    let shown = world
        .client
        .get(&format!("{origin}/current"))
        .await?
        .good()?;
    for message in shown.as_array().into_iter().flatten() {
        let raw = format!("{origin}/raw/{}", text(message, "identifier")?);
        let raw = world.client.get(&raw).await?;
        raw.good()?;
        if raw.text().contains(code) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The kinds of events the television got of the alert, in order.
async fn events_of(world: &World<'_>, code: &str) -> Check<Vec<String>> {
    let address = format!(
        "{}/events?after=0&limit=10000",
        world.demo.systems().hook_url()
    );
    let events = world.client.get(&address).await?.good()?;
    let mine = events.as_array().into_iter().flatten();
    let mine = mine.filter(|event| event["body"].to_string().contains(code));
    let kinds = mine.filter_map(|event| event["type"].as_str());
    Ok(kinds.map(str::to_owned).collect())
}
