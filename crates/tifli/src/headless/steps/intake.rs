//! The intake in its stages: people side by side, what is sealed, the places to check, and a first
//! alarm by the line. Each on a case of its own.

use reqwest::Method;
use serde_json::{Value, json};

use super::{OFFICER, ROOM, STRANGER};
use crate::headless::client::{Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// What is sealed and must stand in no ordinary answer.
const SEALED: &str = "coups inventés";

/// Two people answer one question, one is preferred; what is sealed opens for a reason only; the
/// places to check are worked through and change nothing.
pub async fn asked_in_stages(world: &mut World<'_>) -> Check<Found> {
    let case = world.open_case(OFFICER, &[]).await?;
    side_by_side(world, &case).await?;
    sealed_for_a_reason(world, &case).await?;
    let row = json!({ "list": "place", "values": { "part": "hobby", "words": "terrain inventé" } });
    world
        .post(&format!("cases/{case}/lists"), OFFICER, row)
        .await?
        .good()?;
    let checked = worked_through(world, &case).await?;
    world
        .read(&format!("cases/{case}/places"), STRANGER)
        .await?
        .refused(403, "district")?;
    super::closing::wind_up(world, &case, "alive").await?;
    Ok(format!("two answers side by side, one seal, {checked} places").into())
}

/// Three lines of the room open a case in a district, whose clock runs until it takes it over.
pub async fn alarm_by_the_line(world: &mut World<'_>) -> Check<Found> {
    let districts = world.demo.pack().districts();
    let own = districts.first().map(|district| district.id.clone());
    let own = own.unwrap_or_default();
    let mut alarm = json!({
        "caller": "Appelante Inventée 0600000077",
        "child": "Yasmine, 7",
        "seen": "???",
    });
    world
        .post("alarms", ROOM, alarm.clone())
        .await?
        .refused(422, "district_needed")?;
    alarm["district"] = own.clone().into();
    world
        .post("alarms", OFFICER, alarm.clone())
        .await?
        .refused(403, "role")?;
    let raised = world.post("alarms", ROOM, alarm).await?.good()?;
    ensure!(raised["district"] == own.as_str(), "it went elsewhere");
    let case = text(&raised, "case")?.to_owned();
    let file = world
        .read(&format!("cases/{case}"), OFFICER)
        .await?
        .good()?;
    let answer = |field: &str| file["answers"][field]["value"].clone();
    ensure!(answer("child_first_name") == "Yasmine", "the name is lost");
    ensure!(answer("child_age") == "7", "the age is lost");
    ensure!(
        answer("reporter_phone") == "0600000077",
        "the number is lost"
    );
    ensure!(waits(world, OFFICER, &case).await?, "no clock runs");
    ensure!(
        !waits(world, STRANGER, &case).await?,
        "another district sees it"
    );
    world
        .post(&format!("cases/{case}/take-over"), OFFICER, json!({}))
        .await?
        .status(204)?;
    ensure!(!waits(world, OFFICER, &case).await?, "the clock runs on");
    Ok("three lines, a clock, taken over".into())
}

async fn side_by_side(world: &World<'_>, case: &str) -> Check<()> {
    let friend = json!({ "tie": "friend", "name": "Ami Inventé" });
    let added = world
        .post(&format!("cases/{case}/sources"), OFFICER, friend)
        .await?
        .good()?;
    let source = added["source"].clone();
    let answers = [
        json!({ "money_access": { "value": "", "mark": "no" } }),
        json!({ "money_access": { "value": "200", "mark": "yes", "source": source } }),
    ];
    for answer in answers {
        put(world, case, answer).await?;
    }
    let pick = json!({ "field": "money_access", "source": source });
    world
        .post(&format!("cases/{case}/preferences"), OFFICER, pick)
        .await?
        .status(204)?;
    let file = world
        .read(&format!("cases/{case}"), OFFICER)
        .await?
        .good()?;
    let said = file["said"]["money_access"].as_array().map_or(0, Vec::len);
    ensure!(said == 2, "{said} answers stand side by side");
    ensure!(
        file["answers"]["money_access"]["value"] == "200",
        "the preferred answer does not count"
    );
    Ok(())
}

async fn sealed_for_a_reason(world: &World<'_>, case: &str) -> Check<()> {
    put(world, case, json!({ "violence": { "value": SEALED } })).await?;
    let file = world.read(&format!("cases/{case}"), OFFICER).await?;
    ensure!(!file.text().contains(SEALED), "the seal is open");
    let path = format!("cases/{case}/sealed");
    world
        .post(&path, OFFICER, json!({ "reason": "why" }))
        .await?
        .refused(422, "reason_too_short")?;
    let reason = json!({ "reason": "the prosecutor asks what was said of home" });
    let opened = world.post(&path, OFFICER, reason).await?;
    opened.status(200)?;
    ensure!(opened.text().contains(SEALED), "the seal stayed shut");
    Ok(())
}

async fn worked_through(world: &World<'_>, case: &str) -> Check<usize> {
    let list = world
        .read(&format!("cases/{case}/places"), OFFICER)
        .await?
        .good()?;
    let places = list["places"].as_array().cloned().unwrap_or_default();
    ensure!(
        places
            .first()
            .is_some_and(|place| place["reason"] == "house"),
        "the house is not checked first"
    );
    for place in &places {
        let path = format!("cases/{case}/places/{}/results", place["item"]);
        let look = json!({ "outcome": "nothing", "note": "" });
        world.post(&path, OFFICER, look).await?.status(204)?;
    }
    let file = world
        .read(&format!("cases/{case}"), OFFICER)
        .await?
        .good()?;
    ensure!(
        file["case"]["state"] == "received",
        "an empty search changed the case"
    );
    Ok(places.len())
}

async fn put(world: &World<'_>, case: &str, answer: Value) -> Check<()> {
    let path = format!("cases/{case}/answers");
    world
        .api(Method::PUT, &path, OFFICER, &answer)
        .await?
        .good()
        .map(drop)
}

async fn waits(world: &World<'_>, login: &str, case: &str) -> Check<bool> {
    let board = world.read("board", login).await?.good()?;
    let mut duties = board["duties"].as_array().into_iter().flatten();
    Ok(duties.any(|duty| duty["case"] == case && duty["kind"] == "take_over_alarm"))
}
