//! The journeys in a real browser: a demonstration on a free port with a fresh house, then `e2e/run.mjs`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Note, product};
use crate::run::{Done, Failure, program, root, run};
use crate::setup::{find_chromium, target_folder};

/// How long a demonstration may take until it is ready, on a busy machine.
const READY_WITHIN: Duration = Duration::from_secs(120);

/// Runs all journeys in the system's Chromium.
pub(super) fn step() -> Result<Note, Failure> {
    let chromium = find_chromium().ok_or_else(|| Failure::new("there is no Chromium"))?;
    run(program("node").args(["--test", "e2e/lib/totp.test.mjs"]))?;
    let mut journeys = program("node");
    journeys.arg("e2e/run.mjs").env("CHROMIUM", chromium);
    against_a_demonstration(journeys)?;
    Ok(Note::new())
}

/// Reads our style sheets and scripts for features that the oldest browsers do not know.
pub(super) fn old_step() -> Result<Note, Failure> {
    run(program("node").arg("e2e/old.mjs"))?;
    Ok(Note::new())
}

/// Builds the program, starts a demonstration, runs `journeys` against it and stops it.
///
/// # Errors
/// When it does not become ready, a journey fails, or its log tells of a panic.
pub(crate) fn against_a_demonstration(mut journeys: Command) -> Done {
    let tifli = product::build()?;
    let target = target_folder()?;
    let folder = empty_folder(&target.join("browser"))?;
    let ready = folder.join("ready.json");
    let mut demo = Demo::start(&tifli, &folder, &ready)?;
    demo.wait_for(&ready)?;
    journeys.env("READY_FILE", &ready);
    journeys.env("SCREENSHOTS", target.join("screenshots"));
    run(&mut journeys).map_err(|failure| demo.with_log(&failure))?;
    demo.check_log()
}

/// A running demonstration; it ends with this value, however the step ends.
struct Demo {
    child: Child,
    log: PathBuf,
}

impl Demo {
    /// `tifli demo` on a port of its own choosing; it writes the ready file when it can be used.
    fn start(tifli: &Path, folder: &Path, ready: &Path) -> Result<Self, Failure> {
        let log = folder.join("demo.log");
        let file = fs::File::create(&log).map_err(|error| Failure::at(&log, &error))?;
        let mut command = Command::new(tifli);
        command
            .args(["demo", "--port", "0", "--subscribers", "2000", "--data"])
            .arg(folder.join("data"));
        command.arg("--ready-file").arg(ready).current_dir(root());
        command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file);
        Ok(Self {
            child: command.spawn()?,
            log,
        })
    }

    fn wait_for(&mut self, ready: &Path) -> Result<(), Failure> {
        let start = Instant::now();
        while !ready.is_file() {
            if let Some(status) = self.child.try_wait()? {
                return Err(self.with_log(&Failure(format!("tifli demo ended with {status}"))));
            }
            if start.elapsed() > READY_WITHIN {
                return Err(self.with_log(&Failure::new("tifli demo did not become ready")));
            }
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// The failure with the last lines the demonstration wrote.
    fn with_log(&self, failure: &Failure) -> Failure {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines[lines.len().saturating_sub(30)..].join("\n");
        Failure(format!(
            "{failure}\nThe end of {}:\n{tail}",
            self.log.display()
        ))
    }

    /// A journey that went well leaves no panic behind.
    fn check_log(&self) -> Result<(), Failure> {
        if fs::read_to_string(&self.log)?.contains("panicked") {
            return Err(self.with_log(&Failure::new("tifli demo panicked")));
        }
        Ok(())
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may be gone already; there is nothing else to do about it here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(super) fn empty_folder(folder: &Path) -> Result<PathBuf, Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| Failure::at(folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| Failure::at(folder, &error))?;
    Ok(folder.to_path_buf())
}
