//! What became of a letter, as the worker needs to know it.

use lettre::transport::smtp::Error;

/// Refusals of the house's own sign-in (RFC 4954, 6): the operator mends them, and no letter is lost by them.
const NOT_SIGNED_IN: [&str; 4] = ["530", "534", "535", "538"];

/// What became of handing a letter to the mail server. Codes hold no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handing {
    /// The mail server took it upon itself.
    Handed,
    /// Not now (4xx, RFC 5321, 4.2.1), or not with this sign-in: try again later.
    Later(String),
    /// Never (5xx), or the letter cannot be written at all.
    Refused(String),
    /// The connection failed or broke: perhaps it was taken. The same letter may be handed over
    /// again, for its identifier stays the same.
    Unknown(String),
}

impl Handing {
    pub(super) fn of(error: &Error) -> Self {
        let code = |word: &str| match error.status() {
            Some(status) => format!("smtp.{status}"),
            None => format!("smtp.{word}"),
        };
        let status = error.status().map(|status| status.to_string());
        if status.is_some_and(|status| NOT_SIGNED_IN.contains(&status.as_str())) {
            Self::Later(code("sign_in"))
        } else if error.is_permanent() {
            Self::Refused(code("refused"))
        } else if error.is_transient() {
            Self::Later(code("later"))
        } else if error.is_timeout() {
            Self::Unknown(code("timeout"))
        } else if error.is_client() {
            Self::Refused(code("client"))
        } else if error.is_tls() {
            Self::Later(code("tls"))
        } else {
            Self::Unknown(code("broken"))
        }
    }
}
