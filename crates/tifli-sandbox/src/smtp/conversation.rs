//! One conversation: greeting, envelope, letter, until the caller leaves or the script breaks it off.

use std::io;

use tokio::net::TcpStream;

use super::ledger::Arrival;
use super::reply::Reply;
use super::rules::Declared;
use super::server::Shared;
use super::wire::Wire;
use crate::faults::{Fate, Trouble};

/// What was said of the next letter.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
    declared: Declared,
    fate: Fate,
}

/// What follows one command.
enum Next {
    Say(Reply),
    Letter,
    Leave,
}

/// Whether the conversation goes on.
enum After {
    GoOn,
    End,
}

/// Speaks with one caller.
pub(super) async fn converse(stream: TcpStream, shared: &Shared) -> io::Result<()> {
    let mut wire = Wire::new(stream);
    let greeting = Reply::plain(220, "sandbox.tifli.invalid ESMTP").and("a stand-in");
    wire.say(&greeting).await?;
    let mut envelope = Envelope::default();
    while let Some(line) = wire.command().await? {
        match answer(&line, &mut envelope, shared).await {
            Next::Say(reply) => {
                if reply.code() >= 400 {
                    shared.ledger.refuse(reply.code());
                }
                wire.say(&reply).await?;
            }
            Next::Leave => return wire.say(&Reply::new(221, "2.0.0", "bye")).await,
            Next::Letter => {
                let envelope = std::mem::take(&mut envelope);
                if let After::End = letter(&mut wire, envelope, shared).await? {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

async fn answer(line: &str, envelope: &mut Envelope, shared: &Shared) -> Next {
    let upper = line.to_ascii_uppercase();
    let verb = upper.split_whitespace().next().unwrap_or_default();
    Next::Say(match verb {
        "EHLO" => {
            *envelope = Envelope::default();
            shared.rules().offer()
        }
        "HELO" => Reply::plain(250, "sandbox.tifli.invalid"),
        "NOOP" => Reply::new(250, "2.0.0", "here"),
        "RSET" => {
            *envelope = Envelope::default();
            Reply::new(250, "2.0.0", "forgotten")
        }
        "QUIT" => return Next::Leave,
        "MAIL" if envelope.from.is_some() => Reply::new(503, "5.5.1", "one letter at a time"),
        "MAIL" => match path(line, "FROM:") {
            Some((from, parameters)) => sender((from, parameters), envelope, shared),
            None => Reply::new(501, "5.5.2", "MAIL FROM:<address>"),
        },
        "RCPT" if envelope.from.is_none() => Reply::new(503, "5.5.1", "MAIL comes first"),
        "RCPT" => match path(line, "TO:") {
            Some((to, "")) => recipient(to, envelope, shared).await,
            Some(_) => Reply::new(555, "5.5.4", "no such parameter here"),
            None => Reply::new(501, "5.5.2", "RCPT TO:<address>"),
        },
        "DATA" if envelope.to.is_empty() => Reply::new(503, "5.5.1", "RCPT comes first"),
        "DATA" => return Next::Letter,
        _ => Reply::new(502, "5.5.1", "not here"),
    })
}

fn sender((from, parameters): (&str, &str), envelope: &mut Envelope, shared: &Shared) -> Reply {
    let rules = shared.rules();
    let declared = match rules.declare(parameters) {
        Ok(declared) => declared,
        Err(refusal) => return refusal,
    };
    // A bounce has no sender (RFC 5321 4.5.5).
    if !from.is_empty()
        && let Err(refusal) = rules.check_address(from, declared)
    {
        return refusal;
    }
    *envelope = Envelope {
        from: Some(from.to_owned()),
        declared,
        ..Envelope::default()
    };
    Reply::new(250, "2.1.0", "from whom")
}

async fn recipient(to: &str, envelope: &mut Envelope, shared: &Shared) -> Reply {
    let rules = shared.rules();
    if let Err(refusal) = rules.check_address(to, envelope.declared) {
        return refusal;
    }
    let from = envelope.from.as_deref().unwrap_or_default();
    if let Some(wait_ms) = rules.greylist_ms
        && !shared.greylist.knows((from, to), wait_ms, shared.now_ms())
    {
        let grey = Reply::new(451, "4.7.1", "greylisted, come back later");
        return grey.and("see RFC 6647");
    }
    let fate = shared.script.meet(to);
    if !is_late(&fate) {
        fate.wait().await;
        if let Some(reply) = fate.trouble.as_ref().and_then(Reply::find) {
            return reply;
        }
    } else if envelope.fate == Fate::default() {
        envelope.fate = fate;
    }
    envelope.to.push(to.to_owned());
    Reply::new(250, "2.1.5", "to whom")
}

/// Whether a fate waits until the letter is here.
fn is_late(fate: &Fate) -> bool {
    let said = |trouble| Reply::find(trouble).is_some();
    fate.after_letter || fate.trouble.as_ref().is_some_and(|trouble| !said(trouble))
}

/// Takes the letter and answers it, by the fate of its recipients.
async fn letter(wire: &mut Wire, envelope: Envelope, shared: &Shared) -> io::Result<After> {
    wire.say(&Reply::plain(354, "go on, a dot ends it")).await?;
    let Some(letter) = wire.letter(shared.rules().longest).await? else {
        return Ok(After::End);
    };
    let Envelope {
        from,
        to,
        declared,
        fate,
    } = envelope;
    let raw = match letter.and_then(|raw| check_octets(raw, declared)) {
        Ok(raw) => raw,
        Err(refusal) => {
            shared.ledger.refuse(refusal.code());
            wire.say(&refusal).await?;
            return Ok(After::GoOn);
        }
    };
    fate.wait().await;
    let done = matches!(fate.trouble, None | Some(Trouble::CloseMidBody));
    if done || fate.takes {
        shared.ledger.record(Arrival {
            from: from.unwrap_or_default(),
            to,
            declared,
            raw: String::from_utf8_lossy(&raw).into_owned(),
            at_ms: shared.now_ms(),
        });
    }
    after_letter(wire, &fate, shared).await
}

/// What is said or done once the letter is here.
async fn after_letter(wire: &mut Wire, fate: &Fate, shared: &Shared) -> io::Result<After> {
    let Some(trouble) = &fate.trouble else {
        wire.say(&Reply::new(250, "2.0.0", "taken")).await?;
        return Ok(After::GoOn);
    };
    if let Some(refusal) = Reply::find(trouble) {
        shared.ledger.refuse(refusal.code());
        wire.say(&refusal).await?;
        return Ok(After::GoOn);
    }
    match trouble {
        Trouble::Lies => {
            let lie = Reply::new(250, "5.7.1", "error: the letter is rejected as spam");
            wire.say(&lie.and("and was not stored")).await?;
            return Ok(After::GoOn);
        }
        Trouble::Garbage => wire.write(b"\x16\x03\x01 this is no reply\r\n").await?,
        Trouble::CloseMidBody => wire.write(b"250 2.0").await?,
        // Until the house closes: that ends the conversation from outside.
        Trouble::NeverAnswers => std::future::pending().await,
        _ => {}
    }
    Ok(After::End)
}

/// Octets above 127 must have been announced (RFC 6152, RFC 6531).
fn check_octets(raw: Vec<u8>, declared: Declared) -> Result<Vec<u8>, Reply> {
    if raw.is_ascii() || declared.eight_bit || declared.smtputf8 {
        return Ok(raw);
    }
    Err(Reply::new(
        554,
        "5.6.1",
        "8-bit octets that BODY did not announce",
    ))
}

/// The address of `MAIL FROM:<a@b> …`, and what follows it.
fn path<'a>(line: &'a str, after: &str) -> Option<(&'a str, &'a str)> {
    let place = line.to_ascii_uppercase().find(after)? + after.len();
    let rest = line.get(place..)?.trim_start().strip_prefix('<')?;
    let (address, parameters) = rest.split_once('>')?;
    Some((address, parameters.trim()))
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn an_address_is_read_from_its_brackets() {
        assert_eq!(
            path("mail from:<a@b> BODY=8BITMIME", "FROM:"),
            Some(("a@b", "BODY=8BITMIME"))
        );
        assert_eq!(path("RCPT TO: <c@d>", "TO:"), Some(("c@d", "")));
        assert_eq!(path("MAIL FROM:<>", "FROM:"), Some(("", "")));
        assert_eq!(path("RCPT TO:c@d", "TO:"), None);
    }
}
