//! One JSON line a step and one of totals: for a person who watches and a program that judges.

use std::time::Instant;

use serde::Serialize;

use super::client::Check;
use crate::terminal::say;

/// One step.
#[derive(Serialize)]
struct Line<'l> {
    step: &'l str,
    checked: &'l str,
    ms: u64,
    goal_ms: Option<u64>,
    /// Within the goal; `null` without a goal, false when a check failed.
    met: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wrong: Option<String>,
}

/// What the whole case came to.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Totals {
    /// Subscribers inside the area, by an independent count.
    pub inside: u64,
    /// Phones that the first version reached.
    pub pushed: u64,
    /// Messages that phones could open.
    pub opened_by_partner: u64,
    /// Phones outside of the area that got anything.
    pub outside_pushed: u64,
    /// Phones that got any version.
    pub handed: u64,
    /// Of those, phones that were told of the end.
    pub told_of_end: u64,
    /// Messages that came more than once.
    pub repeats: u64,
    /// From sending the approval to the first phone.
    pub approval_to_first_push_ms: i64,
    /// From sending the approval to the last phone.
    pub approval_to_last_push_ms: i64,
    /// From the answer to the end to the last arrival of an earlier version; 0 if none came after it.
    pub cancel_to_last_old_send_ms: i64,
    /// From the end to the last channel's report.
    pub time_to_dark_ms: i64,
    /// Promises that were not kept.
    pub failed_checks: u32,
}

/// The last line.
#[derive(Serialize)]
struct Last<'t> {
    totals: &'t Totals,
}

/// What a step found.
pub struct Found {
    /// What was checked.
    pub checked: String,
    /// How long what matters took, if not the whole step.
    pub ms: Option<u64>,
}

impl From<String> for Found {
    fn from(checked: String) -> Self {
        Self { checked, ms: None }
    }
}

impl From<&str> for Found {
    fn from(checked: &str) -> Self {
        checked.to_owned().into()
    }
}

/// Times steps and says what came of them.
pub struct Report {
    failed: u32,
}

impl Report {
    /// A report with nothing in it.
    pub fn new() -> Self {
        Self { failed: 0 }
    }

    /// Begins to time a step.
    #[expect(
        clippy::disallowed_methods,
        reason = "how long a step takes is what is being measured"
    )]
    pub fn begin(&self) -> Instant {
        Instant::now()
    }

    /// Says what came of a step.
    pub fn end(
        &mut self,
        name: &str,
        begun: Instant,
        (goal_ms, found): (Option<u64>, Check<Found>),
    ) {
        let whole = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let line = match &found {
            Ok(found) => {
                let ms = found.ms.unwrap_or(whole);
                let met = goal_ms.map(|goal| ms <= goal);
                Line {
                    step: name,
                    checked: &found.checked,
                    ms,
                    goal_ms,
                    met,
                    wrong: None,
                }
            }
            Err(wrong) => {
                self.failed += 1;
                let wrong = Some(wrong.to_string());
                Line {
                    step: name,
                    checked: "",
                    ms: whole,
                    goal_ms,
                    met: Some(false),
                    wrong,
                }
            }
        };
        say_json(&line);
    }

    /// Says the totals; gives how many checks failed.
    pub fn close(self, mut totals: Totals) -> u32 {
        totals.failed_checks = self.failed;
        say_json(&Last { totals: &totals });
        self.failed
    }
}

fn say_json(line: &impl Serialize) {
    say(&serde_json::to_string(line).expect("numbers and text always become JSON"));
}
