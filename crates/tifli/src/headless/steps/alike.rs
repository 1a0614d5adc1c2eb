//! Two children, one found alive and one dead: nothing that anybody outside of the house can read tells
//! one from the other.

use super::closing::wind_up;
use super::quiet::{self, Quiet};
use super::{ROOM, family, follow, partner, recall};
use crate::headless::client::{Check, Wrong, text};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// What is shown of a case outside of the house, by name.
type Shown = Vec<(String, String)>;

/// A case of the pair, the phone that was warned of it, and the family's number.
struct One {
    quiet: Quiet,
    pin: String,
}

/// Page, feed, CAP, pushes, the family's page and what partners are asked: alike but for ids and times,
/// before and after it is written down how the child was found.
pub async fn death_is_indistinguishable(world: &mut World<'_>) -> Check<Found> {
    let (phone, subscription) = world.partner.new_phone().await?;
    let far = world.far_away();
    follow::subscribe(world, &subscription, far).await?.good()?;
    let (alive, dead) = (begin(world).await?, begin(world).await?);
    // Only who was warned is told of an end; where many live near, the warning takes its time.
    let warned = heard_of_both(world, phone, "alert").await?;
    ensure!(warned, "the phone was not warned of both");
    for one in [&alive, &dead] {
        quiet::found(world, &one.quiet.alert).await?;
        recall::until_dark(world, &one.quiet.alert).await?;
    }
    let told = heard_of_both(world, phone, "ended").await?;
    ensure!(told, "the phone was not told of both ends");
    let before = shown(world, &dead, phone).await?;
    for (one, found) in [(&alive, "alive"), (&dead, "dead")] {
        partner::withdrawn_everywhere(world, &one.quiet.alert).await?;
        wind_up(world, &one.quiet.case, found).await?;
    }
    let after = shown(world, &dead, phone).await?;
    let public = |(name, _): &&(String, String)| !name.starts_with("family");
    ensure!(
        before.iter().filter(public).eq(after.iter().filter(public)),
        "something public changed when it was written down how the child was found"
    );
    let other = shown(world, &alive, phone).await?;
    ensure!(after.len() == other.len(), "not as much is shown of both");
    for ((name, dead), (_, alive)) in after.iter().zip(&other) {
        ensure!(dead == alive, "{name} tells one from the other");
    }
    let bytes: usize = after.iter().map(|(_, bytes)| bytes.len()).sum();
    Ok(format!(
        "{} things compared, {bytes} bytes each side, alike but for ids and times",
        after.len()
    )
    .into())
}

async fn begin(world: &World<'_>) -> Check<One> {
    let quiet = quiet::live(world).await?;
    quiet::seen_live(world, &quiet).await?;
    let pin = family::issue(world, &quiet.case).await?;
    Ok(One { quiet, pin })
}

/// Whether the phone heard of both, in a push of this kind.
async fn heard_of_both(world: &mut World<'_>, phone: u32, kind: &str) -> Check<bool> {
    let heard = |partner: &crate::headless::partner::Partner| {
        let mine = partner.arrivals().iter().filter(|one| one.n == phone);
        mine.filter(|one| one.kind == kind).count()
    };
    world
        .partner
        .look_until(|partner| heard(partner) >= 2)
        .await
}

/// Everything that anybody outside of the house can read of a case, ids and times masked.
async fn shown(world: &World<'_>, one: &One, phone: u32) -> Check<Shown> {
    let code = &one.quiet.code;
    let mut all = Vec::new();
    for language in ["ar", "fr", "en"] {
        for path in [
            format!("/{language}/a/{code}"),
            format!("/{language}/verify?code={code}"),
        ] {
            let page = world.client.get(&path).await?;
            all.push((
                page_name(&path, code),
                format!("{} {}", page.status, page.text()),
            ));
        }
        all.extend(entries(world, language, code).await?);
    }
    for file in ["photo.jpg", "card.jpg"] {
        let path = format!("/a/{code}/{file}");
        let answer = world.client.get(&path).await?;
        all.push((
            file.to_owned(),
            format!("{} {}", answer.status, answer.text()),
        ));
    }
    let family = family::open(world, &one.pin).await?;
    all.push(("family page".to_owned(), family.text()));
    let phone = world.partner.read_phone(phone).await?;
    let pushes = phone.as_array().into_iter().flatten();
    let pushes = pushes.filter(|push| push.to_string().contains(code.as_str()));
    all.extend(pushes.map(|push| ("push".to_owned(), push["payload"].to_string())));
    all.extend(kits(world, &one.quiet.alert).await?);
    let masked = |(name, words): (String, String)| (name, mask(&words, code));
    Ok(all.into_iter().map(masked).collect())
}

