//! `cargo xtask torture WHAT`: checks too long for every change, run by hand; the documents say when they were run last
//! and what came of it.

use crate::run::{Done, Failure, program};
use crate::setup::{self, Purpose, find_chromium};
use crate::suite::browser::against_a_demonstration;
use crate::suite::pages;

/// Where the result of the full reading of all pages stands.
const ACCESSIBILITY: &str = "docs/accessibility.md";

/// Runs the one that is named.
///
/// # Errors
/// When there is no such one, or it fails.
pub fn task(args: &[String]) -> Done {
    let what = match args {
        [what] => what.as_str(),
        _ => "",
    };
    match what {
        "a11y" => {
            setup::set_up(Purpose::Test)?;
            pages::full_matrix(ACCESSIBILITY)
        }
        "payloads" => {
            setup::set_up(Purpose::Test)?;
            payloads()
        }
        _ => Err(Failure::new("cargo xtask torture a11y|payloads")),
    }
}

/// Each of the texts that want to be scripts into each text field, in a browser without content policy.
fn payloads() -> Done {
    let chromium = find_chromium().ok_or_else(|| Failure::new("there is no Chromium"))?;
    let mut journey = program("node");
    journey.args(["e2e/run.mjs", "payloads"]);
    journey
        .env("CHROMIUM", chromium)
        .env("PAYLOAD_ROUNDS", "20");
    against_a_demonstration(journey)
}
