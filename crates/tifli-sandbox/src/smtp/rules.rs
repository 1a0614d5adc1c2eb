//! Rules of the house: what a mail server takes at all, and what EHLO says of it.

use serde::{Deserialize, Serialize};

use super::reply::Reply;

/// What the server takes; all extensions and no greylisting by default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailRules {
    /// The longest letter, in octets; SIZE says so (RFC 1870).
    pub longest: usize,
    /// Takes letters with octets above 127 (RFC 6152).
    pub eight_bit_mime: bool,
    /// Takes addresses and headers beyond ASCII (RFC 6531).
    pub smtputf8: bool,
    /// A sender and recipient who meet for the first time are told to come back after so long, in
    /// milliseconds.
    pub greylist_ms: Option<u64>,
}

/// What a caller says of the letter to come, after MAIL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) eight_bit: bool,
    pub(super) smtputf8: bool,
}

impl Default for MailRules {
    fn default() -> Self {
        Self {
            longest: 1_048_576,
            eight_bit_mime: true,
            smtputf8: true,
            greylist_ms: None,
        }
    }
}

impl MailRules {
    /// The answer to EHLO.
    pub(super) fn offer(&self) -> Reply {
        let mut reply = Reply::plain(250, "sandbox.tifli.invalid")
            .and(&format!("SIZE {}", self.longest))
            .and("ENHANCEDSTATUSCODES");
        for (offered, name) in [
            (self.eight_bit_mime, "8BITMIME"),
            (self.smtputf8, "SMTPUTF8"),
        ] {
            if offered {
                reply = reply.and(name);
            }
        }
        reply
    }

    /// The parameters after `MAIL FROM:<…>`.
    pub(super) fn declare(&self, parameters: &str) -> Result<Declared, Reply> {
        let mut declared = Declared::default();
        for parameter in parameters.split_whitespace() {
            let upper = parameter.to_ascii_uppercase();
            let (name, value) = upper.split_once('=').unwrap_or((&upper, ""));
            match (name, value) {
                ("SIZE", size) => self.check_size(size)?,
                ("BODY", "7BIT") if self.eight_bit_mime => declared.eight_bit = false,
                ("BODY", "8BITMIME") if self.eight_bit_mime => declared.eight_bit = true,
                ("SMTPUTF8", "") if self.smtputf8 => declared.smtputf8 = true,
                _ => return Err(Reply::new(555, "5.5.4", "no such parameter here")),
            }
        }
        Ok(declared)
    }

    /// Whether an address may be written so.
    pub(super) fn check_address(&self, address: &str, declared: Declared) -> Result<(), Reply> {
        if !address.is_ascii() && !declared.smtputf8 {
            return Err(Reply::new(553, "5.6.7", "this address needs SMTPUTF8"));
        }
        let named = |address: &str| {
            let (local, domain) = address.rsplit_once('@')?;
            (!local.is_empty() && !domain.is_empty()).then_some(())
        };
        if named(address).is_none() && !address.eq_ignore_ascii_case("postmaster") {
            return Err(Reply::new(553, "5.1.3", "this is no address"));
        }
        Ok(())
    }

    fn check_size(&self, size: &str) -> Result<(), Reply> {
        match size.parse::<usize>() {
            Err(_) => Err(Reply::new(501, "5.5.4", "SIZE is a number")),
            Ok(size) if size > self.longest => Err(Reply::too_long()),
            Ok(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(rules: &MailRules, parameters: &str) -> Option<u16> {
        rules.declare(parameters).err().map(|reply| reply.code())
    }

    #[test]
    fn a_parameter_counts_only_where_it_is_offered() {
        let all = MailRules::default();
        let none = MailRules {
            eight_bit_mime: false,
            smtputf8: false,
            ..MailRules::default()
        };
        for (parameters, with_all, with_none) in [
            ("", None, None),
            ("SIZE=1048576", None, None),
            ("SIZE=1048577", Some(552), Some(552)),
            ("SIZE=big", Some(501), Some(501)),
            ("body=8bitmime SMTPUTF8", None, Some(555)),
            ("BODY=7BIT", None, Some(555)),
            ("BODY=BINARYMIME", Some(555), Some(555)),
            ("RET=HDRS", Some(555), Some(555)),
        ] {
            assert_eq!(code(&all, parameters), with_all, "{parameters}");
            assert_eq!(code(&none, parameters), with_none, "{parameters}");
        }
    }
}
