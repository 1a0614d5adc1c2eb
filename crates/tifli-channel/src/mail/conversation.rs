//! One SMTP conversation for one letter, stage by stage, so that it is known what left.
//!
//! Until the first byte of the letter nothing has been said to anybody and all may be repeated; from
//! then on a lost connection leaves it unknown. One connection per letter.

use std::error::Error as _;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Tls};
use lettre::transport::smtp::commands::{Data, Mail, Quit, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::response::Response;
use tokio::time::timeout;

use super::reply::{Reply, Stage, find_enhanced};
use crate::Outcome;

/// The mail server a letter is handed to.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Tls,
    pub(super) sign_in: Option<Credentials>,
    /// What we call ourselves.
    pub(super) hello: String,
}

/// From whom and to whom, by the envelope.
pub(super) struct Envelope {
    pub(super) sender: Address,
    pub(super) recipient: Address,
}

/// How long a step may take, and whether the letter is still wanted.
type Bounds<'a> = (Duration, &'a (dyn Fn() -> bool + Sync));

/// Hands one letter over.
pub(super) async fn hand_over(
    server: &Server,
    envelope: &Envelope,
    letter: &[u8],
    (patience, wanted): Bounds<'_>,
) -> Outcome {
    let mut line = match connect(server, patience).await {
        Ok(line) => line,
        Err(outcome) => return outcome,
    };
    let outcome = match introduce(&mut line, envelope, patience).await {
        Err(outcome) => outcome,
        // Nothing of the letter was written: breaking off here, without a word that would be taken
        // for its first line, delivers nothing.
        Ok(()) if !wanted() => return Outcome::Withdrawn,
        Ok(()) => match timeout(patience, line.message(letter)).await {
            Ok(Ok(reply)) => read_success(&reply),
            Ok(Err(error)) => read_error(&error, Stage::Letter),
            Err(_) => Outcome::Unknown,
        },
    };
    leave(&mut line, patience).await;
    outcome
}

async fn connect(server: &Server, patience: Duration) -> Result<AsyncSmtpConnection, Outcome> {
    let hello = ClientId::Domain(server.hello.clone());
    let wrapped = match &server.tls {
        Tls::Wrapper(parameters) => Some(parameters.clone()),
        _ => None,
    };
    let address = (server.host.as_str(), server.port);
    let opening =
        AsyncSmtpConnection::connect_tokio1(address, Some(patience), &hello, wrapped, None);
    let mut line = step(Stage::Greeting, patience, opening).await?;
    if let Tls::Required(parameters) = &server.tls {
        let securing = line.starttls(parameters.clone(), &hello);
        step(Stage::Greeting, patience, securing).await?;
    }
    if let Some(credentials) = &server.sign_in {
        let signing_in = line.auth(DEFAULT_MECHANISMS, credentials);
        step(Stage::Greeting, patience, signing_in).await?;
    }
    Ok(line)
}

/// From whom, to whom, and may the letter come.
async fn introduce(
    line: &mut AsyncSmtpConnection,
    envelope: &Envelope,
    patience: Duration,
) -> Result<(), Outcome> {
    let mut options = Vec::new();
    if !envelope.recipient.to_string().is_ascii() {
        if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Outcome::Refused {
                why: "mail_smtputf8",
            });
        }
        options.push(MailParameter::SmtpUtfEight);
    }
    let sender = Mail::new(Some(envelope.sender.clone()), options);
    step(Stage::Sender, patience, line.command(sender)).await?;
    let recipient = Rcpt::new(envelope.recipient.clone(), Vec::new());
    step(Stage::Recipient, patience, line.command(recipient)).await?;
    step(Stage::Recipient, patience, line.command(Data)).await?;
    Ok(())
}

/// The outcome is known: whatever happens to the farewell changes nothing.
async fn leave(line: &mut AsyncSmtpConnection, patience: Duration) {
    if !line.has_broken() {
        let _ = timeout(patience.min(Duration::from_secs(2)), line.command(Quit)).await;
    }
}

async fn step<T>(
    stage: Stage,
    patience: Duration,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Outcome> {
    match timeout(patience, work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(read_error(&error, stage)),
        Err(_) => Err(Outcome::Retry {
            after: None,
            why: "service_timeout",
        }),
    }
}

fn read_error(error: &Error, stage: Stage) -> Outcome {
    if let Some(code) = error.status() {
        let text = error.source().map(ToString::to_string);
        let reply = Reply {
            code: code.into(),
            enhanced: text.as_deref().and_then(find_enhanced),
        };
        return reply.outcome(stage);
    }
    if stage == Stage::Letter {
        return Outcome::Unknown;
    }
    let why = if error.is_tls() {
        "tls"
    } else if error.is_client() {
        // No way to sign in or to be secured that both sides know.
        return Outcome::Misconfigured { status: 0 };
    } else if stage == Stage::Greeting && !error.is_response() {
        "connect"
    } else {
        "broken"
    };
    Outcome::Retry { after: None, why }
}

/// A good code over an enhanced code that is none (RFC 2034 forbids it) says that it went wrong.
fn read_success(reply: &Response) -> Outcome {
    let enhanced = reply.first_line().and_then(find_enhanced);
    if enhanced.is_some_and(|(class, _, _)| class != 2) {
        return Outcome::Refused { why: "said_error" };
    }
    Outcome::Accepted {
        reference: queue_name(reply),
    }
}

/// The name the mail server gave the letter ("250 2.0.0 Ok: queued as 4F9D195432C"), where its last
/// words are one word that looks like a name.
fn queue_name(reply: &Response) -> Option<String> {
    let line = reply.first_line()?;
    let (_, name) = line.rsplit_once(" as ")?;
    let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    ((1..=64).contains(&name.len()) && name.bytes().all(letter)).then(|| name.to_owned())
}
