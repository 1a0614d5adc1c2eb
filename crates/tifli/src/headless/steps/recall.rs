//! The end: at once, in the middle of a sending; everywhere the same words; everybody told.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use tifli_cap::MsgType;

use super::follow::send_update;
use super::public::{cap_address, cap_at};
use super::{APPROVER, OFFICER, ROOM, systems};
use crate::headless::client::Check;
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// The update that the end cuts off, and the end itself.
pub const CUT_OFF: u32 = 3;
/// The longest an earlier version may still arrive after the end was answered, in milliseconds.
const LATEST_MS: i64 = 2_000;
/// How often the alert is asked whether it is dark, and how many times.
const ASK_EVERY: Duration = Duration::from_millis(100);
const ASKED_AT_MOST: u32 = 1_200;

/// One person ends it while an update is still being sent.
pub async fn cancelled_in_the_middle_of_an_update(world: &mut World<'_>) -> Check<Found> {
    send_update(world, "a yellow raincoat").await?;
    world
        .partner
        .look_until(|partner| !partner.who(CUT_OFF).is_empty())
        .await?;
    let alert = world.known("alert")?;
    systems::break_three(world).await?;
    let asked = world.demo.now_ms();
    let path = format!("alerts/{alert}/cancel");
    let ended = world
        .post(&path, ROOM, json!({ "reason": "found" }))
        .await?
        .good()?;
    let answered = world.demo.now_ms();
    ensure!(ended["state"] == "ended", "the alert has not ended");
    world.learn("cancelled_ms", &answered.to_string());
    let again = world
        .post(&path, APPROVER, json!({ "reason": "found" }))
        .await?;
    again.refused(409, "")?;
    Ok(Found {
        checked: "one person, at once, in the middle of an update".into(),
        ms: u64::try_from(answered - asked).ok(),
    })
}

/// Page and card say that it is over in every language, the photo is gone; the list is empty; a tip is no longer taken.
pub async fn public_pages_have_ended(world: &mut World<'_>) -> Check<Found> {
    let code = world.known("code")?;
    for language in &world.demo.pack().languages().suffice {
        let page = world.client.get(&format!("/{language}/a/{code}")).await?;
        page.status(200)?;
        let page = page.text();
        let named = page.contains("Salma") || page.contains("سلمى");
        ensure!(!named, "the page still names the child");
        let home = world.client.get(&format!("/{language}")).await?.text();
        ensure!(!home.contains(&code), "the list still has it");
    }
    world
        .client
        .get(&format!("/a/{code}/photo.jpg"))
        .await?
        .status(410)?;
    let card = world.client.get(&format!("/a/{code}/card.jpg")).await?;
    card.status(200)?;
    ensure!(
        card.bytes().len().to_string() != world.known("card")?,
        "the card still shows the photo"
    );
    let said = world.client.get(&format!("/v/{code}.json")).await?;
    ensure!(
        said.json()["state"] == "ended",
        "it is not said to have ended"
    );
    let tip = json!({ "words": "too late" });
    let path = format!("alerts/by-code/{code}/tips");
    world.post(&path, "", tip).await?.refused(410, "")?;
    Ok("page and card without the child, photo 410; list without it; no more tips".into())
}

/// The first document answers 410, and the feed has the end.
pub async fn feed_and_cap_have_ended(world: &mut World<'_>) -> Check<Found> {
    let first = world.known("cap")?;
    world.client.get(&first).await?.status(410)?;
    let last = cap_address(world).await?;
    ensure!(last != first, "the feed still has the alert");
    let cancel = cap_at(world, &last).await?;
    ensure!(
        cancel.msg_type == MsgType::Cancel,
        "the feed's document is no end"
    );
    ensure!(
        cancel.references.len() >= 3,
        "the end does not name what it ends"
    );
    Ok(format!(
        "410, and a Cancel that names {} messages",
        cancel.references.len()
    )
    .into())
}

