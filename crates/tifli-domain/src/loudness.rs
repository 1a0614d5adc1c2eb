//! How loudly an alert may enter people's lives: quiet, normal, siren. What is proposed for it, and what
//! each kind of channel makes of it. Not for: whether it goes out at all, nor CAP's urgency, which says how
//! soon to act and stays the same at night.

use serde::{Deserialize, Serialize};

use crate::message::MsgType;
use crate::qualify::Rung;

/// How loudly, the quietest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loudness {
    /// It is there when somebody looks; nobody is woken.
    Quiet,
    /// As loud as the reader set the device.
    Normal,
    /// As loud as the channel can be, until somebody touches it.
    Siren,
}

/// What of a loudness a channel can make audible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sounding {
    /// Nobody is called: whoever comes reads.
    Nobody,
    /// The reader's mail program sounds as it was set; nothing can be asked of it.
    AsSet,
    /// The reader's device, through a browser, which has no siren of its own.
    Device,
    /// The partner's system is asked, and decides.
    Asked,
    /// The partner's system decides by rules of its own and is not asked.
    Partner,
}

/// What is heard at the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Heard {
    /// Nothing: nobody is called.
    Nothing,
    /// It is shown without a sound, and does not wake a sleeping device.
    Shown,
    /// One sound, as the device is set.
    Sound,
    /// Sound and vibration; it stays on the screen until it is touched.
    Insistent,
    /// As the reader's mail program is set.
    AsSet,
    /// As the partner decides, who is asked for this loudness.
    Asked,
    /// As the partner decides.
    Partner,
}

/// Whether the case speaks of danger: a young child, a sign of danger, a forced disappearance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Danger {
    /// Nothing says so.
    NotKnown,
    /// At least one thing does.
    Known,
}

/// Whether people sleep there now, by the country's night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hour {
    /// They are awake.
    Waking,
    /// Most sleep.
    Sleeping,
}

/// What a loudness is proposed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// An alert, an update, an end.
    pub msg_type: MsgType,
    /// The rung it is held to.
    pub rung: Rung,
    /// Whether danger is known.
    pub danger: Danger,
    /// The hour there.
    pub hour: Hour,
}

words!(Loudness {
    Quiet = "quiet",
    Normal = "normal",
    Siren = "siren",
});
words!(Sounding {
    Nobody = "nobody",
    AsSet = "as_set",
    Device = "device",
    Asked = "asked",
    Partner = "partner",
});
words!(Heard {
    Nothing = "nothing",
    Shown = "shown",
    Sound = "sound",
    Insistent = "insistent",
    AsSet = "as_set",
    Asked = "asked",
    Partner = "partner",
});
words!(Danger {
    NotKnown = "not_known",
    Known = "known",
});
words!(Hour {
    Waking = "waking",
    Sleeping = "sleeping",
});

/// What is proposed to the approver, who may choose another: a newer version and an end disturb nobody again;
/// the whole country is called only for what is grave, so loudly; danger is told at any hour; without known
/// danger nobody is woken.
pub fn proposed(occasion: Occasion) -> Loudness {
    match (
        occasion.msg_type,
        occasion.rung,
        occasion.danger,
        occasion.hour,
    ) {
        (MsgType::Update | MsgType::Cancel, ..) => Loudness::Quiet,
        (MsgType::Alert, Rung::Bulletin | Rung::Partners, ..) => Loudness::Quiet,
        (MsgType::Alert, Rung::National, Danger::Known, _) => Loudness::Siren,
        (MsgType::Alert, _, Danger::Known, _) => Loudness::Normal,
        (MsgType::Alert, _, Danger::NotKnown, Hour::Waking) => Loudness::Normal,
        (MsgType::Alert, _, Danger::NotKnown, Hour::Sleeping) => Loudness::Quiet,
    }
}

impl Sounding {
    /// What is heard when this much is chosen.
    pub fn heard(self, loudness: Loudness) -> Heard {
        match (self, loudness) {
            (Self::Nobody, _) => Heard::Nothing,
            (Self::AsSet, _) => Heard::AsSet,
            (Self::Device, Loudness::Quiet) => Heard::Shown,
            (Self::Device, Loudness::Normal) => Heard::Sound,
            (Self::Device, Loudness::Siren) => Heard::Insistent,
            (Self::Asked, _) => Heard::Asked,
            (Self::Partner, _) => Heard::Partner,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(mut look: impl FnMut(Occasion)) {
        for msg_type in [MsgType::Alert, MsgType::Update, MsgType::Cancel] {
            for rung in Rung::ALL.iter().copied() {
                for danger in Danger::ALL.iter().copied() {
                    for hour in Hour::ALL.iter().copied() {
                        look(Occasion {
                            msg_type,
                            rung,
                            danger,
                            hour,
                        });
                    }
                }
            }
        }
    }

    #[test]
    fn only_a_first_alert_is_proposed_to_be_heard() {
        every(|one| {
            let called = one.rung >= Rung::Local && one.msg_type == MsgType::Alert;
            if !called {
                assert_eq!(proposed(one), Loudness::Quiet, "{one:?}");
            }
        });
    }

    #[test]
    fn nobody_is_woken_unless_danger_is_known_and_the_siren_is_for_the_whole_country() {
        every(|one| {
            let loudness = proposed(one);
            if one.danger == Danger::NotKnown && one.hour == Hour::Sleeping {
                assert_eq!(loudness, Loudness::Quiet, "{one:?}");
            }
            let grave = one.danger == Danger::Known && one.rung == Rung::National;
            if loudness == Loudness::Siren {
                assert!(grave && one.msg_type == MsgType::Alert, "{one:?}");
            }
        });
    }

    #[test]
    fn danger_is_told_at_any_hour_and_never_more_quietly_than_without_it() {
        every(|one| {
            let known = Occasion {
                danger: Danger::Known,
                ..one
            };
            let asleep = Occasion {
                hour: Hour::Sleeping,
                ..known
            };
            assert_eq!(proposed(known), proposed(asleep), "{one:?}");
            assert!(proposed(known) >= proposed(one), "{one:?}");
        });
    }

    #[test]
    fn only_a_device_of_the_reader_is_made_louder_by_the_choice() {
        for sounding in Sounding::ALL.iter().copied() {
            let heard: Vec<Heard> = Loudness::ALL
                .iter()
                .map(|one| sounding.heard(*one))
                .collect();
            let same = heard.iter().all(|one| *one == heard[0]);
            assert_eq!(same, sounding != Sounding::Device, "{sounding:?}");
        }
    }
}
