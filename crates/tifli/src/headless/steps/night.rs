//! Found at night: one person ends everything public at once; what then stands open is named until the
//! last service and the last partner have answered.

use serde_json::Value;

use super::{OFFICER, ROOM, UNIT};
use super::{bulletin, closing, partner, quiet, recall};
use crate::headless::client::{Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// What an officer records of a child that is found well; receipts come by themselves.
const RECORDED: [(&str, &str); 8] = [
    ("located", "police"),
    ("seen", "alive"),
    ("safe", "safe"),
    ("decision", "return"),
    ("hand_over", ""),
    ("family_told", ""),
    ("interview", "accepted"),
    ("outcome", "decisive"),
];

/// At three in the morning: one person of the room, nobody asked. Then the last silent service and the
/// carrier are named, and the file cannot be closed before both have answered.
pub async fn found_at_night(world: &mut World<'_>) -> Check<Found> {
    let out = quiet::live(world).await?;
    quiet::seen_live(world, &out).await?;
    quiet::found(world, &out.alert).await?;
    let page = world.client.get(&format!("/ar/a/{}", out.code)).await?;
    page.status(200)?;
    for said in RECORDED {
        closing::say(world, &out.case, said).await?.good()?;
    }
    recall::until_dark(world, &out.alert).await?;
    quiet::close_refused(world, &out.case, &["recall", "cessation"]).await?;
    let services = last_service_acknowledges(world, &out.case).await?;
    quiet::close_refused(world, &out.case, &["recall"]).await?;
    let carrier = quiet::waits_for(world, &out.case, "recall").await?;
    ensure!(
        carrier == Some(vec![partner::CARRIER.to_owned()]),
        "the recall waits for {carrier:?}"
    );
    partner::withdrawn_everywhere(world, &out.alert).await?;
    let path = format!("cases/{}/close", out.case);
    let closed = world.post(&path, OFFICER, Value::Null).await?.good()?;
    ensure!(closed["state"] == "closed", "the file is not closed");
    let local = local_time(world);
    ensure!(local.hour() == 3, "it was lived at {local}, not at night");
    Ok(format!(
        "one person at {} local time; {services} services and {} named until they answered, then closed",
        local.strftime("%H:%M"),
        partner::CARRIER
    )
    .into())
}

/// Every service but one answers by telephone, and that one is named; then it answers, signed in.
async fn last_service_acknowledges(world: &World<'_>, case: &str) -> Check<usize> {
    let id = bulletin::bulletin_of(world, case).await?;
    let silent = bulletin::silent(world, &id).await?;
    let opened = world.read(&format!("bulletins/{id}"), UNIT).await?.good()?;
    let last = text(&opened, "own")?.to_owned();
    ensure!(silent.contains(&last), "the unit's service is not awaited");
    for service in silent.iter().filter(|service| **service != last) {
        let path = format!("bulletins/{id}/acknowledge-by-phone");
        let body = serde_json::json!({ "service": service });
        world.post(&path, ROOM, body).await?.good()?;
    }
    let left = quiet::waits_for(world, case, "cessation").await?;
    ensure!(
        left == Some(vec![last]),
        "the cessation waits for {left:?} and not for the last service alone"
    );
    quiet::close_refused(world, case, &["recall", "cessation"]).await?;
    let path = format!("bulletins/{id}/acknowledge");
    world.post(&path, UNIT, Value::Null).await?.good()?;
    let left = quiet::waits_for(world, case, "cessation").await?;
    ensure!(left.is_none(), "the cessation still waits");
    Ok(silent.len())
}

/// The hour of the country at which this was lived.
fn local_time(world: &World<'_>) -> jiff::Zoned {
    world.demo.now().to_zoned(world.demo.pack().zone().clone())
}

/// An alert of a case whose search had ceased goes out again: every service is told that the search
/// resumes, in a bulletin of its own.
pub async fn search_resumes(world: &mut World<'_>) -> Check<Found> {
    let out = quiet::live(world).await?;
    let first = bulletin::bulletin_of(world, &out.case).await?;
    quiet::found(world, &out.alert).await?;
    recall::until_dark(world, &out.alert).await?;
    let ceased = world
        .read(&format!("bulletins/{first}"), ROOM)
        .await?
        .good()?;
    ensure!(ceased["state"] == "ceased", "the search goes on");
    let again = quiet::again(world, &out.case).await?;
    let second = bulletin::bulletin_of(world, &out.case).await?;
    ensure!(second != first, "no new bulletin was sent");
    let resumed = world
        .read(&format!("bulletins/{second}"), ROOM)
        .await?
        .good()?;
    ensure!(
        resumed["telegrams"][0]["kind"] == "search",
        "the first telegram is no search"
    );
    let named = text(&ceased["telegrams"][0], "number")?;
    ensure!(
        resumed["telegrams"][0].to_string().contains(named),
        "it does not name the cessation it takes back"
    );
    let services = bulletin::silent(world, &second).await?.len();
    ensure!(services > 0, "it was sent to nobody");
    quiet::found(world, &again.alert).await?;
    Ok(format!("{services} services, by the approval itself; it names {named}").into())
}
