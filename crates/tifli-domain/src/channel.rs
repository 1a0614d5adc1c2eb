//! The channels that a program serves, and what must hold of each before a case is published on it:
//! the law allows the channel, and the guardian's consent covers it.
//!
//! A channel is not a partner: people hand alerts to partners (see [`crate::partner`]), and a partner
//! may have a system to which a channel delivers. Not for which rung uses which channel (see
//! [`crate::qualify`]), nor for the recall, which goes wherever an alert went, whatever holds by then.

pub mod capability;

use crate::consent::Covers;
use crate::publication::Blocker;

/// A way out of the house that the house itself serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnChannel {
    /// The CAP feed that other systems read.
    CapFeed,
    /// The CAP document handed to a partner's system over HTTPS.
    CapPartner,
    /// The public page of an alert, to which everything else points back.
    PublicPage,
    /// Web push to those who subscribed.
    WebPush,
    /// A letter to those who asked for alerts by e-mail.
    MailAlert,
    /// A signed event to the address that a partner's system gave.
    Webhook,
    /// The e-mail to a service that says that a bulletin waits, and nothing else.
    BulletinMail,
    /// The bulletin itself, as a CAP document of scope Restricted, handed to a service's own system.
    BulletinCap,
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

/// How a channel comes by its readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serving {
    /// They come and read: it is out with the commit, and dark with the commit.
    Published,
    /// Each subscriber is called, in segments.
    Subscribers,
    /// The systems of partners are called, each by name.
    Systems,
    /// The services of the directory, or their own systems, are told; nothing of it is for the public.
    Services,
}

words!(OwnChannel {
    CapFeed = "cap_feed",
    CapPartner = "cap_partner",
    PublicPage = "public_page",
    WebPush = "web_push",
    MailAlert = "mail_alert",
    Webhook = "webhook",
    BulletinMail = "bulletin_mail",
    BulletinCap = "bulletin_cap",
});

impl OwnChannel {
    /// How it comes by its readers.
    pub fn serving(self) -> Serving {
        match self {
            Self::CapFeed | Self::PublicPage => Serving::Published,
            Self::WebPush | Self::MailAlert => Serving::Subscribers,
            Self::CapPartner | Self::Webhook => Serving::Systems,
            Self::BulletinMail | Self::BulletinCap => Serving::Services,
        }
    }

    /// Whether it calls systems whose addresses the administrator keeps: of partners, or of services.
    pub fn calls_systems(self) -> bool {
        self.serving() == Serving::Systems || self == Self::BulletinCap
    }

    /// Whether it shows a case to the public, so that consent must cover it.
    pub fn is_public(self) -> bool {
        self.serving() != Serving::Services
    }

    /// The words of those by which an alert goes out, sorted.
    pub fn of_alerts() -> Vec<String> {
        let mut words: Vec<String> = Self::ALL
            .iter()
            .filter(|channel| channel.is_public())
            .map(|channel| channel.as_str().to_owned())
            .collect();
        words.sort();
        words
    }
}

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
    fn words_are_read_back_and_only_the_bulletins_channels_are_not_public() {
        for channel in OwnChannel::ALL.iter().copied() {
            assert_eq!(channel.as_str().parse(), Ok(channel));
            let of_bulletins = channel.as_str().starts_with("bulletin_");
            assert_eq!(channel.is_public(), !of_bulletins);
        }
        assert_eq!(
            OwnChannel::of_alerts(),
            [
                "cap_feed",
                "cap_partner",
                "mail_alert",
                "public_page",
                "web_push",
                "webhook"
            ]
        );
    }
}
