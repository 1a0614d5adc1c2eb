//! `cargo test`, its output passed on as it comes, and its results added up.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Instant;

use super::{Note, peers};
use crate::run::{Failure, cargo, words};
use crate::tidy::PURE_CRATES;

static SUM: Mutex<Option<Sum>> = Mutex::new(None);
static LEFT_OUT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The results of several test programs together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Sum {
    passed: u64,
    failed: u64,
    ignored: u64,
    left_out: u64,
    seconds: f64,
}

impl Sum {
    /// A test that only said what it left out has not passed.
    fn honest(self) -> Self {
        Self {
            passed: self.passed.saturating_sub(self.left_out),
            ignored: self.ignored + self.left_out,
            left_out: 0,
            ..self
        }
    }
}

/// Every test of every crate, those in documentation included.
pub(super) fn every_crate() -> Result<Note, Failure> {
    test(cargo().args(["test", "--workspace", "--no-fail-fast"]))
}

/// The tests of the crates that need no server, no file and no network.
pub(super) fn pure_crates() -> Result<Note, Failure> {
    let mut command = cargo();
    command.args(["test", "--no-fail-fast"]);
    for name in PURE_CRATES {
        command.args(["--package", name]);
    }
    test(&mut command)
}

/// What tests said they left out, in order.
pub(super) fn left_out() -> Vec<String> {
    let mut lines = LEFT_OUT.lock().expect("nobody panics holding it").clone();
    lines.sort();
    lines
}

/// One line in cargo's words over all tests of this run, if any ran.
pub(super) fn find_sum() -> Option<String> {
    let sum = *SUM.lock().expect("nobody panics while holding the sum");
    sum.map(|sum| {
        format!(
            "test result: {}. {} passed; {} failed; {} ignored; 0 measured; 0 filtered out; finished in {:.2}s",
            if sum.failed == 0 { "ok" } else { "FAILED" },
            sum.passed,
            sum.failed,
            sum.ignored,
            sum.seconds
        )
    })
}

/// Runs tests, telling them of the peers, and keeps the results for the end.
pub(super) fn test(command: &mut Command) -> Result<Note, Failure> {
    peers::name_to(command);
    let start = Instant::now();
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().expect("standard output was asked for");
    let mut sum = pass_on(output)?;
    let status = child.wait()?;
    sum.seconds = start.elapsed().as_secs_f64();
    *SUM.lock().expect("nobody panics while holding the sum") = Some(sum);
    if !status.success() {
        return Err(Failure(format!(
            "{}: {} tests failed, {status}",
            words(command),
            sum.failed
        )));
    }
    if sum.passed == 0 {
        return Err(Failure(format!("{}: no test ran", words(command))));
    }
    Ok(match sum.ignored {
        0 => format!("{} tests", sum.passed),
        left_out => format!("{} tests, {left_out} left out", sum.passed),
    })
}

fn pass_on(output: impl Read) -> Result<Sum, Failure> {
    let mut sum = Sum::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        if let Some(what) = line.strip_prefix(peers::LEFT_OUT) {
            let mut left_out = LEFT_OUT.lock().expect("nobody panics holding it");
            left_out.push(what.to_owned());
            sum.left_out += 1;
        }
        if let Some(result) = line.strip_prefix("test result: ") {
            sum.passed += count(result, " passed");
            sum.failed += count(result, " failed");
            sum.ignored += count(result, " ignored");
        }
    }
    Ok(sum.honest())
}

/// The number before `word` in a result line.
fn count(result: &str, word: &str) -> u64 {
    let before = result.split(word).next().unwrap_or_default();
    let digits = before.rsplit(' ').next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{count, left_out, pass_on};

    #[test]
    fn a_result_line_is_counted() {
        let line =
            "FAILED. 12 passed; 1 failed; 3 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(
            [" passed", " failed", " ignored"].map(|word| count(line, word)),
            [12, 1, 3]
        );
    }

    #[test]
    fn what_was_left_out_is_listed_and_has_not_passed() {
        let said = "test a ... \nleft out: tifli-cap, a peer\nok\ntest b ... ok\n\n\
                    test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; finished in 0.01s\n";
        let sum = pass_on(said.as_bytes()).unwrap();
        assert_eq!((sum.passed, sum.failed, sum.ignored), (2, 0, 1));
        assert_eq!(left_out(), ["tifli-cap, a peer"]);
    }
}
