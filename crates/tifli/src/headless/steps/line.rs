//! The line and the street: a call from two words to its receipt, a complaint that waits for another person, a unit
//! that searched in vain and then saw the child.

use serde_json::{Value, json};

use super::{ADMIN, APPROVER, OFFICER, ROOM, UNIT, bulletin, closing};
use crate::headless::client::{Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// A child's name that stands in no other case.
const CHILD: (&str, &str) = ("Zouhair", "زهير");

/// Two words find the case, in either script; the receipt opens the dialogue; other calls wait until somebody has
/// seen to them.
pub async fn call_to_receipt(world: &mut World<'_>) -> Check<Found> {
    let (latin, arabic) = CHILD;
    let changes = [("child_first_name", latin), ("child_first_name_ar", arabic)];
    let case = world.open_case(OFFICER, &changes).await?;
    for words in ["zouheir, a boy", "شاهدت زهير وحده"] {
        let aid = world
            .post("calls/aid", ROOM, json!({ "words": words }))
            .await?
            .good()?;
        let first = text(&aid["candidates"][0], "case")?;
        ensure!(first == case, "the case is not recognized from a name");
        ensure!(
            aid["questions"]
                .as_array()
                .is_some_and(|all| !all.is_empty()),
            "nothing is suggested to ask"
        );
    }
    let call = json!({ "words": "zouheir, a boy alone", "about": case });
    world
        .post("calls", ADMIN, call.clone())
        .await?
        .refused(403, "role")?;
    let taken = world.post("calls", ROOM, call).await?.good()?;
    let receipt = text(&taken, "receipt")?.to_owned();
    let tip = text(&taken, "tip")?.to_owned();
    ensure!(receipt.len() == 16, "no receipt of sixteen digits");
    let read = world.read(&format!("tips/{tip}"), ROOM).await?.good()?;
    ensure!(
        read["tip"]["case"] == case.as_str(),
        "the tip is on another case"
    );
    let back = json!({ "receipt": receipt });
    world.post("tips/dialogue", "", back).await?.good()?;
    let empty = json!({ "words": "", "about": "complaint" });
    world
        .post("calls", ROOM, empty)
        .await?
        .refused(422, "missing")?;
    let complaint = json!({ "words": "nobody called me back", "about": "complaint" });
    let complaint = world.post("calls", ROOM, complaint).await?.good()?;
    let settle = format!("calls/{}/settle", text(&complaint, "call")?);
    let note = json!({ "note": "called back" });
    let alone = world.post(&settle, ROOM, note.clone()).await?;
    alone.refused(409, "same_person")?;
    world.post(&settle, APPROVER, note).await?.good()?;
    let lost = json!({ "words": "a boy, no name", "about": "unmatched" });
    let lost = world.post("calls", ROOM, lost).await?.good()?;
    let join = format!("calls/{}/join", text(&lost, "call")?);
    world
        .post(&join, ROOM, json!({ "case": case }))
        .await?
        .good()?;
    let calls = world.read("calls", ROOM).await?.good()?;
    ensure!(
        calls["open"].as_array().is_some_and(Vec::is_empty),
        "a call still waits"
    );
    closing::wind_up(world, &case, "alive").await?;
    Ok(
        "recognized in two scripts, one receipt, one complaint settled by another, one joined"
            .into(),
    )
}

/// A unit's search that found nothing is kept with the case and ends nothing; what it saw is a tip.
pub async fn unit_searched_nothing(world: &mut World<'_>) -> Check<Found> {
    let case = world.open_case(OFFICER, &[]).await?;
    let sought = bulletin::bulletin_of(world, &case).await?;
    let path = format!("bulletins/{sought}/searches");
    world
        .post(&path, UNIT, json!({ "place": "the invented station" }))
        .await?
        .refused(422, "missing")?;
    let search = json!({ "place": "the invented station", "cover": "partial", "when": "20 min" });
    world
        .post(&path, ROOM, search.clone())
        .await?
        .refused(403, "role")?;
    world.post(&path, UNIT, search).await?.good()?;
    let kept = world
        .read(&format!("cases/{case}/searches"), OFFICER)
        .await?
        .good()?;
    ensure!(
        kept["searches"][0]["cover"] == "partial",
        "the search is not on the case"
    );
    let seen = json!({ "how": "ourselves", "place": "the invented station", "words": "alone" });
    let path = format!("bulletins/{sought}/sightings");
    let seen = world.post(&path, UNIT, seen).await?.good()?;
    let tip = text(&seen, "id")?.to_owned();
    let read = world.read(&format!("tips/{tip}"), ROOM).await?.good()?;
    ensure!(
        read["tip"]["state"] == "received" && read["tip"]["alert"] == Value::Null,
        "the sighting is no tip that waits for the room"
    );
    let open = world
        .read(&format!("bulletins/{sought}"), ROOM)
        .await?
        .good()?;
    ensure!(
        open["state"] == "open",
        "a search that found nothing ended the search"
    );
    closing::wind_up(world, &case, "alive").await?;
    Ok("a search kept with how well, a sighting in the queue, the child still sought".into())
}
