//! `cargo xtask setup`: brings a machine to where the project builds, and with `--test` to where all tests run.
//!
//! It installs system packages only as root on a system with `apt-get`; otherwise it prints the line to run.

mod front_end;
mod system;

use std::path::{Path, PathBuf};

use crate::run::{Done, Failure, cargo, read, root};

/// What the machine is being prepared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Building and running.
    Build,
    /// Running every test as well.
    Test,
    /// Holding our work against programs written by others.
    Peers,
}

/// The task: `--test` adds what only tests need.
///
/// # Errors
/// See [`set_up`].
pub fn task(args: &[String]) -> Done {
    match args {
        [] => set_up(Purpose::Build),
        [flag] if flag == "--test" => set_up(Purpose::Test),
        _ => Err(Failure::new("setup takes no argument but --test")),
    }
}

/// Makes sure of system packages, browser packages and the vendored browser files; quick when all is there.
///
/// # Errors
/// When something is missing that cannot be installed from here; the failure says what to run.
pub fn set_up(purpose: Purpose) -> Done {
    system::install_missing(purpose)?;
    front_end::install_packages(&root().join("web"))?;
    front_end::copy_vendor_files()?;
    if purpose == Purpose::Test {
        front_end::install_packages(&root().join("e2e"))?;
    }
    Ok(())
}

/// Makes sure of the system packages for a purpose.
///
/// # Errors
/// When something is missing that cannot be installed from here; the failure says what to run.
pub fn install_programs(purpose: Purpose) -> Done {
    system::install_missing(purpose)
}

/// Fills the `node_modules` of a folder from its lock file, unless it already is.
///
/// # Errors
/// When the registry cannot be reached or the lock file does not fit.
pub fn install_packages(folder: &Path) -> Done {
    front_end::install_packages(folder)
}

/// Where cargo puts what it builds.
///
/// # Errors
/// When cargo cannot say.
pub fn target_folder() -> Result<PathBuf, Failure> {
    let asked = cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()?;
    let text = String::from_utf8_lossy(&asked.stdout);
    let after = text.split("\"target_directory\":\"").nth(1);
    let folder = after.and_then(|rest| rest.split('"').next());
    folder
        .map(PathBuf::from)
        .ok_or_else(|| Failure::new("cargo metadata names no target folder"))
}

/// The Chromium that drives the browser journeys.
pub fn find_chromium() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(crate::run::find_program)
}

fn is_root() -> bool {
    read(crate::run::program("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
