//! Passwords: hashed and compared with Argon2id, off the async threads and few at a time.
//!
//! The parameters are those of the OWASP cheat sheet: 19 MiB, two passes, one lane.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tifli_domain::ports::Entropy;
use tokio::sync::{OnceCell, Semaphore};
use zeroize::Zeroizing;

use crate::{AppError, AppResult, Problem};

/// Fewest characters of a password.
pub const SHORTEST: usize = 12;
/// Most characters of a password.
pub const LONGEST: usize = 256;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Hashes under way at once: a flood of sign-ins waits instead of taking all memory.
static PLACES: Semaphore = Semaphore::const_new(4);
/// What the password of a login that nobody has is compared with, so that it takes as long.
static DECOY: OnceCell<String> = OnceCell::const_new();

/// Characters of a one-time password: no two look alike.
const LETTERS: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";

/// Refuses a password that is too short, too long, or the login itself.
pub(super) fn check(password: &str, login: &str) -> Result<(), Problem> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Problem::new("password", "too_short").with("limit", SHORTEST));
    }
    if length > LONGEST {
        return Err(Problem::new("password", "too_long").with("limit", LONGEST));
    }
    if password.to_lowercase().contains(login) {
        return Err(Problem::new("password", "holds_the_login"));
    }
    Ok(())
}

/// The hash of a password, in the PHC form.
pub(super) async fn hash(password: &str, entropy: &dyn Entropy) -> AppResult<String> {
    let mut salt = [0u8; 16];
    entropy.fill(&mut salt);
    let password = Zeroizing::new(password.to_owned());
    off_thread(move || {
        let hash: PasswordHash = argon2()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|_| AppError::internal("password_hash"))?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether the password fits the hash; without a hash it takes as long and is no.
pub(super) async fn fits(password: &str, hash: Option<&str>) -> AppResult<bool> {
    let decoy = DECOY
        .get_or_try_init(|| self::hash("nobody", &Zeros))
        .await?;
    let known = hash.is_some();
    let hash = hash.unwrap_or(decoy).to_owned();
    let password: Zeroizing<String> = Zeroizing::new(password.chars().take(LONGEST + 1).collect());
    off_thread(move || {
        let hash = PasswordHash::new(&hash).map_err(|_| AppError::internal("password_hash"))?;
        let fits = argon2().verify_password(password.as_bytes(), &hash).is_ok();
        Ok(fits && known)
    })
    .await
}

/// A password to be handed over once: four groups of five, 99 bits.
pub(super) fn one_time(entropy: &dyn Entropy) -> String {
    let mut out = String::with_capacity(23);
    while out.len() < 23 {
        let mut byte = [0u8; 1];
        entropy.fill(&mut byte);
        // 248 is the largest multiple of 31 in a byte: above it some letters would come more often.
        if byte[0] >= 248 {
            continue;
        }
        if out.len() % 6 == 5 {
            out.push('-');
        }
        out.push(char::from(LETTERS[usize::from(byte[0]) % LETTERS.len()]));
    }
    out
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .expect("19 MiB, two passes and one lane are allowed");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> AppResult<T> + Send + 'static,
) -> AppResult<T> {
    let closed = || AppError::internal("password_worker");
    let _place = PLACES.acquire().await.map_err(|_| closed())?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| closed())?
}

/// The decoy's salt is no secret.
struct Zeros;

impl Entropy for Zeros {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tifli_store::testing::CountingEntropy;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let entropy = CountingEntropy::default();
        let hash = hash("orange tree in the yard", &entropy).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(fits("orange tree in the yard", Some(&hash)).await.unwrap());
        assert!(!fits("orange tree in the yarD", Some(&hash)).await.unwrap());
        assert!(
            !fits("nobody", None).await.unwrap(),
            "the decoy opens nothing"
        );
    }

    #[test]
    fn a_short_password_or_the_login_itself_is_refused() {
        assert_eq!(check("short", "amina").unwrap_err().code, "too_short");
        let own = check("Amina.Amina.Amina", "amina").unwrap_err();
        assert_eq!(own.code, "holds_the_login");
        assert!(check("orange tree in the yard", "amina").is_ok());
    }

    #[test]
    fn a_one_time_password_has_four_groups() {
        let entropy = CountingEntropy::default();
        let (one, other) = (one_time(&entropy), one_time(&entropy));
        assert_ne!(one, other);
        let groups: Vec<usize> = one.split('-').map(str::len).collect();
        assert_eq!(groups, [5, 5, 5, 5]);
        assert!(check(&one, "amina").is_ok());
    }
}
