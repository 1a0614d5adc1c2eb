//! The terminal of whoever started the program: plain lines, progress, and JSON lines for other
//! programs. Not for logs.

use std::io::{IsTerminal as _, Write as _, stderr, stdout};

/// Says a line on standard output. Nobody listening is no failure.
pub fn say(line: &str) {
    drop(writeln!(stdout().lock(), "{line}"));
}

/// Says a line on standard error.
pub fn warn(line: &str) {
    drop(writeln!(stderr().lock(), "{line}"));
}

/// A long preparation, shown on standard error: one line that grows on a terminal, a few lines in a file.
pub struct Progress {
    what: &'static str,
    total: u64,
    shown: u64,
    alive: bool,
}

impl Progress {
    /// Begins with nothing done of `total`.
    pub fn new(what: &'static str, total: u64) -> Self {
        let alive = stderr().is_terminal();
        Self {
            what,
            total,
            shown: 0,
            alive,
        }
    }

    /// `done` of the total are done.
    pub fn at(&mut self, done: u64) {
        let tenths = self.share(done, 10);
        let line = self.line(done);
        if self.alive {
            drop(write!(stderr().lock(), "\r{line}"));
            if done >= self.total {
                warn("");
            }
        } else if tenths > self.shown || done >= self.total {
            self.shown = tenths;
            warn(&line);
        }
    }

    fn line(&self, done: u64) -> String {
        let filled = usize::try_from(self.share(done, 20)).unwrap_or(20);
        let bar: String = "#".repeat(filled) + &"·".repeat(20 - filled);
        format!("  {bar} {done} of {} {}", self.total, self.what)
    }

    /// How many of `parts` are done.
    fn share(&self, done: u64, parts: u64) -> u64 {
        (done * parts)
            .checked_div(self.total)
            .unwrap_or(parts)
            .min(parts)
    }
}
