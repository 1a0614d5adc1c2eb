//! The alert: drafted, submitted, approved by another person, and pushed to exactly who lives inside.

use serde_json::{Value, json};

use super::{APPROVER, OFFICER, report};
use crate::headless::client::{Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// The first version.
const FIRST: u32 = 1;

/// Prefilled from the report; the area is what the officer asked for.
pub async fn drafted(world: &mut World<'_>) -> Check<Found> {
    let case = world.known("case")?;
    let begun = world
        .post(&format!("cases/{case}/alerts"), OFFICER, json!({}))
        .await?
        .good()?;
    let message = text(&begun, "message")?.to_owned();
    let change = json!({
        "area": {
            "shape": "circle",
            "lat": world.center.lat(),
            "lon": world.center.lon(),
            "radius_km": world.radius.kilometres().get(),
        },
        "photo": world.known("photo")?,
    });
    let path = format!("drafts/{message}");
    let draft = world.change_draft(&path, OFFICER, &change).await?.good()?;
    ensure!(draft["age"] == 9, "the age is not that of the report");
    let names = draft["texts"].as_array().into_iter().flatten();
    ensure!(
        names.clone().any(|text| text["first_name"] == "سلمى"),
        "no Arabic text"
    );
    ensure!(!has_private(&draft), "the draft holds something private");
    world.learn("message", &message);
    world.learn("alert", text(&draft, "alert")?);
    Ok(format!(
        "prefilled in {} languages, radius {}",
        names.count(),
        world.radius.kilometres()
    )
    .into())
}

/// 160 m typed where kilometres are meant, none, and half the world.
pub async fn metres_are_refused(world: &mut World<'_>) -> Check<Found> {
    let message = world.known("message")?;
    let (lat, lon) = (world.center.lat(), world.center.lon());
    for radius in [0.16, 0.0, -160.0, 160_000.0] {
        let change =
            json!({ "area": { "shape": "circle", "lat": lat, "lon": lon, "radius_km": radius } });
        let answer = world
            .change_draft(&format!("drafts/{message}"), OFFICER, &change)
            .await?;
        answer.status(422)?;
    }
    let draft = world
        .read(&format!("drafts/{message}"), OFFICER)
        .await?
        .good()?;
    let kept = draft["area"]["radius_km"].as_f64();
    ensure!(
        kept == Some(world.radius.kilometres().get()),
        "the area changed all the same"
    );
    Ok("160 m, nothing, less than nothing, 160 000 km".into())
}

/// Frozen; the house counts the same people as we do, and so has nothing to ask.
pub async fn submitted(world: &mut World<'_>) -> Check<Found> {
    let message = world.known("message")?;
    let frozen = world
        .post(&format!("drafts/{message}/submit"), OFFICER, json!({}))
        .await?
        .good()?;
    let count = frozen["binding"]["count"].as_u64().unwrap_or_default();
    let inside = world.inside.len() as u64;
    ensure!(
        count == inside,
        "the house counts {count} subscribers inside, we {inside}"
    );
    ensure!(
        frozen["nobody_subscribed"] == false,
        "it is said that the area reaches nobody"
    );
    Ok(format!(
        "{count} subscribers counted, {} residents by census",
        frozen["residents"]
    )
    .into())
}

/// The approver cannot send out what the guardian has not consented to.
pub async fn without_consent_nothing_goes_out(world: &mut World<'_>) -> Check<Found> {
    let message = world.known("message")?;
    let binding = binding(world, &message).await?;
    let body = json!({ "binding": binding });
    let path = format!("approvals/{message}/approve");
    world
        .post(&path, APPROVER, body.clone())
        .await?
        .refused(409, "no_consent")?;
    world.post(&path, OFFICER, body).await?.refused(403, "")?;
    world.partner.look().await?;
    ensure!(
        world.partner.arrivals().is_empty(),
        "something was sent all the same"
    );
    let case = world.known("case")?;
    let file = world
        .read(&format!("cases/{case}"), OFFICER)
        .await?
        .good()?;
    let base = file["answers"]["consent_publish"]["seq"]
        .as_i64()
        .unwrap_or_default();
    report::save(world, "consent_publish", "yes", base)
        .await?
        .good()?;
    report::save(world, "consent_given_by", report::PRIVATE[0], 0)
        .await?
        .good()?;
    super::partner::allow(world, &case, "media").await?;
    Ok("refused without consent and to an officer; then consent is given".into())
}

/// Another person approves exactly what the screen shows.
pub async fn approved(world: &mut World<'_>) -> Check<Found> {
    let message = world.known("message")?;
    approve(world, &message, APPROVER).await?;
    let alert = world.known("alert")?;
    let line = world
        .read(&format!("alerts/{alert}"), APPROVER)
        .await?
        .good()?;
    ensure!(line["state"] == "live", "the alert is not live");
    world.learn("code", text(&line, "code")?);
    Ok("live with the answer to the approval".into())
}

/// Every phone inside, no other phone, nobody twice.
pub async fn pushed_exactly_inside(world: &mut World<'_>) -> Check<Found> {
    let goal = world.inside.len();
    let all = world
        .partner
        .look_until(|partner| partner.who(FIRST).len() >= goal)
        .await?;
    let got = world.partner.who(FIRST);
    world.totals.pushed = got.len() as u64;
    let (first, last) = world.partner.first_and_last(FIRST).unwrap_or_default();
    let sent: i64 = world.known("approved_ms")?.parse().unwrap_or_default();
    world.totals.approval_to_first_push_ms = first - sent;
    world.totals.approval_to_last_push_ms = last - sent;
    let missed = world.inside.difference(&got).count();
    let outside = got.difference(&world.inside).count();
    world.totals.outside_pushed = outside as u64;
    ensure!(
        all && missed == 0,
        "{missed} of {goal} inside were not reached"
    );
    ensure!(outside == 0, "{outside} outside were reached");
    ensure!(
        world.partner.arrivals().len() == goal,
        "somebody was reached twice"
    );
    let one = world
        .partner
        .arrivals()
        .first()
        .map_or(0, |arrival| arrival.n);
    let phone = world.partner.read_phone(one).await?;
    ensure!(!has_private(&phone), "a push holds something private");
    Ok(Found {
        checked: format!(
            "{goal} inside reached once, 0 of {} outside",
            world.demo.crowd().len() - goal
        ),
        ms: u64::try_from(last - sent).ok(),
    })
}

/// Approves a submitted version as `login` and keeps what was bound and when.
pub async fn approve(world: &mut World<'_>, message: &str, login: &str) -> Check<()> {
    let binding = binding(world, message).await?;
    let sent = world.demo.now_ms();
    let path = format!("approvals/{message}/approve");
    world
        .post(&path, login, json!({ "binding": binding }))
        .await?
        .good()?;
    world.learn("approved_ms", &sent.to_string());
    world.bindings.push(binding);
    Ok(())
}

/// What the approver's screen shows is bound.
pub async fn binding(world: &World<'_>, message: &str) -> Check<Value> {
    let screen = world
        .read(&format!("approvals/{message}"), APPROVER)
        .await?
        .good()?;
    Ok(screen["binding"].clone())
}

/// Whether anything that must stay private stands in an answer.
fn has_private(answer: &Value) -> bool {
    let text = answer.to_string();
    report::PRIVATE.iter().any(|private| text.contains(private))
}
