//! The real clock and the real randomness, made here and handed to everything else.

use std::sync::Arc;

use tifli_domain::ports::{Clock, Entropy};

/// The clock of this machine.
pub struct SystemClock;

/// The randomness of this machine.
pub struct OsEntropy;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock of the program"
    )]
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
}

impl Entropy for OsEntropy {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one source of randomness of the program"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        aws_lc_rs::rand::fill(bytes)
            .expect("the operating system always gives randomness once it runs");
    }
}

/// The clock to hand around.
pub fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

/// The randomness to hand around.
pub fn entropy() -> Arc<dyn Entropy> {
    Arc::new(OsEntropy)
}

/// The present moment in UTC milliseconds.
pub fn now_ms() -> i64 {
    SystemClock.now_ms()
}

/// Fresh secret bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsEntropy.fill(&mut bytes);
    bytes
}
