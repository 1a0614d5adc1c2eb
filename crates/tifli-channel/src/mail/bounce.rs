//! Reads a bounce: a delivery status notification (RFC 3464) that came back to our envelope sender.
//!
//! Only the token, the action and the status are kept; the rest of it is a stranger's text. Not for:
//! out-of-office notices and other letters, which are no bounces.

use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders, PartType};

/// The longest bounce that is read, in octets.
const LONGEST: usize = 1024 * 1024;

/// What a bounce says of one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// The token of the letter that came back.
    pub token: String,
    /// What was done with it.
    pub action: Action,
    /// The enhanced status: class, subject, detail.
    pub status: (u16, u16, u16),
    /// It failed for good (action failed, status 5.x.x).
    pub permanent: bool,
}

/// RFC 3464, 2.3.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It was handed to something that sends no notifications.
    Relayed,
    /// It was delivered to several addresses behind this one.
    Expanded,
    /// It arrived.
    Delivered,
    /// It waits; more tries follow.
    Delayed,
    /// It could not be delivered.
    Failed,
}

impl Bounce {
    /// Whether the address does not exist (5.1.x, but for a sender that is refused): one of these
    /// retires it, while several of the other permanent ones are needed.
    #[must_use]
    pub fn is_bad_address(&self) -> bool {
        self.permanent && self.status.1 == 1 && !matches!(self.status.2, 7 | 8)
    }
}

/// Reads a bounce; `None` for everything that is none, or that has no token of ours.
///
/// The token is what stands behind the last plus of the address it came back to, as
/// [`super::AlertMailer`] puts it there: in the notification's own head or, where a gateway rewrote
/// that, in the head of the letter it returns.
#[must_use]
pub fn parse(bytes: &[u8]) -> Option<Bounce> {
    if bytes.len() > LONGEST {
        return None;
    }
    let message = MessageParser::default().parse(bytes)?;
    let (action, status) = worst_report(&message)?;
    let token = find_token(&message)?;
    Some(Bounce {
        token,
        action,
        status,
        permanent: action == Action::Failed && status.0 == 5,
    })
}

/// The token of a letter that its recipient called unwanted (RFC 5965); `None` for everything that is
/// no such complaint, or that has no token of ours.
#[must_use]
pub fn parse_complaint(bytes: &[u8]) -> Option<String> {
    if bytes.len() > LONGEST {
        return None;
    }
    let message = MessageParser::default().parse(bytes)?;
    let fields = part_text(&message, &["feedback-report"])?;
    let kind = field(&fields, "feedback-type")?;
    if kind.eq_ignore_ascii_case("not-spam") {
        return None;
    }
    let sender = field(&fields, "original-mail-from").and_then(address_token);
    sender.or_else(|| find_token(&message))
}

/// The worst of the reports for the recipients it names (ours have one each).
fn worst_report(message: &Message<'_>) -> Option<(Action, (u16, u16, u16))> {
    let text = part_text(message, &["delivery-status", "global-delivery-status"])?;
    text.split("\n\n").filter_map(read_report).max()
}

/// The text of the part of type `message/` with one of these subtypes.
fn part_text(message: &Message<'_>, subtypes: &[&str]) -> Option<String> {
    let part = message.parts.iter().find(|part| {
        part.content_type().is_some_and(|kind| {
            let named = |sub: &str| subtypes.iter().any(|one| sub.eq_ignore_ascii_case(one));
            kind.ctype().eq_ignore_ascii_case("message") && kind.subtype().is_some_and(named)
        })
    })?;
    let text = match &part.body {
        PartType::Text(text) => text.to_string(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        _ => return None,
    };
    Some(text.replace("\r\n", "\n"))
}

fn read_report(fields: &str) -> Option<(Action, (u16, u16, u16))> {
    let action = read_action(field(fields, "action")?)?;
    let status = read_status(field(fields, "status")?)?;
    Some((action, status))
}

fn field<'a>(fields: &'a str, name: &str) -> Option<&'a str> {
    fields.lines().find_map(|line| {
        let (held, value) = line.split_once(':')?;
        held.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn read_action(text: &str) -> Option<Action> {
    let word = text.split([' ', '(']).next()?.to_ascii_lowercase();
    Some(match word.as_str() {
        "failed" => Action::Failed,
        "delayed" => Action::Delayed,
        "delivered" => Action::Delivered,
        "relayed" => Action::Relayed,
        "expanded" => Action::Expanded,
        _ => return None,
    })
}

fn read_status(text: &str) -> Option<(u16, u16, u16)> {
    let word = text.split([' ', '(', ';']).next()?;
    let mut numbers = word.split('.').map(str::parse::<u16>);
    let mut next = || numbers.next()?.ok();
    let status = (next()?, next()?, next()?);
    matches!(status.0, 2 | 4 | 5).then_some(status)
}

fn find_token(message: &Message<'_>) -> Option<String> {
    let heads = ["To", "Delivered-To", "X-Original-To", "Envelope-To"];
    let own = heads.iter().find_map(|name| header_token(message, name));
    own.or_else(|| {
        message.parts.iter().find_map(|part| match &part.body {
            PartType::Message(letter) => header_token(letter, "Return-Path"),
            PartType::Text(text) => text_token(text),
            _ => None,
        })
    })
}

fn header_token(message: &Message<'_>, name: &str) -> Option<String> {
    let raw = message.header_raw(name)?;
    let parsed = message.header(name).and_then(|value| match value {
        HeaderValue::Address(address) => address.first()?.address().map(str::to_owned),
        HeaderValue::Text(text) => Some(text.to_string()),
        _ => None,
    });
    address_token(parsed.as_deref().unwrap_or(raw))
}

/// A returned head may come as text (text/rfc822-headers).
fn text_token(text: &str) -> Option<String> {
    field(text, "return-path").and_then(address_token)
}

fn address_token(address: &str) -> Option<String> {
    let address = address.trim().trim_matches(['<', '>', ' ']);
    let (user, _) = address.rsplit_once('@')?;
    let (_, token) = user.rsplit_once('+')?;
    let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    ((1..=40).contains(&token.len()) && token.bytes().all(letter)).then(|| token.to_owned())
}
