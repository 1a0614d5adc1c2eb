//! The bulletin at a service's own system: handed over as a signed document for services alone, once more after a
//! fault, on the board when it is refused, and canceled when the search ceases.

use std::time::Duration;

use serde_json::{Value, json};
use tifli_cap::sign::{Certificate, PinnedList, verify};

use super::bulletin::{all_acknowledge, bulletin_of};
use super::{APPROVER, OFFICER, ROOM, closing, systems};
use crate::headless::client::{Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// How often something is looked at, and how many times.
const LOOK_EVERY: Duration = Duration::from_millis(100);
const LOOKS: u32 = 300;

/// A search with a fault on the way, an update that is refused, another one that arrives, and the cessation.
pub async fn bulletin_to_systems(world: &mut World<'_>) -> Check<Found> {
    let intake = world.demo.systems().bulletins_url();
    let later = json!([{ "transient": true, "next": 1 }]);
    systems::play(world, &intake, later).await?;
    let case = world.open_case(OFFICER, &[]).await?;
    let bulletin = bulletin_of(world, &case).await?;
    let first = until(world, &bulletin, 1, "sent").await?;
    ensure!(first["attempts"] == 2, "it was not tried again: {first}");
    let document = handed_over(world, &bulletin).await?;
    nowhere_in_public(world, &document).await?;
    systems::play(world, &intake, json!([{ "permanent": true, "next": 1 }])).await?;
    tell(world, &case, "a scar invented meanwhile").await?;
    let refused = until(world, &bulletin, 2, "refused").await?;
    ensure!(refused["state"] == "dead", "it is tried on: {refused}");
    ensure!(
        on_board(world, &case).await?,
        "nobody is asked to call the service"
    );
    tell(world, &case, "another scar invented meanwhile").await?;
    until(world, &bulletin, 3, "sent").await?;
    handed_over(world, &bulletin).await?;
    ensure!(
        !on_board(world, &case).await?,
        "the board asks for what has arrived"
    );
    for seen in [("located", "police"), ("seen", "alive")] {
        closing::say(world, &case, seen).await?.good()?;
    }
    until(world, &bulletin, 4, "sent").await?;
    let end = handed_over(world, &bulletin).await?;
    ensure!(
        end.contains("<msgType>Cancel</msgType>") && end.contains("<references>"),
        "the cessation is no Cancel of what went before"
    );
    ensure!(
        !shown(world, &identifier(&document)?).await?,
        "the system still shows the search"
    );
    all_acknowledge(world, &bulletin).await?;
    closing::wind_up(world, &case, "alive").await?;
    Ok(
        "signed and restricted; a fault, a refusal on the board, an update, and the end as Cancel"
            .into(),
    )
}

/// Waits until what is known of this version at the system is this.
async fn until(world: &World<'_>, bulletin: &str, version: u32, known: &str) -> Check<Value> {
    let path = format!("bulletins/{bulletin}/systems");
    let mut last = Value::Null;
    for _ in 0..LOOKS {
        let listed = world.read(&path, APPROVER).await?.good()?;
        let newest = &listed["systems"][0];
        let over = ["done", "dead"].map(Value::from).contains(&newest["state"]);
        if newest["version"] == version && over {
            ensure!(newest["outcome"] == known, "not {known}: {newest}");
            return Ok(newest.clone());
        }
        last = newest.clone();
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err(Wrong(format!("version {version} stays {last}")))
}

/// The newest telegram as the system has it: the very bytes that were signed, for services alone.
async fn handed_over(world: &World<'_>, bulletin: &str) -> Check<String> {
    let kept = world
        .read(&format!("bulletins/{bulletin}/cap"), ROOM)
        .await?;
    kept.status(200)?;
    let document = kept.text();
    let intake = world.demo.systems().bulletins_url();
    let raw = format!("{intake}/raw/{}", identifier(&document)?);
    let raw = world.client.get(&raw).await?;
    raw.status(200)?;
    ensure!(raw.text() == document, "the system has other bytes");
    ensure!(
        document.contains("<scope>Restricted</scope>"),
        "the document is not restricted"
    );
    let published = world.client.get("/cap/certificate.pem").await?;
    let certificates = Certificate::list_from_pem(published.bytes());
    let own = certificates.ok().and_then(|all| all.into_iter().next());
    let own = own.ok_or_else(|| Wrong("no certificate is published".into()))?;
    let mut pinned = PinnedList::new();
    let pin = pinned.pin("house", own);
    pin.map_err(|error| Wrong(format!("the certificate cannot be pinned: {error}")))?;
    let word = verify(document.as_bytes(), &pinned, world.demo.now()).word();
    ensure!(word == "verified", "the document is {word}");
    Ok(document)
}

/// Neither a feed nor an address of the public knows the document.
async fn nowhere_in_public(world: &World<'_>, document: &str) -> Check<()> {
    let identifier = identifier(document)?;
    for path in ["/ar/feed.atom", "/fr/feed.atom", "/en/feed.atom"] {
        let feed = world.client.get(path).await?;
        feed.status(200)?;
        ensure!(!feed.text().contains(&identifier), "{path} tells of it");
    }
    let address = world.client.get(&format!("/cap/{identifier}.xml")).await?;
    address.status(404)
}

fn identifier(document: &str) -> Check<String> {
    let alert = tifli_cap::parse(document);
    let alert = alert.map_err(|_| Wrong("the document is not read".into()))?;
    Ok(alert.identifier)
}

async fn shown(world: &World<'_>, identifier: &str) -> Check<bool> {
    let address = format!("{}/current", world.demo.systems().bulletins_url());
    let shown = world.client.get(&address).await?.good()?;
    let mut shown = shown.as_array().into_iter().flatten();
    Ok(shown.any(|one| text(one, "identifier").is_ok_and(|name| name == identifier)))
}

/// Tells the services something new of the child.
async fn tell(world: &World<'_>, case: &str, marks: &str) -> Check<()> {
    let read = world
        .read(&format!("cases/{case}"), OFFICER)
        .await?
        .good()?;
    let base = read["answers"]["marks"]["seq"].as_i64().unwrap_or(0);
    let changed = json!({ "marks": { "value": marks, "base": base } });
    let path = format!("cases/{case}/answers");
    world
        .api(reqwest::Method::PUT, &path, OFFICER, &changed)
        .await?
        .good()?;
    let send = format!("cases/{case}/bulletin");
    world.post(&send, OFFICER, Value::Null).await?.good()?;
    Ok(())
}

async fn on_board(world: &World<'_>, case: &str) -> Check<bool> {
    let board = world.read("board", ROOM).await?.good()?;
    let mut duties = board["duties"].as_array().into_iter().flatten();
    Ok(duties.any(|duty| duty["case"] == case && duty["kind"] == "bulletin_system"))
}
