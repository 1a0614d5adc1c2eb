//! The system of a partner, to which a program delivers.

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
