//! Ten tips at once: ranked, folded, taken by one person, graded, decided on; the last act taken back.

use reqwest::Method;
use serde_json::{Value, json};

use super::{OFFICER, ROOM};
use crate::headless::client::{Body, Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// What ten people tell, and the band each belongs to.
const TOLD: [(&str, &str, &str); 10] = [
    (
        "I can see her right now beside the invented fountain.",
        "fountain",
        "p1",
    ),
    (
        "She walked past the invented bakery with a grey cat bag.",
        "bakery",
        "p3",
    ),
    (
        "She walked past the invented bakery with a grey cat bag!",
        "bakery",
        "p3",
    ),
    (
        "Elle est ici en ce moment, devant la porte du marché.",
        "marché",
        "p1",
    ),
    ("I think an uncle knows more than he says.", "", "p4"),
    (
        "A girl in a red shirt got off the invented bus.",
        "bus stop",
        "p3",
    ),
    ("أراها الآن قرب النافورة المخترعة", "النافورة", "p1"),
    ("I dreamt of a well.", "", "p4"),
    (
        "Two girls, one in red, at the invented playground.",
        "playground",
        "p3",
    ),
    ("A neighbour heard that somebody saw something.", "", "p4"),
];

/// The queue ranks them by itself, and the room empties it; the case is untouched and nothing is lost.
pub async fn ten_tips_are_triaged(world: &mut World<'_>) -> Check<Found> {
    let code = world.known("code")?;
    for (place, (words, where_seen, _)) in TOLD.iter().enumerate() {
        let body = json!({ "words": words, "place_words": where_seen, "language": "en" });
        let path = format!("alerts/by-code/{code}/tips");
        let key = format!("headless-ten-{place}");
        let api = world
            .client
            .api(Method::POST, &path, ("", &key), Body::Json(&body));
        api.await?.good()?;
    }
    let rows = queue(world).await?;
    ensure!(
        rows.len() == 9,
        "ten tips with one twin make {} rows",
        rows.len()
    );
    for (words, _, band) in TOLD {
        let row = rows.iter().find(|row| row["words"] == words);
        let Some(row) = row else { continue };
        ensure!(row["band"] == band, "{} stands in {}", band, row["band"]);
    }
    let bands: Vec<&str> = rows.iter().filter_map(|row| row["band"].as_str()).collect();
    ensure!(bands.is_sorted(), "the queue is not ranked: {bands:?}");
    world
        .read("tips/queue", OFFICER)
        .await?
        .refused(403, "role")?;
    undo_works(world, &rows[0]).await?;
    for row in &rows {
        decide(world, row).await?;
    }
    let left = queue(world).await?;
    ensure!(left.is_empty(), "{} rows are left", left.len());
    let all = world.read("tips", ROOM).await?.good()?;
    let all = all["tips"].as_array().map_or(0, Vec::len);
    ensure!(all >= TOLD.len(), "only {all} tips are kept");
    let room = world.read("room", ROOM).await?.good()?;
    let waiting = room["bands"][0]["waiting"].as_u64();
    ensure!(
        waiting == Some(0),
        "the board counts {waiting:?} in the first band"
    );
    Ok("ten tips, nine rows, in order of urgency; taken, graded, decided, undone".into())
}

async fn queue(world: &World<'_>) -> Check<Vec<Value>> {
    let queue = world.read("tips/queue", ROOM).await?.good()?;
    Ok(queue["tips"].as_array().cloned().unwrap_or_default())
}

/// Dismissed by mistake and taken back: it waits again as it did.
async fn undo_works(world: &World<'_>, row: &Value) -> Check<()> {
    let tips = ids(row)?;
    act(
        world,
        json!({ "tips": tips, "act": "dismiss", "reason": "hoax" }),
    )
    .await?;
    let undone = world.post("tips/undo", ROOM, Value::Null).await?.good()?;
    ensure!(
        undone["act"] == "tip.dismiss",
        "something else was taken back"
    );
    let again = queue(world).await?;
    ensure!(
        again[0]["tip"] == row["tip"],
        "it does not wait where it did"
    );
    Ok(())
}

async fn decide(world: &World<'_>, row: &Value) -> Check<()> {
    let tips = ids(row)?;
    act(world, json!({ "tips": tips, "act": "take" })).await?;
    let grade = json!({ "tips": tips, "act": "grade", "source": "f", "info": "3" });
    act(world, grade).await?;
    let end = match row["band"].as_str() {
        Some("p1") => json!({ "tips": tips, "act": "link" }),
        _ => json!({ "tips": tips, "act": "dismiss", "reason": "no_detail" }),
    };
    act(world, end).await
}

/// A row with all that stand behind it.
fn ids(row: &Value) -> Check<Vec<String>> {
    let mut ids = vec![text(row, "tip")?.to_owned()];
    for other in row["folded"].as_array().into_iter().flatten() {
        ids.push(text(other, "tip")?.to_owned());
    }
    Ok(ids)
}

async fn act(world: &World<'_>, body: Value) -> Check<()> {
    world.post("tips/triage", ROOM, body).await?.good()?;
    Ok(())
}
