//! A case goes to another district: both sign, the clocks go on, the number stays.

use serde_json::{Value, json};

use super::{OFFICER, STRANGER};
use crate::demo::DemoPerson;
use crate::headless::client::{Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// Asked by one district, signed by the other; nothing moves before, nothing is lost after.
pub async fn a_transfer_keeps_the_clocks(world: &mut World<'_>) -> Check<Found> {
    let case = world.open_case(OFFICER, &[]).await?;
    let path = format!("cases/{case}");
    let line = async |world: &World<'_>, login| -> Check<Value> {
        let list = world.read("cases", login).await?.good()?;
        let cases = list["cases"].as_array().cloned().unwrap_or_default();
        let mut mine = cases
            .into_iter()
            .filter(|line| line["case"] == case.as_str());
        mine.next()
            .ok_or_else(|| Wrong(format!("{login} does not see the case")))
    };
    let before = line(world, OFFICER).await?;
    let to = district_of(world, STRANGER)?.district.clone();
    let ask = json!({ "kind": "transfer", "to_district": to, "reason": "vu dans le car" });
    let asked = world
        .post(&format!("{path}/transfers"), OFFICER, ask)
        .await?
        .good()?;
    let transfer = text(&asked, "transfer")?.to_owned();
    let accept = format!("transfers/{transfer}/accept");
    world
        .post(&accept, OFFICER, Value::Null)
        .await?
        .refused(403, "district")?;
    world
        .read(&path, STRANGER)
        .await?
        .refused(403, "district")?;
    world.post(&accept, STRANGER, Value::Null).await?.good()?;
    world.read(&path, OFFICER).await?.refused(403, "district")?;
    world.read(&path, STRANGER).await?.good()?;
    let after = line(world, STRANGER).await?;
    for same in ["label", "clocks", "state"] {
        ensure!(
            before[same] == after[same],
            "{same} changed with the district"
        );
    }
    let signed = world
        .read(&format!("{path}/transfers"), STRANGER)
        .await?
        .good()?;
    let signed = &signed["transfers"][0];
    ensure!(
        signed["asked_by"] != signed["answered_by"] && !signed["answered_by"].is_null(),
        "two people have not signed"
    );
    let board = world.read("board", STRANGER).await?;
    ensure!(board.text().contains(&case), "what was due is due no more");
    Ok("nothing moved before both signed; clocks, number and duties went on".into())
}

fn district_of<'d>(world: &World<'d>, login: &str) -> Check<&'d DemoPerson> {
    let mut people = world.demo.people().iter();
    let found = people.find(|person| person.login == login);
    found.ok_or_else(|| Wrong(format!("there is no {login}")))
}
