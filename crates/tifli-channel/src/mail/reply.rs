//! What a mail server's reply means (RFC 5321 codes, RFC 3463 enhanced codes).

use crate::Outcome;

/// How far the conversation had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Greeting, EHLO, STARTTLS, signing in.
    Greeting,
    /// The envelope's sender.
    Sender,
    /// The envelope's recipient.
    Recipient,
    /// The letter itself, from the first byte on.
    Letter,
}

/// A negative reply: its code, and its enhanced code where it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    pub(super) enhanced: Option<Enhanced>,
}

/// Class, subject and detail, for instance 5.1.1.
pub(super) type Enhanced = (u16, u16, u16);

impl Reply {
    /// What the worker has to do.
    ///
    /// - 4xx: later, with a word for why (`greylisted`, `throttled`, `unavailable`, `later`);
    /// - 5.1.7, 5.1.8, 5.7.8, 5.7.20 to 5.7.29 (DKIM, SPF, DMARC, reverse name), and every 5xx
    ///   before a recipient was named: our own identity or settings (`Misconfigured`);
    /// - 5.1.x otherwise: the address does not exist (`Gone`); 5.2.3, 5.3.4, 552 without more:
    ///   too long; 5.7.x otherwise: policy (`Refused`, `mail_policy`); the rest: `Rejected`.
    pub(super) fn outcome(self, stage: Stage) -> Outcome {
        let status = self.code;
        if status < 500 {
            return Outcome::Retry {
                after: None,
                why: self.why_later(),
            };
        }
        match self.enhanced {
            Some((5, 2, 3) | (5, 3, 4)) => return Outcome::TooLarge,
            None if status == 552 => return Outcome::TooLarge,
            _ => {}
        }
        match self.enhanced {
            _ if matches!(stage, Stage::Greeting | Stage::Sender) => {
                Outcome::Misconfigured { status }
            }
            Some((5, 1, 7 | 8) | (5, 7, 8 | 20..=29)) => Outcome::Misconfigured { status },
            Some((5, 1, _)) => Outcome::Gone,
            Some((5, 7, _)) => Outcome::Refused { why: "mail_policy" },
            _ => Outcome::Rejected { status },
        }
    }

    fn why_later(self) -> &'static str {
        match (self.code, self.enhanced) {
            (_, Some((4, 7, 20..=32))) => "mail_identity",
            (421, _) => "unavailable",
            (_, Some((4, 7, _))) => "greylisted",
            (452, _) | (_, Some((4, 5, 3))) => "throttled",
            _ => "later",
        }
    }
}

/// The enhanced code at the beginning of a reply's text.
pub(super) fn find_enhanced(text: &str) -> Option<Enhanced> {
    let word = text.split_whitespace().next()?;
    let mut numbers = word.split('.').map(str::parse::<u16>);
    let mut next = || numbers.next()?.ok();
    let found = (next()?, next()?, next()?);
    (matches!(found.0, 2 | 4 | 5) && numbers.next().is_none()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(stage: Stage, code: u16, text: &str) -> String {
        let reply = Reply {
            code,
            enhanced: find_enhanced(text),
        };
        reply.outcome(stage).code().to_owned()
    }

    #[test]
    fn every_reply_to_a_recipient_says_what_to_do() {
        for (code, text, expected) in [
            (550, "5.1.1 no such user", "gone"),
            (550, "5.1.10 null MX", "gone"),
            (553, "5.1.3 bad address", "gone"),
            (550, "no such user", "rejected"),
            (550, "5.2.1 disabled", "rejected"),
            (552, "5.2.2 over quota", "rejected"),
            (552, "too much", "too_large"),
            (552, "5.3.4 too big", "too_large"),
            (554, "5.7.1 policy", "mail_policy"),
            (550, "5.7.26 unauthenticated", "misconfigured"),
            (550, "5.1.8 bad sender", "misconfigured"),
            (421, "4.3.2 shutting down", "unavailable"),
            (450, "4.2.0 busy", "later"),
            (451, "4.7.1 greylisted", "greylisted"),
            (421, "4.7.32 alignment", "mail_identity"),
            (452, "4.5.3 too many", "throttled"),
            (450, "mailbox busy", "later"),
        ] {
            assert_eq!(
                read(Stage::Recipient, code, text),
                expected,
                "{code} {text}"
            );
            assert_eq!(read(Stage::Letter, code, text), expected, "{code} {text}");
        }
    }

    #[test]
    fn what_is_refused_before_a_recipient_was_named_is_ours() {
        for (stage, code, text) in [
            (Stage::Greeting, 554, "no service"),
            (Stage::Greeting, 535, "5.7.8 credentials"),
            (Stage::Sender, 530, "5.7.0 sign in"),
            (Stage::Sender, 550, "5.7.1 sender"),
            (Stage::Sender, 550, "5.1.1 sender"),
        ] {
            assert_eq!(read(stage, code, text), "misconfigured", "{code} {text}");
        }
        assert_eq!(read(Stage::Sender, 552, "5.3.4 size"), "too_large");
        assert_eq!(read(Stage::Greeting, 421, "later"), "unavailable");
    }

    #[test]
    fn an_enhanced_code_is_read_only_where_it_is_one() {
        assert_eq!(find_enhanced("5.1.1 <x>: no"), Some((5, 1, 1)));
        for other in [
            "",
            "no such user",
            "10.0.0.1 blocked",
            "5.1",
            "5.1.1.1",
            "1.2.3",
        ] {
            assert_eq!(find_enhanced(other), None, "{other}");
        }
    }
}
