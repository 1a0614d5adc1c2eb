//! Scripted faults: one vocabulary of trouble for every partner, each says it in its own protocol.
//!
//! | trouble | over HTTP | in mail |
//! |---|---|---|
//! | throttle | 429 with Retry-After | 451 4.7.1 |
//! | transient | 503 | 452 4.3.1 |
//! | permanent | 400 | 550 5.1.1 |
//! | gone | 410 | 550 5.1.6 |
//! | unknown after accept | takes it, then closes without an answer | the same, after the letter |
//! | redirect | 307 with Location | 551 5.1.6 with the place |
//! | lies | 200 with an error in the body, takes nothing | 250 with an error in its words, takes nothing |
//! | garbage | octets that are not HTTP | a line that is no reply |
//! | closes mid-body | closes within the answer's body | closes within the reply's line |

mod form;
mod script;

use serde::{Deserialize, Serialize};

pub(crate) use form::Form;
pub(crate) use script::{Fate, Script};

/// One line of a script: who meets which trouble, and how often.
///
/// Without a word on whom it is for all; without a word on how often it is for ever.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "Form", try_from = "Form")]
pub struct Fault {
    to: Option<String>,
    share: Option<f64>,
    times: Option<u32>,
    next: Option<u32>,
    delay_ms: u64,
    takes: bool,
    after_letter: bool,
    trouble: Option<Trouble>,
}

/// What a partner does instead of its duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Too many calls: come back after so many seconds.
    Throttle {
        /// Seconds, for the Retry-After header.
        retry_after: u32,
    },
    /// It cannot now and may later.
    Transient,
    /// It will never take this.
    Permanent,
    /// The addressee is no longer there.
    Gone,
    /// Exactly this code, an HTTP status or an SMTP reply.
    Code {
        /// The code.
        code: u16,
        /// Seconds for the Retry-After header, where there is one.
        retry_after: Option<u32>,
    },
    /// Closes without an answer.
    HangUp,
    /// Keeps the connection open and says nothing.
    NeverAnswers,
    /// Takes it, answers well and closes in the middle of the answer.
    CloseMidBody,
    /// Answers with octets that are not of the protocol.
    Garbage,
    /// Answers a success whose words are an error.
    Lies,
    /// Sends the caller to another place.
    Redirect {
        /// The place, a URL.
        to: String,
    },
    /// The phone is off: messages wait, a newer one replaces the older of its topic.
    Asleep,
}

/// A fault that cannot be played, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FaultError(pub(crate) &'static str);

/// Which protocol has to say a trouble: not each can say everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// A push service: HTTP, and phones that are off.
    Push,
    /// Any other partner that is called over HTTP.
    Http,
    /// A mail server.
    Mail,
}

impl Fault {
    /// A trouble for all, for ever.
    #[must_use]
    pub fn of(trouble: Trouble) -> Self {
        Self {
            takes: false,
            trouble: Some(trouble),
            ..Self::slow(0)
        }
    }

    /// Too many calls: come back after so many seconds.
    #[must_use]
    pub fn throttle(retry_after: u32) -> Self {
        Self::of(Trouble::Throttle { retry_after })
    }

    /// It cannot now and may later.
    #[must_use]
    pub fn transient() -> Self {
        Self::of(Trouble::Transient)
    }

    /// It will never take this.
    #[must_use]
    pub fn permanent() -> Self {
        Self::of(Trouble::Permanent)
    }

    /// The addressee is no longer there.
    #[must_use]
    pub fn gone() -> Self {
        Self::of(Trouble::Gone)
    }

    /// Exactly this code, an HTTP status or an SMTP reply.
    #[must_use]
    pub fn code(code: u16) -> Self {
        Self::of(Trouble::Code {
            code,
            retry_after: None,
        })
    }

    /// Takes what it is given, then closes without an answer: the caller cannot know.
    #[must_use]
    pub fn unknown_after_accept() -> Self {
        Self::hang_up().takes()
    }

    /// Closes without an answer and takes nothing.
    #[must_use]
    pub fn hang_up() -> Self {
        Self::of(Trouble::HangUp)
    }

