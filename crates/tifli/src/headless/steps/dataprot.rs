//! The file for the data-protection authority, and what a channel needs before it is used.

use serde_json::{Value, json};

use super::{ADMIN, APPROVER, OFFICER};
use crate::headless::client::{Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// The administrator reads the file; every channel in use has its legal line, every sealed column stands in the record.
pub async fn the_file_for_the_authority(world: &mut World<'_>) -> Check<Found> {
    let refused = world.read("data-protection", OFFICER).await?;
    refused.refused(403, "role")?;
    let file = world.read("data-protection", ADMIN).await?.good()?;
    let channels = file["channels"].as_array().cloned().unwrap_or_default();
    let used: Vec<&Value> = channels
        .iter()
        .filter(|one| one["status"] == "usable")
        .collect();
    for channel in &used {
        for part in ["controller", "destination", "basis", "authorization"] {
            let said = channel[part].as_str().unwrap_or_default();
            ensure!(
                !said.is_empty(),
                "{} is used without its {part}",
                channel["id"]
            );
        }
    }
    for own in [
        "public_page",
        "cap_feed",
        "web_push",
        "bulletin_mail",
        "bulletin_cap",
    ] {
        ensure!(
            used.iter().any(|one| one["id"] == own),
            "{own} is not in use"
        );
    }
    let activities = file["activities"].as_array().cloned().unwrap_or_default();
    let tables: Vec<&Value> = activities
        .iter()
        .filter_map(|one| one["tables"].as_array())
        .flatten()
        .collect();
    let sealed: usize = tables
        .iter()
        .filter_map(|table| table["sealed"].as_array())
        .map(Vec::len)
        .sum();
    ensure!(tables.len() > 40 && sealed > 25, "the record is not whole");
    Ok(format!(
        "{} of {} channels and partners in use, each with its legal line; {} tables, {sealed} sealed columns",
        used.len(),
        channels.len(),
        tables.len()
    )
    .into())
}

/// What the guardian takes back after the report stops the house's own channels at the approval.
pub async fn consent_per_channel(world: &mut World<'_>) -> Check<Found> {
    let case = world.open_case(OFFICER, &[]).await?;
    let message = super::paper::submitted(world, &case).await?;
    let own = |answer: &str| json!({ "channel": "own", "answer": answer, "given_by": "Nadia Exemple", "before": "Officier" });
    let path = format!("cases/{case}/consent");
    for answer in ["given", "withdrawn"] {
        world.post(&path, OFFICER, own(answer)).await?.good()?;
    }
    let binding = super::alert::binding(world, &message).await?;
    let approve = format!("approvals/{message}/approve");
    let refused = world
        .post(&approve, APPROVER, json!({ "binding": binding }))
        .await?;
    refused.refused(409, "no_consent")?;
    let view = world
        .read(&format!("cases/{case}/qualification"), APPROVER)
        .await?
        .good()?;
    let blockers = view["blockers"].as_array().cloned().unwrap_or_default();
    ensure!(
        blockers.iter().any(|one| one == "consent_refused"),
        "what was taken back does not stand in the way"
    );
    let back = json!({ "reason": "consent taken back" });
    let returned = format!("approvals/{message}/return");
    world.post(&returned, APPROVER, back).await?.good()?;
    Ok(format!(
        "{} taken back: nothing goes out",
        text(&own("withdrawn"), "channel")?
    )
    .into())
}
