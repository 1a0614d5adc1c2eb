//! Writes a letter and hands it to the mail server.

use std::time::{Duration, UNIX_EPOCH};

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::Handing;

/// How long one command may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all: only for a mail server on this machine.
    None,
    /// STARTTLS, required.
    StartTls,
    /// TLS from the first byte.
    Wrapped,
}

/// The mail server letters are handed to.
#[derive(Clone)]
pub struct SmtpSettings {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// Who signs in, and the password.
    pub sign_in: Option<(String, String)>,
    /// The sender's address. Its domain stands in each letter's identifier.
    pub from: String,
}

/// A letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// What makes it recognizable when it comes twice: letters, digits, `.`, `_`, `-`.
    pub id: String,
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// When it is written, in UTC milliseconds.
    pub at_ms: i64,
}

/// Why there is no mailer.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// The sender is no address.
    #[error("the sender of e-mails is no address such as duty@example.org")]
    From,
    /// TLS cannot be set up for this name.
    #[error("TLS cannot be set up for the mail server's name")]
    Tls,
}

/// Hands letters to one mail server. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Address,
}

/// RFC 3834: nobody's out-of-office notice answers this.
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Letter({})", self.id)
    }
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Mailer")
    }
}

impl Security {
    /// What the mail library needs to protect a connection to this host.
    pub(crate) fn tls(self, host: &str) -> Result<Tls, MailerError> {
        let parameters = || TlsParameters::new(host.to_owned()).map_err(|_| MailerError::Tls);
        Ok(match self {
            Self::None => Tls::None,
            Self::StartTls => Tls::Required(parameters()?),
            Self::Wrapped => Tls::Wrapper(parameters()?),
        })
    }
}

impl Mailer {
    /// A mailer for this mail server. Nothing is connected yet.
    ///
    /// # Errors
    /// [`MailerError`] where the settings cannot be used.
    pub fn new(settings: &SmtpSettings) -> Result<Self, MailerError> {
        let from: Address = settings.from.parse().map_err(|_| MailerError::From)?;
        let tls = settings.security.tls(&settings.host)?;
        let mut transport =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.as_str())
                .port(settings.port)
                .timeout(Some(PATIENCE))
                .hello_name(ClientId::Domain(from.domain().to_owned()))
                .tls(tls);
        if let Some((name, password)) = &settings.sign_in {
            transport = transport.credentials(Credentials::new(name.clone(), password.clone()));
        }
        Ok(Self {
            transport: transport.build(),
            from,
        })
    }

    /// Hands a letter over and says what became of it.
    pub async fn hand(&self, letter: &Letter) -> Handing {
        let Some(message) = self.write(letter) else {
            return Handing::Refused("smtp.unwritable".to_owned());
        };
        match self.transport.send(message).await {
            Ok(_) => Handing::Handed,
            Err(error) => Handing::of(&error),
        }
    }

    fn write(&self, letter: &Letter) -> Option<Message> {
        let to: Address = letter.to.parse().ok()?;
        let at = UNIX_EPOCH + Duration::from_millis(u64::try_from(letter.at_ms).ok()?);
        Message::builder()
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.domain())))
            .date(at)
            .from(Mailbox::new(None, self.from.clone()))
            .to(Mailbox::new(None, to))
            .subject(letter.subject.as_str())
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailer() -> Mailer {
        Mailer::new(&SmtpSettings {
            host: "127.0.0.1".to_owned(),
            port: 1,
            security: Security::None,
            sign_in: None,
            from: "duty@tifli.example".to_owned(),
        })
        .unwrap()
    }

    fn letter(to: &str) -> Letter {
        Letter {
            id: "telegram_1.police-fes.0".to_owned(),
            to: to.to_owned(),
            subject: "برقية في انتظاركم".to_owned(),
            text: "https://tifli.example/console/bulletins/x\n".to_owned(),
            at_ms: 1_700_000_000_000,
        }
    }

    #[test]
    fn the_same_letter_is_written_twice_in_the_same_bytes() {
        let write = || {
            mailer()
                .write(&letter("a@b.example.org"))
                .unwrap()
                .formatted()
        };
        let text = String::from_utf8(write()).unwrap();
        assert_eq!(text.as_bytes(), write());
        assert!(
            text.contains("Message-ID: <telegram_1.police-fes.0@tifli.example>\r\n"),
            "{text}"
        );
        assert!(text.contains("Auto-Submitted: auto-generated\r\n"));
        assert!(
            text.contains("Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"),
            "{text}"
        );
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_refused_without_a_connection() {
        let refused = mailer().hand(&letter("a@b@c\r\nRCPT TO:<x@y>")).await;
        assert_eq!(refused, Handing::Refused("smtp.unwritable".to_owned()));
    }

    #[tokio::test]
    async fn a_mail_server_that_is_not_there_may_be_there_later() {
        let answer = mailer().hand(&letter("a@b.example.org")).await;
        assert!(matches!(answer, Handing::Unknown(_)), "{answer:?}");
    }
}
