//! `cargo xtask old-browser`: the journeys that an old police computer must manage, in a real Chromium 109 without WebGL,
//! the last one for Windows 7.
//!
//! It comes inside a package of the npm registry for 64-bit Intel machines, so it is no step of the suite; the suite
//! checks by tables of support that our files keep to what that browser knows.

use crate::run::{Done, program, root, run};
use crate::setup::{self, Purpose, target_folder};
use crate::suite::browser::against_a_demonstration;

/// What an old computer is used for; the other journeys need a push service.
const JOURNEYS: &[&str] = &["console", "no_map", "public"];

/// Fetches and unpacks the browser, then runs the journeys in it.
///
/// # Errors
/// When it cannot be fetched or does not run here, or a journey fails.
pub fn task() -> Done {
    setup::set_up(Purpose::Test)?;
    setup::install_packages(&root().join("e2e/chromium109"))?;
    let chromium = target_folder()?.join("chromium109");
    run(program("node")
        .arg("e2e/chromium109/unpack.mjs")
        .arg(&chromium))?;
    let mut journeys = program("node");
    journeys.arg("e2e/run.mjs").args(JOURNEYS);
    journeys.env("CHROMIUM", chromium);
    journeys.env("CHROMIUM_FLAGS", "--no-zygote --disable-3d-apis");
    against_a_demonstration(journeys)
}
