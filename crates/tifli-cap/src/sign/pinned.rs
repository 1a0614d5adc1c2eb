//! The list of certificates somebody decided to trust, each under a name.

use super::certificate::Certificate;

/// Certificates that were pinned. A certificate counts exactly as it is: one that the same
/// authority issues later, even for the same key, is pinned anew.
#[derive(Clone, Debug, Default)]
pub struct PinnedList {
    pins: Vec<Pin>,
}

/// A pinned certificate.
#[derive(Clone, Debug)]
pub(super) struct Pin {
    /// The name it was pinned under.
    pub(super) name: String,
    /// The certificate.
    pub(super) certificate: Certificate,
}

/// Why a certificate was not pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// The name is blank.
    #[error("a pinned certificate needs a name")]
    Name,
    /// The same certificate is pinned already.
    #[error("this certificate is pinned already")]
    Twice,
}

impl PinnedList {
    /// A list without certificates: nothing can be verified.
    #[must_use]
    pub fn new() -> PinnedList {
        PinnedList::default()
    }

    /// Adds a certificate. Several may have the same name: one office with an old and a new key.
    ///
    /// # Errors
    /// See [`PinError`].
    pub fn pin(
        &mut self,
        name: impl Into<String>,
        certificate: Certificate,
    ) -> Result<(), PinError> {
        let name = name.into();
        if name.trim().is_empty() {
            return Err(PinError::Name);
        }
        if self.pins.iter().any(|pin| pin.certificate == certificate) {
            return Err(PinError::Twice);
        }
        self.pins.push(Pin { name, certificate });
        Ok(())
    }

    /// Each name with its certificate, in the order they were pinned.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Certificate)> {
        self.pins
            .iter()
            .map(|pin| (pin.name.as_str(), &pin.certificate))
    }

    /// The pins among the given certificates.
    pub(super) fn among(&self, certificates: &[Vec<u8>]) -> Vec<&Pin> {
        let is_there = |pin: &&Pin| certificates.iter().any(|der| der == pin.certificate.der());
        self.pins.iter().filter(is_there).collect()
    }

    /// Every pin.
    pub(super) fn all(&self) -> &[Pin] {
        &self.pins
    }
}
