//! What must not be public: a reporter who may be a danger, a case for the bulletin alone, a unit
//! that slipped. Each with a fresh case, in whichever country the demonstration runs.

use serde_json::{Value, json};

use super::{APPROVER, APPROVER2, OFFICER, PROSECUTOR};
use crate::headless::client::{Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// A father whom the child flees files a report: the bulletin may go on, nothing public leaves, the
/// guardian is told nothing, and only the prosecutor opens it.
pub async fn a_flagged_father_files(world: &mut World<'_>) -> Check<Found> {
    let flagged = [
        ("reporter_relation", "father"),
        ("consent_publish", "yes"),
        ("gate_fleeing", "yes"),
    ];
    let case = world.open_case(OFFICER, &flagged).await?;
    let before = public_bytes(world).await?;
    let phones = phones(world).await?;
    let view = look(world, &case).await?;
    ensure!(
        view["gate"] == "closed" && view["guardian_silent"] == true && view["now"] == "bulletin",
        "the gate is {} and the rung {}",
        view["gate"],
        view["now"]
    );
    let message = begin(world, &case).await?;
    submit(world, &message).await?.refused(409, "gate_closed")?;
    let note = json!({ "note": "By telephone." });
    let path = format!("cases/{case}/explanation");
    world
        .post(&path, OFFICER, note)
        .await?
        .refused(409, "guardian_silent")?;
    let ruling = json!({ "ruling": "open", "reason": "x" });
    let path = format!("cases/{case}/gate");
    for login in [OFFICER, APPROVER] {
        let refused = world.post(&path, login, ruling.clone()).await?;
        refused.refused(403, "role")?;
    }
    ensure!(
        public_bytes(world).await? == before && self::phones(world).await? == phones,
        "something public changed"
    );
    let waits = world.read("board", PROSECUTOR).await?.good()?;
    let waits = waits["duties"].as_array().into_iter().flatten();
    let mut waits = waits.filter(|duty| duty["case"] == case.as_str());
    ensure!(
        waits.any(|duty| duty["kind"] == "decide_gate"),
        "the prosecutor is not asked to decide"
    );
    let kept = json!({ "ruling": "keep_closed", "reason": "The child asked for protection." });
    world.post(&path, PROSECUTOR, kept).await?.good()?;
    submit(world, &message).await?.refused(409, "gate_closed")?;
    Ok("gate closed, page, feed and phones unchanged, guardian silent; kept closed by the prosecutor".into())
}

/// It is decided that only the bulletin goes out: no alert can be handed over; it is owed an
/// explanation and a new decision at 2, 6 and 12 hours; another person reviews it.
pub async fn only_the_bulletin_goes_out(world: &mut World<'_>) -> Check<Found> {
    let case = world
        .open_case(OFFICER, &[("consent_publish", "yes")])
        .await?;
    let before = public_bytes(world).await?;
    let message = begin(world, &case).await?;
    let path = format!("cases/{case}/qualification");
    let decided = json!({ "rung": "bulletin", "reason": "Seen with her aunt an hour ago." });
    world.post(&path, APPROVER, decided).await?.good()?;
    submit(world, &message)
        .await?
        .refused(409, "bulletin_only")?;
    let board = world.read("board", APPROVER).await?.good()?;
    let duties = board["duties"].as_array().cloned().unwrap_or_default();
    let of_case = |kind: &str| {
        let found = duties.iter().filter(|duty| duty["case"] == case.as_str());
        found.filter(|duty| duty["kind"] == kind).count()
    };
    ensure!(
        of_case("decide_again") == 3 && of_case("explain_to_guardian") == 1,
        "what is owed does not wait on the board"
    );
    let note = json!({ "note": "In person, in Arabic." });
    let explain = format!("cases/{case}/explanation");
    world.post(&explain, OFFICER, note).await?.good()?;
    let ask = json!({ "note": "The family asks for it." });
    let path = format!("cases/{case}/review");
    world
        .post(&format!("{path}/ask"), OFFICER, ask)
        .await?
        .good()?;
    let other = json!({ "rung": "area", "reason": "She is nine." });
    world
        .post(&path, APPROVER, other.clone())
        .await?
        .refused(409, "own_decision")?;
    ensure!(
        public_bytes(world).await? == before,
        "something public changed"
    );
    world.post(&path, APPROVER2, other).await?.good()?;
    submit(world, &message).await?.good()?;
    Ok("no alert, an explanation, three times to decide again; another person reviewed it".into())
}

/// "160 م" is metres: refused as it was once printed, in Arabic letters and digits alike.
pub async fn metres_are_refused_in_arabic(world: &mut World<'_>) -> Check<Found> {
    let case = world.open_case(OFFICER, &[]).await?;
    let message = begin(world, &case).await?;
    let path = format!("drafts/{message}");
    let kept = world.read(&path, OFFICER).await?.good()?["area"].clone();
    for metres in ["160 م", "١٦٠ م", "١٦٠ متر", "160 m"] {
        let answer = radius(world, &path, metres).await?;
        answer.refused(422, "not_kilometres")?;
    }
    let after = world.read(&path, OFFICER).await?.good()?;
    ensure!(after["area"] == kept, "the area changed all the same");
    let typed = radius(world, &path, "١٥ كم").await?.good()?;
    ensure!(
        typed["area"]["radius_km"].as_f64() == Some(15.0),
        "15 km in Arabic were not understood"
    );
    Ok("160 م, ١٦٠ م, ١٦٠ متر and 160 m; ١٥ كم is taken".into())
}

async fn radius(
    world: &World<'_>,
    path: &str,
    typed: &str,
) -> Check<crate::headless::client::Answer> {
    let (lat, lon) = (world.center.lat(), world.center.lon());
    let change =
        json!({ "area": { "shape": "circle", "lat": lat, "lon": lon, "radius_km": typed } });
    world.change_draft(path, OFFICER, &change).await
}

async fn look(world: &World<'_>, case: &str) -> Check<Value> {
    let path = format!("cases/{case}/qualification");
    world.read(&path, OFFICER).await?.good()
}

async fn begin(world: &World<'_>, case: &str) -> Check<String> {
    let path = format!("cases/{case}/alerts");
    let begun = world.post(&path, OFFICER, json!({})).await?.good()?;
    Ok(text(&begun, "message")?.to_owned())
}

async fn submit(world: &World<'_>, message: &str) -> Check<crate::headless::client::Answer> {
    let path = format!("drafts/{message}/submit");
    world.post(&path, OFFICER, json!({})).await
}

/// What the public can read of all alerts: the list in each language and the feeds.
pub async fn public_bytes(world: &World<'_>) -> Check<Vec<u8>> {
    let mut all = Vec::new();
    for language in ["ar", "fr", "en"] {
        let page = world.client.get(&format!("/{language}")).await?;
        page.status(200)?;
        all.extend_from_slice(page.bytes());
        let feed = world.client.get(&format!("/{language}/feed.atom")).await?;
        all.extend_from_slice(entries(&feed.text()).as_bytes());
    }
    Ok(all)
}

/// The entries of a feed, without the moment it was made.
fn entries(feed: &str) -> &str {
    feed.find("<entry").map_or("", |at| &feed[at..])
}

/// How many messages phones have got.
pub async fn phones(world: &mut World<'_>) -> Check<usize> {
    world.partner.look().await?;
    Ok(world.partner.arrivals().len())
}
