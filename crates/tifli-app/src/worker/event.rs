//! The event that a webhook carries: what the public may read, and where the present state stands.
//!
//! No picture and no file: whoever follows the link sees what stands at that moment.

use serde::Serialize;
use tifli_domain::Realm;
use tifli_domain::loudness::Loudness;
use tifli_domain::message::{Message, MsgType, PublicText};

/// Standard Webhooks 1.0.0: the type, the time, the data.
#[derive(Serialize)]
struct Event<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    timestamp: String,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    /// CAP status: `Actual`, or `Exercise` where nothing is real.
    status: &'static str,
    /// CAP msgType.
    msg_type: &'static str,
    /// The public code of the alert.
    alert: &'a str,
    version: u32,
    /// CAP identifier.
    identifier: &'a str,
    /// Seconds since 1970 UTC.
    expires: i64,
    number_to_call: &'a str,
    /// How loudly the authority asks that it be told: `quiet`, `normal`, `siren`. Absent from an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    loudness: Option<&'static str>,
    /// The page that answers for the present state.
    web: String,
    /// The CAP document of this message.
    cap: String,
    texts: Vec<Text<'a>>,
}

#[derive(Serialize)]
struct Text<'a> {
    language: &'a str,
    headline: &'a str,
    description: &'a str,
    instruction: &'a str,
    area: &'a str,
}

/// The body of the event about `message` as loud as the approver chose; `base` is the public address, `cap` that of its
/// document.
pub(crate) fn webhook_body(
    message: &Message,
    loudness: Loudness,
    (base, cap): (&str, String),
) -> Vec<u8> {
    let event = Event {
        kind: match message.msg_type {
            MsgType::Alert => "alert.issued",
            MsgType::Update => "alert.updated",
            MsgType::Cancel => "alert.ended",
        },
        timestamp: jiff::Timestamp::from_millisecond(message.sent_ms)
            .unwrap_or_default()
            .to_string(),
        data: Data {
            status: match message.realm {
                Realm::Live => "Actual",
                Realm::Drill | Realm::Demo => "Exercise",
            },
            msg_type: message.msg_type.as_str(),
            alert: message.alert.as_str(),
            version: message.version,
            identifier: &message.identifier,
            expires: message.expires_ms / 1_000,
            number_to_call: &message.number_to_call,
            loudness: (message.msg_type != MsgType::Cancel).then(|| loudness.as_str()),
            web: format!("{base}/a/{}", message.alert),
            cap,
            texts: message.texts.iter().map(text).collect(),
        },
    };
    serde_json::to_vec(&event).expect("numbers and text always become JSON")
}

fn text(of: &PublicText) -> Text<'_> {
    Text {
        language: &of.language,
        headline: &of.headline,
        description: &of.description,
        instruction: &of.instruction,
        area: &of.area,
    }
}
