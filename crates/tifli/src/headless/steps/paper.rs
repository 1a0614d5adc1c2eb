//! Papers and consent: what is missing holds nothing up, and the prosecutor stands in where consent is missing.

use serde_json::{Value, json};

use super::alert::binding;
use super::{APPROVER, OFFICER, PROSECUTOR, ROOM, STRANGER};
use crate::headless::client::{Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// Small enough to disturb next to nobody.
const RADIUS_KM: f64 = 2.0;
/// Why, in words that stand nowhere else.
const REASON: &str = "Les parents sont injoignables depuis la disparition.";

/// The guardian refuses: the approval is refused. The prosecutor substitutes the consent: the alert goes out, and the audit
/// shows by which article, but not why.
pub async fn consent_substituted(world: &mut World<'_>) -> Check<Found> {
    let case = world
        .open_case(OFFICER, &[("consent_publish", "no")])
        .await?;
    let message = submitted(world, &case).await?;
    let binding = binding(world, &message).await?;
    let approve = format!("approvals/{message}/approve");
    let body = json!({ "binding": binding });
    let blocked = world.post(&approve, APPROVER, body.clone()).await?;
    ensure!(blocked.status == 409, "an alert went out without consent");
    let article = article(world)?;
    let path = format!("cases/{case}/consent/substitution");
    let given = json!({ "name": "Procureur d'exemple", "article": article, "reason": REASON });
    for login in [OFFICER, APPROVER, ROOM] {
        world
            .post(&path, login, given.clone())
            .await?
            .refused(403, "role")?;
    }
    let bare = json!({ "name": "Procureur d'exemple", "article": article, "reason": "" });
    world.post(&path, PROSECUTOR, bare).await?.status(422)?;
    world.post(&path, PROSECUTOR, given).await?.status(204)?;
    world.post(&approve, APPROVER, body).await?.good()?;
    let papers = world
        .read(&format!("cases/{case}/papers"), OFFICER)
        .await?
        .good()?;
    let channels = papers["channels"].as_array().cloned().unwrap_or_default();
    ensure!(
        !channels.is_empty() && channels.iter().all(|one| one["covers"] == "given"),
        "a substitution does not cover every channel"
    );
    let timeline = world
        .read(&format!("cases/{case}/timeline"), PROSECUTOR)
        .await?;
    let shown = timeline.text();
    ensure!(
        shown.contains("case.substitute_consent") && shown.contains(&article),
        "the audit does not show the substitution"
    );
    ensure!(
        !shown.contains(REASON),
        "the audit tells the reason in the open"
    );
    end(world, &case).await?;
    Ok(format!(
        "blocked, then out by {article}; {} channels covered",
        channels.len()
    )
    .into())
}

/// Consent by channel is recorded and withdrawn; every paper is printed in each language of the country; none was needed.
pub async fn papers_printed(world: &mut World<'_>) -> Check<Found> {
    let case = world.open_case(OFFICER, &[]).await?;
    let consent = format!("cases/{case}/consent");
    let answer = |answer: &str| json!({ "channel": "meta", "answer": answer, "given_by": "Nadia Exemple", "before": "Officier" });
    world
        .post(&consent, OFFICER, answer("withdrawn"))
        .await?
        .status(422)?;
    for (given, covers) in [("given", "given"), ("withdrawn", "refused")] {
        world
            .post(&consent, OFFICER, answer(given))
            .await?
            .status(204)?;
        let papers = world
            .read(&format!("cases/{case}/papers"), OFFICER)
            .await?
            .good()?;
        let meta = papers["channels"].as_array().into_iter().flatten();
        let meta: Vec<&Value> = meta.filter(|one| one["channel"] == "meta").collect();
        ensure!(
            meta.first().is_some_and(|one| one["covers"] == covers),
            "{given} does not mean {covers}"
        );
    }
    let languages: Vec<String> = world
        .demo
        .pack()
        .paper_texts()
        .iter()
        .filter_map(|texts| texts.language.map(|tag| tag.as_str().to_owned()))
        .collect();
    let mut printed = 0;
    for kind in ["statement", "consent", "receipt", "hand_over", "summary"] {
        for language in &languages {
            let path = format!("cases/{case}/papers/{kind}/{language}");
            let pdf = world.read(&path, OFFICER).await?;
            ensure!(
                pdf.bytes().starts_with(b"%PDF-"),
                "{kind} in {language} is no PDF"
            );
            world
                .read(&path, STRANGER)
                .await?
                .refused(403, "district")?;
            printed += 1;
        }
    }
    super::closing::wind_up(world, &case, "alive").await?;
    Ok(format!("{printed} papers in {}", languages.join(" and ")).into())
}

/// An alert of this case over a small far-away circle, handed over.
pub async fn submitted(world: &World<'_>, case: &str) -> Check<String> {
    let begun = world
        .post(&format!("cases/{case}/alerts"), OFFICER, json!({}))
        .await?
        .good()?;
    let message = text(&begun, "message")?.to_owned();
    let place = world.far_away();
    let area = json!({
        "shape": "circle", "lat": place.lat(), "lon": place.lon(), "radius_km": RADIUS_KM,
    });
    let draft = format!("drafts/{message}");
    world
        .change_draft(&draft, OFFICER, &json!({ "area": area }))
        .await?
        .good()?;
    world
        .post(
            &format!("{draft}/submit"),
            OFFICER,
            json!({ "confirmed": true }),
        )
        .await?
        .good()?;
    Ok(message)
}

/// The first article of the country.
fn article(world: &World<'_>) -> Check<String> {
    let first = world.demo.pack().articles().first();
    first
        .map(|article| article.id.clone())
        .ok_or_else(|| Wrong("the country has no article of law".into()))
}

/// Takes the alert back, so that what follows meets an ended one.
async fn end(world: &World<'_>, case: &str) -> Check<()> {
    let alerts = world
        .read(&format!("cases/{case}/alerts"), OFFICER)
        .await?
        .good()?;
    let alert = alerts["alerts"][0]["alert"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let body = json!({ "reason": "issued_in_error" });
    world
        .post(&format!("alerts/{alert}/cancel"), OFFICER, body)
        .await?
        .good()?;
    Ok(())
}
