//! What the systems of partners ask of a CAP message beyond the standard: one document is written for
//! all of them, and what it does not meet is told to the approver and again before it is sent.
//!
//! Not the rules themselves, which are tables of `tifli-cap`.

use tifli_cap as cap;
use tifli_domain::channel::OwnChannel;
use tifli_domain::endpoint::CapProfile;
use tifli_domain::message::{Message, MsgType, PublicEvent};
use tifli_store::endpoint;

use crate::{App, AppError, AppResult};

/// What a message does not meet of a partner's profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFinding {
    /// The profile.
    pub profile: CapProfile,
    /// Whether systems of this profile are not sent the message; otherwise it is advice.
    pub withholds: bool,
    /// The rule, as a code that pages word.
    pub code: &'static str,
    /// The element, such as `/alert/info[1]`.
    pub at: String,
    /// The finding as a sentence, in English.
    pub sentence: String,
}

impl App {
    /// The profiles that systems which are on ask for, besides plain CAP.
    pub(super) async fn profiles_in_use(&self) -> AppResult<Vec<CapProfile>> {
        let rows = self
            .db()
            .read("profiles_in_use", (), |reads, ()| {
                Box::pin(async move {
                    let rows = endpoint::list_enabled(reads, OwnChannel::CapPartner).await?;
                    Ok::<_, AppError>(rows)
                })
            })
            .await?;
        let mut profiles: Vec<_> = rows.into_iter().map(|row| row.profile).collect();
        profiles.retain(|profile| *profile != CapProfile::Oasis);
        profiles.sort_unstable();
        profiles.dedup();
        Ok(profiles)
    }

    /// What `message` does not meet of the profiles in use, where it goes to systems by CAP at all.
    pub(super) async fn profile_findings(
        &self,
        message: &Message,
        channels: &[String],
    ) -> AppResult<Vec<ProfileFinding>> {
        if !channels
            .iter()
            .any(|channel| channel == OwnChannel::CapPartner.as_str())
        {
            return Ok(Vec::new());
        }
        let alert = self.cap_alert(message)?;
        let mut found = Vec::new();
        for profile in self.profiles_in_use().await? {
            let told = unmet(profile, message, &alert);
            found.extend(told.into_iter().map(|finding| ProfileFinding {
                profile,
                withholds: finding.severity == cap::FindingSeverity::Error,
                code: finding.code,
                at: finding.at,
                sentence: finding.sentence,
            }));
        }
        Ok(found)
    }
}

/// Whether a document may go to a system of this profile. An end always may.
pub(crate) fn may_go(profile: CapProfile, msg_type: MsgType, xml: &str) -> bool {
    if profile == CapProfile::Oasis || msg_type == MsgType::Cancel {
        return true;
    }
    let grave = |finding: &cap::Finding| finding.severity == cap::FindingSeverity::Error;
    cap::parse(xml).is_ok_and(|alert| !rules(profile).check(&alert).iter().any(grave))
}

/// The message as CAP, with what the profiles it was written for want. A profile that cannot be met
/// adds nothing, not even its name.
pub(super) fn written_for(message: &Message, alert: cap::Alert) -> AppResult<cap::Alert> {
    let facts = facts(message);
    let plain = cap::Profile::OASIS.apply(&alert, &facts);
    let mut alert = plain.map_err(|_| AppError::internal("cap_event"))?;
    for profile in &message.profiles {
        if let Ok(applied) = rules(*profile).apply(&alert, &facts) {
            alert = applied;
        }
    }
    Ok(alert)
}

/// The findings of one profile: those that kept it from being applied, if it was to be.
fn unmet(profile: CapProfile, message: &Message, alert: &cap::Alert) -> Vec<cap::Finding> {
    let rules = rules(profile);
    if !message.profiles.contains(&profile) {
        return rules.check(alert);
    }
    match rules.apply(alert, &facts(message)) {
        Err(cap::ProfileError::Unmet(findings)) => findings,
        _ => rules.check(alert),
    }
}

fn facts(message: &Message) -> cap::Facts {
    cap::Facts::new(match message.event {
        PublicEvent::ChildAbduction => cap::Event::ChildAbduction,
        PublicEvent::MissingPerson => cap::Event::MissingPerson,
    })
}

fn rules(profile: CapProfile) -> &'static cap::Profile {
    match profile {
        CapProfile::Oasis => cap::Profile::OASIS,
        CapProfile::Ipaws => cap::Profile::IPAWS,
        CapProfile::Google => cap::Profile::GOOGLE,
        CapProfile::CapCp => cap::Profile::CAP_CP,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_of_the_house_is_one_of_the_standard_s_tables_by_the_same_name() {
        for profile in CapProfile::ALL {
            assert_eq!(rules(*profile).name, profile.as_str());
        }
        assert_eq!(cap::Profile::ALL.len(), CapProfile::ALL.len());
    }
}
