//! The systems of partners, for the administrator: which there are, a new one, its secret shown once.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::endpoint::EndpointState;

use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;

/// One system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointRow {
    /// Identifier.
    pub id: String,
    /// Name of the partner, in the page's language.
    pub partner: String,
    /// Name of the channel, in the page's language.
    pub channel: String,
    /// What it asks of a CAP message, in the page's language; `None` for nothing beyond the standard.
    pub profile: Option<String>,
    /// Where it is.
    pub url: String,
    /// Whether alerts go there.
    pub state: EndpointState,
    /// Why they do not, as a code; empty while they do.
    pub why: String,
    /// When it was last changed.
    pub changed: Timestamp,
    /// Whether it has a secret of ours, which can be replaced.
    pub signed: bool,
}

impl EndpointRow {
    /// Style of the state's badge.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.state {
            EndpointState::Enabled => "good",
            EndpointState::Disabled => "warn",
        }
    }

    /// Whether alerts go there.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.state == EndpointState::Enabled
    }

    /// The word of the other state.
    #[must_use]
    pub fn other(&self) -> &'static str {
        match self.state {
            EndpointState::Enabled => EndpointState::Disabled.as_str(),
            EndpointState::Disabled => EndpointState::Enabled.as_str(),
        }
    }
}

/// The form of a new system, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EndpointForm {
    /// The partners of the country, then its services.
    pub partners: Vec<Choice>,
    /// The channels that call systems.
    pub channels: Vec<Choice>,
    /// Where it is.
    pub url: String,
    /// The token it wants to see.
    pub bearer: String,
    /// What it may ask of a CAP message.
    pub profiles: Vec<Choice>,
    /// The form's own key: sent again with it, it adds nothing.
    pub key: String,
}

/// A secret that was just made, shown this once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeSecret {
    /// Name of the partner to hand it to, in the page's language.
    pub partner: String,
    /// The system it belongs to.
    pub url: String,
    /// The secret.
    pub secret: String,
    /// Whether it stands in the place of an earlier one.
    pub replaces: bool,
}

/// `GET|POST /console/endpoints` (`partner`, `channel`, `url`, `bearer`, `profile`, `key`), `POST /console/endpoints/{id}/rotate`,
/// `POST /console/endpoints/{id}/state` (`state`).
#[derive(Debug, Clone, Template)]
#[template(path = "console/endpoints.html")]
pub struct EndpointsPage {
    /// Frame.
    pub shell: Shell,
    /// The systems, by partner.
    pub rows: Vec<EndpointRow>,
    /// The form of a new one.
    pub form: EndpointForm,
    /// The secret just made.
    pub made: Option<MadeSecret>,
    /// What is wrong.
    pub errors: FormErrors,
}
