//! Replies: a code, the code of RFC 3463 beside it, and one line or several.

use crate::faults::Trouble;

/// One reply; every line has the same codes (RFC 5321 4.2.1, RFC 2034).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    code: u16,
    status: String,
    lines: Vec<String>,
}

impl Reply {
    /// A reply with an enhanced status code.
    pub(super) fn new(code: u16, status: &str, line: &str) -> Self {
        Self {
            code,
            status: format!("{status} "),
            lines: vec![line.to_owned()],
        }
    }

    /// A reply that has none: the greeting, the answer to EHLO, the go-ahead.
    pub(super) fn plain(code: u16, line: &str) -> Self {
        Self {
            code,
            status: String::new(),
            lines: vec![line.to_owned()],
        }
    }

    /// One line more.
    pub(super) fn and(mut self, line: &str) -> Self {
        self.lines.push(line.to_owned());
        self
    }

    /// The letter is too long.
    pub(super) fn too_long() -> Self {
        Self::new(552, "5.3.4", "the letter is too long for this house")
    }

    pub(super) fn code(&self) -> u16 {
        self.code
    }

    /// How a trouble is said, in two lines as the large houses do; `None` for one that is not said
    /// but done.
    pub(super) fn find(trouble: &Trouble) -> Option<Self> {
        let (code, status, line) = match trouble {
            Trouble::Throttle { .. } => (451, "4.7.1", "too many letters, come back later"),
            Trouble::Transient => (452, "4.3.1", "no room at this moment"),
            Trouble::Permanent => (550, "5.1.1", "there is no such mailbox"),
            Trouble::Gone => (550, "5.1.6", "the mailbox has moved, nobody knows where"),
            Trouble::Redirect { to } => {
                let line = format!("not here, please try <{to}>");
                return Some(Self::new(551, "5.1.6", &line).and("scripted"));
            }
            Trouble::Code { code, .. } => (*code, status_of(*code), "refused"),
            Trouble::HangUp
            | Trouble::NeverAnswers
            | Trouble::CloseMidBody
            | Trouble::Garbage
            | Trouble::Lies
            | Trouble::Asleep => return None,
        };
        Some(Self::new(code, status, line).and("scripted"))
    }

    /// The reply as it goes over the wire.
    pub(super) fn render(&self) -> String {
        let last = self.lines.len().saturating_sub(1);
        let line = |(n, text): (usize, &String)| {
            let mark = if n == last { ' ' } else { '-' };
            format!("{}{mark}{}{text}\r\n", self.code, self.status)
        };
        self.lines.iter().enumerate().map(line).collect()
    }
}

/// The usual companion of a code (RFC 3463).
fn status_of(code: u16) -> &'static str {
    match code {
        421 => "4.3.2",
        450 => "4.2.1",
        451 => "4.7.1",
        452 => "4.2.2",
        400..=499 => "4.0.0",
        550 => "5.1.1",
        551 => "5.1.6",
        552 => "5.2.2",
        553 => "5.1.3",
        554 => "5.7.1",
        _ => "5.0.0",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_but_the_last_is_marked_as_going_on() {
        let reply = Reply::new(550, "5.1.1", "nobody").and("of that name");
        assert_eq!(
            reply.render(),
            "550-5.1.1 nobody\r\n550 5.1.1 of that name\r\n"
        );
        assert_eq!(Reply::plain(354, "go on").render(), "354 go on\r\n");
    }
}
