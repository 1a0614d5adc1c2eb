//! What the public says: a tip, a question back, an answer, a sighting.

use reqwest::Method;
use serde_json::{Value, json};

use super::{OFFICER, ROOM};
use crate::headless::client::{Answer, Body, Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// What is told.
const WORDS: &str = "I saw a girl in a red shirt near the invented bakery.";
/// What is asked.
const QUESTION: &str = "Which way did she walk?";
/// What is answered.
const ANSWER: &str = "Towards the invented fountain.";
/// A tip no form would let through, in bytes.
const FAR_TOO_LONG: usize = 1_000_000;

/// Hidden characters, markup, a megabyte, nothing, an alert that is none.
pub async fn bad_tips_are_refused(world: &mut World<'_>) -> Check<Found> {
    let bidi = "she went \u{202e}thgir\u{202c} there";
    tell(world, bidi, "")
        .await?
        .refused(422, "hidden_characters")?;
    tell(world, "<script>alert(1)</script>", "")
        .await?
        .refused(422, "markup")?;
    tell(world, "", "").await?.refused(422, "missing")?;
    tell(world, &"x".repeat(5_000), "")
        .await?
        .refused(422, "too_long")?;
    tell(world, &"x".repeat(FAR_TOO_LONG), "")
        .await?
        .refused(413, "")?;
    let nowhere = json!({ "words": WORDS });
    let answer = world
        .post("alerts/by-code/0000000000000000/tips", "", nowhere)
        .await?;
    answer.refused(404, "")?;
    Ok("turned text, markup, nothing, 5 000 letters, 1 MB, an unknown alert".into())
}

/// Sent twice with the same key, it is one tip with one receipt.
pub async fn told(world: &mut World<'_>) -> Check<Found> {
    let first = tell(world, WORDS, "headless-tip").await?.good()?;
    let second = tell(world, WORDS, "headless-tip").await?.good()?;
    let receipt = text(&first, "receipt")?.to_owned();
    ensure!(
        text(&second, "receipt")? == receipt,
        "the same tip gave two receipts"
    );
    let wrong = world
        .post(
            "tips/dialogue",
            "",
            json!({ "receipt": "0000 0000 0000 0000" }),
        )
        .await?;
    wrong.refused(404, "")?;
    let tips = world.read("tips", ROOM).await?.good()?;
    let tips = tips["tips"].as_array().cloned().unwrap_or_default();
    ensure!(tips.len() == 1, "the room has {} tips", tips.len());
    world.read("tips", OFFICER).await?.refused(403, "")?;
    world.learn("receipt", &receipt);
    world.learn("tip", text(&tips[0], "tip")?);
    Ok("one tip and one receipt for two sendings; the room has it".into())
}

/// The room asks, the teller comes back with the receipt and answers.
pub async fn asked_and_answered(world: &mut World<'_>) -> Check<Found> {
    let (tip, receipt) = (world.known("tip")?, world.known("receipt")?);
    let opened = world.read(&format!("tips/{tip}"), ROOM).await?.good()?;
    ensure!(opened["words"] == WORDS, "the room reads other words");
    let question = json!({ "question": QUESTION });
    world
        .post(&format!("tips/{tip}/questions"), ROOM, question)
        .await?
        .good()?;
    let dialogue = come_back(world, &receipt).await?;
    ensure!(
        said(&dialogue, "police", QUESTION),
        "the teller does not see the question"
    );
    let answer = json!({ "receipt": receipt, "answer": ANSWER });
    world
        .post("tips/dialogue/answers", "", answer)
        .await?
        .good()?;
    let opened = world.read(&format!("tips/{tip}"), ROOM).await?.good()?;
    ensure!(
        said(&opened, "sender", ANSWER),
        "the room does not see the answer"
    );
    Ok("receipt, question, answer".into())
}

/// A sighting now; the state of the case is untouched.
pub async fn linked(world: &mut World<'_>) -> Check<Found> {
    let (tip, case) = (world.known("tip")?, world.known("case")?);
    let state = async |world: &World<'_>| {
        let file = world
            .read(&format!("cases/{case}"), OFFICER)
            .await?
            .good()?;
        Ok::<Value, Wrong>(file["case"]["state"].clone())
    };
    let before = state(world).await?;
    world
        .post(&format!("tips/{tip}/link"), ROOM, Value::Null)
        .await?
        .good()?;
    let opened = world.read(&format!("tips/{tip}"), ROOM).await?.good()?;
    ensure!(opened["tip"]["state"] == "linked", "the tip is not linked");
    ensure!(state(world).await? == before, "a tip changed the case");
    Ok("a sighting; the case is as it was".into())
}

async fn tell(world: &World<'_>, words: &str, key: &str) -> Check<Answer> {
    let code = world.known("code")?;
    let body = json!({ "words": words, "place_words": "near the market", "language": "en" });
    let path = format!("alerts/by-code/{code}/tips");
    world
        .client
        .api(Method::POST, &path, ("", key), Body::Json(&body))
        .await
}

async fn come_back(world: &World<'_>, receipt: &str) -> Check<Value> {
    world
        .post("tips/dialogue", "", json!({ "receipt": receipt }))
        .await?
        .good()
}

fn said(dialogue: &Value, from: &str, words: &str) -> bool {
    let lines = dialogue["lines"].as_array();
    lines
        .into_iter()
        .flatten()
        .any(|line| line["from"] == from && line["words"] == words)
}
