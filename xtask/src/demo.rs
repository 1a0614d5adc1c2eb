//! `cargo xtask demo`: from a fresh clone to a running demonstration with one command.

use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};

use crate::run::{Done, Failure, cargo, root, run, words};
use crate::setup::{self, Purpose};

/// Sets up, builds in release mode and becomes `tifli demo …`, so that Ctrl-C reaches it directly.
///
/// # Errors
/// When something is missing, the build fails or the program cannot be started.
pub fn task(args: &[String]) -> Done {
    setup::set_up(Purpose::Build)?;
    run(cargo().args(["build", "--release", "--package", "tifli"]))?;
    let mut demo = Command::new(setup::target_folder()?.join("release/tifli"));
    demo.arg("demo").args(args).current_dir(root());
    demo.stdin(Stdio::inherit());
    let error = demo.exec();
    Err(Failure(format!(
        "{} cannot be started: {error}",
        words(&demo)
    )))
}
