//! What a push carries: enough for two seconds of attention, at most 1 KB, and no photo; the phone
//! fetches that when it shows the alert.

use serde::Serialize;
use tifli_domain::Realm;
use tifli_domain::channel::OwnChannel;
use tifli_domain::channel::capability::capabilities;
use tifli_domain::loudness::Loudness;
use tifli_domain::message::{Message, MsgType, PublicText};
use tifli_domain::partner::shortened;

/// The longest payload, in bytes.
pub const LIMIT: usize = 1_024;

/// One-letter names: every byte is sent to everyone.
#[derive(Serialize)]
struct Payload<'a> {
    /// Kind: alert, update, ended.
    k: &'static str,
    /// Public code of the alert.
    a: &'a str,
    /// Version.
    v: u32,
    /// Expiry, seconds since 1970 UTC.
    x: i64,
    /// Language.
    l: &'a str,
    /// First name.
    #[serde(skip_serializing_if = "str::is_empty")]
    n: &'a str,
    /// Age in years.
    #[serde(skip_serializing_if = "Option::is_none")]
    g: Option<i64>,
    /// Place.
    #[serde(skip_serializing_if = "String::is_empty")]
    p: String,
    /// Path of the page.
    u: String,
    /// How loudly: quiet, normal, siren. An end is always quiet.
    #[serde(skip_serializing_if = "Option::is_none")]
    s: Option<&'static str>,
    /// Realm, unless live.
    #[serde(skip_serializing_if = "Option::is_none")]
    r: Option<&'static str>,
}

/// The payload of `message` for a subscriber of `language`, as loud as the approver chose.
pub fn push_payload(message: &Message, language: &str, loudness: Loudness) -> Vec<u8> {
    let text = message.text(language);
    let language = text.map_or(language, |t| t.language.as_str());
    let mut payload = Payload {
        k: match message.msg_type {
            MsgType::Alert => "alert",
            MsgType::Update => "update",
            MsgType::Cancel => "ended",
        },
        a: message.alert.as_str(),
        v: message.version,
        x: message.expires_ms / 1_000,
        l: language,
        n: text.map_or("", |t| t.first_name.as_str()),
        g: message.child.as_ref().map(|child| child.age),
        p: text.map_or_else(String::new, place),
        u: format!("/{language}/a/{}", message.alert),
        s: (message.msg_type != MsgType::Cancel).then(|| loudness.as_str()),
        r: (message.realm != Realm::Live).then(|| message.realm.as_str()),
    };
    let bytes = to_bytes(&payload);
    if bytes.len() <= LIMIT {
        return bytes;
    }
    payload.p = String::new();
    to_bytes(&payload)
}

/// The place, as much of it as a phone shows beside the name.
fn place(of: &PublicText) -> String {
    match capabilities(OwnChannel::WebPush).longest_in(&of.language) {
        None => of.place.clone(),
        Some(longest) => {
            let room = longest as usize;
            shortened(
                &of.place,
                room.saturating_sub(of.first_name.chars().count()),
            )
        }
    }
}

fn to_bytes(payload: &Payload<'_>) -> Vec<u8> {
    serde_json::to_vec(payload).expect("numbers and text always become JSON")
}
