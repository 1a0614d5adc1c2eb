//! The board: what waits, and what is done with the case it belongs to.

use super::{ADMIN, OFFICER, STRANGER};
use crate::headless::client::Check;
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// A received report stands on its district's board until it is decided on, and on no other's.
pub async fn a_report_waits_on_the_board(world: &mut World<'_>) -> Check<Found> {
    let case = world.open_case(OFFICER, &[]).await?;
    let board = world.read("board", OFFICER).await?.good()?;
    let duties = board["duties"].as_array().cloned().unwrap_or_default();
    let waits = |duty: &&serde_json::Value| duty["case"] == case.as_str();
    let Some(duty) = duties
        .iter()
        .find(|duty| waits(duty) && duty["kind"] == "publish")
    else {
        return Err(crate::headless::client::Wrong(
            "the report waits nowhere".into(),
        ));
    };
    ensure!(duty["late"] == false, "a fresh report is late");
    let foreign = world.read("board", STRANGER).await?;
    ensure!(
        !foreign.text().contains(&case),
        "another district's board names the case"
    );
    world.read("board", ADMIN).await?.refused(403, "role")?;
    super::closing::wind_up(world, &case, "alive").await?;
    let after = world.read("board", OFFICER).await?.good()?;
    let after = after["duties"].as_array().cloned().unwrap_or_default();
    ensure!(
        !after
            .iter()
            .filter(waits)
            .any(|duty| duty["kind"] == "publish"),
        "a closed case still waits to be decided on"
    );
    Ok(format!("{} on the board, until {}", duties.len(), duty["due_at"]).into())
}
