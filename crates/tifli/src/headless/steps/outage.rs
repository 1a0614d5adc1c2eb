//! A cut of power: the form is printed beforehand, filled in by hand, and typed in when the house is back.

use serde_json::json;

use super::{OFFICER, STRANGER};
use crate::headless::client::{Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// Minutes between the paper and its typing.
const LATER: i64 = 90;
/// Stages and languages of the form.
const FORMS: [(&str, &str); 6] = [
    ("first", "ar"),
    ("first", "fr"),
    ("second", "ar"),
    ("second", "fr"),
    ("day", "ar"),
    ("day", "fr"),
];

/// The forms print in every stage; a report typed from one has the clocks of the paper, and both times stay.
pub async fn paper_form_typed_in(world: &mut World<'_>) -> Check<Found> {
    for (tier, language) in FORMS {
        let form = world
            .read(&format!("paper-forms/{tier}/{language}"), OFFICER)
            .await?;
        form.status(200)?;
        ensure!(form.text().starts_with("%PDF"), "no form {tier} {language}");
    }
    let case = world.post("cases", OFFICER, json!({})).await?.good()?;
    let case = text(&case, "case")?.to_owned();
    let path = format!("cases/{case}/paper-time");
    let now = world.demo.now_ms();
    let stamp = |ms: i64| {
        let at = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        at.to_string()
    };
    let tomorrow = json!({ "received_at": stamp(now + 24 * 3_600_000) });
    world
        .post(&path, OFFICER, tomorrow)
        .await?
        .refused(422, "in_the_future")?;
    let received = stamp(now - LATER * 60_000);
    world
        .post(&path, OFFICER, json!({ "received_at": received }))
        .await?
        .status(204)?;
    world
        .read(&path, STRANGER)
        .await?
        .refused(403, "district")?;
    world.fill_and_receive(OFFICER, &case, &[]).await?;
    let file = world
        .read(&format!("cases/{case}"), OFFICER)
        .await?
        .good()?;
    let clock = text(&file["case"]["clocks"], "received_at")?.to_owned();
    let same =
        |a: &str, b: &str| a.parse::<jiff::Timestamp>().ok() == b.parse::<jiff::Timestamp>().ok();
    ensure!(
        same(&clock, &received),
        "the clocks do not run from the paper"
    );
    let times = world.read(&path, OFFICER).await?.good()?;
    ensure!(
        same(text(&times, "received_at")?, &received),
        "the paper's time is lost"
    );
    ensure!(
        !same(text(&times, "typed_at")?, &received),
        "the time of typing is lost"
    );
    world
        .post(&path, OFFICER, json!({ "received_at": received }))
        .await?
        .refused(409, "already_received")?;
    super::closing::wind_up(world, &case, "alive").await?;
    Ok(format!(
        "{} forms, {LATER} minutes later, the paper's clocks",
        FORMS.len()
    )
    .into())
}
