//! Coming in: signing in, the first administrator's one-time link, and a session that ended while somebody typed.
//! Checks no password.

use askama::Template;

use crate::forms::FormErrors;
use crate::layout::Shell;

/// Why the sign-in page says something on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInNotice {
    /// Nothing to say.
    None,
    /// The person signed out.
    SignedOut,
    /// The session ended by itself.
    Expired,
    /// Too many attempts; minutes until the next one.
    Wait(u32),
}

/// `GET|POST /console/sign-in`. Errors belong to `login`, `password` or `code`; a refusal is told at `login` without
/// saying which of the three was wrong.
#[derive(Debug, Clone, Template)]
#[template(path = "console/sign_in.html")]
pub struct SignIn {
    /// Frame without a person.
    pub shell: Shell,
    /// The login as typed.
    pub login: String,
    /// Local path to go to afterwards; may be empty.
    pub next: String,
    /// A sentence on top.
    pub notice: SignInNotice,
    /// What is wrong.
    pub errors: FormErrors,
}

/// `GET|POST /console/first/{link}`: the one-time link printed at installation creates the first administrator. Fields:
/// `name`, `login`, `password`, `password_again`, `code` (proves that the secret was copied).
#[derive(Debug, Clone, Template)]
#[template(path = "console/first_administrator.html")]
pub struct FirstAdministrator {
    /// Frame without a person.
    pub shell: Shell,
    /// Path the form posts to, with the one-time code.
    pub action: String,
    /// Name as typed.
    pub name: String,
    /// Login as typed.
    pub login: String,
    /// TOTP secret in base 32, grouped in fours.
    pub secret: String,
    /// The `otpauth://` address of the same secret.
    pub otpauth: String,
    /// The fewest characters of a password.
    pub password_least: u32,
    /// What is wrong.
    pub errors: FormErrors,
}

/// A post that arrived without a session: what was typed is carried along and sent again after signing in. Names are
/// the form's own; the token `csrf` is not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPost {
    /// Local path it was sent to.
    pub action: String,
    /// Names and values.
    pub fields: Vec<(String, String)>,
    /// Whether files were in it, which cannot be kept and must be chosen again.
    pub had_files: bool,
}

/// The answer to a post without a session: a sign-in form (`POST /console/sign-in`) that holds the typed values in
/// hidden fields `kept_action` and `kept.{name}`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/session_expired.html")]
pub struct SessionExpired {
    /// Frame without a person.
    pub shell: Shell,
    /// The login as typed.
    pub login: String,
    /// What was typed before.
    pub kept: KeptPost,
    /// What is wrong with the sign-in.
    pub errors: FormErrors,
}

/// After signing in: the kept post, ready to be sent again with the new token; a script sends it by itself.
#[derive(Debug, Clone, Template)]
#[template(path = "console/replay.html")]
pub struct Replay {
    /// Frame of the signed-in person.
    pub shell: Shell,
    /// What was typed before.
    pub kept: KeptPost,
}