    /// Keeps the connection open and says nothing, until the partner stops.
    #[must_use]
    pub fn never_answers() -> Self {
        Self::of(Trouble::NeverAnswers)
    }

    /// Does its duty, but waits so many milliseconds first.
    #[must_use]
    pub fn slow(delay_ms: u64) -> Self {
        Self {
            to: None,
            share: None,
            times: None,
            next: None,
            delay_ms,
            takes: false,
            after_letter: false,
            trouble: None,
        }
    }

    /// Answers with octets that are not of the protocol.
    #[must_use]
    pub fn garbage() -> Self {
        Self::of(Trouble::Garbage)
    }

    /// Takes it, answers well and closes in the middle of the answer.
    #[must_use]
    pub fn close_mid_body() -> Self {
        Self::of(Trouble::CloseMidBody)
    }

    /// Answers a success whose words are an error, and takes nothing.
    #[must_use]
    pub fn lies() -> Self {
        Self::of(Trouble::Lies)
    }

    /// Sends the caller to another place.
    #[must_use]
    pub fn redirect(to: &str) -> Self {
        Self::of(Trouble::Redirect { to: to.to_owned() })
    }

    /// For this addressee only: a mail address, a subscriber's number, an endpoint's name, an
    /// alert's identifier.
    #[must_use]
    pub fn to(mut self, addressee: &str) -> Self {
        self.to = Some(addressee.to_owned());
        self
    }

    /// For the next so many calls, whoever they are for.
    #[must_use]
    pub fn next(mut self, calls: u32) -> Self {
        self.next = Some(calls);
        self
    }

    /// So many times for each addressee.
    #[must_use]
    pub fn times(mut self, each: u32) -> Self {
        self.times = Some(each);
        self
    }

    /// After a wait of so many milliseconds.
    #[must_use]
    pub fn after_ms(mut self, delay_ms: u64) -> Self {
        self.delay_ms = delay_ms;
        self
    }

    /// What was given is taken all the same.
    #[must_use]
    pub fn takes(mut self) -> Self {
        self.takes = true;
        self
    }

    /// In mail: a refusal comes after the letter, not after RCPT.
    #[must_use]
    pub fn after_letter(mut self) -> Self {
        self.after_letter = true;
        self
    }

    /// Says why a partner of this protocol cannot play it.
    pub(crate) fn check(&self, protocol: Protocol) -> Result<(), FaultError> {
        let asleep = self.trouble == Some(Trouble::Asleep);
        let code = match &self.trouble {
            Some(Trouble::Code { code, .. }) => Some(*code),
            _ => None,
        };
        let why = match protocol {
            _ if self.trouble.is_none() && self.delay_ms == 0 => "the rule does nothing",
            Protocol::Http | Protocol::Mail if asleep => "only phones sleep",
            Protocol::Push | Protocol::Http if self.after_letter => "only mail has letters",
            Protocol::Push | Protocol::Http if code.is_some_and(|c| !(200..=599).contains(&c)) => {
                "status lies between 200 and 599"
            }
            Protocol::Mail if code.is_some_and(|c| !(400..=599).contains(&c)) => {
                "code lies between 400 and 599"
            }
            _ => return Ok(()),
        };
        Err(FaultError(why))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_protocol_refuses_what_it_cannot_say() {
        let refused = |fault: &Fault, by| fault.check(by).is_err();
        use Protocol::{Http, Mail, Push};
        let asleep = Fault::of(Trouble::Asleep);
        assert_eq!(
            [Push, Http, Mail].map(|p| refused(&asleep, p)),
            [false, true, true]
        );
        let late = Fault::permanent().after_letter();
        assert_eq!(
            [Push, Http, Mail].map(|p| refused(&late, p)),
            [true, true, false]
        );
        assert_eq!(
            [Push, Http, Mail].map(|p| refused(&Fault::code(307), p)),
            [false, false, true]
        );
        assert_eq!(
            [Push, Http, Mail].map(|p| refused(&Fault::code(42), p)),
            [true; 3]
        );
        assert_eq!(
            [Push, Http, Mail].map(|p| refused(&Fault::slow(0), p)),
            [true; 3]
        );
    }
}
