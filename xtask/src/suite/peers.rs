//! Programs written by others that judge what we send and what we read: installed, then named to the tests.
//!
//! A test that needs one stands in a crate's target `tests/peers/`. It runs when `TIFLI_PEERS` is 1, finds the Python
//! with the pinned packages in `TIFLI_PEERS_PYTHON` and those in JavaScript in `TIFLI_PEERS_NODE`, and otherwise prints a line that begins with [`LEFT_OUT`].

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use super::{Note, cargo_tests};
use crate::run::{Failure, cargo, program, root, run};
use crate::setup::{self, Purpose};

/// How a test begins the line in which it says what it leaves out.
pub(super) const LEFT_OUT: &str = "left out: ";

/// The pinned packages in Python.
const PYTHON_LIST: &str = "xtask/peers/python.txt";

/// The folder of the pinned packages in JavaScript.
const NODE_FOLDER: &str = "xtask/peers";

/// The Python that has them, once they are there.
static PYTHON: OnceLock<PathBuf> = OnceLock::new();

/// Only the tests that need peers, after installing these.
pub(super) fn step() -> Result<Note, Failure> {
    install()?;
    cargo_tests::test(cargo().args(["test", "--workspace", "--no-fail-fast", "--test", "peers"]))
}

/// Installs the peers; every test that runs from here on asks them. Quick when all are there.
///
/// # Errors
/// When a package cannot be fetched or installed.
pub(super) fn install() -> Result<(), Failure> {
    setup::install_programs(Purpose::Peers)?;
    setup::install_packages(&root().join(NODE_FOLDER))?;
    let python = python_with(PYTHON_LIST, "peers")?;
    PYTHON.get_or_init(|| python);
    Ok(())
}

/// A Python of our own in this folder of the target folder, with exactly the packages of `list`. Quick
/// when all are there.
///
/// # Errors
/// When a package cannot be fetched or installed.
pub(crate) fn python_with(list: &str, folder: &str) -> Result<PathBuf, Failure> {
    let folder = setup::target_folder()?.join(folder);
    let python = folder.join("bin/python");
    let list = root().join(list);
    let wanted = fs::read_to_string(&list).map_err(|error| Failure::at(&list, &error))?;
    let marker = folder.join("installed.txt");
    if fs::read_to_string(&marker).ok().as_ref() != Some(&wanted) {
        let python3 = ["-m", "venv", "--clear"];
        run(program("python3").args(python3).arg(&folder))?;
        let pip = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--requirement",
        ];
        run(program(&python)
            .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
            .args(pip)
            .arg(&list))?;
        fs::write(&marker, wanted).map_err(|error| Failure::at(&marker, &error))?;
    }
    Ok(python)
}

/// Tells a test run of the peers, if they are there.
pub(super) fn name_to(command: &mut Command) {
    if let Some(python) = PYTHON.get() {
        command
            .env("TIFLI_PEERS", "1")
            .env("TIFLI_PEERS_PYTHON", python)
            .env("TIFLI_PEERS_NODE", root().join(NODE_FOLDER));
    }
}
