//! What each channel can and cannot do, as one table: the composer, the worker, the recall and
//! `docs/channels.md` all read it. Facts of the channel, not of the country and not of a case.

use super::OwnChannel;
use crate::bulletin::MAIL_RETRY_SECONDS;
use crate::loudness::Sounding;

/// Whether a picture goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// Shown where the alert is shown.
    Shown,
    /// A link to it; whoever follows the link sees what stands at that moment.
    Linked,
    /// None.
    Absent,
}

/// What can be done about a copy that is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recall {
    /// It is gone or changed where it was shown, and we see that it is.
    Real,
    /// It is replaced or taken down by whoever has it, when they next listen.
    BestEffort,
    /// Nothing: a second message says that it is over.
    Nothing,
}

/// How an earlier version gives way to a newer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Update {
    /// The same place shows the newer one.
    InPlace,
    /// A newer message replaces the earlier one at the reader.
    Replaces,
    /// A second message beside the first.
    Beside,
}

/// What evidence comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipts {
    /// We see it ourselves.
    OwnEyes,
    /// The partner's system says that it has it.
    Accepted,
    /// It says so, and it can be read back from there.
    ReadBack,
    /// The service in between took it; whether a person has it is not told.
    TakenOver,
}

/// Whether it can reach those in an area and nobody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those whose place lies in the area.
    Area,
    /// Everyone who reads it; the area stands in the text.
    Everyone,
}

/// What a repeat does at the reader, when it is not known whether the first was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Both become one.
    Collapses,
    /// The reader has it twice.
    Doubles,
    /// Nothing is sent, so nothing is repeated.
    Needless,
}

/// What is known of one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether a picture goes with it.
    pub picture: Picture,
    /// The longest text that arrives whole, in characters of Latin and of Arabic or Tifinagh script;
    /// `None` has no limit of its own.
    pub length: Option<(u32, u32)>,
    /// How an update works.
    pub update: Update,
    /// What a recall can do.
    pub recall: Recall,
    /// What evidence comes back.
    pub receipts: Receipts,
    /// Whom it reaches.
    pub reach: Reach,
    /// What a repeat does.
    pub repeat: Repeat,
    /// What of a chosen loudness can be heard.
    pub sounding: Sounding,
    /// Seconds before each further attempt at one address; the last is repeated.
    pub retry_after_s: &'static [u32],
}

impl Capabilities {
    /// The longest text that arrives whole in this language, in characters; `None` has no limit.
    pub fn longest_in(&self, language: &str) -> Option<u32> {
        self.length.map(|(latin, other)| match language {
            "fr" | "en" => latin,
            _ => other,
        })
    }
}

/// First retries come soon: an alert of two hours' age is of little use.
const PUSH_RETRY_S: &[u32] = &[1, 2, 5, 10, 30, 60, 120, 300];
/// The head of the schedule of Standard Webhooks 1.0.0, compressed for alerts.
const SYSTEM_RETRY_S: &[u32] = &[1, 5, 15, 60, 300];

/// A mail server that asks to come back means minutes; a greylist most often five.
const MAIL_RETRY_S: &[u32] = &[10, 60, 300, 330, 600, 900];

/// As a partner's system, then longer: a bulletin has no end of its own while the child is sought.
const BULLETIN_RETRY_S: &[u32] = &[1, 5, 15, 60, 300, 900, 1_800, 3_600];

/// What the channel can do.
pub fn capabilities(channel: OwnChannel) -> Capabilities {
    match channel {
        OwnChannel::CapFeed => Capabilities {
            picture: Picture::Linked,
            length: None,
            update: Update::Replaces,
            recall: Recall::BestEffort,
            receipts: Receipts::OwnEyes,
            reach: Reach::Everyone,
            repeat: Repeat::Needless,
            sounding: Sounding::Nobody,
            retry_after_s: &[],
        },
        OwnChannel::PublicPage => Capabilities {
            picture: Picture::Shown,
            update: Update::InPlace,
            recall: Recall::Real,
            ..capabilities(OwnChannel::CapFeed)
        },
        OwnChannel::WebPush => Capabilities {
            picture: Picture::Shown,
            length: Some((110, 80)),
            update: Update::Replaces,
            recall: Recall::BestEffort,
            receipts: Receipts::TakenOver,
            reach: Reach::Area,
            repeat: Repeat::Collapses,
            sounding: Sounding::Device,
            retry_after_s: PUSH_RETRY_S,
        },
        OwnChannel::CapPartner => Capabilities {
            picture: Picture::Linked,
            length: None,
            update: Update::Replaces,
            recall: Recall::BestEffort,
            receipts: Receipts::ReadBack,
            reach: Reach::Everyone,
            repeat: Repeat::Collapses,
            sounding: Sounding::Partner,
            retry_after_s: SYSTEM_RETRY_S,
        },
        OwnChannel::Webhook => Capabilities {
            receipts: Receipts::Accepted,
            sounding: Sounding::Asked,
            ..capabilities(OwnChannel::CapPartner)
        },
        OwnChannel::MailAlert => Capabilities {
            picture: Picture::Linked,
            length: None,
            update: Update::Beside,
            recall: Recall::Nothing,
            receipts: Receipts::TakenOver,
            reach: Reach::Area,
            repeat: Repeat::Doubles,
            sounding: Sounding::AsSet,
            retry_after_s: MAIL_RETRY_S,
        },
        OwnChannel::BulletinMail => Capabilities {
            picture: Picture::Absent,
            reach: Reach::Everyone,
            retry_after_s: &MAIL_RETRY_SECONDS,
            ..capabilities(OwnChannel::MailAlert)
        },
        OwnChannel::BulletinCap => Capabilities {
            picture: Picture::Absent,
            retry_after_s: BULLETIN_RETRY_S,
            ..capabilities(OwnChannel::CapPartner)
        },
    }
}

