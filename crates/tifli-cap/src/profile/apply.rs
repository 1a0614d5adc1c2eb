//! Adding to a message what a profile wants.
//!
//! For: `Profile::apply`. Not for: writing the message.

use std::fmt;

use super::{Facts, Profile, TextRule, gsm7};
use crate::finding::{Finding, FindingSeverity};
use crate::model::{Alert, Area, EventCode, Info, Parameter};

/// Why a profile cannot be applied. It names elements and languages, never texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileError {
    /// A text has more places of GSM-7 than the parameter takes.
    TooLong {
        /// The parameter.
        parameter: &'static str,
        /// The language of the text.
        language: String,
        /// How many places it takes.
        length: usize,
        /// How many there are.
        most: usize,
    },
    /// A text holds characters outside of GSM-7.
    NotGsm7 {
        /// The parameter.
        parameter: &'static str,
        /// The language of the text.
        language: String,
    },
    /// The message has another code of this system for its event than the facts call for.
    OtherEvent(&'static str),
    /// Demands of the profile that remain unmet; at least one.
    Unmet(Vec<Finding>),
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ProfileError::TooLong {
                parameter,
                language,
                length,
                most,
            } => write!(
                f,
                "{parameter} in {language} takes {length} places of {most}"
            ),
            ProfileError::NotGsm7 {
                parameter,
                language,
            } => write!(
                f,
                "{parameter} in {language} holds characters outside of GSM-7"
            ),
            ProfileError::OtherEvent(system) => {
                write!(f, "the message has another {system} code for its event")
            }
            ProfileError::Unmet(findings) => {
                let list: Vec<String> = findings.iter().map(Finding::to_string).collect();
                f.write_str(&list.join(" "))
            }
        }
    }
}

impl std::error::Error for ProfileError {}

pub(super) fn apply(
    profile: &Profile,
    alert: &Alert,
    facts: &Facts,
) -> Result<Alert, ProfileError> {
    let mut alert = alert.clone();
    if let Some(code) = profile.code
        && !alert.code.iter().any(|there| there == code)
    {
        alert.code.push(code.to_owned());
    }
    for info in &mut alert.info {
        add_event_codes(profile, info, facts)?;
        add_parameters(profile, info, facts)?;
        for area in &mut info.area {
            add_geocodes(profile, area, facts);
        }
    }
    let mut unmet = profile.check(&alert);
    unmet.retain(|finding| finding.severity == FindingSeverity::Error);
    if unmet.is_empty() {
        Ok(alert)
    } else {
        Err(ProfileError::Unmet(unmet))
    }
}

fn add_event_codes(profile: &Profile, info: &mut Info, facts: &Facts) -> Result<(), ProfileError> {
    let wanted = profile
        .event_codes
        .iter()
        .filter(|(event, ..)| *event == facts.event);
    for (_, system, value) in wanted {
        let there = info
            .event_code
            .iter()
            .find(|code| code.value_name == *system);
        match there {
            None => info.event_code.push(EventCode::new(*system, *value)),
            Some(code) if code.value == *value => {}
            Some(_) => return Err(ProfileError::OtherEvent(system)),
        }
    }
    Ok(())
}

fn add_parameters(profile: &Profile, info: &mut Info, facts: &Facts) -> Result<(), ProfileError> {
    if let Some((name, originator)) = profile.originator.zip(facts.originator.as_ref()) {
        set(info, name, originator);
    }
    let language = info.language_tag().to_owned();
    if let Some(text) = facts.texts.iter().find(|text| text.language == language) {
        for (rule, text) in [(profile.short, &text.short), (profile.long, &text.long)] {
            if let Some((rule, text)) = rule.zip(text.as_ref()) {
                check_text(rule, &language, text)?;
                set(info, rule.parameter, text);
            }
        }
    }
    if let Some(name) = profile.blocking {
        for channel in &facts.blocked {
            let block = Parameter::new(name, channel);
            if !info.parameter.contains(&block) {
                info.parameter.push(block);
            }
        }
    }
    Ok(())
}

fn check_text(rule: TextRule, language: &str, text: &str) -> Result<(), ProfileError> {
    let (parameter, language) = (rule.parameter, language.to_owned());
    match gsm7::length(text) {
        None => Err(ProfileError::NotGsm7 {
            parameter,
            language,
        }),
        Some(length) if length > rule.most => Err(ProfileError::TooLong {
            parameter,
            language,
            length,
            most: rule.most,
        }),
        Some(_) => Ok(()),
    }
}

/// Puts the parameter once, in place of one of its name.
fn set(info: &mut Info, name: &'static str, value: &str) {
    info.parameter.retain(|there| there.value_name != name);
    info.parameter.push(Parameter::new(name, value));
}

fn add_geocodes(profile: &Profile, area: &mut Area, facts: &Facts) {
    for code in &facts.geocodes {
        let understood = profile
            .geocode_system
            .is_none_or(|system| code.value_name == system);
        if understood && !area.geocode.contains(code) {
            area.geocode.push(code.clone());
        }
    }
}
