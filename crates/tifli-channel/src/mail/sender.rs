//! Hands one letter for one subscriber to the operator's mail server.

use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::Credentials;

use super::compose::compose;
use super::conversation::{Envelope, Server, hand_over};
use super::dkim::DkimKey;
use super::letter::AlertMail;
use crate::Outcome;
use crate::smtp::{MailerError, SmtpSettings};

/// How long one command, or the answer to the whole letter, may take.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How letters to subscribers leave.
#[derive(Clone)]
pub struct MailSettings {
    /// The mail server; `from` is the address subscribers see.
    pub server: SmtpSettings,
    /// The name subscribers see.
    pub name: String,
    /// Where bounces come back to: `bounces@example.org` becomes `bounces+TOKEN@example.org`.
    pub bounces: String,
    /// The list's name by RFC 2919, for instance `alerts.example.org`.
    pub list_id: String,
    /// The keys that sign, none where the mail server signs. Two while receivers that know
    /// Ed25519 are few.
    pub keys: Vec<DkimKey>,
}

/// Why letters cannot be sent with these settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailSetupError {
    /// The sender is no address, or its server cannot be reached by TLS.
    #[error("the sender of e-mails is no address such as alerts@example.org")]
    From,
    /// TLS cannot be set up for this name.
    #[error("TLS cannot be set up for the mail server's name")]
    Tls,
    /// The address for bounces is none, has a plus, or leaves no room for a token.
    #[error("the address for bounces is no plain address such as bounces@example.org")]
    Bounces,
    /// The list's name is no name.
    #[error("the list's name is no name such as alerts.example.org")]
    ListId,
    /// A key signs for another domain than the sender's, so no receiver counts it (DMARC).
    #[error("the DKIM domain is neither the sender's domain nor above it")]
    DkimDomain,
}

/// A letter as it is handed over.
#[derive(Clone, PartialEq, Eq)]
pub struct Composed {
    /// The envelope's sender, with the token.
    pub sender: String,
    /// The envelope's recipient.
    pub recipient: String,
    /// Head and body, signed.
    pub bytes: Vec<u8>,
}

/// The adapter for alerts by e-mail. Cheap to clone.
#[derive(Clone)]
pub struct AlertMailer {
    server: Server,
    house: House,
    patience: Duration,
}

/// What every letter has from this installation.
#[derive(Clone)]
pub(super) struct House {
    pub(super) from: Address,
    pub(super) name: String,
    pub(super) bounces: Address,
    pub(super) list_id: String,
    pub(super) keys: Vec<DkimKey>,
}

impl AlertMailer {
    /// A mailer with these settings. Nothing is connected yet.
    ///
    /// # Errors
    /// [`MailSetupError`] where the settings cannot be used.
    pub fn new(settings: &MailSettings) -> Result<Self, MailSetupError> {
        let server = &settings.server;
        let from: Address = server.from.parse().map_err(|_| MailSetupError::From)?;
        let bounces = read_bounces(&settings.bounces).ok_or(MailSetupError::Bounces)?;
        if !is_list_id(&settings.list_id) {
            return Err(MailSetupError::ListId);
        }
        if !settings
            .keys
            .iter()
            .all(|key| is_aligned(key.domain(), from.domain()))
        {
            return Err(MailSetupError::DkimDomain);
        }
        let tls = server.security.tls(&server.host);
        let sign_in = server.sign_in.clone();
        Ok(Self {
            server: Server {
                host: server.host.clone(),
                port: server.port,
                tls: tls.map_err(|_: MailerError| MailSetupError::Tls)?,
                sign_in: sign_in.map(|(name, password)| Credentials::new(name, password)),
                hello: from.domain().to_owned(),
            },
            house: House {
                from,
                name: settings.name.clone(),
                bounces,
                list_id: settings.list_id.clone(),
                keys: settings.keys.clone(),
            },
            patience: PATIENCE,
        })
    }

    /// One that waits this long for the answer to a command.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The letter's bytes and envelope, without sending it: the same for the same letter.
    ///
    /// # Errors
    /// The stable word of the rule it breaks.
    pub fn compose(&self, mail: &AlertMail) -> Result<Composed, &'static str> {
        let (envelope, bytes) = self.prepare(mail)?;
        Ok(Composed {
            sender: envelope.sender.to_string(),
            recipient: envelope.recipient.to_string(),
            bytes,
        })
    }

    /// Hands the letter over once; never tries twice.
    ///
    /// `wanted` is asked before the connection is made and immediately before the first byte of the
    /// letter: answering false ends it with [`Outcome::Withdrawn`] and nothing said.
    pub async fn send(&self, mail: &AlertMail, wanted: &(dyn Fn() -> bool + Sync)) -> Outcome {
        let (envelope, bytes) = match self.prepare(mail) {
            Ok(prepared) => prepared,
            Err(why) => return Outcome::Refused { why },
        };
        if !wanted() {
            return Outcome::Withdrawn;
        }
        hand_over(&self.server, &envelope, &bytes, (self.patience, wanted)).await
    }

    fn prepare(&self, mail: &AlertMail) -> Result<(Envelope, Vec<u8>), &'static str> {
        if let Some(why) = mail.find_fault() {
            return Err(why);
        }
        let recipient: Address = mail.to.parse().map_err(|_| "mail_address")?;
        let sender = with_token(&self.house.bounces, &mail.token).ok_or("mail_token")?;
        let bytes = compose(&self.house, recipient.clone(), mail)?;
        let envelope = Envelope { sender, recipient };
        Ok((envelope, bytes))
    }
}

impl std::fmt::Debug for AlertMailer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("AlertMailer")
    }
}

impl std::fmt::Debug for Composed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Composed({} octets)", self.bytes.len())
    }
}

/// RFC 5321 allows 64 octets before the at sign; 41 of them are the token's and its plus.
fn read_bounces(text: &str) -> Option<Address> {
    let address: Address = text.parse().ok()?;
    let user = address.user();
    (text.is_ascii() && user.len() <= 23 && !user.contains(['+', '"'])).then_some(address)
}

fn with_token(bounces: &Address, token: &str) -> Option<Address> {
    Address::new(format!("{}+{token}", bounces.user()), bounces.domain()).ok()
}

fn is_list_id(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
    (3..=200).contains(&text.len()) && text.contains('.') && text.bytes().all(letter)
}

fn is_aligned(signs: &str, sender: &str) -> bool {
    let sender = sender.to_ascii_lowercase();
    sender
        .strip_suffix(signs)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_signs_for_the_sender_s_domain_or_one_above_it() {
        assert!(is_aligned("tifli.net", "tifli.net"));
        assert!(is_aligned("tifli.net", "Alerts.tifli.net"));
        assert!(!is_aligned("alerts.tifli.net", "tifli.net"));
        assert!(!is_aligned("li.net", "tifli.net"));
    }

    #[test]
    fn an_address_for_bounces_leaves_room_for_a_token() {
        assert!(read_bounces("bounces@tifli.net").is_some());
        for bad in [
            "bounces",
            "a+b@tifli.net",
            "abcdefghijklmnopqrstuvwxyz@tifli.net",
            "é@x.net",
        ] {
            assert!(read_bounces(bad).is_none(), "{bad}");
        }
        let address = with_token(&read_bounces("b@tifli.net").unwrap(), "a-1").unwrap();
        assert_eq!(address.to_string(), "b+a-1@tifli.net");
    }
}
