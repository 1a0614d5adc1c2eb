//! One conversation: greeting, envelope, letter, until the caller leaves or the script breaks it off.

use std::io;
use std::time::Duration;

use tokio::io::{
    AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, ReadHalf, WriteHalf, split,
};
use tokio::net::TcpStream;

use super::faults::MailFault;
use super::server::Shared;

/// The longest line taken, in octets (RFC 5321, 4.5.3.1.6, and some more).
const LONGEST_LINE: u64 = 4_096;
/// The longest letter taken, in octets.
const LONGEST_LETTER: usize = 1_048_576;

/// The two ends of the wire.
struct Wire {
    lines: BufReader<ReadHalf<TcpStream>>,
    out: WriteHalf<TcpStream>,
}

/// What was said of the next letter.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
    cut: Option<MailFault>,
}

/// What follows one command.
enum Next {
    Say(&'static str),
    Code(u16),
    Letter,
    Leave,
}

/// Speaks with one caller.
pub(super) async fn converse(stream: TcpStream, shared: &Shared) -> io::Result<()> {
    let (read, out) = split(stream);
    let mut wire = Wire {
        lines: BufReader::new(read),
        out,
    };
    wire.say("220 sandbox.tifli.invalid ESMTP a stand-in")
        .await?;
    let mut envelope = Envelope::default();
    while let Some(line) = wire.line().await? {
        match answer(&line, &mut envelope, shared).await {
            Next::Say(words) => wire.say(words).await?,
            Next::Code(code) => wire.say(&format!("{code} scripted")).await?,
            Next::Leave => return wire.say("221 bye").await,
            Next::Letter => {
                wire.say("354 go on, a dot ends it").await?;
                let Some(raw) = wire.letter().await? else {
                    return Ok(());
                };
                let envelope = std::mem::take(&mut envelope);
                let from = envelope.from.unwrap_or_default();
                let taken = envelope.cut.as_ref().is_none_or(|cut| cut.takes);
                if taken {
                    shared
                        .ledger
                        .record((&from, &envelope.to), &raw, shared.now_ms());
                }
                if envelope.cut.is_some() {
                    return Ok(());
                }
                wire.say("250 taken").await?;
            }
        }
    }
    Ok(())
}

async fn answer(line: &str, envelope: &mut Envelope, shared: &Shared) -> Next {
    let upper = line.to_ascii_uppercase();
    let verb = upper.split_whitespace().next().unwrap_or_default();
    match verb {
        "EHLO" => Next::Say("250-sandbox.tifli.invalid\r\n250-8BITMIME\r\n250 SIZE 1048576"),
        "HELO" | "NOOP" => Next::Say("250 here"),
        "RSET" => {
            *envelope = Envelope::default();
            Next::Say("250 forgotten")
        }
        "QUIT" => Next::Leave,
        "MAIL" => match path(line, "FROM:") {
            Some(from) => {
                *envelope = Envelope {
                    from: Some(from),
                    ..Envelope::default()
                };
                Next::Say("250 from whom")
            }
            None => Next::Say("501 MAIL FROM:<address>"),
        },
        "RCPT" if envelope.from.is_none() => Next::Say("503 MAIL comes first"),
        "RCPT" => match path(line, "TO:") {
            Some(to) => recipient(to, envelope, shared).await,
            None => Next::Say("501 RCPT TO:<address>"),
        },
        "DATA" if envelope.to.is_empty() => Next::Say("503 RCPT comes first"),
        "DATA" => Next::Letter,
        _ => Next::Say("502 not here"),
    }
}

async fn recipient(to: String, envelope: &mut Envelope, shared: &Shared) -> Next {
    let Some(fault) = shared.script.meet(&to) else {
        envelope.to.push(to);
        return Next::Say("250 to whom");
    };
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    if let Some(code) = fault.code {
        return Next::Code(code);
    }
    envelope.to.push(to);
    envelope.cut = fault.cut.then_some(fault);
    Next::Say("250 to whom")
}

/// The address of `MAIL FROM:<a@b> …`.
fn path(line: &str, after: &str) -> Option<String> {
    let place = line.to_ascii_uppercase().find(after)? + after.len();
    let rest = line.get(place..)?.trim_start().strip_prefix('<')?;
    rest.split_once('>').map(|(address, _)| address.to_owned())
}

impl Wire {
    async fn say(&mut self, words: &str) -> io::Result<()> {
        self.out.write_all(format!("{words}\r\n").as_bytes()).await
    }

    /// The next line without its end; `None` when the caller has gone.
    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut bytes = Vec::new();
        let mut limited = (&mut self.lines).take(LONGEST_LINE);
        limited.read_until(b'\n', &mut bytes).await?;
        if !bytes.ends_with(b"\n") {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&bytes);
        Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// The letter up to its dot, doubled dots undone; `None` when the caller has gone.
    async fn letter(&mut self) -> io::Result<Option<String>> {
        let mut raw = String::new();
        while let Some(line) = self.line().await? {
            if line == "." {
                return Ok(Some(raw));
            }
            if raw.len() > LONGEST_LETTER {
                return Ok(None);
            }
            raw.push_str(line.strip_prefix('.').unwrap_or(&line));
            raw.push_str("\r\n");
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn an_address_is_read_from_its_brackets() {
        assert_eq!(
            path("mail from:<a@b> BODY=8BITMIME", "FROM:").as_deref(),
            Some("a@b")
        );
        assert_eq!(path("RCPT TO: <c@d>", "TO:").as_deref(), Some("c@d"));
        assert_eq!(path("RCPT TO:c@d", "TO:"), None);
    }
}
