//! What is told, and to whom.

use super::secret::WebhookSecret;

/// The longest body that is sent, in octets (the standard advises 20 kB).
pub const LONGEST_BODY: usize = 20_000;
/// The longest identifier, in octets.
const LONGEST_ID: usize = 128;

/// A partner's address and what it checks our calls with. Its Debug form shows neither.
#[derive(Clone)]
pub struct WebhookEndpoint {
    /// Where it is called.
    pub url: String,
    /// Its secret; two (the new one first) while they rotate. Each of them signs.
    pub secrets: Vec<WebhookSecret>,
}

/// One event, frozen: the same on every attempt.
#[derive(Clone, Copy, Debug)]
pub struct WebhookEvent<'a> {
    /// What makes it recognizable when it comes twice: letters, digits, `_`, `-`, up to 128.
    pub id: &'a str,
    /// JSON (`type`, `timestamp`, `data`), at most 20,000 octets; signed and sent as it is.
    pub body: &'a [u8],
}

impl WebhookEndpoint {
    /// The stable word of the rule it breaks.
    pub(super) fn find_fault(&self) -> Option<&'static str> {
        self.secrets.is_empty().then_some("webhook_secret")
    }
}

impl WebhookEvent<'_> {
    /// The stable word of the rule it breaks. A dot would make two texts sign alike.
    pub(super) fn find_fault(&self) -> Option<&'static str> {
        let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        if !(1..=LONGEST_ID).contains(&self.id.len()) || !self.id.bytes().all(letter) {
            Some("webhook_id")
        } else if self.body.is_empty() {
            Some("payload_empty")
        } else {
            None
        }
    }
}

impl std::fmt::Debug for WebhookEndpoint {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "WebhookEndpoint({} secrets)", self.secrets.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_has_no_dot_and_no_blank() {
        let fault = |id| WebhookEvent { id, body: b"{}" }.find_fault();
        let (longest, longer) = ("m".repeat(128), "m".repeat(129));
        for good in ["message_1-a", longest.as_str()] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in ["", "a.b", "a b", "a\r\nX: y", "é", longer.as_str()] {
            assert_eq!(fault(bad), Some("webhook_id"), "{bad}");
        }
        let empty = WebhookEvent { id: "a", body: b"" };
        assert_eq!(empty.find_fault(), Some("payload_empty"));
    }
}
