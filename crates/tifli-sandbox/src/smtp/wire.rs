//! The wire of one conversation: lines in, replies out, a letter up to its dot.

use std::io;

use tokio::io::{
    AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, ReadHalf, WriteHalf, split,
};
use tokio::net::TcpStream;

use super::reply::Reply;

/// The longest line of a letter, in octets with its end (RFC 5321 4.5.3.1.6).
const LONGEST_TEXT_LINE: usize = 1_000;
/// Where the server stops reading a line, in octets.
const LONGEST_LINE: u64 = 65_536;
/// Where the server stops reading a letter that is too long anyway, in octets.
const PATIENCE: usize = 67_108_864;

/// The two ends of the wire.
pub(super) struct Wire {
    lines: BufReader<ReadHalf<TcpStream>>,
    out: WriteHalf<TcpStream>,
}

/// A letter as it came, or why it cannot be taken.
pub(super) type Letter = Result<Vec<u8>, Reply>;

impl Wire {
    pub(super) fn new(stream: TcpStream) -> Self {
        let (read, out) = split(stream);
        Self {
            lines: BufReader::new(read),
            out,
        }
    }

    pub(super) async fn say(&mut self, reply: &Reply) -> io::Result<()> {
        self.write(reply.render().as_bytes()).await
    }

    /// Octets as they are, be they a reply or not.
    pub(super) async fn write(&mut self, octets: &[u8]) -> io::Result<()> {
        self.out.write_all(octets).await?;
        self.out.flush().await
    }

    /// The next command without its end; `None` when the caller has gone.
    pub(super) async fn command(&mut self) -> io::Result<Option<String>> {
        let line = self.line().await?;
        Ok(line.map(|line| {
            let text = String::from_utf8_lossy(&line);
            text.trim_end_matches(['\r', '\n']).to_owned()
        }))
    }

    /// The letter up to its dot, doubled dots undone; `None` when the caller has gone.
    pub(super) async fn letter(&mut self, longest: usize) -> io::Result<Option<Letter>> {
        let (mut raw, mut wrong, mut read) = (Vec::new(), None, 0_usize);
        while let Some(line) = self.line().await? {
            if line == b".\r\n" {
                return Ok(Some(wrong.map_or(Ok(raw), Err)));
            }
            let undotted = line.strip_prefix(b".").unwrap_or(&line);
            read += undotted.len();
            if read > PATIENCE {
                return Ok(None);
            }
            if let Some(reply) = find_wrong(&line, longest.checked_sub(read)) {
                wrong.get_or_insert(reply);
                raw.clear();
            }
            if wrong.is_none() {
                raw.extend_from_slice(undotted);
            }
        }
        Ok(None)
    }

    /// The next line with its end; `None` when the caller has gone or does not end it.
    async fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let mut limited = (&mut self.lines).take(LONGEST_LINE);
        limited.read_until(b'\n', &mut bytes).await?;
        Ok(bytes.ends_with(b"\n").then_some(bytes))
    }
}

/// What is wrong with a line of a letter; no `room` is left once the letter is too long.
fn find_wrong(line: &[u8], room: Option<usize>) -> Option<Reply> {
    if room.is_none() {
        Some(Reply::too_long())
    } else if line.len() > LONGEST_TEXT_LINE {
        Some(Reply::new(554, "5.6.0", "a line of the letter is too long"))
    } else if !line.ends_with(b"\r\n") {
        Some(Reply::new(
            554,
            "5.6.0",
            "a line of the letter ends without CR",
        ))
    } else {
        None
    }
}