/// The words of the channels among `channels` that reach whoever reads them: an approver names them.
pub fn untargeted(channels: &[String]) -> Vec<String> {
    let everyone = |word: &&String| {
        let channel = word.parse::<OwnChannel>();
        channel.is_ok_and(|channel| capabilities(channel).reach == Reach::Everyone)
    };
    channels.iter().filter(everyone).cloned().collect()
}

words!(Picture {
    Shown = "shown",
    Linked = "linked",
    Absent = "absent",
});
words!(Recall {
    Real = "real",
    BestEffort = "best_effort",
    Nothing = "none",
});
words!(Update {
    InPlace = "in_place",
    Replaces = "replaces",
    Beside = "beside",
});
words!(Receipts {
    OwnEyes = "own_eyes",
    Accepted = "accepted",
    ReadBack = "read_back",
    TakenOver = "taken_over",
});
words!(Reach {
    Area = "area",
    Everyone = "everyone",
});
words!(Repeat {
    Collapses = "collapses",
    Doubles = "doubles",
    Needless = "needless",
});

/// The table as Markdown.
pub fn print() -> String {
    let head = [
        "Channel",
        "Picture",
        "Longest text (Latin / Arabic, Tifinagh)",
        "Update",
        "Recall",
        "Receipts",
        "Reaches",
        "A repeat",
        "Sounds",
        "Tried again after (s)",
    ];
    let mut out = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for channel in OwnChannel::ALL.iter().copied() {
        out.push_str(&format!("| {} |\n", cells(channel).join(" | ")));
    }
    out
}

fn cells(channel: OwnChannel) -> [String; 10] {
    let can = capabilities(channel);
    let length = can.length.map_or_else(
        || "none of its own".to_owned(),
        |(latin, other)| format!("{latin} / {other}"),
    );
    let seconds: Vec<String> = can.retry_after_s.iter().map(u32::to_string).collect();
    [
        channel.as_str().to_owned(),
        can.picture.as_str().to_owned(),
        length,
        can.update.as_str().to_owned(),
        can.recall.as_str().to_owned(),
        can.receipts.as_str().to_owned(),
        can.reach.as_str().to_owned(),
        can.repeat.as_str().to_owned(),
        can.sounding.as_str().to_owned(),
        seconds.join(", "),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::Serving;

    #[test]
    fn whoever_is_called_is_called_again_and_whoever_reads_is_not() {
        for channel in OwnChannel::ALL.iter().copied() {
            let can = capabilities(channel);
            let published = channel.serving() == Serving::Published;
            assert_eq!(can.retry_after_s.is_empty(), published, "{channel:?}");
            assert_eq!(can.repeat == Repeat::Needless, published, "{channel:?}");
            assert_eq!(can.sounding == Sounding::Nobody, published, "{channel:?}");
        }
    }

    #[test]
    fn only_subscribers_stay_within_the_area() {
        assert_eq!(
            untargeted(&OwnChannel::of_alerts()),
            ["cap_feed", "cap_partner", "public_page", "webhook"]
        );
        assert!(untargeted(&["mail_alert".to_owned(), "web_push".to_owned()]).is_empty());
    }

    #[test]
    fn words_are_read_back_and_every_channel_has_its_line() {
        assert_eq!("best_effort".parse(), Ok(Recall::BestEffort));
        assert_eq!("taken_over".parse(), Ok(Receipts::TakenOver));
        assert_eq!(print().lines().count(), OwnChannel::ALL.len() + 2);
    }
}