/// Whoever got anything is told, the mover too; nothing old arrives late; nobody else hears of it.
pub async fn everyone_is_told_of_the_end(world: &mut World<'_>) -> Check<Found> {
    let cancelled: i64 = world.known("cancelled_ms")?.parse().unwrap_or_default();
    world.partner.look().await?;
    let goal = handed(world).len();
    world
        .partner
        .look_until(|partner| partner.who_of_kind("ended").len() >= goal)
        .await?;
    // What was in flight when the end came may have arrived meanwhile.
    let handed = handed(world);
    let told = world.partner.who_of_kind("ended");
    world.totals.handed = handed.len() as u64;
    world.totals.told_of_end = told.len() as u64;
    let old = world
        .partner
        .arrivals()
        .iter()
        .filter(|arrival| arrival.version <= CUT_OFF);
    let late = old
        .map(|arrival| arrival.at_ms - cancelled)
        .max()
        .unwrap_or_default()
        .max(0);
    world.totals.cancel_to_last_old_send_ms = late;
    let strangers = world
        .partner
        .arrivals()
        .iter()
        .filter(|arrival| !world.inside.contains(&arrival.n));
    let strangers: BTreeSet<u32> = strangers.map(|arrival| arrival.n).collect();
    world.totals.outside_pushed = strangers.len() as u64;
    let (opened, failed, repeats) = world.partner.sums().await?;
    world.totals.opened_by_partner = opened;
    world.totals.repeats = repeats;
    let missed = handed.difference(&told).count();
    ensure!(
        missed == 0,
        "{missed} of {} were not told of the end",
        handed.len()
    );
    let mover: u32 = world.known("mover")?.parse().unwrap_or_default();
    ensure!(told.contains(&mover), "who moved away was not told");
    ensure!(
        late <= LATEST_MS,
        "an earlier version arrived {late} ms after the end"
    );
    ensure!(
        strangers.is_empty(),
        "{} outside got something",
        strangers.len()
    );
    ensure!(failed == 0, "{failed} messages could not be opened");
    let last = world
        .partner
        .arrivals()
        .iter()
        .map(|arrival| arrival.at_ms)
        .max()
        .unwrap_or_default();
    Ok(Found {
        checked: format!(
            "{} told, the one who moved away too; last old arrival after {late} ms",
            told.len()
        ),
        ms: u64::try_from(last - cancelled).ok(),
    })
}

/// Who ended it cannot confirm why; another person does.
pub async fn a_second_person_confirms(world: &mut World<'_>) -> Check<Found> {
    let alert = world.known("alert")?;
    let path = format!("alerts/{alert}/confirm-end");
    world
        .post(&path, ROOM, json!({}))
        .await?
        .refused(409, "same_person")?;
    let line = world.post(&path, OFFICER, json!({})).await?.good()?;
    ensure!(line["state"] == "confirmed", "the end is not confirmed");
    Ok("not the person who ended it, but another".into())
}

/// Every channel has reported; the time is told.
pub async fn dark(world: &mut World<'_>) -> Check<Found> {
    let alert = world.known("alert")?;
    let (ms, receipts) = until_dark(world, &alert).await?;
    world.totals.time_to_dark_ms = ms;
    Ok(Found {
        checked: format!("{receipts} receipts, every channel reported"),
        ms: u64::try_from(ms).ok(),
    })
}

/// Waits until every channel of an ended alert has reported; says after how many milliseconds, and by
/// how many receipts.
pub async fn until_dark(world: &World<'_>, alert: &str) -> Check<(i64, u64)> {
    for _ in 0..ASKED_AT_MOST {
        let progress = world
            .read(&format!("alerts/{alert}/deliveries"), APPROVER)
            .await?
            .good()?;
        if let Some(ms) = progress["time_to_dark_ms"].as_i64() {
            let receipts = progress["receipts"].as_u64().unwrap_or_default();
            return Ok((ms, receipts));
        }
        tokio::time::sleep(ASK_EVERY).await;
    }
    Err(crate::headless::client::Wrong(
        "it did not become dark".into(),
    ))
}

/// Who got any version before the end.
fn handed(world: &World<'_>) -> BTreeSet<u32> {
    let earlier = world
        .partner
        .arrivals()
        .iter()
        .filter(|arrival| arrival.version <= CUT_OFF);
    earlier.map(|arrival| arrival.n).collect()
}
