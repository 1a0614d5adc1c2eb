//! A message: everything needed to tell the public one version of an alert, frozen.
//!
//! Nothing here refers to anything that may change later. What may hold a private value has no
//! place in these types: they are the *only* thing public pages, pushes and CAP are built from.

use crate::Realm;
use crate::alert::EndReason;
use crate::endpoint::CapProfile;
use crate::id::PublicCode;
use crate::intake::{Nature, Sex};
use serde::{Deserialize, Serialize};

/// What a message does, in CAP's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MsgType {
    /// The first message of an alert.
    Alert,
    /// A newer version.
    Update,
    /// The end.
    Cancel,
}

impl MsgType {
    /// CAP's word, also stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alert => "Alert",
            Self::Update => "Update",
            Self::Cancel => "Cancel",
        }
    }
}

impl std::str::FromStr for MsgType {
    type Err = crate::id::IdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "Alert" => Ok(Self::Alert),
            "Update" => Ok(Self::Update),
            "Cancel" => Ok(Self::Cancel),
            _ => Err(crate::id::IdError),
        }
    }
}

/// What kind of event a message tells of, as the lists of event codes divide it. It says nothing of why
/// a child is gone beyond these two words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicEvent {
    /// The child was taken.
    ChildAbduction,
    /// The child is missing: it left by itself, or nobody knows.
    #[default]
    MissingPerson,
}

impl PublicEvent {
    /// The event of a disappearance of this nature. Only a forced one is an abduction.
    pub fn of(nature: Nature) -> Self {
        match nature {
            Nature::Forced => Self::ChildAbduction,
            Nature::Voluntary | Nature::Unknown => Self::MissingPerson,
        }
    }
}

/// The text of a message in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicText {
    /// Language tag: `ar`, `fr`, `en`, `zgh`.
    pub language: String,
    /// First name in the script of this language (or the only one there is).
    pub first_name: String,
    /// Where last seen, generalized, in this language.
    pub place: String,
    /// When last seen, in words of this language and the country's time.
    pub when: String,
    /// Clothes, empty when not known.
    pub clothes: String,
    /// Visible marks, empty when none.
    pub marks: String,
    /// CAP headline.
    pub headline: String,
    /// CAP description.
    pub description: String,
    /// CAP instruction.
    pub instruction: String,
    /// CAP areaDesc.
    pub area: String,
    /// The event, in words.
    pub event: String,
    /// The authority, in words.
    pub sender_name: String,
}

/// The child as the public sees them: no family name, no address, no cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicChild {
    /// Age in whole years when the alert was written.
    pub age: i64,
    /// Girl, boy, unknown.
    pub sex: Sex,
    /// The photo: name of the sealed rendition, its SHA-256 (hex) and size in bytes.
    pub photo: Option<PublicPhoto>,
}

/// A photo as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicPhoto {
    /// The media row it comes from.
    pub media: String,
    /// SHA-256 of the JPEG, hexadecimal.
    pub sha256: String,
    /// SHA-1 of the JPEG, hexadecimal: CAP 1.2 asks for it in `digest`.
    pub sha1: String,
    /// Size of the JPEG in bytes.
    pub size: u64,
}

/// An earlier message that this one replaces or ends, as CAP names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// CAP sender.
    pub sender: String,
    /// CAP identifier.
    pub identifier: String,
    /// When it was sent, milliseconds since 1970 UTC.
    pub sent_ms: i64,
}

/// A frozen message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The realm it belongs to: part of the signed bytes.
    pub realm: Realm,
    /// The country pack.
    pub pack: String,
    /// The public code of the alert.
    pub alert: PublicCode,
    /// Version, from 1; the Cancel has one of its own.
    pub version: u32,
    /// Alert, Update, Cancel.
    pub msg_type: MsgType,
    /// CAP identifier.
    pub identifier: String,
    /// CAP sender.
    pub sender: String,
    /// CAP sent and effective, milliseconds since 1970 UTC. Set when frozen.
    pub sent_ms: i64,
    /// CAP expires, milliseconds since 1970 UTC.
    pub expires_ms: i64,
    /// The child; `None` in a Cancel.
    pub child: Option<PublicChild>,
    /// One text per language, in the pack's order.
    pub texts: Vec<PublicText>,
    /// The area in the canonical form of `tifli-geo`.
    pub area: String,
    /// The number to call.
    pub number_to_call: String,
    /// All earlier messages of the alert.
    pub references: Vec<Earlier>,
    /// What kind of event it is.
    #[serde(default)]
    pub event: PublicEvent,
    /// The profiles of the partners' systems it was written for, besides plain CAP.
    #[serde(default)]
    pub profiles: Vec<CapProfile>,
}

impl Message {
    /// The text in `language`, or the first one there is.
    pub fn text(&self, language: &str) -> Option<&PublicText> {
        self.texts
            .iter()
            .find(|t| t.language == language)
            .or_else(|| self.texts.first())
    }
}

/// How an end is remembered inside the house; the public never sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// Why.
    pub reason: EndReason,
    /// When, milliseconds since 1970 UTC.
    pub at_ms: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runaway_or_an_unknown_disappearance_never_carries_an_abduction_code() {
        assert_eq!(PublicEvent::of(Nature::Forced), PublicEvent::ChildAbduction);
        for nature in [Nature::Voluntary, Nature::Unknown] {
            assert_eq!(PublicEvent::of(nature), PublicEvent::MissingPerson);
        }
        assert_eq!(PublicEvent::default(), PublicEvent::MissingPerson);
    }
}
