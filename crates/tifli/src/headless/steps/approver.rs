//! What the approver weighs: a warning that waits for a reason, another rung that the author takes over, how loud.

use reqwest::Method;
use serde_json::{Value, json};

use super::{APPROVER, OFFICER, closing};
use crate::headless::client::{Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// A name that no other step gives to a child.
const WARNED: [(&str, &str); 4] = [
    ("child_first_name", "Rajae"),
    ("child_first_name_ar", "رجاء"),
    ("consent_publish", "yes"),
    ("consent_given_by", "The mother, before the officer"),
];
/// Another.
const NARROWED: [(&str, &str); 2] = [
    ("child_first_name", "Ikram"),
    ("child_first_name_ar", "إكرام"),
];

/// A number of the family stops the draft; a word that demeans waits until it is confirmed with a reason.
pub async fn approval_warns(world: &mut World<'_>) -> Check<Found> {
    let case = world.open_case(OFFICER, &WARNED).await?;
    let message = begun(world, &case).await?;
    let submit = format!("drafts/{message}/submit");
    describe(world, &message, "Appelez le 06 61 23 45 67.").await?;
    let phone = json!({ "value": "0661234567", "base": 0 });
    let path = format!("cases/{case}/answers");
    let answers = json!({ "child_phone": phone });
    world
        .api(Method::PUT, &path, OFFICER, &answers)
        .await?
        .good()?;
    let body = json!({ "confirmed": true });
    let refused = world.post(&submit, OFFICER, body.clone()).await?;
    ensure!(
        refused.text().contains("family_phone"),
        "a number of the child was let through"
    );
    describe(world, &message, "Un enfant attardé.").await?;
    world.post(&submit, OFFICER, body).await?.good()?;
    let path = format!("approvals/{message}");
    let screen = world.read(&path, APPROVER).await?.good()?;
    let warnings = screen["warnings"].as_array().cloned().unwrap_or_default();
    let key = warnings
        .iter()
        .find(|one| one["finding"] == "demeaning_word")
        .map(|one| one["key"].clone());
    let Some(key) = key else {
        return Err(crate::headless::client::Wrong(
            "the word is not listed".into(),
        ));
    };
    let approve = format!("approvals/{message}/approve");
    let binding = screen["binding"].clone();
    world
        .post(&approve, APPROVER, json!({ "binding": binding }))
        .await?
        .refused(409, "warnings_not_confirmed")?;
    turned_down(world, &message).await?;
    closed(world, &case).await?;
    Ok(format!("{} listed, {} waits for a reason", warnings.len(), key).into())
}

/// Another rung comes back with its reason and is taken over in one act.
pub async fn another_rung(world: &mut World<'_>) -> Check<Found> {
    let case = world.open_case(OFFICER, &NARROWED).await?;
    let message = begun(world, &case).await?;
    let widest = radius_of(world, &message).await?;
    let body = json!({ "confirmed": true });
    let submit = format!("drafts/{message}/submit");
    world.post(&submit, OFFICER, body).await?.good()?;
    let path = format!("approvals/{message}/rung");
    let refused = json!({ "rung": "bulletin", "reason": "No." });
    world.post(&path, APPROVER, refused).await?.status(422)?;
    let proposed = json!({ "rung": "local", "reason": "Seen two streets away." });
    world.post(&path, APPROVER, proposed).await?.good()?;
    let path = format!("drafts/{message}/take-rung");
    let next = world.post(&path, OFFICER, Value::Null).await?.good()?;
    let next = text(&next, "message")?.to_owned();
    let radius = radius_of(world, &next).await?;
    ensure!(
        radius > 0.0 && radius < widest,
        "the draft is {radius} km wide"
    );
    let submit = format!("drafts/{next}/submit");
    let body = json!({ "confirmed": true });
    world.post(&submit, OFFICER, body).await?.good()?;
    turned_down(world, &next).await?;
    closed(world, &case).await?;
    Ok(format!("local, {radius} km in place of {widest} km").into())
}

async fn begun(world: &World<'_>, case: &str) -> Check<String> {
    let path = format!("cases/{case}/alerts");
    let begun = world.post(&path, OFFICER, json!({})).await?.good()?;
    Ok(text(&begun, "message")?.to_owned())
}

/// Writes a description of its own in the second language.
async fn describe(world: &World<'_>, message: &str, words: &str) -> Check<()> {
    let path = format!("drafts/{message}");
    let draft = world.read(&path, OFFICER).await?.good()?;
    let mut texts = draft["texts"].as_array().cloned().unwrap_or_default();
    for text in texts.iter_mut().filter(|text| text["language"] == "fr") {
        text["description"] = json!(words);
    }
    let change = json!({ "texts": texts });
    world.change_draft(&path, OFFICER, &change).await?.good()?;
    Ok(())
}

/// How wide a draft is, in kilometres.
async fn radius_of(world: &World<'_>, message: &str) -> Check<f64> {
    let path = format!("drafts/{message}");
    let draft = world.read(&path, OFFICER).await?.good()?;
    Ok(draft["area"]["radius_km"].as_f64().unwrap_or_default())
}

/// The approver refuses it: nothing of it waits any more.
async fn turned_down(world: &World<'_>, message: &str) -> Check<()> {
    let path = format!("approvals/{message}/refuse");
    let reason = json!({ "reason": "The child was seen." });
    world.post(&path, APPROVER, reason).await?.good()?;
    Ok(())
}

/// The child is found and the file closed, so that later steps count no case of this one.
async fn closed(world: &World<'_>, case: &str) -> Check<()> {
    closing::wind_up(world, case, "alive").await
}
