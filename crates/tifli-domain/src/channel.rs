//! The house's own channels, and what must hold of each before a case is published on it: the law
//! allows the channel, and the guardian's consent covers it.
//!
//! A channel is not a partner: partners are reached by people (see [`crate::partner`]). Not for
//! which rung uses which channel (see [`crate::qualify`]), nor for the recall, which goes wherever
//! an alert went, whatever holds by then.

use crate::consent::Covers;
use crate::publication::Blocker;

/// A way out of the house that the house itself serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnChannel {
    /// The CAP feed that other systems read.
    CapFeed,
    /// The public page of an alert, to which everything else points back.
    PublicPage,
    /// Web push to those who subscribed.
    WebPush,
    /// The e-mail to a service that says that a bulletin waits, and nothing else.
    BulletinMail,
}

/// Whether the law allows a channel: enabled, with controller, destination, basis and authorization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lawful {
    /// Its legal line stands.
    Yes,
    /// It does not.
    No,
}

/// What holds of one channel for one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelStanding {
    /// Whether the law allows it.
    pub lawful: Lawful,
    /// Whether consent, or its substitution, covers it.
    pub consent: Covers,
}

impl OwnChannel {
    /// Every one.
    pub const ALL: [Self; 4] = [
        Self::CapFeed,
        Self::PublicPage,
        Self::WebPush,
        Self::BulletinMail,
    ];

    /// The word of packs, messages and receipts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CapFeed => "cap_feed",
            Self::PublicPage => "public_page",
            Self::WebPush => "web_push",
            Self::BulletinMail => "bulletin_mail",
        }
    }

    /// Whether it shows a case to the public, so that consent must cover it.
    pub fn is_public(self) -> bool {
        self != Self::BulletinMail
    }
}

read_by_word!(OwnChannel);

/// What stands in the way of using a channel; the law comes first.
pub fn blocker(channel: ChannelStanding) -> Option<Blocker> {
    match (channel.lawful, channel.consent) {
        (Lawful::No, _) => Some(Blocker::ChannelNotLawful),
        (Lawful::Yes, Covers::Refused | Covers::Unknown) => Some(Blocker::ChannelNotConsented),
        (Lawful::Yes, Covers::Given) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_is_used_only_when_the_law_and_the_guardian_allow_it() {
        for lawful in [Lawful::Yes, Lawful::No] {
            for consent in [Covers::Given, Covers::Refused, Covers::Unknown] {
                let may = blocker(ChannelStanding { lawful, consent }).is_none();
                assert_eq!(may, lawful == Lawful::Yes && consent == Covers::Given);
            }
        }
        let unlawful = ChannelStanding {
            lawful: Lawful::No,
            consent: Covers::Refused,
        };
        assert_eq!(blocker(unlawful), Some(Blocker::ChannelNotLawful));
    }

    #[test]
    fn words_are_read_back_and_only_the_bulletin_is_not_public() {
        for channel in OwnChannel::ALL {
            assert_eq!(channel.as_str().parse(), Ok(channel));
            assert_eq!(channel.is_public(), channel != OwnChannel::BulletinMail);
        }
    }
}
