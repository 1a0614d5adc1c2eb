//! An area made of regions of the country, chosen by name, with a fresh case in whichever country the demonstration runs.

use serde_json::{Value, json};
use tifli_geo::Outline;
use tifli_units::Position;

use super::{APPROVER, OFFICER};
use crate::headless::client::{Answer, Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// A region as the country draws it.
struct Drawn {
    id: String,
    names: Value,
    outline: Outline,
}

/// Bad choices are told beside the regions; two good ones count exactly who lives in them, and the approver reads their
/// names in each language.
pub async fn chosen_by_name(world: &mut World<'_>) -> Check<Found> {
    let chosen = two_regions(world)?;
    let ids: Vec<&str> = chosen.iter().map(|one| one.id.as_str()).collect();
    let listed = world.read("regions", "").await?.good()?;
    let listed = listed["regions"].as_array().cloned().unwrap_or_default();
    let is_listed = |id: &&str| listed.iter().any(|one| one["id"] == *id);
    ensure!(ids.iter().all(is_listed), "the regions are not listed");
    let case = world.open_case(OFFICER, &[]).await?;
    let begun = world
        .post(&format!("cases/{case}/alerts"), OFFICER, json!({}))
        .await?
        .good()?;
    let message = text(&begun, "message")?.to_owned();
    let path = format!("drafts/{message}");
    for (bad, code) in [
        (json!([]), "regions_none"),
        (json!([ids[0], "nowhere"]), "region_unknown"),
        (json!([ids[0], abroad(ids[0])]), "region_unknown"),
        (json!([ids[0], ids[0]]), "regions_repeated"),
    ] {
        change(world, &path, bad).await?.refused(422, code)?;
    }
    let draft = change(world, &path, json!(ids)).await?.good()?;
    ensure!(
        draft["area"] == json!({ "shape": "regions", "ids": ids }),
        "the regions were not kept"
    );
    let frozen = world
        .post(
            &format!("{path}/submit"),
            OFFICER,
            json!({ "confirmed": true }),
        )
        .await?
        .good()?;
    let inside = inside(world, &chosen);
    let count = frozen["binding"]["count"].as_u64().unwrap_or_default();
    ensure!(
        count == inside,
        "the house counts {count} subscribers inside, we {inside}"
    );
    let screen = world
        .read(&format!("approvals/{message}"), APPROVER)
        .await?
        .good()?;
    for told in screen["texts"].as_array().into_iter().flatten() {
        let (language, words) = (text(told, "language")?, text(told, "area")?);
        let is_named = |one: &Drawn| {
            let name = one.names[format!("name_{language}")].as_str();
            name.is_some_and(|name| words.contains(name))
        };
        ensure!(
            chosen.iter().all(is_named),
            "the approver does not read the regions in {language}"
        );
    }
    let all = world.demo.crowd().len();
    Ok(format!(
        "{} and {}: {count} of {all} subscribers; none, unknown, foreign and twice refused",
        ids[0], ids[1]
    )
    .into())
}

async fn change(world: &World<'_>, path: &str, ids: Value) -> Check<Answer> {
    let change = json!({ "area": { "shape": "regions", "ids": ids } });
    world.change_draft(path, OFFICER, &change).await
}

/// An id of another country's region: each country's begin with their own letter.
fn abroad(own: &str) -> &'static str {
    if own.starts_with('r') { "mDA" } else { "r04" }
}

/// The region in which the child was last seen, and the one nearest to it.
fn two_regions(world: &World<'_>) -> Check<Vec<Drawn>> {
    let unread = || Wrong("the regions of the country cannot be read".to_owned());
    let json: Value =
        serde_json::from_str(world.demo.pack().regions_geojson()).map_err(|_| unread())?;
    let features = json["features"].as_array().ok_or_else(unread)?;
    let mut drawn = Vec::new();
    for feature in features {
        drawn.push(Drawn {
            id: text(&feature["properties"], "id")?.to_owned(),
            names: feature["properties"].clone(),
            outline: Outline::from_geojson(&feature.to_string()).map_err(|_| unread())?,
        });
    }
    let away = |one: &Drawn, p: Position| one.outline.distance_to(p).get();
    drawn.sort_by(|a, b| away(a, world.center).total_cmp(&away(b, world.center)));
    drawn.truncate(2);
    if drawn.len() < 2 {
        return Err(unread());
    }
    Ok(drawn)
}

/// How many of the invented crowd live inside, by each region's own border.
fn inside(world: &World<'_>, regions: &[Drawn]) -> u64 {
    let country = world.demo.pack().outline();
    let people = world.demo.crowd().people().iter();
    let held = people.filter(|one| {
        let (middle, reach) = (one.cell.center(), one.cell.circumradius());
        let mut regions = regions.iter().map(|region| &region.outline);
        country.contains_grown(middle, reach)
            && regions.any(|outline| outline.contains_grown(middle, reach))
    });
    held.count() as u64
}
