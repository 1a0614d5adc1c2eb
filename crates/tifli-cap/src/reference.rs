//! The identity of a CAP message, which is also how a later message names it.
//!
//! For: `sender,identifier,sent` as one value. Not for: finding the message that is named.

use std::fmt;
use std::str::FromStr;

use crate::schema::values;
use crate::time::CapTime;

/// Names one message: who sent it, under which identifier, and when.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The `sender` of the message.
    pub sender: String,
    /// The `identifier` of the message, unique for its sender.
    pub identifier: String,
    /// The time at which the message was sent.
    pub sent: CapTime,
}

/// The text is not `sender,identifier,sent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not of the form sender,identifier,sent")]
pub struct ReferenceError;

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},{}", self.sender, self.identifier, self.sent)
    }
}

impl Reference {
    /// The message that this triple names, its time in any form that some version allowed.
    pub(crate) fn from_any_version(text: &str) -> Option<Reference> {
        let (front, sent) = text.rsplit_once(',')?;
        let (sender, identifier) = front.split_once(',')?;
        let named = !sender.is_empty() && !identifier.is_empty() && !identifier.contains(',');
        let sent = values::any_time(sent)?;
        named.then(|| Reference {
            sender: sender.to_owned(),
            identifier: identifier.to_owned(),
            sent,
        })
    }
}

impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Reference, ReferenceError> {
        let mut parts = text.split(',');
        let (Some(sender), Some(identifier), Some(sent), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ReferenceError);
        };
        if sender.is_empty() || identifier.is_empty() {
            return Err(ReferenceError);
        }
        let sent = sent.parse().map_err(|_| ReferenceError)?;
        Ok(Reference {
            sender: sender.to_owned(),
            identifier: identifier.to_owned(),
            sent,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_triple_reads_back_as_it_was_written() {
        let text = "alerte@tifli.example,MA-2026-0007,2026-11-22T09:30:00+01:00";
        let reference: Reference = text.parse().unwrap();
        assert_eq!(reference.identifier, "MA-2026-0007");
        assert_eq!(reference.to_string(), text);
    }

    #[test]
    fn anything_but_a_triple_is_refused() {
        for text in [
            "",
            "a,b",
            "a,b,c",
            "a,,2026-11-22T09:30:00+01:00",
            "a,b,c,2026-11-22T09:30:00+01:00",
        ] {
            assert_eq!(text.parse::<Reference>(), Err(ReferenceError), "{text}");
        }
    }
}