fn page_name(path: &str, code: &str) -> String {
    path.replace(code, "")
}

/// The entries of the feed whose documents are of this alert, and the documents.
async fn entries(world: &World<'_>, language: &str, code: &str) -> Check<Shown> {
    let feed = world.client.get(&format!("/{language}/feed.atom")).await?;
    let feed = feed.text();
    let mut all = Vec::new();
    for entry in feed.split("<entry").skip(1) {
        let entry = entry.split("</entry>").next().unwrap_or_default();
        let file = entry.split("/cap/").nth(1);
        let file = file.and_then(|rest| rest.split(['"', '<', '&']).next());
        let file = file.ok_or_else(|| Wrong("an entry names no document".into()))?;
        let document = world.client.get(&format!("/cap/{file}")).await?.text();
        if document.contains(code) {
            all.push((format!("{language} entry"), entry.to_owned()));
            let document = signed_anyhow(&document);
            all.push((format!("{language} document"), document));
        }
    }
    ensure!(!all.is_empty(), "the feed does not have the end");
    Ok(all)
}

/// The document without its digest and its signature's value: they are as long and differ from one
/// document to the next whatever it says.
fn signed_anyhow(document: &str) -> String {
    let mut out = document.to_owned();
    for name in ["DigestValue", "SignatureValue"] {
        let (from, to) = (format!("<ds:{name}>"), format!("</ds:{name}>"));
        let Some((before, rest)) = out.split_once(&from) else {
            continue;
        };
        let Some((_, after)) = rest.split_once(&to) else {
            continue;
        };
        out = format!("{before}{from}{to}{after}");
    }
    out
}

/// What every partner of the alert was given, as it is given now.
async fn kits(world: &World<'_>, alert: &str) -> Check<Shown> {
    let path = format!("alerts/{alert}/partners");
    let partners = world.read(&path, ROOM).await?.good()?;
    let mut all = Vec::new();
    for one in partners["handovers"].as_array().into_iter().flatten() {
        let handover = text(one, "handover")?;
        let kit = world
            .read(&format!("handovers/{handover}/kit.json"), ROOM)
            .await?;
        if kit.status == 200 {
            let name = format!("kit of {}", text(one, "partner")?);
            all.push((name, partner::opened(&kit.json())?));
        }
    }
    ensure!(!all.is_empty(), "no partner has a kit");
    Ok(all)
}

/// The same words whatever the ids and times: every run of letters, digits and dashes that holds a
/// digit is one mark, and so is the code.
fn mask(words: &str, code: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut run = String::new();
    let close = |run: &mut String, out: &mut String| {
        match run.chars().any(char::is_numeric) {
            true => out.push('#'),
            false => out.push_str(run),
        }
        run.clear();
    };
    for letter in words.replace(code, "#").chars() {
        if letter.is_ascii_alphanumeric() || letter == '-' || letter == '_' || letter.is_numeric() {
            run.push(letter);
        } else {
            close(&mut run, &mut out);
            out.push(letter);
        }
    }
    close(&mut run, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::{mask, signed_anyhow};

    #[test]
    fn the_values_of_a_signature_are_not_compared() {
        let document = |value: &str| {
            format!(
                "<a>b</a><ds:DigestValue>{value}</ds:DigestValue><ds:SignatureValue>c=</ds:SignatureValue>"
            )
        };
        assert_eq!(
            signed_anyhow(&document("xy+/")),
            signed_anyhow(&document("zz/A"))
        );
        assert_eq!(signed_anyhow("<a>b</a>"), "<a>b</a>");
    }

    #[test]
    fn ids_and_times_are_masked_and_words_are_not() {
        let (one, two) = (
            "<p id=\"m-01ab\">found 2026-11-22 ABCD</p>",
            "<p id=\"m-9f\">found 2027-01-03 EFGH</p>",
        );
        assert_eq!(mask(one, "ABCD"), mask(two, "EFGH"));
        assert_ne!(mask("found", "X"), mask("dead", "X"));
    }
}
