//! The second factor. Today a code of an authenticator (TOTP, RFC 6238: SHA-1, six digits, 30 s);
//! a passkey would be another variant of [`Factor`].

use tifli_domain::ports::Entropy;
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

/// Seconds in a step.
pub(super) const STEP_SECONDS: i64 = 30;
/// Octets of a secret: 160 bits, as RFC 4226 recommends.
pub(super) const SECRET_LENGTH: usize = 20;

/// What a person shows besides the password.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Factor {
    /// The six digits that an authenticator shows, in any spacing, Western or Arabic digits.
    Totp(String),
}

impl std::fmt::Debug for Factor {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Totp(_) => out.write_str("Totp(…)"),
        }
    }
}

impl Factor {
    /// The step whose code this is, at `now_ms`, one step of leeway each way. A step up to
    /// `last_step` was used and does not count.
    pub(super) fn step(&self, secret: &[u8], now_ms: i64, last_step: i64) -> Option<i64> {
        match self {
            Self::Totp(typed) => {
                let seconds = u64::try_from(now_ms / 1000).ok()?;
                let step = totp(secret)?.check(&digits(typed), seconds)?;
                i64::try_from(step).ok().filter(|step| *step > last_step)
            }
        }
    }
}

/// A fresh secret.
pub(super) fn new_secret(entropy: &dyn Entropy) -> Zeroizing<[u8; SECRET_LENGTH]> {
    let mut secret = Zeroizing::new([0; SECRET_LENGTH]);
    entropy.fill(secret.as_mut_slice());
    secret
}

/// The secret as an authenticator takes it.
pub(super) fn base32(secret: &[u8]) -> String {
    Secret::from(secret).to_base32()
}

/// The address that carries a secret into an authenticator.
pub(super) fn otpauth(login: &str, secret: &[u8], issuer: &str) -> String {
    format!(
        "otpauth://totp/{issuer}:{login}?secret={}&issuer={issuer}&algorithm=SHA1&digits=6&period={STEP_SECONDS}",
        base32(secret)
    )
}

/// The code an authenticator with this secret (base 32) shows at `now_ms`: for demos and tests.
pub fn code_at(base32: &str, now_ms: i64) -> Option<String> {
    let secret = Secret::try_from_base32(base32).ok()?;
    let seconds = u64::try_from(now_ms / 1000).ok()?;
    Some(totp(secret.as_bytes())?.generate(seconds).to_string())
}

fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new().with_secret(secret).build().ok()
}

/// Digits alone, whatever keyboard they come from.
fn digits(typed: &str) -> String {
    let folded = Zeroizing::new(tifli_pack::fold(typed));
    folded.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the code at 59 s is 94287082, of which six digits are shown.
    const RFC: &[u8] = b"12345678901234567890";

    fn shown(text: &str) -> Factor {
        Factor::Totp(text.to_owned())
    }

    #[test]
    fn the_code_of_the_standard_is_accepted_in_its_step_and_its_neighbours() {
        for seconds in [0, 59, 89] {
            let step = shown("287 082").step(RFC, seconds * 1000, 0);
            assert_eq!(step, Some(1), "{seconds}");
        }
        assert_eq!(shown("287082").step(RFC, 90_000, 0), None);
        assert_eq!(shown("٢٨٧٠٨٢").step(RFC, 59_000, 0), Some(1));
        assert_eq!(shown("287083").step(RFC, 59_000, 0), None);
        assert_eq!(shown("").step(RFC, 59_000, 0), None);
    }

    #[test]
    fn a_step_that_was_used_does_not_count() {
        assert_eq!(shown("287082").step(RFC, 59_000, 1), None);
    }

    #[test]
    fn a_code_is_not_printed() {
        assert!(!format!("{:?}", shown("287082")).contains("287"));
    }
}
