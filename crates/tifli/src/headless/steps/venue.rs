//! Lost at a venue: three fields, the staff alone, minutes; found there, or grown into a national case.

use serde_json::{Value, json};

use super::gates::{phones, public_bytes};
use super::{ADMIN, OFFICER, STRANGER, UNIT, bulletin, closing};
use crate::headless::client::{Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// Two children are lost: one is found by the staff, the other becomes a national case with everything
/// typed and its clocks from the first minute. No public byte before that or by it.
pub async fn venue_grows(world: &mut World<'_>) -> Check<Found> {
    let before = (public_bytes(world).await?, phones(world).await?);
    let (found, grown) = (open(world, "Malika").await?, open(world, "Tarik").await?);
    for case in [&found, &grown] {
        let path = format!("venues/{case}");
        for login in [STRANGER, ADMIN] {
            world.read(&path, login).await?.refused(403, "")?;
        }
        let told = world
            .read(&format!("cases/{case}/bulletin"), OFFICER)
            .await?;
        ensure!(
            told.json()["bulletin"].is_null(),
            "services were told of an alert for the staff"
        );
    }
    let path = format!("venues/{found}");
    let ended = format!("{path}/found");
    world.post(&ended, UNIT, Value::Null).await?.good()?;
    let over = world.read(&path, UNIT).await?.good()?;
    ensure!(
        over["state"] == "found" && over["name"] == "",
        "the staff still reads of a child who is found"
    );
    let path = format!("venues/{grown}");
    let opened = world.read(&path, UNIT).await?.good()?;
    let grow = format!("{path}/grow");
    world
        .post(&grow, UNIT, Value::Null)
        .await?
        .refused(403, "")?;
    world.post(&grow, OFFICER, Value::Null).await?.good()?;
    everything_is_kept(world, &grown, &opened).await?;
    let sought = bulletin::bulletin_of(world, &grown).await?;
    let services = bulletin::silent(world, &sought).await?.len();
    ensure!(services > 0, "the grown case told no service");
    ensure!(
        before == (public_bytes(world).await?, phones(world).await?),
        "something public changed"
    );
    closing::wind_up(world, &grown, "alive").await?;
    Ok(format!("one found by the staff; one grown, nothing lost, {services} services told").into())
}

/// Opens an alert of the first venue of the patrol.
async fn open(world: &World<'_>, name: &str) -> Check<String> {
    let venues = world.read("venues", UNIT).await?.good()?;
    let venue = text(&venues["venues"][0], "venue")?.to_owned();
    let wrong = json!({ "venue": venue, "name": name, "age": "40", "looks": "" });
    let refused = world.post("venues", UNIT, wrong).await?;
    refused.status(422)?;
    let right = json!({
        "venue": venue,
        "name": name,
        "age": "6",
        "looks": "a striped jacket, invented",
    });
    let opened = world.post("venues", UNIT, right).await?.good()?;
    Ok(text(&opened, "case")?.to_owned())
}

/// Name, looks and place as typed, and the clocks from the first minute.
async fn everything_is_kept(world: &World<'_>, case: &str, opened: &Value) -> Check<()> {
    let file = world
        .read(&format!("cases/{case}"), OFFICER)
        .await?
        .good()?;
    for (field, value) in [
        ("child_first_name", "Tarik"),
        ("child_age", "6"),
        ("clothes", "a striped jacket, invented"),
    ] {
        ensure!(
            file["answers"][field]["value"] == value,
            "{field} was lost on the way"
        );
    }
    let cases = world.read("cases", OFFICER).await?.good()?;
    let mut lines = cases["cases"].as_array().into_iter().flatten();
    let line = lines.find(|line| line["case"] == case);
    let line = line.ok_or_else(|| Wrong("the list does not have the case".into()))?;
    ensure!(line["state"] == "received", "it is no national case");
    ensure!(
        line["clocks"]["received_at"] == opened["opened_at"],
        "its clocks do not count from the first minute"
    );
    Ok(())
}
