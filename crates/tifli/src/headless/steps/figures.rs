//! The figures: every one counted again from the file of cases, and nothing small where it may leave
//! the house.

use super::{ADMIN, OFFICER, ROOM};
use crate::headless::client::{Check, Wrong};
use crate::headless::ensure;
use crate::headless::recount::Files;
use crate::headless::report::Found;
use crate::headless::world::World;

/// Both files of a week and of a year, for the whole country and for one district: every figure is
/// recomputed from the cases and equal. Nothing is published of a period that runs, and nothing small.
pub async fn recomputed(world: &mut World<'_>) -> Check<Found> {
    let week = world.read("figures", ROOM).await?.good()?;
    let week = week["period"].as_str().unwrap_or_default().to_owned();
    let year = week.split('-').next().unwrap_or_default().to_owned();
    let mut counted = 0;
    let mut cases = 0;
    for asked in [format!("week={week}"), format!("year={year}")] {
        for login in [ROOM, OFFICER] {
            let files = files(world, login, &asked).await?;
            let again = files.recount();
            for (key, told) in &files.told {
                let mine = again.get(key);
                ensure!(
                    mine == Some(told),
                    "{asked}, {login}: {key} is {told:?} and counted again {mine:?}"
                );
            }
            ensure!(
                files.told.len() == again.len(),
                "{asked}, {login}: {} figures are told and {} counted",
                files.told.len(),
                again.len()
            );
            counted += again.len();
            cases = cases.max(files.cases());
        }
        nothing_small_is_published(world, &asked).await?;
    }
    ensure!(cases > 3, "only {cases} cases were counted");
    let wrong = world.read("figures?week=2026-W60", ROOM).await?;
    wrong.refused(422, "invalid")?;
    Ok(format!("{counted} figures counted again from up to {cases} cases, all equal").into())
}

async fn files(world: &World<'_>, login: &str, asked: &str) -> Check<Files> {
    let file = async |name: &str| -> Check<String> {
        let path = format!("figures/{name}.csv?{asked}");
        let answer = world.read(&path, login).await?;
        answer.status(200)?;
        Ok(answer.text())
    };
    let (cases, figures) = (file("cases").await?, file("figures").await?);
    Files::read(&cases, &figures).map_err(Wrong)
}

async fn nothing_small_is_published(world: &World<'_>, asked: &str) -> Check<()> {
    let refused = world
        .read(&format!("figures/cases.csv?{asked}"), ADMIN)
        .await?;
    refused.refused(403, "role")?;
    let refused = world
        .read(&format!("figures?{asked}&version=exact"), ADMIN)
        .await?;
    refused.refused(403, "role")?;
    let running = world.read(&format!("figures?{asked}"), ADMIN).await?;
    running.refused(409, "period_runs")?;
    let published = world.read("figures", ADMIN).await?.good()?;
    ensure!(
        published["version"] == "published",
        "the administrator is shown what is exact"
    );
    let figures = published["figures"].as_array().cloned().unwrap_or_default();
    for figure in &figures {
        let small = |what: &str| figure[what].as_i64().is_some_and(|n| (1..5).contains(&n));
        let shows = figure["unit"] == "cases" && (small("value") || small("denominator"));
        ensure!(!shows, "{} is published as it is", figure["key"]);
    }
    ensure!(!figures.is_empty(), "nothing is published");
    Ok(())
}
