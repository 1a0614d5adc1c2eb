//! The same child again, and what keeps a file from being erased.

use serde_json::{Value, json};

use super::{APPROVER, OFFICER, PROSECUTOR};
use super::{bulletin, closing};
use crate::headless::client::{Answer, Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// A name that no other step gives to a child.
const CHILD: [(&str, &str); 3] = [
    ("child_first_name", "Zoubida"),
    ("child_first_name_ar", "زبيدة"),
    ("child_age", "15"),
];

/// An officer's report of a child who was missing before is received like any other: beside a closed
/// file it is offered as an episode, after an erasure nothing is known of the earlier one.
pub async fn same_child_again(world: &mut World<'_>) -> Check<Found> {
    let first = world.open_case(OFFICER, &CHILD).await?;
    closing::wind_up(world, &first, "alive").await?;
    let second = world.open_case(OFFICER, &CHILD).await?;
    ensure!(
        episodes(world, &second).await? == [first.clone()],
        "the closed file of the same child is not offered"
    );
    let link = json!({ "case": first });
    let path = format!("cases/{second}/episodes");
    world.post(&path, OFFICER, link).await?.good()?;
    closing::wind_up(world, &second, "alive").await?;
    for case in [&first, &second] {
        erase(world, case).await?;
    }
    let third = world.open_case(OFFICER, &CHILD).await?;
    let line = world
        .read(&format!("cases/{third}"), OFFICER)
        .await?
        .good()?;
    ensure!(
        line["case"]["state"] == "received",
        "the report was not received"
    );
    let sought = bulletin::bulletin_of(world, &third).await?;
    ensure!(
        !bulletin::silent(world, &sought).await?.is_empty(),
        "no service was told"
    );
    let sought = json!({ "q": "Zoubida" });
    let found = world.post("cases/search", OFFICER, sought).await?;
    ensure!(
        found.text().contains(&third) && !found.text().contains(&first),
        "the search finds the wrong file"
    );
    ensure!(
        episodes(world, &third).await?.is_empty(),
        "an erased file is remembered by name"
    );
    closing::wind_up(world, &third, "alive").await?;
    Ok("offered beside a closed file, linked; after both were erased received anew, told to every service".into())
}

/// Held by the prosecutor: nobody erases, not even two people, until another person lifts it.
pub async fn erase_under_hold(world: &mut World<'_>) -> Check<Found> {
    let case = world.open_case(OFFICER, &[]).await?;
    closing::wind_up(world, &case, "alive").await?;
    let hold = json!({ "kind": "hold", "basis": "Parquet d'exemple, 12/2026" });
    let path = format!("cases/{case}/holds");
    world
        .post(&path, OFFICER, hold.clone())
        .await?
        .refused(403, "role")?;
    let placed = world.post(&path, PROSECUTOR, hold).await?.good()?;
    let lift = format!("holds/{}/lift", text(&placed, "hold")?);
    for login in [OFFICER, APPROVER] {
        ask(world, &case, login).await?.refused(409, "under_hold")?;
    }
    let over = json!({ "reason": "The investigation is over." });
    let own = world.post(&lift, PROSECUTOR, over.clone()).await?;
    own.refused(409, "same_person")?;
    world.post(&lift, APPROVER, over).await?.good()?;
    erase(world, &case).await?;
    let gone = world.read(&format!("cases/{case}"), OFFICER).await?;
    ensure!(
        matches!(gone.status, 404 | 410),
        "the file still answers {}",
        gone.status
    );
    Ok("refused to two people; lifted by another than who held it; then erased by two".into())
}

async fn episodes(world: &World<'_>, case: &str) -> Check<Vec<String>> {
    let path = format!("cases/{case}/episodes");
    let episodes = world.read(&path, OFFICER).await?.good()?;
    let all = episodes["episodes"].as_array().into_iter().flatten();
    all.map(|one| Ok(text(one, "case")?.to_owned())).collect()
}

async fn ask(world: &World<'_>, case: &str, login: &str) -> Check<Answer> {
    let reason = json!({ "reason": "The retention is over." });
    let path = format!("cases/{case}/erasure");
    world.post(&path, login, reason).await
}

async fn erase(world: &World<'_>, case: &str) -> Check<()> {
    let asked = ask(world, case, PROSECUTOR).await?.good()?;
    let path = format!("erasures/{}/confirm", text(&asked, "erasure")?);
    let report = world.post(&path, APPROVER, Value::Null).await?.good()?;
    ensure!(report["chain_ok"] == true, "the audit chain broke");
    Ok(())
}
