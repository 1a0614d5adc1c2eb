//! Consent to publish, channel by channel, and its substitution by the prosecutor.
//!
//! The answer `consent_publish` stands before every way out of the house; what is handed to others
//! (a platform, the press, carriers) needs its own answer. An answer is never overwritten: a new one
//! stands in its place, and a withdrawal is one. Not for who may record it, nor for the gate against
//! a dangerous reporter (see [`crate::gate`]).

use crate::intake::Consent;

/// What a guardian answered for one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChannelAnswer {
    /// Given, before a person of the house.
    Given,
    /// Refused.
    Refused,
    /// Not asked, or the answer was a mistake.
    NotAsked,
    /// Given once and taken back.
    Withdrawn,
}

/// The answer that stands for a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelConsent {
    /// The channel, by the pack's list.
    pub channel: String,
    /// What stands.
    pub answer: ChannelAnswer,
}

/// Whether a channel may be used as far as consent goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covers {
    /// It may.
    Given,
    /// It may not: refused, or withdrawn.
    Refused,
    /// Nobody was asked.
    Unknown,
}

/// Whether the prosecutor substituted the consent of the guardian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Substitution {
    /// Nobody did.
    None,
    /// The prosecutor did, by an article of law and with a reason.
    Standing,
}

/// Why an answer is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnswerable {
    /// Only what was given is withdrawn.
    #[error("there is no consent to withdraw")]
    NothingGiven,
}

impl ChannelAnswer {
    /// Every answer.
    pub const ALL: [Self; 4] = [Self::Given, Self::Refused, Self::NotAsked, Self::Withdrawn];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Refused => "refused",
            Self::NotAsked => "not_asked",
            Self::Withdrawn => "withdrawn",
        }
    }
}

read_by_word!(ChannelAnswer);

/// Whether `channel` is covered by these answers, of which there is at most one for each channel.
pub fn covers(answers: &[ChannelConsent], channel: &str) -> Covers {
    let found = answers.iter().find(|one| one.channel == channel);
    match found.map(|one| one.answer) {
        Some(ChannelAnswer::Given) => Covers::Given,
        Some(ChannelAnswer::Refused | ChannelAnswer::Withdrawn) => Covers::Refused,
        Some(ChannelAnswer::NotAsked) | None => Covers::Unknown,
    }
}

/// The same when the prosecutor may have substituted the consent: a substitution covers every channel.
pub fn covers_with(
    answers: &[ChannelConsent],
    channel: &str,
    substitution: Substitution,
) -> Covers {
    match substitution {
        Substitution::Standing => Covers::Given,
        Substitution::None => covers(answers, channel),
    }
}

/// Whether `next` may follow `present`.
pub fn may_answer(
    present: Option<ChannelAnswer>,
    next: ChannelAnswer,
) -> Result<(), NotAnswerable> {
    if next == ChannelAnswer::Withdrawn && present != Some(ChannelAnswer::Given) {
        return Err(NotAnswerable::NothingGiven);
    }
    Ok(())
}

/// The consent on which an alert rests: what the report says, unless the guardian refused the
/// house's own channels or took that consent back since; or the prosecutor's in its place.
pub fn standing(guardian: Consent, own: Covers, substitution: Substitution) -> Consent {
    match (substitution, own) {
        (Substitution::Standing, _) => Consent::Given,
        (Substitution::None, Covers::Refused) => Consent::Refused,
        (Substitution::None, Covers::Given | Covers::Unknown) => guardian,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(answer: ChannelAnswer) -> Vec<ChannelConsent> {
        let one = |channel: &str, answer| ChannelConsent {
            channel: channel.to_owned(),
            answer,
        };
        vec![one("own", ChannelAnswer::Given), one("meta", answer)]
    }

    #[test]
    fn only_a_consent_that_stands_covers_its_own_channel() {
        let of = |answer| covers(&answers(answer), "meta");
        assert_eq!(of(ChannelAnswer::Given), Covers::Given);
        assert_eq!(of(ChannelAnswer::Refused), Covers::Refused);
        assert_eq!(of(ChannelAnswer::Withdrawn), Covers::Refused);
        assert_eq!(of(ChannelAnswer::NotAsked), Covers::Unknown);
        let given = answers(ChannelAnswer::Given);
        assert_eq!(covers(&given, "media"), Covers::Unknown);
    }

    #[test]
    fn a_substitution_stands_in_for_every_answer_of_the_guardian() {
        for guardian in [Consent::Given, Consent::Refused, Consent::Unknown] {
            for own in [Covers::Given, Covers::Unknown] {
                assert_eq!(standing(guardian, own, Substitution::None), guardian);
            }
            let refused = standing(guardian, Covers::Refused, Substitution::None);
            assert_eq!(refused, Consent::Refused, "taken back since the report");
            for own in [Covers::Given, Covers::Unknown, Covers::Refused] {
                let stood_in = standing(guardian, own, Substitution::Standing);
                assert_eq!(stood_in, Consent::Given);
            }
        }
        for answer in ChannelAnswer::ALL {
            let answers = answers(answer);
            let none = covers_with(&answers, "meta", Substitution::None);
            assert_eq!(none, covers(&answers, "meta"));
            let standing = covers_with(&answers, "meta", Substitution::Standing);
            assert_eq!(standing, Covers::Given);
        }
    }

    #[test]
    fn nothing_is_withdrawn_that_was_not_given() {
        use ChannelAnswer::*;
        for present in [None, Some(Refused), Some(NotAsked), Some(Withdrawn)] {
            let refused = may_answer(present, Withdrawn);
            assert_eq!(refused, Err(NotAnswerable::NothingGiven));
        }
        assert_eq!(may_answer(Some(Given), Withdrawn), Ok(()));
        for next in [Given, Refused, NotAsked] {
            for present in [
                None,
                Some(Given),
                Some(Refused),
                Some(NotAsked),
                Some(Withdrawn),
            ] {
                assert_eq!(may_answer(present, next), Ok(()));
            }
        }
        for answer in ChannelAnswer::ALL {
            assert_eq!(answer.as_str().parse(), Ok(answer));
        }
    }
}
