//! The report: typed field by field, with a photo, received. Everything in it is invented.

use reqwest::Method;
use serde_json::{Value, json};
use tifli_photo::portrait;

use super::{ADMIN, OFFICER, STRANGER};
use crate::headless::client::{Body, Check, text};
use crate::headless::ensure;
use crate::headless::hostile;
use crate::headless::report::Found;
use crate::headless::world::World;

/// Words of the report that no public page may ever show.
pub const PRIVATE: [&str; 7] = [
    "Rapporteuse Inventée",
    "0600000042",
    "XX424242",
    "Familleinventée",
    "عائلةمخترعة",
    "99 rue Inventée",
    "circonstances inventées",
];
/// Which drawn child it is.
const PORTRAIT: u64 = 7;
/// How long ago the child was last seen.
const HOURS_AGO: i64 = 2;

/// Starting twice with the same key gives the same case.
pub async fn started_once(world: &mut World<'_>) -> Check<Found> {
    let token = world.token(OFFICER)?;
    let mut cases = Vec::new();
    for _ in 0..2 {
        let body = json!({});
        let asked = world.client.api(
            Method::POST,
            "cases",
            (token, "headless-case"),
            Body::Json(&body),
        );
        cases.push(text(&asked.await?.good()?, "case")?.to_owned());
    }
    ensure!(cases[0] == cases[1], "the same key gave two cases");
    world.learn("case", &cases[0]);
    Ok("asked twice with the same key, one case".into())
}

/// Every answer is saved by itself; the slowest one counts.
pub async fn typed_field_by_field(world: &mut World<'_>) -> Check<Found> {
    let answers = answers(world);
    let mut slowest = 0;
    for (field, value) in &answers {
        let before = world.demo.now_ms();
        save(world, field, value, 0).await?.good()?;
        slowest = slowest.max(world.demo.now_ms() - before);
    }
    let case = world.known("case")?;
    let file = world
        .read(&format!("cases/{case}"), OFFICER)
        .await?
        .good()?;
    for (field, value) in &answers {
        let kept = file["answers"][field]["value"].as_str().unwrap_or_default();
        let sealed = field.starts_with("gate_");
        ensure!(
            if sealed {
                kept.is_empty()
            } else {
                kept == value
            },
            "{field} was not kept as typed, or stands open though it is sealed"
        );
    }
    Ok(Found {
        checked: format!("{} answers saved one by one and read back", answers.len()),
        ms: u64::try_from(slowest).ok(),
    })
}

/// The same field written from two tabs: the second is told, both are kept.
pub async fn two_tabs_lose_nothing(world: &mut World<'_>) -> Check<Found> {
    let case = world.known("case")?;
    save(world, "marks", "a scar on the left knee", 0)
        .await?
        .good()?;
    let second = save(world, "marks", "a small birthmark", 0).await?;
    second.status(409)?;
    let conflict = second.json();
    let standing = conflict["conflicts"]["marks"]["current"]["value"].as_str();
    ensure!(
        standing == Some("a scar on the left knee"),
        "the answer that stands is not shown"
    );
    let file = world
        .read(&format!("cases/{case}"), OFFICER)
        .await?
        .good()?;
    let kept = file["kept"].as_array().into_iter().flatten();
    let mut kept = kept.filter(|kept| kept["answer"]["value"] == "a small birthmark");
    ensure!(kept.next().is_some(), "the second answer was lost");
    Ok("the second tab is told, both answers are kept".into())
}

