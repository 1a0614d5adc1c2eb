//! Makes the bytes of a letter out of its words, and signs them.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Address;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};

use super::letter::AlertMail;
use super::render::{html, plain};
use super::sender::House;

/// The whole letter as it is handed over.
///
/// # Errors
/// The stable word of the rule it breaks.
pub(super) fn compose(
    house: &House,
    to: Address,
    mail: &AlertMail,
) -> Result<Vec<u8>, &'static str> {
    let at_ms = u64::try_from(mail.at_ms).map_err(|_| "mail_date")?;
    let domain = house.from.domain();
    let mut builder = Message::builder()
        .message_id(Some(message_id(&mail.id, domain)))
        .date(UNIX_EPOCH + Duration::from_millis(at_ms / 1_000 * 1_000))
        .from(Mailbox::new(Some(house.name.clone()), house.from.clone()))
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject));
    if let Some(first) = mail.thread.first() {
        let all: Vec<String> = mail
            .thread
            .iter()
            .map(|id| message_id(id, domain))
            .collect();
        builder = builder
            .in_reply_to(message_id(first, domain))
            .references(all.join(" "));
    }
    for (name, value) in machine_headers(house, mail) {
        // Printable ASCII by the rules of the letter; a link is not broken into encoded words.
        let name = HeaderName::new_from_ascii_str(name);
        let value = HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value);
        builder = builder.raw_header(value);
    }
    let parts = MultiPart::alternative()
        .boundary(boundary(&mail.id))
        .singlepart(SinglePart::plain(plain(mail)))
        .singlepart(SinglePart::html(html(mail)));
    let letter: Message = builder.multipart(parts).map_err(|_| "mail_unwritable")?;
    sign(house, letter.formatted(), mail.at_ms / 1_000)
}

/// The headers that programs read: who may answer, how to leave, what to count by.
fn machine_headers(house: &House, mail: &AlertMail) -> [(&'static str, String); 6] {
    let languages: Vec<&str> = mail
        .words
        .iter()
        .map(|words| words.language.as_str())
        .collect();
    [
        ("Auto-Submitted", "auto-generated".to_owned()),
        ("List-Id", format!("<{}>", house.list_id)),
        ("List-Unsubscribe", format!("<{}>", mail.unsubscribe_url)),
        (
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click".to_owned(),
        ),
        ("Content-Language", languages.join(", ")),
        (
            "Feedback-ID",
            format!("{}:alert:{}", mail.campaign, house.from.domain()),
        ),
    ]
}

fn message_id(id: &str, domain: &str) -> String {
    format!("<{id}@{domain}>")
}

/// Stays the same for the same letter, and stands in no text: `=_` cannot be quoted-printable.
fn boundary(id: &str) -> String {
    let id: String = id.chars().take(48).collect();
    format!("=_{id}_=")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Puts one signature per key in front.
fn sign(house: &House, letter: Vec<u8>, at_s: i64) -> Result<Vec<u8>, &'static str> {
    let mut signed = Vec::with_capacity(letter.len() + 1024);
    for key in &house.keys {
        let header = key.sign(&letter, at_s).map_err(|_| "mail_signature")?;
        signed.extend_from_slice(header.as_bytes());
    }
    signed.extend_from_slice(&letter);
    Ok(signed)
}
