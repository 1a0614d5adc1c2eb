//! The real clock and the real randomness, made here and handed to everything else.

use std::sync::Arc;

use tifli_domain::ports::{Clock, Entropy};

/// The clock of this machine; in a demonstration that lives a case by itself, behind it by a fixed span.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock {
    behind: jiff::SignedDuration,
}

/// The randomness of this machine.
pub struct OsEntropy;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock of the program"
    )]
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now() - self.behind
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

impl SystemClock {
    /// A clock that shows the last `hour` o'clock of `zone`, and goes on from there.
    ///
    /// # Errors
    /// When that day had no such hour.
    pub fn set_back_to(hour: i8, zone: &jiff::tz::TimeZone) -> Result<Self, jiff::Error> {
        let now = Self::default().now();
        let today = now.to_zoned(zone.clone());
        let mut then = today
            .with()
            .time(jiff::civil::time(hour, 0, 0, 0))
            .build()?;
        if then.timestamp() > now {
            then = then.yesterday()?;
        }
        let behind = now.duration_since(then.timestamp());
        Ok(Self { behind })
    }

    /// As Tifli's parts are handed it.
    pub fn handed(self) -> Arc<dyn Clock> {
        Arc::new(self)
    }

    /// As the sandbox partners are handed it.
    pub fn for_partners(self) -> tifli_sandbox::Clock {
        Arc::new(move || u64::try_from(self.now_ms()).unwrap_or(0))
    }
}

/// The randomness to hand around.
pub fn entropy() -> Arc<dyn Entropy> {
    Arc::new(OsEntropy)
}

/// Fresh secret bytes.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsEntropy.fill(&mut bytes);
    bytes
}
