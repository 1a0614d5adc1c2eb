//! What exactly each channel will send, before anybody approves it: made by the very functions that
//! send it later.
//!
//! Not the public page, which the approver sees as a page, nor what people hand over (see
//! [`crate::partner`]).

use tifli_domain::channel::OwnChannel;
use tifli_domain::channel::capability::{Capabilities, capabilities};
use tifli_domain::difference::{Piece, words};
use tifli_domain::loudness::Loudness;
use tifli_domain::message::{Message, PublicText};

use crate::reader::sample_letter;
use crate::worker::{push_payload, webhook_body};
use crate::{App, AppResult};

/// What one channel will send in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The channel.
    pub channel: OwnChannel,
    /// What it can and cannot do.
    pub can: Capabilities,
    /// The language; `None` where one document holds all of them.
    pub language: Option<String>,
    /// What it says, as fields to read; none for a letter, which is read as it is.
    pub fields: Vec<(String, String)>,
    /// The bytes that leave, as text.
    pub text: String,
    /// Word by word what of a letter is different from the version that is out; none where nothing is out.
    pub changes: Vec<Piece>,
}

impl App {
    /// What each of `channels` will send of `message` at this loudness, in their order, and what of it is different
    /// from the one that is out. The page is not among them.
    pub(crate) fn previews(
        &self,
        message: &Message,
        out: Option<&Message>,
        (channels, loudness): (&[String], Loudness),
    ) -> AppResult<Vec<Preview>> {
        let mut previews = Vec::new();
        for channel in channels.iter().filter_map(|word| word.parse().ok()) {
            let of = |language: Option<&str>, bytes: Vec<u8>| Preview {
                channel,
                can: capabilities(channel),
                language: language.map(str::to_owned),
                fields: json_fields(&bytes),
                text: String::from_utf8_lossy(&bytes).into_owned(),
                changes: Vec::new(),
            };
            match channel {
                OwnChannel::WebPush => {
                    let one = |text: &PublicText| {
                        let language = text.language.as_str();
                        of(Some(language), push_payload(message, language, loudness))
                    };
                    previews.extend(message.texts.iter().map(one));
                }
                OwnChannel::MailAlert => {
                    let letter = |message: &Message, language: &str| {
                        sample_letter(self, message, language).plain_text()
                    };
                    let one = |text: &PublicText| {
                        let language = text.language.as_str();
                        let is = letter(message, language);
                        let changes = out.map(|out| words(&letter(out, language), &is));
                        Preview {
                            changes: changes.unwrap_or_default(),
                            ..of(Some(language), is.into_bytes())
                        }
                    };
                    previews.extend(message.texts.iter().map(one));
                }
                OwnChannel::Webhook => {
                    let cap = self.cap_url(&message.identifier);
                    let body = webhook_body(message, loudness, (self.base_url(), cap));
                    previews.push(of(None, body));
                }
                OwnChannel::CapFeed | OwnChannel::CapPartner => {
                    let document = of(None, self.cap_xml(message)?.into_bytes());
                    previews.push(Preview {
                        fields: cap_fields(message),
                        ..document
                    });
                }
                OwnChannel::PublicPage | OwnChannel::BulletinMail | OwnChannel::BulletinCap => {}
            }
        }
        Ok(previews)
    }
}

/// What a CAP document says in words, by the names of its elements.
fn cap_fields(message: &Message) -> Vec<(String, String)> {
    let text = |text: &PublicText| {
        [
            ("event", &text.event),
            ("headline", &text.headline),
            ("description", &text.description),
            ("instruction", &text.instruction),
            ("areaDesc", &text.area),
            ("senderName", &text.sender_name),
        ]
        .map(|(name, words)| (format!("{name} ({})", text.language), words.clone()))
    };
    let head = [
        ("identifier".to_owned(), message.identifier.clone()),
        ("msgType".to_owned(), message.msg_type.as_str().to_owned()),
    ];
    let texts = message.texts.iter().flat_map(text);
    head.into_iter().chain(texts).collect()
}

/// The values of a JSON document by their names, in its order; none of anything else.
fn json_fields(bytes: &[u8]) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    if let Ok(value @ serde_json::Value::Object(_)) = serde_json::from_slice(bytes) {
        gather("", &value, &mut fields);
    }
    fields
}

fn gather(name: &str, value: &serde_json::Value, fields: &mut Vec<(String, String)>) {
    use serde_json::Value;
    let below = |part: &str| match name {
        "" => part.to_owned(),
        name => format!("{name}.{part}"),
    };
    match value {
        Value::Object(parts) => {
            for (part, value) in parts {
                gather(&below(part), value, fields);
            }
        }
        Value::Array(parts) => {
            for (place, value) in parts.iter().enumerate() {
                gather(&below(&(place + 1).to_string()), value, fields);
            }
        }
        Value::String(text) => fields.push((name.to_owned(), text.clone())),
        other => fields.push((name.to_owned(), other.to_string())),
    }
}
