//! `cargo xtask old-browser`: what an old police computer must manage, in the browsers it has: the journeys in a real
//! Chromium 109 without WebGL, the last one for Windows 7, and the whole case in a real Firefox ESR 115.
//!
//! Both come for 64-bit Intel machines only, one inside a package of the npm registry, one from the archive of Debian 11,
//! so this is no step of the suite; the suite checks by tables of support that our files keep to what they know.

use crate::run::{Done, program, root, run};
use crate::setup::{self, Purpose, target_folder};
use crate::suite::browser::against_a_demonstration;
use crate::suite::peers::python_with;

/// What an old computer is used for; the other journeys need a push service.
const JOURNEYS: &[&str] = &["console", "cut", "no_map", "public"];

/// Fetches and unpacks both browsers, then runs the journeys in the one and the whole case in the other.
///
/// # Errors
/// When one cannot be fetched or does not run here, or a journey fails.
pub fn task() -> Done {
    setup::set_up(Purpose::Test)?;
    chromium_109()?;
    firefox_115()
}

fn chromium_109() -> Done {
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

fn firefox_115() -> Done {
    setup::install_programs(Purpose::Peers)?;
    let python = python_with("e2e/firefox115/requirements.txt", "firefox115-driver")?;
    let firefox = target_folder()?.join("firefox115");
    run(program(&python)
        .arg("e2e/firefox115/fetch.py")
        .arg(&firefox))?;
    let mut case = program(&python);
    case.arg("e2e/firefox115/case.py").arg(firefox);
    against_a_demonstration(case)
}
