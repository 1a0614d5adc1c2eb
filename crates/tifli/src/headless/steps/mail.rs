//! Alerts by e-mail: asked for by a form, confirmed by a button, told, told the end in the same thread, left by one
//! click; and an address that does not exist is written to no more.

use mail_parser::MessageParser;
use serde_json::Value;
use tifli_sandbox::smtp::dkim;

use super::quiet;
use crate::headless::client::{Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// How often the mail server's book is looked at while letters are awaited.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_millis(40);
/// So many looks, and what is awaited will not come: 30 seconds.
const LOOKS: u32 = 750;
/// Who reads, and whose address does not exist.
const READER: &str = "reader@mailbox.example.org";
const NOBODY: &str = "nobody@mailbox.example.org";
/// What a mail program posts to leave (RFC 8058).
const ONE_CLICK: [(&str, &str); 1] = [("List-Unsubscribe", "One-Click")];

/// A letter as the sandbox holds it.
struct Letter {
    seq: u64,
    id: String,
    raw: String,
}

/// Subscribes by form and button, reads the signed alert and its end in one thread, leaves by one click; a letter that
/// comes back ends another address.
pub async fn mail_alert_and_end(world: &mut World<'_>) -> Check<Found> {
    for address in [READER, NOBODY] {
        join(world, address).await?;
    }
    let out = quiet::live(world).await?;
    let alert = arrived(world, READER, 2).await?;
    check_alert(world, &alert, &out.code)?;
    let bounced = arrived(world, NOBODY, 2).await?;
    bounce(world, &bounced).await?;
    quiet::found(world, &out.alert).await?;
    let end = arrived(world, READER, 3).await?;
    ensure!(
        header(&end, "In-Reply-To")? == alert.id,
        "the end does not stand in the alert's thread"
    );
    ensure!(
        !end.raw.contains("photo.jpg") && !body(&end)?.contains("/tip"),
        "the letter of the end shows the child"
    );
    signed(world, &end)?;
    super::recall::until_dark(world, &out.alert).await?;
    ensure!(
        count(world, NOBODY).await? == 2,
        "an address that does not exist was written to again"
    );
    let leave = link(&end, "/letters/leave/")?;
    world.client.get(&leave).await?.status(200)?;
    world.client.form(&leave, &ONE_CLICK).await?.status(200)?;
    world.client.form(&leave, &ONE_CLICK).await?.status(200)?;
    let next = quiet::again(world, &out.case).await?;
    quiet::found(world, &next.alert).await?;
    super::recall::until_dark(world, &next.alert).await?;
    ensure!(
        count(world, READER).await? == 3,
        "who left is still written to"
    );
    Ok("confirmed by a button; alert and end signed, in one thread; one click; a bounce ended an address".into())
}

/// Asks by the form and presses the button of the letter.
async fn join(world: &World<'_>, address: &str) -> Check<()> {
    let place = world.place_at(world.far_away());
    let asked = [
        ("place", place.as_str()),
        ("language", "fr"),
        ("address", address),
    ];
    let asked = world.client.form("/fr/letters", &asked).await?;
    asked.status(303)?;
    let letter = arrived(world, address, 1).await?;
    signed(world, &letter)?;
    let confirm = link(&letter, "/letters/confirm/")?;
    world.client.get(&confirm).await?.status(200)?;
    world.client.form(&confirm, &[]).await?.status(303)?;
    world.client.form(&confirm, &[]).await?.status(404)?;
    Ok(())
}

fn check_alert(world: &World<'_>, letter: &Letter, code: &str) -> Check<()> {
    signed(world, letter)?;
    for (name, value) in [
        ("Auto-Submitted", "auto-generated"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("Content-Language", "fr"),
    ] {
        ensure!(header(letter, name)? == value, "{name} is another");
    }
    ensure!(
        body(letter)?.contains(&format!("/fr/a/{code}")),
        "the letter does not lead to the page"
    );
    Ok(())
}

/// The signature counts, and covers what a reader leaves by.
fn signed(world: &World<'_>, letter: &Letter) -> Check<()> {
    let (name, record) = world
        .demo
        .dkim_record()
        .map_err(|error| Wrong(error.to_string()))?;
    let signed = dkim::verify(&letter.raw, &record).map_err(|error| Wrong(error.to_string()))?;
    ensure!(
        name == format!("{}._domainkey.{}", signed.selector, signed.domain),
        "the key is published under another name"
    );
    for name in ["list-unsubscribe", "list-unsubscribe-post", "subject"] {
        ensure!(
            signed.headers.iter().any(|one| one == name),
            "{name} is not signed"
        );
    }
    Ok(())
}

/// The mail server on the other side sends the letter back; ours pipes that to the house.
async fn bounce(world: &World<'_>, letter: &Letter) -> Check<()> {
    let dsn = format!(
        "{}/letters/{}/dsn?status=5.1.1",
        world.demo.mail_url(),
        letter.seq
    );
    let dsn = world.client.get(&dsn).await?.text();
    let door = format!("{}/mail/bounce", world.demo.admin_url());
    for expected in ["retired", "nothing"] {
        let taken = world.client.raw(&door, dsn.clone()).await?.good()?;
        ensure!(
            taken["taken"] == expected,
            "a returned letter was {taken}, not {expected}"
        );
    }
    let foreign = dsn.replace("bounces+", "bounces+0");
    world
        .client
        .raw(&door, foreign)
        .await?
        .refused(404, "bounce_unknown")
}

/// The letter to this address with this place among its letters, once it has come.
async fn arrived(world: &World<'_>, to: &str, nth: usize) -> Check<Letter> {
    for _ in 0..LOOKS {
        let mine = letters(world, to).await?;
        if mine.len() >= nth {
            let letter = mine.into_iter().nth(nth - 1);
            return letter.ok_or_else(|| Wrong("a letter is gone".into()));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Err(Wrong(format!("letter {nth} did not come")))
}

async fn count(world: &World<'_>, to: &str) -> Check<usize> {
    Ok(letters(world, to).await?.len())
}

async fn letters(world: &World<'_>, to: &str) -> Check<Vec<Letter>> {
    let mut all = Vec::new();
    loop {
        let after = all
            .last()
            .map_or(0, |(seq, _): &(u64, Option<Letter>)| *seq);
        let asked = format!("{}/letters?after={after}&limit=1000", world.demo.mail_url());
        let page = world.client.get(&asked).await?.good()?;
        let page = page.as_array().cloned().unwrap_or_default();
        if page.is_empty() {
            return Ok(all.into_iter().filter_map(|(_, letter)| letter).collect());
        }
        for one in &page {
            all.push((one["seq"].as_u64().unwrap_or_default(), read(one, to)?));
        }
    }
}

fn read(one: &Value, to: &str) -> Check<Option<Letter>> {
    if one["to"] != to {
        return Ok(None);
    }
    Ok(Some(Letter {
        seq: one["seq"].as_u64().unwrap_or_default(),
        id: text(one, "message_id")?.to_owned(),
        raw: text(one, "raw")?.to_owned(),
    }))
}

fn header(letter: &Letter, name: &str) -> Check<String> {
    let parsed = MessageParser::default().parse(letter.raw.as_bytes());
    let value = parsed.and_then(|mail| mail.header_raw(name).map(|raw| raw.trim().to_owned()));
    value.ok_or_else(|| Wrong(format!("a letter has no {name}")))
}

/// The plain text, decoded as a mail program does.
fn body(letter: &Letter) -> Check<String> {
    let parsed = MessageParser::default().parse(letter.raw.as_bytes());
    let text = parsed.and_then(|mail| mail.body_text(0).map(|text| text.into_owned()));
    text.ok_or_else(|| Wrong("a letter has no plain text".into()))
}

/// The path of the link in a letter that holds `part`.
fn link(letter: &Letter, part: &str) -> Check<String> {
    let text = body(letter)?;
    let found = text.split_whitespace().find(|word| word.contains(part));
    let found = found.ok_or_else(|| Wrong(format!("no link with {part} in a letter")))?;
    let path = found.splitn(4, '/').nth(3);
    path.map(|path| format!("/{path}"))
        .ok_or_else(|| Wrong("a link has no path".into()))
}
