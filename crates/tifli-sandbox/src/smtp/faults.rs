//! Scripted faults: which recipients meet which trouble, and how often.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// One line of the script, as `POST /faults` takes it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailFault {
    /// The one recipient it is for; for everybody when absent.
    pub to: Option<String>,
    /// Answers RCPT with this code: 550, 451 …
    pub code: Option<u16>,
    /// Breaks the connection after the last line of the letter instead of answering.
    pub cut: bool,
    /// With `cut`: the letter was taken all the same.
    pub takes: bool,
    /// Waits so long before it answers RCPT, in milliseconds.
    pub delay_ms: u64,
    /// How many times each recipient meets it; for ever when absent.
    pub times: Option<u32>,
}

/// The script in force.
#[derive(Default)]
pub(super) struct Script {
    lines: Mutex<Vec<Line>>,
}

struct Line {
    fault: MailFault,
    met: HashMap<String, u32>,
}

impl MailFault {
    /// Says in words what is wrong with a line, `None` when it can be played.
    #[must_use]
    pub fn find_fault(&self) -> Option<&'static str> {
        if self.code.is_some_and(|code| !(400..=599).contains(&code)) {
            Some("code lies between 400 and 599")
        } else if self.code.is_some() && self.cut {
            Some("give one trouble per line")
        } else if self.takes && !self.cut {
            Some("takes goes with cut")
        } else if self.code.is_none() && !self.cut && self.delay_ms == 0 {
            Some("the line does nothing")
        } else {
            None
        }
    }
}

impl Script {
    /// Puts a new script in place of the old one.
    pub(super) fn replace(&self, faults: Vec<MailFault>) {
        let line = |fault| Line {
            fault,
            met: HashMap::new(),
        };
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        *lines = faults.into_iter().map(line).collect();
    }

    /// The first line for this recipient that is not used up; using it counts.
    pub(super) fn meet(&self, to: &str) -> Option<MailFault> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter_mut().find_map(|line| line.meet(to))
    }
}

impl Line {
    fn meet(&mut self, to: &str) -> Option<MailFault> {
        if self.fault.to.as_deref().is_some_and(|only| only != to) {
            return None;
        }
        let met = self.met.entry(to.to_owned()).or_default();
        if self.fault.times.is_some_and(|times| *met >= times) {
            return None;
        }
        *met += 1;
        Some(self.fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_times_is_used_up_for_each_recipient_by_itself() {
        let script = Script::default();
        script.replace(vec![MailFault {
            code: Some(451),
            times: Some(1),
            ..MailFault::default()
        }]);
        assert!(script.meet("a@x").is_some());
        assert!(script.meet("a@x").is_none());
        assert!(script.meet("b@x").is_some());
    }

    #[test]
    fn a_line_that_cannot_be_played_says_why() {
        for text in [
            r#"{}"#,
            r#"{"code":250}"#,
            r#"{"code":550,"cut":true}"#,
            r#"{"takes":true,"delay_ms":1}"#,
        ] {
            let fault: MailFault = serde_json::from_str(text).unwrap();
            assert!(fault.find_fault().is_some(), "{text}");
        }
    }
}