/// Refused beside the field, and nothing of it kept.
pub async fn bad_answers_are_refused(world: &mut World<'_>) -> Check<Found> {
    let bad = [
        ("child_age", "19"),
        ("child_birth_date", "31/02/2020"),
        ("last_seen_lat", "north"),
        ("child_sex", "other"),
        ("circumstances", "seen \u{202e}near\u{202c} here"),
        ("favourite_colour", "blue"),
    ];
    for (field, value) in bad {
        let answer = save(world, field, value, 0).await?;
        answer.status(422)?;
        let errors = answer.json()["errors"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        ensure!(
            errors.iter().any(|error| error["field"] == field),
            "the refusal does not stand beside {field}"
        );
    }
    let case = world.known("case")?;
    let path = format!("cases/{case}/answers");
    let wrong = json!({ "marks": { "value": "x", "base": 0, "by": "somebody" } });
    world
        .api(Method::PUT, &path, OFFICER, &wrong)
        .await?
        .refused(400, "")?;
    Ok(format!(
        "{} bad answers beside their fields, one unknown key",
        bad.len()
    )
    .into())
}

/// Another district, and who runs the machine, see nothing of it.
pub async fn others_cannot_read(world: &mut World<'_>) -> Check<Found> {
    let case = world.known("case")?;
    for login in [STRANGER, ADMIN] {
        world
            .read(&format!("cases/{case}"), login)
            .await?
            .refused(403, "")?;
    }
    let path = format!("cases/{case}/answers");
    let body = json!({ "marks": { "value": "x", "base": 0 } });
    world
        .api(Method::PUT, &path, STRANGER, &body)
        .await?
        .refused(403, "")?;
    let list = world.read("cases", STRANGER).await?;
    ensure!(
        !list.text().contains(&case),
        "another district's list names the case"
    );
    Ok("an officer of another district and the administrator".into())
}

/// A drawn portrait becomes a clean picture.
pub async fn photo_added(world: &mut World<'_>) -> Check<Found> {
    let added = send_photo(world, portrait::jpeg(PORTRAIT)).await?.good()?;
    let media = text(&added, "media")?.to_owned();
    let shown = world.read(&format!("photos/{media}"), OFFICER).await?;
    shown.status(200)?;
    ensure!(
        shown.bytes().starts_with(&[0xff, 0xd8]),
        "the photo is shown as no JPEG"
    );
    world.learn("photo", &media);
    Ok(format!("a drawn portrait, shown as {} bytes", shown.bytes().len()).into())
}

/// A bomb, a document, a torn file, one far too long.
pub async fn bad_photos_are_refused(world: &mut World<'_>) -> Check<Found> {
    let torn = portrait::jpeg(PORTRAIT)[..2_000].to_vec();
    send_photo(world, hostile::bomb())
        .await?
        .refused(422, "too_many_pixels")?;
    send_photo(world, hostile::document())
        .await?
        .refused(422, "unsupported_format")?;
    send_photo(world, torn).await?.refused(422, "damaged")?;
    Ok("60 megapixels, a PDF called JPEG, a torn file".into())
}

/// Received, by a person who confirms what is unusual, if anything is.
pub async fn received(world: &mut World<'_>) -> Check<Found> {
    let case = world.known("case")?;
    let path = format!("cases/{case}/receive");
    let first = world
        .post(&path, OFFICER, json!({ "confirmed": false }))
        .await?;
    let done = match first.status {
        409 => world
            .post(&path, OFFICER, json!({ "confirmed": true }))
            .await?
            .good()?,
        _ => first.good()?,
    };
    ensure!(
        done["received"] == Value::Bool(true),
        "the report is not received"
    );
    ensure!(
        done["case"]["state"] == "received",
        "the case is not received"
    );
    Ok("the clocks run".into())
}

/// Saves one answer as the officer.
pub async fn save(
    world: &World<'_>,
    field: &str,
    value: &str,
    base: i64,
) -> Check<crate::headless::client::Answer> {
    let case = world.known("case")?;
    let body = json!({ field: { "value": value, "base": base } });
    world
        .api(
            Method::PUT,
            &format!("cases/{case}/answers"),
            OFFICER,
            &body,
        )
        .await
}

async fn send_photo(world: &World<'_>, bytes: Vec<u8>) -> Check<crate::headless::client::Answer> {
    let case = world.known("case")?;
    let token = world.token(OFFICER)?;
    let path = format!("cases/{case}/photos");
    world
        .client
        .api(Method::POST, &path, (token, ""), Body::Photo(bytes))
        .await
}

/// An invented report; consent is still to be asked for.
pub fn answers(world: &World<'_>) -> Vec<(&'static str, String)> {
    let pack = world.demo.pack();
    let code = |list: &str| {
        let choices = pack.choices(list).unwrap_or_default();
        choices
            .first()
            .map(|choice| choice.id.clone())
            .unwrap_or_default()
    };
    let seen = jiff::Timestamp::from_millisecond(world.demo.now_ms() - HOURS_AGO * 3_600_000)
        .unwrap_or_default();
    let seen = seen
        .to_zoned(pack.zone().clone())
        .strftime("%Y-%m-%dT%H:%M")
        .to_string();
    let [
        reporter,
        phone,
        paper,
        family,
        family_ar,
        home,
        circumstances,
    ] = PRIVATE;
    vec![
        ("reporter_name", reporter.into()),
        ("reporter_relation", code("relations")),
        ("reporter_paper_kind", code("papers")),
        ("reporter_paper_number", paper.into()),
        ("reporter_phone", phone.into()),
        ("consent_publish", "unknown".into()),
        ("gate_custody", "no".into()),
        ("gate_protection", "no".into()),
        ("gate_fleeing", "no".into()),
        ("child_first_name_ar", "سلمى".into()),
        ("child_first_name", "Salma".into()),
        ("child_family_name_ar", family_ar.into()),
        ("child_family_name", family.into()),
        ("child_age", "9".into()),
        ("child_sex", "girl".into()),
        ("clothes_ar", "قميص أحمر وسروال أزرق".into()),
        ("clothes", "red shirt, blue trousers".into()),
        ("home_address", home.into()),
        ("last_seen_at", seen),
        ("last_seen_place", world.place_at(world.center)),
        ("last_seen_lat", format!("{:.5}", world.center.lat())),
        ("last_seen_lon", format!("{:.5}", world.center.lon())),
        ("circumstances", circumstances.into()),
        ("nature", "unknown".into()),
    ]
}
