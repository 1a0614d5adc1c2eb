//! Programs of the operating system: which are needed, which are missing, how they come.

use std::path::Path;

use super::{Purpose, find_chromium, is_root};
use crate::run::{Done, Failure, find_program, program, run};

/// Something the machine must have.
struct Need {
    /// What it is for, in words.
    what: &'static str,
    packages: &'static [&'static str],
    is_there: fn() -> bool,
}

const XMLLINT: Need = Need {
    what: "xmllint, which checks CAP messages against their schema",
    packages: &["libxml2-utils"],
    is_there: || find_program("xmllint").is_some(),
};

const TO_BUILD: &[Need] = &[
    Need {
        what: "a C compiler",
        packages: &["gcc", "libc6-dev"],
        is_there: || find_program("cc").is_some(),
    },
    Need {
        what: "Node.js, which fetches the browser packages",
        packages: &["nodejs", "npm"],
        is_there: || find_program("node").is_some() && find_program("npm").is_some(),
    },
];

const TO_TEST: &[Need] = &[
    Need {
        what: "PostgreSQL, the second database engine",
        packages: &["postgresql-15"],
        is_there: has_postgres,
    },
    Need {
        what: "Chromium, for the browser journeys",
        packages: &["chromium"],
        is_there: || find_chromium().is_some(),
    },
    XMLLINT,
];

const FOR_PEERS: &[Need] = &[
    XMLLINT,
    Need {
        what: "xmlsec1, which verifies signatures",
        packages: &["xmlsec1"],
        is_there: || find_program("xmlsec1").is_some(),
    },
    Need {
        what: "jing, which checks feeds against the grammar of Atom",
        packages: &["jing"],
        is_there: || find_program("jing").is_some(),
    },
    Need {
        what: "Python with its venv, for the peers written in it",
        packages: &["python3", "python3-venv"],
        is_there: has_python,
    },
];

/// Installs what is missing, or says how.
///
/// # Errors
/// Without root or `apt-get`: the one line to run.
pub(super) fn install_missing(purpose: Purpose) -> Done {
    let for_tests = match purpose {
        Purpose::Build => &[],
        Purpose::Test => TO_TEST,
        Purpose::Peers => FOR_PEERS,
    };
    let needs = TO_BUILD.iter().chain(for_tests);
    let missing: Vec<&Need> = needs.filter(|need| !(need.is_there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing
        .iter()
        .flat_map(|need| need.packages)
        .copied()
        .collect();
    for need in &missing {
        println!("missing: {}", need.what);
    }
    if !is_root() || find_program("apt-get").is_none() {
        return Err(Failure(format!(
            "install what is missing, then start again:\n  sudo apt-get install -y --no-install-recommends {}",
            packages.join(" ")
        )));
    }
    run(apt_get().arg("update"))?;
    run(apt_get()
        .args(["install", "-y", "--no-install-recommends"])
        .args(&packages))?;
    match missing.iter().find(|need| !(need.is_there)()) {
        None => Ok(()),
        Some(need) => Err(Failure(format!(
            "still missing after the installation: {}",
            need.what
        ))),
    }
}

fn apt_get() -> std::process::Command {
    let mut command = program("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .arg("--quiet");
    command
}

/// Debian ships `venv` without the part that installs packages; only asking tells.
fn has_python() -> bool {
    let mut python = program("python3");
    python.args(["-c", "import venv, ensurepip"]);
    find_program("python3").is_some() && crate::run::read(&mut python).is_ok()
}

/// The server's own programs are not on the search path in Debian.
fn has_postgres() -> bool {
    let versions = std::fs::read_dir(Path::new("/usr/lib/postgresql"));
    versions
        .into_iter()
        .flatten()
        .flatten()
        .any(|version| version.path().join("bin/initdb").is_file())
}
