//! What is asked of a push service for one message: payload, topic, urgency, time to live.

use super::encryption::LONGEST_PAYLOAD;

/// One message for one phone. Build it literally; [`PushRequest::check`] is run before it leaves.
#[derive(Clone, Copy)]
pub struct PushRequest<'a> {
    /// The plaintext, at most 3,993 octets; below 2,000 is wiser, some services take less.
    pub payload: &'a [u8],
    /// Replaces an undelivered message of the same topic: 1 to 32 characters of base64url.
    pub topic: &'a str,
    /// How much it may cost the phone's battery.
    pub urgency: Urgency,
    /// How long the service keeps trying, in seconds: what is left until the alert expires.
    pub ttl_seconds: u32,
}

/// RFC 8030 section 5.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Only on power and Wi-Fi.
    VeryLow,
    /// On either.
    Low,
    /// The default of the standard.
    Normal,
    /// Even on low battery: an alert and its end.
    High,
}

/// Why a request is not sent: a fault of the program, not of the subscriber.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// More than 3,993 octets.
    #[error("the payload is longer than 3,993 octets")]
    PayloadTooLong,
    /// Nothing to say.
    #[error("the payload is empty")]
    PayloadEmpty,
    /// Not 1 to 32 characters of base64url.
    #[error("the topic is not 1 to 32 characters of base64url")]
    Topic,
}

impl PushRequest<'_> {
    /// Checks what every push service will check.
    ///
    /// # Errors
    /// The first rule broken.
    pub fn check(&self) -> Result<(), RequestError> {
        let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if self.payload.is_empty() {
            Err(RequestError::PayloadEmpty)
        } else if self.payload.len() > LONGEST_PAYLOAD {
            Err(RequestError::PayloadTooLong)
        } else if !(1..=32).contains(&self.topic.len()) || !self.topic.bytes().all(letter) {
            Err(RequestError::Topic)
        } else {
            Ok(())
        }
    }
}

impl Urgency {
    /// The header's value.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::VeryLow => "very-low",
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }
}

impl RequestError {
    /// A short word that stays the same between versions.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::PayloadTooLong => "payload_too_long",
            Self::PayloadEmpty => "payload_empty",
            Self::Topic => "topic",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_has_one_to_32_letters_of_base64url() {
        let check = |topic| {
            let request = PushRequest {
                payload: b"x",
                topic,
                urgency: Urgency::High,
                ttl_seconds: 60,
            };
            request.check()
        };
        let (longest, longer) = ("t".repeat(32), "t".repeat(33));
        for good in ["a", "A-z_09", longest.as_str()] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in ["", longer.as_str(), "a b", "a=", "é", "a\r\nX: y"] {
            assert_eq!(check(bad), Err(RequestError::Topic), "{bad}");
        }
    }

    #[test]
    fn a_payload_of_3994_octets_is_refused_and_so_is_none() {
        let check = |length: usize| {
            let payload = vec![b'x'; length];
            PushRequest {
                payload: &payload,
                topic: "t",
                urgency: Urgency::High,
                ttl_seconds: 0,
            }
            .check()
        };
        assert_eq!(check(3993), Ok(()));
        assert_eq!(check(3994), Err(RequestError::PayloadTooLong));
        assert_eq!(check(0), Err(RequestError::PayloadEmpty));
    }
}
