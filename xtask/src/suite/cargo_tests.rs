//! `cargo test`, its output passed on as it comes, and its results added up.

use std::io::{BufRead as _, BufReader};
use std::process::{ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::time::Instant;

use super::Note;
use crate::run::{Failure, cargo, words};
use crate::tidy::PURE_CRATES;

static SUM: Mutex<Option<Sum>> = Mutex::new(None);

/// The results of several test programs together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Sum {
    passed: u64,
    failed: u64,
    ignored: u64,
    seconds: f64,
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

fn test(command: &mut Command) -> Result<Note, Failure> {
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
    Ok(format!("{} tests", sum.passed))
}

fn pass_on(output: ChildStdout) -> Result<Sum, Failure> {
    let mut sum = Sum::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        if let Some(result) = line.strip_prefix("test result: ") {
            sum.passed += count(result, " passed");
            sum.failed += count(result, " failed");
            sum.ignored += count(result, " ignored");
        }
    }
    Ok(sum)
}

/// The number before `word` in a result line.
fn count(result: &str, word: &str) -> u64 {
    let before = result.split(word).next().unwrap_or_default();
    let digits = before.rsplit(' ').next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn a_result_line_is_counted() {
        let line =
            "FAILED. 12 passed; 1 failed; 3 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(
            [" passed", " failed", " ignored"].map(|word| count(line, word)),
            [12, 1, 3]
        );
    }
}
