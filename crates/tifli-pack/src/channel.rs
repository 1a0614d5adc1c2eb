//! The house's own channels: whether each is enabled, which consent covers it and under which law
//! it runs. Read from `channels.toml`. Not for partners, who are reached by people (see `partner`).

use crate::language::{Labels, LanguageTag};
use crate::partner::{Engagement, LegalLine};
use crate::{PackError, PackParts};
use serde::Deserialize;
use std::collections::BTreeSet;
use tifli_domain::Realm;
use tifli_domain::channel::OwnChannel;

const FILE: &str = "channels.toml";

/// The whole of `channels.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChannelFile {
    channel: Vec<Channel>,
}

/// One of the house's own channels.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Its code, one of [`OwnChannel`].
    pub id: String,
    /// What it is called.
    pub name: Labels,
    /// Whether the house uses it.
    pub engagement: Engagement,
    /// The consent that covers it, by the pack's list; empty where nothing of the child leaves by it.
    #[serde(default)]
    pub consent: String,
    /// The law.
    pub legal: Option<LegalLine>,
}

impl Channel {
    /// Whether a house of this realm may use it: enabled, with a legal line whose authorization is
    /// not an invented one where the house is live.
    pub fn may_be_used(&self, realm: Realm) -> bool {
        let authorized = |legal: &LegalLine| legal.counts_in(realm);
        self.engagement == Engagement::Enabled && self.legal.as_ref().is_some_and(authorized)
    }
}

/// Reads and checks the channels of a pack with these languages and consents.
pub(crate) fn read(
    parts: &PackParts,
    labels: &BTreeSet<LanguageTag>,
    consents: &[&str],
) -> Result<Vec<Channel>, PackError> {
    let channels = parts.toml::<ChannelFile>(FILE)?.channel;
    for own in OwnChannel::ALL.iter().copied() {
        let named = channels.iter().filter(|one| one.id == own.as_str()).count();
        if named != 1 {
            let problem = format!("the channel `{}` stands once", own.as_str());
            return Err(PackError::rule(FILE, problem));
        }
    }
    for channel in &channels {
        check(channel, labels, consents)?;
    }
    page_first(&channels)?;
    Ok(channels)
}

/// Whatever goes out points back to the page.
fn page_first(channels: &[Channel]) -> Result<(), PackError> {
    let enabled = |own: OwnChannel| {
        let mut found = channels.iter().filter(|one| one.id == own.as_str());
        found.any(|one| one.engagement == Engagement::Enabled)
    };
    let mut others = OwnChannel::ALL
        .iter()
        .copied()
        .filter(|own| own.is_public());
    if !enabled(OwnChannel::PublicPage) && others.any(enabled) {
        let problem = "no public channel can be enabled without the page it points to";
        return Err(PackError::rule(FILE, problem));
    }
    Ok(())
}

fn check(
    channel: &Channel,
    labels: &BTreeSet<LanguageTag>,
    consents: &[&str],
) -> Result<(), PackError> {
    let Ok(own) = channel.id.parse::<OwnChannel>() else {
        return refuse(channel, "there is no such channel");
    };
    if channel.engagement == Engagement::Enabled && channel.legal.is_none() {
        return refuse(
            channel,
            "a channel without its legal line cannot be enabled",
        );
    }
    let legal = channel.legal.as_ref();
    let mut all = legal
        .into_iter()
        .flat_map(LegalLine::words)
        .chain([&channel.name]);
    if all.any(|words| labels.iter().any(|l| words.find(*l).is_none())) {
        return refuse(channel, "its words are not there in every language");
    }
    if legal.is_some_and(|l| l.authorization.trim().is_empty()) {
        return refuse(channel, "its legal line has no authorization number");
    }
    if own.is_public() && !consents.contains(&channel.consent.as_str()) {
        return refuse(channel, "no consent of the pack is named that covers it");
    }
    if !own.is_public() && !channel.consent.is_empty() {
        return refuse(
            channel,
            "nothing of the child leaves by it: it names no consent",
        );
    }
    Ok(())
}

fn refuse<T>(channel: &Channel, problem: &str) -> Result<T, PackError> {
    let at = format!("{FILE}: channel.{}", channel.id);
    Err(PackError::rule(at, problem))
}
