//! The family's follow-up: opened by its number, never a place, and silent when the gate is closed.

use serde_json::{Value, json};

use super::{OFFICER, STRANGER};
use crate::headless::client::{Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// The word agreed with the invented family.
const WORD: &str = "amandier";

/// A number opens the page, a memory waits until it is read, a wish to withdraw opens a decision.
pub async fn the_family_is_told_and_heard(world: &mut World<'_>) -> Check<Found> {
    let case = world.open_case(OFFICER, &[]).await?;
    let pin = issue(world, &case).await?;
    let page = open(world, &pin).await?.good()?;
    ensure!(
        page["progress"] == "received",
        "the page says {}",
        page["progress"]
    );
    ensure!(page["code_word"] == WORD, "the agreed word is not shown");
    let shown = page.to_string();
    ensure!(!shown.contains("Inventée"), "the page tells a private word");
    write(world, &pin, ("memory", "the old bridge"))
        .await?
        .good()?;
    write(world, &pin, ("withdrawal", "take it down"))
        .await?
        .good()?;
    let board = world.read("board", OFFICER).await?.good()?;
    for kind in ["read_memory", "decide_withdrawal"] {
        let duties = board["duties"].as_array().into_iter().flatten();
        let mut of_case = duties.filter(|duty| duty["case"] == case.as_str());
        ensure!(
            of_case.any(|duty| duty["kind"] == kind),
            "{kind} waits nowhere"
        );
    }
    let path = format!("cases/{case}/family");
    let file = world.read(&path, OFFICER).await?.good()?;
    ensure!(
        file["notes"][1]["words"] == "the old bridge",
        "the memory was lost"
    );
    world
        .read(&path, STRANGER)
        .await?
        .refused(403, "district")?;
    world
        .post(&format!("{path}/read"), OFFICER, Value::Null)
        .await?
        .good()?;
    let wrong = open(world, "1111222233334444").await?;
    wrong.refused(404, "receipt_unknown")?;
    silence(world, &case).await?;
    let page = open(world, &pin).await?.good()?;
    ensure!(
        page["code_word"].is_null(),
        "a closed gate tells the agreed word"
    );
    let again = world
        .post(&path, OFFICER, json!({ "code_word": WORD }))
        .await?;
    again.refused(409, "guardian_silent")?;
    Ok("told, heard, read; a wrong number opens nothing; silent once the gate is closed".into())
}

/// Issues a number for the family of a case.
pub async fn issue(world: &World<'_>, case: &str) -> Check<String> {
    let path = format!("cases/{case}/family");
    let issued = world
        .post(&path, OFFICER, json!({ "code_word": WORD }))
        .await?
        .good()?;
    Ok(text(&issued, "pin")?.to_owned())
}

/// Opens the page as the family, without an account.
pub async fn open(world: &World<'_>, pin: &str) -> Check<crate::headless::client::Answer> {
    world.post("family", "", json!({ "pin": pin })).await
}

async fn write(
    world: &World<'_>,
    pin: &str,
    (kind, words): (&str, &str),
) -> Check<crate::headless::client::Answer> {
    let note = json!({ "pin": pin, "kind": kind, "words": words });
    world.post("family/notes", "", note).await
}

/// Somebody answers that there is a protection order.
async fn silence(world: &World<'_>, case: &str) -> Check<()> {
    let answer = json!({ "gate_protection": { "value": "yes", "base": 1 } });
    let path = format!("cases/{case}/answers");
    let put = world
        .api(reqwest::Method::PUT, &path, OFFICER, &answer)
        .await?;
    put.good().map(drop)
}
