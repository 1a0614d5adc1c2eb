//! What stands between a case and a publication: every way out passes this one list.
//!
//! [`blockers`] is asked when an alert is submitted and again inside the transaction that approves
//! it. Each blocker has a word for people and says what to do; none is ever a reason to hold back
//! the bulletin. Not for who may decide, nor for the four eyes (see [`crate::approval`]).

use crate::channel::{self, ChannelStanding};
use crate::gate::Gate;
use crate::intake::{Consent, Nature};
use crate::qualify::{BestInterests, Rung};

/// Whether the author says that a text names an adult or a plate.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// Not said.
    #[default]
    NotSaid,
    /// It does not.
    No,
    /// It does.
    Yes,
}

/// What a clearance is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cleared {
    /// An adult's identity.
    Adult,
    /// A vehicle's plate.
    Plate,
}

/// How far an area goes, against what the rung allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Within.
    Within,
    /// Beyond.
    Beyond,
}

/// Whether a text holds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Nothing of the kind.
    Nothing,
    /// Something of the kind.
    Something,
}

/// What is known of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The reporter gate.
    pub gate: Gate,
    /// Consent, given or substituted.
    pub consent: Consent,
    /// Forced, voluntary, unknown.
    pub nature: Nature,
    /// The note on why publication serves the child.
    pub best_interests: BestInterests,
    /// The rung that was decided, or else the one by the table.
    pub rung: Rung,
    /// What was cleared and not retracted.
    pub cleared: Vec<Cleared>,
}

/// What an author wants to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Whether the author says an adult is named.
    pub adult: Named,
    /// Whether the author says a plate is named.
    pub plate: Named,
    /// Text that looks like a plate.
    pub plate_like: Holds,
    /// Words of abduction.
    pub abduction_words: Holds,
    /// The area against the rung.
    pub fit: Fit,
    /// What holds of each channel it would go out on.
    pub channels: Vec<ChannelStanding>,
}

/// Something that stands in the way, in the order in which people are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Blocker {
    /// An answer closed the gate and the prosecutor has not opened it.
    GateClosed,
    /// The three questions were not all asked.
    GateNotAsked,
    /// It was decided that only the bulletin goes out.
    BulletinOnly,
    /// Nobody consented.
    NoConsent,
    /// The guardian refused.
    ConsentRefused,
    /// A voluntary disappearance without a note on why publication serves the child.
    NoBestInterests,
    /// The area is larger than the rung allows.
    BeyondRung,
    /// The text uses a word of abduction.
    AbductionWords,
    /// Something looks like a plate and the author has not said whether it is one.
    PlateAsked,
    /// An adult is named without a clearance.
    AdultNotCleared,
    /// A plate is named without a clearance.
    PlateNotCleared,
    /// A channel has no legal line that counts in this house.
    ChannelNotLawful,
    /// The guardian's consent does not cover a channel, and nobody stood in.
    ChannelNotConsented,
}

/// When it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// An author hands a version over: what only others can give may still be missing.
    Submit,
    /// An approver sends it out: nothing may be missing.
    Approve,
}

impl Named {
    /// The word sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotSaid => "not_said",
            Self::No => "no",
            Self::Yes => "yes",
        }
    }
}

impl std::str::FromStr for Named {
    type Err = crate::id::IdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "yes" => Ok(Self::Yes),
            "no" => Ok(Self::No),
            "not_said" => Ok(Self::NotSaid),
            _ => Err(crate::id::IdError),
        }
    }
}

impl Cleared {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Adult, Self::Plate];

    /// The word stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::Plate => "plate",
        }
    }
}

read_by_word!(Cleared);

impl Blocker {
    /// Every one.
    pub const ALL: [Self; 13] = [
        Self::GateClosed,
        Self::GateNotAsked,
        Self::BulletinOnly,
        Self::NoConsent,
        Self::ConsentRefused,
        Self::NoBestInterests,
        Self::BeyondRung,
        Self::AbductionWords,
        Self::PlateAsked,
        Self::AdultNotCleared,
        Self::PlateNotCleared,
        Self::ChannelNotLawful,
        Self::ChannelNotConsented,
    ];

    /// Whether it stops this stage. What the author can mend, and what is decided against a
    /// publication, stops the submission; what others bring may come while the draft waits.
    pub fn stops(self, stage: Stage) -> bool {
        match stage {
            Stage::Approve => true,
            Stage::Submit => matches!(
                self,
                Self::GateClosed
                    | Self::BulletinOnly
                    | Self::BeyondRung
                    | Self::AbductionWords
                    | Self::PlateAsked
                    | Self::ChannelNotLawful
            ),
        }
    }

    /// The code that pages and the API word.
    pub fn code(self) -> &'static str {
        match self {
            Self::GateClosed => "gate_closed",
            Self::GateNotAsked => "gate_not_asked",
            Self::BulletinOnly => "bulletin_only",
            Self::NoConsent => "no_consent",
            Self::ConsentRefused => "consent_refused",
            Self::NoBestInterests => "no_best_interests",
            Self::BeyondRung => "beyond_rung",
            Self::AbductionWords => "abduction_words",
            Self::PlateAsked => "plate_asked",
            Self::AdultNotCleared => "adult_not_cleared",
            Self::PlateNotCleared => "plate_not_cleared",
            Self::ChannelNotLawful => "channel_not_lawful",
            Self::ChannelNotConsented => "channel_not_consented",
        }
    }
}

