//! The program as it is built: it starts, explains itself and refuses nonsense. What it does is tested elsewhere.

use std::path::PathBuf;
use std::process::Command;

use super::Note;
use crate::run::{Done, Failure, cargo, root, run, words};
use crate::setup::target_folder;

/// A call of the program and what must come of it.
struct Call {
    args: &'static [&'static str],
    exit: i32,
    /// Must appear in standard output or standard error.
    says: &'static str,
}

const CALLS: &[Call] = &[
    Call {
        args: &["--version"],
        exit: 0,
        says: "tifli",
    },
    Call {
        args: &["--help"],
        exit: 0,
        says: "demo",
    },
    Call {
        args: &["demo", "--help"],
        exit: 0,
        says: "--port",
    },
    Call {
        args: &["dance"],
        exit: 2,
        says: "dance",
    },
];

/// Builds the program and makes the calls.
pub(super) fn step() -> Result<Note, Failure> {
    let program = build()?;
    for call in CALLS {
        check(&program, call)?;
    }
    Ok(format!("{} calls", CALLS.len()))
}

/// The dev build of the program, with the helper programs that stand beside it. It is asked for as
/// the tests ask for it: another way would mean other features, and most crates built again.
pub(super) fn build() -> Result<PathBuf, Failure> {
    run(cargo().args(["test", "--workspace", "--no-run"]))?;
    Ok(target_folder()?.join("debug/tifli"))
}

fn check(program: &PathBuf, call: &Call) -> Done {
    let mut command = Command::new(program);
    let output = command.args(call.args).current_dir(root()).output()?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let wrong = if said.contains("panicked") {
        "it panicked".to_owned()
    } else if output.status.code() != Some(call.exit) {
        format!("expected exit code {}, got {}", call.exit, output.status)
    } else if !said.contains(call.says) {
        format!("expected it to say `{}`", call.says)
    } else {
        println!("{}: as expected", words(&command));
        return Ok(());
    };
    Err(Failure(format!("{}: {wrong}\n{said}", words(&command))))
}
