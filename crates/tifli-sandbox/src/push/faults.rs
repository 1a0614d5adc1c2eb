//! Scripted faults: which phones meet which trouble, and how often.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use serde::{Deserialize, Serialize};

/// One line of the script, as `POST /faults` takes it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FaultRule {
    /// The one subscriber it is for.
    pub n: Option<u32>,
    /// Or the share of all subscribers (0 to 1), chosen by their number, always the same ones.
    pub share: Option<f64>,
    /// Answers with this status.
    pub status: Option<u16>,
    /// Seconds for the Retry-After header that goes with `status`.
    pub retry_after: Option<u32>,
    /// How many times each subscriber meets it; for ever when absent.
    pub times: Option<u32>,
    /// Keeps the connection open and says nothing.
    pub never_answers: bool,
    /// Takes the message, answers 201 and closes in the middle of the answer's body.
    pub close_mid_body: bool,
    /// Closes without an answer.
    pub hang_up: bool,
    /// Answers with octets that are not HTTP.
    pub garbage: bool,
    /// The phone is off: messages wait, a newer one replaces the older of its topic.
    pub asleep: bool,
    /// With `never_answers`, `hang_up` or `garbage`: the message was queued all the same.
    pub takes: bool,
    /// Waits so long before it does anything, in milliseconds.
    pub delay_ms: u64,
}

/// The trouble one request meets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) delay_ms: u64,
    pub(super) takes: bool,
    pub(super) act: Act,
}

/// What the service does instead of its duty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Act {
    #[default]
    Nothing,
    Status {
        status: u16,
        retry_after: Option<u32>,
    },
    NeverAnswer,
    CloseMidBody,
    HangUp,
    Garbage,
    Asleep,
}

/// The script in force.
#[derive(Default)]
pub(super) struct Script {
    rules: RwLock<Arc<[Line]>>,
}

struct Line {
    rule: FaultRule,
    met: Mutex<HashMap<u32, u32>>,
}

impl FaultRule {
    /// Says in words what is wrong with a rule, `None` when it can be played.
    #[must_use]
    pub fn find_fault(&self) -> Option<&'static str> {
        let acts = [
            self.never_answers,
            self.close_mid_body,
            self.hang_up,
            self.garbage,
            self.asleep,
        ];
        let acts = acts.iter().filter(|act| **act).count() + usize::from(self.status.is_some());
        if self.n.is_some() == self.share.is_some() {
            Some("give either n or share")
        } else if self
            .share
            .is_some_and(|share| !(0.0..=1.0).contains(&share))
        {
            Some("share lies between 0 and 1")
        } else if self
            .status
            .is_some_and(|status| !(200..=599).contains(&status))
        {
            Some("status lies between 200 and 599")
        } else if acts > 1 {
            Some("give one trouble per rule")
        } else if acts == 0 && self.delay_ms == 0 {
            Some("the rule does nothing")
        } else {
            None
        }
    }

    fn is_for(&self, n: u32) -> bool {
        match (self.n, self.share) {
            (Some(only), _) => only == n,
            (None, Some(share)) => lot(n) < share,
            (None, None) => false,
        }
    }

    fn trouble(&self) -> Trouble {
        let act = match self.status {
            Some(status) => Act::Status {
                status,
                retry_after: self.retry_after,
            },
            None if self.never_answers => Act::NeverAnswer,
            None if self.close_mid_body => Act::CloseMidBody,
            None if self.hang_up => Act::HangUp,
            None if self.garbage => Act::Garbage,
            None if self.asleep => Act::Asleep,
            None => Act::Nothing,
        };
        Trouble {
            delay_ms: self.delay_ms,
            takes: self.takes,
            act,
        }
    }
}

impl Script {
    /// Puts a new script in place of the old one.
    pub(super) fn replace(&self, rules: Vec<FaultRule>) {
        let lines = rules
            .into_iter()
            .map(|rule| Line {
                rule,
                met: Mutex::default(),
            })
            .collect();
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = lines;
    }

    /// The first rule for this subscriber that is not used up; using it counts.
    pub(super) fn meet(&self, n: u32) -> Trouble {
        let rules = Arc::clone(&self.rules.read().unwrap_or_else(PoisonError::into_inner));
        let line = rules
            .iter()
            .find(|line| line.rule.is_for(n) && line.has_a_turn_for(n));
        line.map(|line| line.rule.trouble()).unwrap_or_default()
    }
}

impl Line {
    fn has_a_turn_for(&self, n: u32) -> bool {
        let Some(times) = self.rule.times else {
            return true;
        };
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let turns = met.entry(n).or_insert(0);
        let open = *turns < times;
        *turns += u32::from(open);
        open
    }
}

/// A number from 0 up to 1 that depends on the subscriber alone (the finalizer of SplitMix64).
fn lot(n: u32) -> f64 {
    let mut x = u64::from(n).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 31;
    (x >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(text: &str) -> Script {
        let rules: Vec<FaultRule> = serde_json::from_str(text).unwrap();
        assert!(rules.iter().all(|rule| rule.find_fault().is_none()));
        let script = Script::default();
        script.replace(rules);
        script
    }

    #[test]
    fn a_rule_with_times_is_used_up_for_each_phone_by_itself() {
        let script = script(r#"[{"share":1.0,"status":503,"retry_after":2,"times":1}]"#);
        let trouble = Act::Status {
            status: 503,
            retry_after: Some(2),
        };
        assert_eq!(script.meet(1).act, trouble);
        assert_eq!(script.meet(1).act, Act::Nothing);
        assert_eq!(script.meet(2).act, trouble);
    }

    #[test]
    fn a_share_meets_about_so_many_and_always_the_same() {
        let script = script(r#"[{"share":0.01,"status":410}]"#);
        let met: Vec<u32> = (0..100_000)
            .filter(|n| script.meet(*n).act != Act::Nothing)
            .collect();
        assert!((900..1100).contains(&met.len()), "{}", met.len());
        assert!(met.iter().all(|n| script.meet(*n).act != Act::Nothing));
    }

    #[test]
    fn a_rule_that_cannot_be_played_says_why() {
        for text in [
            r#"{"status":503}"#,
            r#"{"n":1,"share":0.5,"status":503}"#,
            r#"{"share":1.5,"status":503}"#,
            r#"{"n":1,"status":42}"#,
            r#"{"n":1,"status":503,"garbage":true}"#,
            r#"{"n":1}"#,
        ] {
            let rule: FaultRule = serde_json::from_str(text).unwrap();
            assert!(rule.find_fault().is_some(), "{text}");
        }
        assert!(serde_json::from_str::<FaultRule>(r#"{"n":1,"statu":503}"#).is_err());
    }
}
