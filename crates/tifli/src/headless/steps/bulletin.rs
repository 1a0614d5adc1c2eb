//! The bulletin: at once to every service, an e-mail that tells nothing, acknowledged by each.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::{ADMIN, OFFICER, ROOM, STRANGER, UNIT};
use crate::headless::client::{Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// How often the mail server's book is looked at while e-mails are awaited.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_millis(40);
/// So many looks, and what is awaited will not come: 30 seconds.
const LOOKS: u32 = 750;
/// A name that stands nowhere else, to be looked for.
const FAMILY: &str = "Voyageuseinventée";

/// A foreign child, no photo, no paper of the reporter, no consent asked: the bulletin is out to
/// every service with the receipt, and the e-mail says nothing of it.
pub async fn no_paper_delays_it(world: &mut World<'_>) -> Check<Found> {
    let changes = [
        ("child_family_name", FAMILY),
        ("reporter_paper_kind", ""),
        ("reporter_paper_number", ""),
        ("consent_publish", ""),
        ("gate_fleeing", "unknown"),
    ];
    let case = world.open_case(OFFICER, &changes).await?;
    let bulletin = bulletin_of(world, &case).await?;
    let opened = open(world, &bulletin, ROOM).await?;
    let services = active_services(world).await?;
    ensure!(
        named(&opened, |_| true) == services,
        "not every service of the directory was sent the bulletin"
    );
    let telegram = &opened["telegrams"][0];
    ensure!(
        telegram["kind"] == "search",
        "the first telegram is no search"
    );
    ensure!(
        telegram.to_string().contains(FAMILY),
        "the services do not read the child's name"
    );
    ensure!(
        telegram["family_uninformed"] == true,
        "a child who may be fleeing is not marked: do not inform the family"
    );
    ensure!(
        !telegram.to_string().contains("+212"),
        "the reporter's telephone is in the telegram"
    );
    let letters = letters_about(world, &bulletin, services.len()).await?;
    let subjects: BTreeSet<String> = letters.iter().filter_map(|raw| subject(raw)).collect();
    ensure!(
        subjects.len() == 1,
        "the subject tells one bulletin from another"
    );
    for raw in &letters {
        ensure!(
            !raw.contains(FAMILY) && !raw.contains(&case),
            "an e-mail tells of the child"
        );
    }
    world
        .read(&format!("bulletins/{bulletin}"), ADMIN)
        .await?
        .refused(403, "role")?;
    world.learn("bulletin", &bulletin);
    world.learn("bulletin_case", &case);
    Ok(format!(
        "{} services at once, {} e-mails with one subject and no word of it",
        services.len(),
        letters.len()
    )
    .into())
}

/// A unit reads and acknowledges; who is silent has a name, on the page and on the board, until
/// the last one answers.
pub async fn acknowledged_by_each(world: &mut World<'_>) -> Check<Found> {
    let (bulletin, case) = (world.known("bulletin")?, world.known("bulletin_case")?);
    let acknowledge = format!("bulletins/{bulletin}/acknowledge");
    let unread = world.post(&acknowledge, UNIT, Value::Null).await?;
    unread.refused(409, "not_possible_now")?;
    let mine = world.read("bulletins", UNIT).await?.good()?;
    let line = mine["bulletins"].as_array().into_iter().flatten();
    let mut line = line.filter(|line| line["bulletin"] == bulletin.as_str());
    let line = line.next().cloned().unwrap_or_default();
    ensure!(
        line["own"] == "unread",
        "the unit's list does not say that it waits"
    );
    let opened = open(world, &bulletin, UNIT).await?;
    ensure!(
        named(&opened, |_| true).len() == 1,
        "a unit sees what other services did"
    );
    world.post(&acknowledge, UNIT, Value::Null).await?.good()?;
    world.post(&acknowledge, UNIT, Value::Null).await?.good()?;
    let silent = silent(world, &bulletin).await?;
    let own = text(&opened, "own")?.to_owned();
    ensure!(
        !silent.contains(&own) && !silent.is_empty(),
        "who is silent is not named rightly"
    );
    ensure!(
        waits_on_board(world, &case).await?,
        "the silent services are not on the board"
    );
    let answered = all_acknowledge(world, &bulletin).await?;
    ensure!(
        !waits_on_board(world, &case).await?,
        "the board still waits for services"
    );
    Ok(format!("one signed in, {answered} by telephone, then nobody is silent").into())
}

/// An update carries what changed and is refused when nothing did; the search ceases when an officer
/// has seen the child, which each service acknowledges anew.
pub async fn updated_and_ceased(world: &mut World<'_>) -> Check<Found> {
    let (bulletin, case) = (world.known("bulletin")?, world.known("bulletin_case")?);
    let send = format!("cases/{case}/bulletin");
    let same = world.post(&send, OFFICER, Value::Null).await?;
    same.refused(409, "nothing_new")?;
    world
        .post(&send, STRANGER, Value::Null)
        .await?
        .refused(403, "district")?;
    let changed = json!({ "marks": { "value": "a scar invented meanwhile", "base": 0 } });
    let path = format!("cases/{case}/answers");
    let base = world
        .read(&format!("cases/{case}"), OFFICER)
        .await?
        .good()?;
    let base = base["answers"]["marks"]["seq"].as_i64().unwrap_or(0);
    let mut changed = changed;
    changed["marks"]["base"] = base.into();
    world
        .api(reqwest::Method::PUT, &path, OFFICER, &changed)
        .await?
        .good()?;
    world.post(&send, OFFICER, Value::Null).await?.good()?;
    let opened = open(world, &bulletin, ROOM).await?;
    ensure!(
        opened["telegrams"][0]["kind"] == "update",
        "no update was sent"
    );
    for seen in [("located", "police"), ("seen", "alive")] {
        super::closing::say(world, &case, seen).await?.good()?;
    }
    let opened = open(world, &bulletin, ROOM).await?;
    ensure!(
        opened["telegrams"][0]["kind"] == "cessation",
        "the search did not cease"
    );
    ensure!(opened["state"] == "ceased", "the child is still sought");
    ensure!(
        waits_on_board(world, &case).await?,
        "nobody waits for the cessation"
    );
    let silent = silent(world, &bulletin).await?.len();
    let answered = all_acknowledge(world, &bulletin).await?;
    ensure!(silent == answered, "not every silent service could answer");
    ensure!(
        !waits_on_board(world, &case).await?,
        "the cessation still waits"
    );
    super::closing::wind_up(world, &case, "alive").await?;
    Ok(format!("an update, then the cessation acknowledged by {answered}").into())
}

/// Where the search of a case has ceased, every service that is silent acknowledges that.
pub async fn cessation_acknowledged(world: &World<'_>, case: &str) -> Check<()> {
    let bulletin = bulletin_of(world, case).await?;
    if open(world, &bulletin, ROOM).await?["state"] == "ceased" {
        all_acknowledge(world, &bulletin).await?;
    }
    Ok(())
}

/// Every service that is silent acknowledges by telephone; says how many. For steps that need a
/// search to be over.
pub async fn all_acknowledge(world: &World<'_>, bulletin: &str) -> Check<usize> {
    let silent = silent(world, bulletin).await?;
    for service in &silent {
        let path = format!("bulletins/{bulletin}/acknowledge-by-phone");
        world
            .post(&path, ROOM, json!({ "service": service }))
            .await?
            .good()?;
    }
    let left = self::silent(world, bulletin).await?;
    ensure!(left.is_empty(), "{} services stay silent", left.len());
    Ok(silent.len())
}

/// The newest bulletin of a case.
pub async fn bulletin_of(world: &World<'_>, case: &str) -> Check<String> {
    let of_case = world.read(&format!("cases/{case}/bulletin"), ROOM).await?;
    Ok(text(&of_case.good()?, "bulletin")?.to_owned())
}

/// The services that have not acknowledged its newest telegram.
pub async fn silent(world: &World<'_>, bulletin: &str) -> Check<BTreeSet<String>> {
    let opened = open(world, bulletin, ROOM).await?;
    Ok(named(&opened, |one| one["reading"] != "acknowledged"))
}

async fn open(world: &World<'_>, bulletin: &str, login: &str) -> Check<Value> {
    world
        .read(&format!("bulletins/{bulletin}"), login)
        .await?
        .good()
}

fn named(opened: &Value, which: impl Fn(&Value) -> bool) -> BTreeSet<String> {
    let services = opened["services"].as_array().into_iter().flatten();
    services
        .filter(|one| which(one))
        .filter_map(|one| one["service"].as_str().map(str::to_owned))
        .collect()
}

async fn active_services(world: &World<'_>) -> Check<BTreeSet<String>> {
    let directory = world.read("services", ADMIN).await?.good()?;
    let services = directory["services"].as_array().into_iter().flatten();
    Ok(services
        .filter(|one| one["active"] == true)
        .filter_map(|one| one["id"].as_str().map(str::to_owned))
        .collect())
}

async fn waits_on_board(world: &World<'_>, case: &str) -> Check<bool> {
    let board = world.read("board", ROOM).await?.good()?;
    let mut duties = board["duties"].as_array().into_iter().flatten();
    Ok(duties.any(|duty| duty["case"] == case && duty["kind"] == "bulletin_silent"))
}

/// What the mail server got about this bulletin, once there are so many letters.
async fn letters_about(world: &World<'_>, bulletin: &str, many: usize) -> Check<Vec<String>> {
    let asked = format!("{}/letters", world.demo.mail_url());
    for _ in 0..LOOKS {
        let letters = world.client.get(&asked).await?.good()?;
        let letters = letters.as_array().into_iter().flatten();
        let raw = letters.filter_map(|letter| letter["raw"].as_str().map(plain));
        let about: Vec<String> = raw.filter(|raw| raw.contains(bulletin)).collect();
        if about.len() >= many {
            ensure!(
                about.len() == many,
                "{} e-mails for {many} services",
                about.len()
            );
            return Ok(about);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err(Wrong("the e-mails did not come".into()))
}

/// A letter with its body as people read it: base64 undone, lines joined again where
/// quoted-printable broke them (RFC 2045, 6.7 and 6.8).
fn plain(raw: &str) -> String {
    let joined = raw.replace("=\r\n", "");
    let Some((head, body)) = raw.split_once("\r\n\r\n") else {
        return joined;
    };
    let packed: String = body.split_whitespace().collect();
    match BASE64_STANDARD.decode(packed).map(String::from_utf8) {
        Ok(Ok(body)) => format!("{head}\r\n\r\n{body}"),
        _ => joined,
    }
}

fn subject(raw: &str) -> Option<String> {
    let (head, _) = raw.split_once("\r\n\r\n")?;
    let unfolded = head.replace("\r\n ", " ");
    let line = unfolded.lines().find(|line| line.starts_with("Subject:"));
    line.map(str::to_owned)
}
