//! What the program says when it gives up: one sentence for whoever started it, and an exit code.
//! Not for failures of requests; those are the application's errors.

use std::error::Error;
use std::fmt;
use std::process::ExitCode;

/// The result of a command.
pub type Done<T = ()> = Result<T, Failure>;

/// Why a command ended early, in words.
#[derive(Debug)]
pub struct Failure {
    sentence: String,
}

impl Failure {
    /// A failure with these words.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
        }
    }

    /// What could not be done, and the chain of reasons.
    pub fn because(what: impl fmt::Display, reason: &(dyn Error + 'static)) -> Self {
        let mut sentence = format!("{what}: {reason}");
        let mut next = reason.source();
        while let Some(deeper) = next {
            let words = deeper.to_string();
            if !sentence.ends_with(&words) {
                sentence.push_str(": ");
                sentence.push_str(&words);
            }
            next = deeper.source();
        }
        Self { sentence }
    }

    /// The exit code of a command that failed.
    pub fn code(&self) -> ExitCode {
        ExitCode::FAILURE
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

/// Turns an error into a [`Failure`] that says what was being done.
pub trait Trying<T> {
    /// Says what was being tried.
    fn trying(self, what: impl fmt::Display) -> Done<T>;
}

impl<T, E: Error + 'static> Trying<T> for Result<T, E> {
    fn trying(self, what: impl fmt::Display) -> Done<T> {
        self.map_err(|error| Failure::because(what, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_what_was_tried_and_why_it_failed() {
        let read = std::fs::read("/nonexistent/key").trying("reading the key");
        let words = read.unwrap_err().to_string();
        assert!(
            words.starts_with("reading the key: No such file"),
            "{words}"
        );
    }
}
