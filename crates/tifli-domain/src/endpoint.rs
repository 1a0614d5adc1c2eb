//! The system of a partner, to which a program delivers.

use serde::{Deserialize, Serialize};

/// Whether anything is delivered to a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EndpointState {
    /// Alerts go there.
    Enabled,
    /// Nothing goes there but the end of what went before.
    Disabled,
}

words!(EndpointState {
    Enabled = "enabled",
    Disabled = "disabled",
});

/// What a partner's system asks of a CAP message beyond the standard.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum CapProfile {
    /// Nothing.
    #[default]
    #[serde(rename = "oasis")]
    Oasis,
    /// The public alert and warning system of the United States.
    #[serde(rename = "ipaws")]
    Ipaws,
    /// The checker of Google Public Alerts.
    #[serde(rename = "google")]
    Google,
    /// The Canadian profile.
    #[serde(rename = "cap-cp")]
    CapCp,
}

words!(CapProfile {
    Oasis = "oasis",
    Ipaws = "ipaws",
    Google = "google",
    CapCp = "cap-cp",
});
