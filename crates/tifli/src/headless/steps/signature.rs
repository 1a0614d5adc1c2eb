//! The signature of the public CAP document, checked as a partner does it: with the certificate that was pinned.

use jiff::{Timestamp, ToSpan as _};
use tifli_cap::sign::certificate::self_signed;
use tifli_cap::sign::{Certificate, PinnedList, SigningKey, Validity, verify};

use crate::headless::client::{Check, Wrong};
use crate::headless::ensure;
use crate::headless::report::Found;
use crate::headless::world::World;

/// Verified with the published certificate; wrong with one letter altered; not verifiable for who pinned another one.
pub async fn checked(world: &mut World<'_>) -> Check<Found> {
    let document = world.client.get(&world.known("cap")?).await?;
    document.status(200)?;
    let published = world.client.get("/cap/certificate.pem").await?;
    published.status(200)?;
    let certificates = Certificate::list_from_pem(published.bytes())
        .map_err(|error| Wrong(format!("the published certificate is not read: {error}")))?;
    let own = certificates
        .into_iter()
        .next()
        .ok_or_else(|| Wrong("no certificate is published".into()))?;
    let text = document.text();
    let now = world.demo.now();
    let said = |text: &str, pinned: &Certificate| judge(text.as_bytes(), pinned.clone(), now);
    let word = said(&text, &own)?;
    ensure!(word == "verified", "the document is {word}");
    let altered = altered(&text)?;
    let word = said(&altered, &own)?;
    ensure!(word == "wrong", "one letter was altered, and it is {word}");
    let word = said(&text, &stranger(now)?)?;
    ensure!(
        word == "not-verifiable",
        "another certificate is pinned, and the document is {word}"
    );
    let key = own.subject();
    Ok(format!(
        "verified under {key}; one letter altered: wrong; another certificate: not verifiable"
    )
    .into())
}

fn judge(document: &[u8], certificate: Certificate, now: Timestamp) -> Check<&'static str> {
    let mut pinned = PinnedList::new();
    let pin = pinned.pin("house", certificate);
    pin.map_err(|error| Wrong(format!("the certificate cannot be pinned: {error}")))?;
    Ok(verify(document, &pinned, now).word())
}

/// The document with the first letter of its first headline made another one.
fn altered(text: &str) -> Check<String> {
    let start = text.find("<headline>").map(|at| at + "<headline>".len());
    let start = start.ok_or_else(|| Wrong("the document has no headline".into()))?;
    let first = text[start..].chars().next().unwrap_or_default();
    let other = if first == 'x' { 'y' } else { 'x' };
    let rest = &text[start + first.len_utf8()..];
    Ok([&text[..start], &other.to_string(), rest].concat())
}

/// The certificate of nobody here.
fn stranger(now: Timestamp) -> Check<Certificate> {
    let wrong = |error: &dyn std::fmt::Display| Wrong(format!("no other certificate: {error}"));
    let key = SigningKey::p256(&[9; 32]).map_err(|error| wrong(&error))?;
    let validity = Validity {
        from: now,
        until: now.checked_add(24.hours()).map_err(|error| wrong(&error))?,
    };
    self_signed("stranger.example.org", &key, validity).map_err(|error| wrong(&error))
}
