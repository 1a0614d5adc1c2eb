//! Forgetting: two people, and then nothing opens any more, not even yesterday's backup.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::report::PRIVATE;
use super::{ADMIN, APPROVER, OFFICER, PROSECUTOR};
use crate::headless::client::{Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::vault::{Opening, files_that_tell, try_backup};
use crate::headless::world::World;

/// A backup of the data, and a copy of today's keys: together they open the case.
pub async fn backed_up_and_it_opens(world: &mut World<'_>) -> Check<Found> {
    let folder = world.demo.folder();
    let (backup, keys) = (backup_folder(world), yesterdays_keys(world));
    let body = json!({ "to": backup });
    let url = format!("{}/backup", world.demo.admin_url());
    world.client.post(&url, &body).await?.good()?;
    fs::copy(folder.data().join("keys.db"), &keys)
        .map_err(|_| Wrong("no copy of the keys".into()))?;
    let opening = open_with(world, keys).await?;
    ensure!(
        opening.held > 0 && opening.opened == opening.held,
        "the backup opens {} of {} answers with its own keys",
        opening.opened,
        opening.held
    );
    let telling = files_that_tell(&backup, &PRIVATE)?;
    ensure!(
        telling.is_empty(),
        "{} files of the backup hold private words",
        telling.len()
    );
    Ok(format!(
        "{} answers, nothing in the clear, opens with yesterday's keys",
        opening.held
    )
    .into())
}

/// One asks, another confirms; the first cannot do both.
pub async fn erased_by_two(world: &mut World<'_>) -> Check<Found> {
    let case = world.known("case")?;
    super::closing::wind_up(world, &case, "alive").await?;
    let path = format!("cases/{case}/erasure");
    let reason = json!({ "reason": "The child is home; the retention is over." });
    let asked = world.post(&path, PROSECUTOR, reason).await?.good()?;
    let erasure = text(&asked, "erasure")?.to_owned();
    let confirm = format!("erasures/{erasure}/confirm");
    let own = world.post(&confirm, PROSECUTOR, Value::Null).await?;
    ensure!(
        matches!(own.status, 403 | 409),
        "one person erased a case alone"
    );
    let report = world.post(&confirm, APPROVER, Value::Null).await?.good()?;
    ensure!(
        report["chain_ok"] == Value::Bool(true),
        "the audit chain broke"
    );
    let erased = &report["erased"];
    ensure!(erased["answers"].as_u64() > Some(0), "no answer was erased");
    Ok(format!(
        "{} answers, {} photos, {} tips, {} messages",
        erased["answers"], erased["photos"], erased["tips"], erased["messages"]
    )
    .into())
}

/// The case, its photo and its tip are gone for everybody; no file tells anything.
pub async fn nothing_is_left(world: &mut World<'_>) -> Check<Found> {
    let (case, photo) = (world.known("case")?, world.known("photo")?);
    let (tip, code) = (world.known("tip")?, world.known("code")?);
    for path in [format!("cases/{case}"), format!("photos/{photo}")] {
        let answer = world.read(&path, OFFICER).await?;
        ensure!(
            matches!(answer.status, 404 | 410),
            "it still answers {}",
            answer.status
        );
    }
    let answer = world.read(&format!("tips/{tip}"), super::ROOM).await?;
    ensure!(matches!(answer.status, 404 | 410), "the tip is still there");
    world.client.get(&format!("/a/{code}")).await?.status(410)?;
    let sought = json!({ "q": "Salma" });
    let search = world.post("cases/search", OFFICER, sought).await?;
    ensure!(search.status == 200, "the search answers {}", search.status);
    ensure!(
        !search.text().contains(&case),
        "a search still finds the case"
    );
    let telling = files_that_tell(&world.demo.folder().data(), &PRIVATE)?;
    ensure!(
        telling.is_empty(),
        "{} files hold private words",
        telling.len()
    );
    Ok("case, photo, tip, search, public page, every file of the house".into())
}

/// With today's keys yesterday's backup is noise; its own keys live seven days and are not with it.
pub async fn yesterdays_backup_opens_nothing(world: &mut World<'_>) -> Check<Found> {
    let today = world.demo.folder().data().join("keys.db");
    let opening = open_with(world, today).await?;
    ensure!(opening.held > 0, "the backup holds nothing to try");
    ensure!(opening.opened == 0, "{} answers still open", opening.opened);
    Ok(format!("0 of {} answers open", opening.held).into())
}

/// Over everything that happened, read from the first entry.
pub async fn audit_chain_holds(world: &mut World<'_>) -> Check<Found> {
    let report = world.read("audit/verify", ADMIN).await?.good()?;
    ensure!(
        report["ok"] == Value::Bool(true),
        "the audit chain does not hold"
    );
    world
        .read("audit/verify", OFFICER)
        .await?
        .refused(403, "")?;
    Ok(format!("{} entries", report["entries"]).into())
}

async fn open_with(world: &World<'_>, keys: PathBuf) -> Check<Opening> {
    let case = world.known("case")?;
    let case = case
        .parse()
        .map_err(|_| Wrong("the case has no id".into()))?;
    let backup = backup_folder(world);
    try_backup(
        world.demo.folder(),
        (&backup, &keys),
        world.demo.pack().code(),
        case,
    )
    .await
}

fn backup_folder(world: &World<'_>) -> PathBuf {
    let code = world.known("code").unwrap_or_default();
    world.demo.folder().path().join(format!("backup-{code}"))
}

fn yesterdays_keys(world: &World<'_>) -> PathBuf {
    let code = world.known("code").unwrap_or_default();
    world
        .demo
        .folder()
        .path()
        .join(format!("yesterdays-keys-{code}.db"))
}
