//! While it is live: somebody joins, it is updated, somebody moves away.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use tifli_units::Position;

use super::alert::{approve, binding};
use super::{APPROVER, APPROVER2, OFFICER};
use crate::headless::client::{Answer, Check, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// Addresses that no message may ever be sent to.
const PRIVATE_ENDPOINTS: [&str; 7] = [
    "https://10.0.0.1/push",
    "https://127.0.0.1/push",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/push",
    "https://localhost/push",
    "http://push.example.org/push",
    "https://push.example.org:8443/push",
];

/// Refused when somebody subscribes with them, not first when something is sent.
pub async fn private_endpoints_are_refused(world: &mut World<'_>) -> Check<Found> {
    let (_, phone) = world.partner.new_phone().await?;
    for endpoint in PRIVATE_ENDPOINTS {
        let mut phone = phone.clone();
        phone["endpoint"] = endpoint.into();
        subscribe(world, &phone, world.center).await?.status(422)?;
    }
    Ok(format!(
        "{} addresses inside of networks, without TLS, on other ports",
        PRIVATE_ENDPOINTS.len()
    )
    .into())
}

/// A new subscriber inside of a live area gets the alert at once.
pub async fn who_joins_is_warned(world: &mut World<'_>) -> Check<Found> {
    let (number, phone) = world.partner.new_phone().await?;
    subscribe(world, &phone, world.center).await?.good()?;
    let got = world
        .partner
        .look_until(|partner| partner.who(1).contains(&number))
        .await?;
    ensure!(got, "who joined was not warned");
    world.inside.insert(number);
    Ok("a new phone inside is warned".into())
}

/// The approver writes the update and cannot approve it.
pub async fn one_person_is_not_two(world: &mut World<'_>) -> Check<Found> {
    let message = begin_update(world, APPROVER, "green coat over a red shirt").await?;
    world
        .post(&format!("drafts/{message}/submit"), APPROVER, json!({}))
        .await?
        .good()?;
    let binding = binding(world, &message).await?;
    let path = format!("approvals/{message}/approve");
    let answer = world
        .post(&path, APPROVER, json!({ "binding": binding }))
        .await?;
    answer.refused(409, "author_cannot_approve")?;
    world.learn("update", &message);
    Ok("the author of the update may not approve it".into())
}

/// What was approved before does not stand for what is shown now.
pub async fn an_older_version_is_not_approved(world: &mut World<'_>) -> Check<Found> {
    let message = world.known("update")?;
    let path = format!("approvals/{message}/approve");
    let older = world.bindings.first().cloned().unwrap_or_default();
    let answer = world
        .post(&path, APPROVER2, json!({ "binding": older }))
        .await?;
    answer.refused(409, "alert_changed")?;
    let mut altered = binding(world, &message).await?;
    altered["count"] = 0.into();
    let answer = world
        .post(&path, APPROVER2, json!({ "binding": altered }))
        .await?;
    answer.refused(409, "alert_changed")?;
    let first = world.known("message")?;
    let again = json!({ "binding": older });
    let path = format!("approvals/{first}/approve");
    world
        .post(&path, APPROVER2, again)
        .await?
        .refused(409, "")?;
    Ok("the first version's binding, an altered one, the first version again".into())
}

/// Approved by a second approver; everyone who had the alert gets the update.
pub async fn everyone_gets_the_update(world: &mut World<'_>) -> Check<Found> {
    let message = world.known("update")?;
    approve(world, &message, APPROVER2).await?;
    let sent: i64 = world.known("approved_ms")?.parse().unwrap_or_default();
    let goal = world.inside.len();
    world
        .partner
        .look_until(|partner| partner.who(2).len() >= goal)
        .await?;
    let got = world.partner.who(2);
    let missed = world.inside.difference(&got).count();
    ensure!(missed == 0, "{missed} of {goal} did not get the update");
    let outside = got.difference(&world.inside).count();
    ensure!(outside == 0, "{outside} outside got the update");
    let code = world.known("code")?;
    let page = world.client.get(&format!("/en/a/{code}")).await?.text();
    ensure!(
        page.contains("green coat"),
        "the page does not show the update"
    );
    let last = world.partner.first_and_last(2).unwrap_or_default().1;
    Ok(Found {
        checked: format!("{goal} phones and the page"),
        ms: u64::try_from(last - sent).ok(),
    })
}

/// Somebody who was warned now lives far away.
pub async fn somebody_moves_away(world: &mut World<'_>) -> Check<Found> {
    let crowd = u32::try_from(world.demo.crowd().len()).unwrap_or(u32::MAX);
    let warned: BTreeSet<u32> = world.partner.who(1);
    let mover = warned
        .into_iter()
        .find(|number| *number < crowd)
        .unwrap_or_default();
    let phone = serde_json::to_value(world.demo.subscription(mover)).unwrap_or_default();
    let far = world.far_away();
    let away = tifli_geo::distance(world.center, far);
    subscribe(world, &phone, far).await?.good()?;
    world.learn("mover", &mover.to_string());
    Ok(format!("one who was warned now lives {:.0} km away", away.get()).into())
}

/// Begins the next version as `login` with other clothes, and gives its message.
pub async fn begin_update(world: &World<'_>, login: &str, clothes: &str) -> Check<String> {
    let alert = world.known("alert")?;
    let begun = world
        .post(&format!("alerts/{alert}/updates"), login, json!({}))
        .await?
        .good()?;
    let message = text(&begun, "message")?.to_owned();
    let path = format!("drafts/{message}");
    let draft = world.read(&path, login).await?.good()?;
    let mut texts = draft["texts"].clone();
    for text in texts.as_array_mut().into_iter().flatten() {
        if text["language"] != "ar" {
            text["clothes"] = clothes.into();
        }
    }
    let change = json!({ "texts": texts });
    world.change_draft(&path, login, &change).await?.good()?;
    Ok(message)
}

/// An officer's update, approved; gives nothing before it is out.
pub async fn send_update(world: &mut World<'_>, clothes: &str) -> Check<()> {
    let message = begin_update(world, OFFICER, clothes).await?;
    world
        .post(&format!("drafts/{message}/submit"), OFFICER, json!({}))
        .await?
        .good()?;
    approve(world, &message, APPROVER).await
}

/// Subscribes a phone near a point.
pub async fn subscribe(world: &World<'_>, phone: &Value, at: Position) -> Check<Answer> {
    let language = world
        .demo
        .pack()
        .languages()
        .alert
        .first()
        .map_or("ar", |tag| tag.as_str());
    let place = world.place_at(at);
    let body = json!({ "subscription": phone, "place": place, "language": language });
    world.client.post("/subscribe", &body).await
}
