//! Found before anybody reported it: written down by a patrol, compared when the report comes, linked
//! by two people. Nothing of it is public.

use serde_json::{Value, json};

use super::gates::{phones, public_bytes};
use super::{ADMIN, OFFICER, ROOM, STRANGER, UNIT, closing};
use crate::headless::client::{Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// What the report will say of the child.
const REPORTED: [(&str, &str); 3] = [
    ("child_first_name", ""),
    ("child_first_name_ar", "غزلان"),
    ("child_age", "8"),
];

/// The patrol hears a name in one script, the report has it in the other; two people say that it is
/// the same child, and its file begins its closing at *located*.
pub async fn found_before_reported(world: &mut World<'_>) -> Check<Found> {
    let before = (public_bytes(world).await?, phones(world).await?);
    let heard = json!({
        "place": world.place_at(world.center),
        "found_by": "a shopkeeper, invented",
        "name": "ghezlane",
        "age_low": "7",
        "age_high": "9",
        "sex": "girl",
        "description": "curly hair, invented",
        "safety": "Hospital Invented",
    });
    let found = world.post("found", UNIT, heard).await?.good()?;
    let found = text(&found, "found")?.to_owned();
    let path = format!("found/{found}");
    for login in [STRANGER, ADMIN, UNIT] {
        world.read(&path, login).await?.refused(403, "")?;
    }
    let case = world.open_case(OFFICER, &REPORTED).await?;
    let candidates = world.read(&format!("{path}/candidates"), OFFICER).await?;
    let candidates = candidates.good()?;
    let best = &candidates["candidates"][0];
    ensure!(best["case"] == case.as_str(), "its case is not named first");
    let fields = best["fields"].to_string();
    let said = best["fields"].as_array().into_iter().flatten();
    let speaks = said.filter(|one| one["says"] == "match" || one["says"] == "near");
    ensure!(speaks.count() >= 4, "too little speaks for it: {fields}");
    let body = json!({ "case": case });
    let propose = format!("{path}/propose");
    world.post(&propose, OFFICER, body).await?.good()?;
    let confirm = format!("{path}/confirm");
    let own = world.post(&confirm, OFFICER, Value::Null).await?;
    own.refused(409, "same_person")?;
    let linked = world.post(&confirm, ROOM, Value::Null).await?.good()?;
    ensure!(linked["case"] == case.as_str(), "it is linked elsewhere");
    let view = world
        .read(&format!("cases/{case}/closing"), OFFICER)
        .await?;
    ensure!(
        view.good()?["items"][0]["state"] == "done",
        "the child is not located by it"
    );
    ensure!(
        before == (public_bytes(world).await?, phones(world).await?),
        "something public changed"
    );
    closing::wind_up(world, &case, "alive").await?;
    Ok(
        "heard as ghezlane, reported as غزلان: named first, linked by two people, nothing public"
            .into(),
    )
}