/// Everything that stands in the way of publishing anything of a case, and this wish if there is one.
pub fn blockers(case: &Standing, wish: Option<&Wish>) -> Vec<Blocker> {
    let mut found = vec![
        (case.gate.is_silent(), Blocker::GateClosed),
        (case.gate == Gate::NotAsked, Blocker::GateNotAsked),
        (case.rung == Rung::Bulletin, Blocker::BulletinOnly),
        (case.consent == Consent::Unknown, Blocker::NoConsent),
        (case.consent == Consent::Refused, Blocker::ConsentRefused),
        (
            case.nature == Nature::Voluntary && case.best_interests == BestInterests::NotWritten,
            Blocker::NoBestInterests,
        ),
    ];
    if let Some(wish) = wish {
        let cleared = |what| case.cleared.contains(&what);
        let plate_like = wish.plate_like == Holds::Something;
        found.extend([
            (wish.fit == Fit::Beyond, Blocker::BeyondRung),
            (
                wish.abduction_words == Holds::Something,
                Blocker::AbductionWords,
            ),
            (
                plate_like && wish.plate == Named::NotSaid,
                Blocker::PlateAsked,
            ),
            (
                wish.adult == Named::Yes && !cleared(Cleared::Adult),
                Blocker::AdultNotCleared,
            ),
            (
                wish.plate == Named::Yes && !cleared(Cleared::Plate),
                Blocker::PlateNotCleared,
            ),
        ]);
        let refused = |blocker| {
            let mut found = wish.channels.iter().copied().filter_map(channel::blocker);
            (found.any(|one| one == blocker), blocker)
        };
        found.push(refused(Blocker::ChannelNotLawful));
        found.push(refused(Blocker::ChannelNotConsented));
    }
    found
        .into_iter()
        .filter_map(|(stands, blocker)| stands.then_some(blocker))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clear() -> Standing {
        Standing {
            gate: Gate::Open,
            consent: Consent::Given,
            nature: Nature::Unknown,
            best_interests: BestInterests::NotWritten,
            rung: Rung::Area,
            cleared: Vec::new(),
        }
    }

    fn wish() -> Wish {
        Wish {
            adult: Named::NotSaid,
            plate: Named::NotSaid,
            plate_like: Holds::Nothing,
            abduction_words: Holds::Nothing,
            fit: Fit::Within,
            channels: Vec::new(),
        }
    }

    #[test]
    fn nothing_stands_in_the_way_of_a_clear_case() {
        assert_eq!(blockers(&clear(), Some(&wish())), []);
    }

    #[test]
    fn a_closed_gate_blocks_whatever_else_is_said() {
        for gate in Gate::ALL {
            let found = blockers(&Standing { gate, ..clear() }, None);
            assert_eq!(found.is_empty(), gate.lets_publish(), "{gate:?}");
        }
    }

    #[test]
    fn a_voluntary_case_needs_its_note() {
        let mut case = Standing {
            nature: Nature::Voluntary,
            ..clear()
        };
        assert_eq!(blockers(&case, None), [Blocker::NoBestInterests]);
        case.best_interests = BestInterests::Written;
        assert_eq!(blockers(&case, None), []);
    }

    #[test]
    fn a_clearance_covers_what_it_was_given_for_and_nothing_else() {
        let wish = Wish {
            adult: Named::Yes,
            plate: Named::Yes,
            plate_like: Holds::Something,
            ..wish()
        };
        let none = blockers(&clear(), Some(&wish));
        assert_eq!(none, [Blocker::AdultNotCleared, Blocker::PlateNotCleared]);
        let case = Standing {
            cleared: vec![Cleared::Adult],
            ..clear()
        };
        assert_eq!(blockers(&case, Some(&wish)), [Blocker::PlateNotCleared]);
    }

    #[test]
    fn text_like_a_plate_asks_and_takes_no_for_an_answer() {
        let mut wish = Wish {
            plate_like: Holds::Something,
            ..wish()
        };
        assert_eq!(blockers(&clear(), Some(&wish)), [Blocker::PlateAsked]);
        wish.plate = Named::No;
        assert_eq!(blockers(&clear(), Some(&wish)), []);
    }

    #[test]
    fn a_channel_that_law_or_consent_does_not_allow_blocks_whatever_the_others_are() {
        use crate::channel::Lawful;
        use crate::consent::Covers;
        let channel = |lawful, consent| ChannelStanding { lawful, consent };
        let good = channel(Lawful::Yes, Covers::Given);
        let with = |channels: &[ChannelStanding]| {
            let wish = Wish {
                channels: channels.to_vec(),
                ..wish()
            };
            blockers(&clear(), Some(&wish))
        };
        assert_eq!(with(&[good, good]), []);
        let unlawful = channel(Lawful::No, Covers::Given);
        assert_eq!(with(&[good, unlawful]), [Blocker::ChannelNotLawful]);
        let refused = channel(Lawful::Yes, Covers::Refused);
        assert_eq!(with(&[refused, good]), [Blocker::ChannelNotConsented]);
        let both = [Blocker::ChannelNotLawful, Blocker::ChannelNotConsented];
        assert_eq!(with(&[refused, unlawful]), both);
    }

    #[test]
    fn a_draft_may_wait_for_others_and_an_approval_for_nobody() {
        for blocker in Blocker::ALL {
            assert!(blocker.stops(Stage::Approve), "{blocker:?}");
        }
        for waits in [
            Blocker::NoConsent,
            Blocker::ConsentRefused,
            Blocker::GateNotAsked,
            Blocker::NoBestInterests,
            Blocker::AdultNotCleared,
            Blocker::ChannelNotConsented,
        ] {
            assert!(!waits.stops(Stage::Submit), "{waits:?}");
        }
    }
}
