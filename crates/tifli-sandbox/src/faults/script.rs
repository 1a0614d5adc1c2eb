//! The script in force: which call meets which trouble.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use super::{Fault, Trouble};

/// What one call meets; nothing but its duty by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fate {
    pub(crate) delay_ms: u64,
    /// What was given is taken although the answer does not say so.
    pub(crate) takes: bool,
    /// In mail: a refusal comes after the letter.
    pub(crate) after_letter: bool,
    pub(crate) trouble: Option<Trouble>,
}

/// The faults in force, in order.
#[derive(Default)]
pub(crate) struct Script {
    lines: RwLock<Arc<[Line]>>,
}

struct Line {
    fault: Fault,
    met: Mutex<Met>,
}

/// Who met a fault so far.
#[derive(Default)]
struct Met {
    all: u32,
    each: HashMap<String, u32>,
}

impl Fate {
    /// Waits as long as the script says.
    pub(crate) async fn wait(&self) {
        if self.delay_ms > 0 {
            tokio::time::sleep(Duration::from_millis(self.delay_ms)).await;
        }
    }
}

impl Script {
    /// Puts a new script in place of the old one.
    pub(crate) fn replace(&self, faults: Vec<Fault>) {
        let line = |fault| Line {
            fault,
            met: Mutex::default(),
        };
        let lines = faults.into_iter().map(line).collect();
        *self.lines.write().unwrap_or_else(PoisonError::into_inner) = lines;
    }

    /// The faults in force, used up or not.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        let lines = self.lines();
        lines.iter().map(|line| line.fault.clone()).collect()
    }

    /// The first fault for this addressee that is not used up; using it counts.
    pub(crate) fn meet(&self, to: &str) -> Fate {
        let lines = self.lines();
        let line = lines
            .iter()
            .find(|line| line.fault.is_for(to) && line.has_a_turn_for(to));
        line.map(|line| line.fault.fate()).unwrap_or_default()
    }

    fn lines(&self) -> Arc<[Line]> {
        Arc::clone(&self.lines.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Line {
    fn has_a_turn_for(&self, to: &str) -> bool {
        let Fault { times, next, .. } = self.fault;
        if times.is_none() && next.is_none() {
            return true;
        }
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let each = met.each.get(to).copied().unwrap_or(0);
        let over = |turns: u32, most: Option<u32>| most.is_some_and(|most| turns >= most);
        if over(each, times) || over(met.all, next) {
            return false;
        }
        met.all += 1;
        if times.is_some() {
            met.each.insert(to.to_owned(), each + 1);
        }
        true
    }
}

impl Fault {
    fn is_for(&self, to: &str) -> bool {
        match (&self.to, self.share) {
            (Some(only), _) => only == to,
            (None, Some(share)) => lot(to) < share,
            (None, None) => true,
        }
    }

    fn fate(&self) -> Fate {
        Fate {
            delay_ms: self.delay_ms,
            takes: self.takes,
            after_letter: self.after_letter,
            trouble: self.trouble.clone(),
        }
    }
}

/// A number from 0 up to 1 that depends on the addressee alone (FNV-1a, then the finalizer of
/// SplitMix64).
fn lot(to: &str) -> f64 {
    let fold = |x: u64, byte: u8| (x ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut x = to.bytes().fold(0xcbf2_9ce4_8422_2325, fold);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 31;
    (x >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(faults: impl Into<Vec<Fault>>) -> Script {
        let script = Script::default();
        script.replace(faults.into());
        script
    }

    fn meets(script: &Script, to: &str) -> bool {
        script.meet(to) != Fate::default()
    }

    #[test]
    fn a_fault_with_times_is_used_up_for_each_addressee_by_itself() {
        let script = script([Fault::throttle(2).times(1)]);
        assert_eq!(
            script.meet("a@x").trouble,
            Some(Trouble::Throttle { retry_after: 2 })
        );
        assert!(!meets(&script, "a@x"));
        assert!(meets(&script, "b@x"));
    }

    #[test]
    fn a_fault_for_the_next_calls_is_used_up_by_whoever_calls() {
        let script = script([Fault::transient().next(2)]);
        assert!(meets(&script, "a") && meets(&script, "b"));
        assert!(!meets(&script, "a") && !meets(&script, "c"));
    }

    #[test]
    fn a_fault_without_a_number_stays_until_another_script() {
        let script = script([Fault::gone()]);
        assert!((0..100).all(|_| meets(&script, "a")));
        script.replace(Vec::new());
        assert!(!meets(&script, "a"));
    }

    #[test]
    fn a_fault_used_up_gives_way_to_the_next_line() {
        let script = script([
            Fault::transient().to("a").next(1),
            Fault::gone().to("a").next(1),
        ]);
        assert_eq!(script.meet("b").trouble, None);
        let met = [(); 3].map(|()| script.meet("a").trouble);
        assert_eq!(met, [Some(Trouble::Transient), Some(Trouble::Gone), None]);
    }

    #[test]
    fn a_share_meets_about_so_many_and_always_the_same() {
        let fault = serde_json::from_str(r#"{"share":0.01,"status":410}"#).unwrap();
        let script = script([fault]);
        let met: Vec<String> = (0..100_000)
            .map(|n: u32| n.to_string())
            .filter(|n| meets(&script, n))
            .collect();
        assert!((900..1100).contains(&met.len()), "{}", met.len());
        assert!(met.iter().all(|n| meets(&script, n)));
    }
}
