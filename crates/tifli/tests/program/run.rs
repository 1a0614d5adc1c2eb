//! Starting the built program, reading what it says, and stopping it.

use std::fs::{Permissions, set_permissions};
use std::io::BufReader;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Output, Stdio};

use rustix::process::{Pid, Signal, kill_process};

/// What a finished call said.
pub struct Said(Output);

/// Calls the program and waits for its end.
pub fn tifli(arguments: &[&str]) -> Said {
    Said(command(arguments).output().expect("the program starts"))
}

/// Calls the program with its fullest log and waits for its end.
pub fn talkative_tifli(arguments: &[&str]) -> Said {
    let mut command = command(arguments);
    let said = command.env("TIFLI_LOG", "debug").output();
    Said(said.expect("the program starts"))
}

impl Said {
    /// Everything a call said that must succeed, its log too.
    pub fn good_with_log(self) -> String {
        let log = String::from_utf8_lossy(&self.0.stderr).into_owned();
        self.good() + &log
    }

    /// Standard output of a call that must succeed.
    pub fn good(self) -> String {
        let wrong = String::from_utf8_lossy(&self.0.stderr).into_owned();
        let said = String::from_utf8(self.0.stdout).expect("it speaks UTF-8");
        assert!(self.0.status.success(), "{said}{wrong}");
        said
    }

    /// What a call said that must fail, in words and not by a panic.
    pub fn refused(self) -> String {
        let said = [self.0.stdout, self.0.stderr].concat();
        let said = String::from_utf8(said).expect("it speaks UTF-8");
        assert_eq!(self.0.status.code(), Some(1), "{said}");
        assert!(
            said.contains("tifli: ") && !said.contains("panicked"),
            "{said}"
        );
        said
    }
}

/// A program that runs; it ends with this value, however the test ends.
pub struct Started {
    child: Child,
    said: BufReader<ChildStdout>,
    logged: BufReader<ChildStderr>,
}

impl Started {
    /// Starts the program.
    pub fn new(arguments: &[&str]) -> Self {
        let mut command = command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let said = BufReader::new(child.stdout.take().expect("its output"));
        let logged = BufReader::new(child.stderr.take().expect("its log"));
        Self {
            child,
            said,
            logged,
        }
    }

    /// Reads its output up to a line with these words, and gives it.
    pub fn until_said(&mut self, words: &str) -> String {
        until(&mut self.said, words)
    }

    /// Reads its log up to a line with these words, and gives it.
    pub fn until_logged(&mut self, words: &str) -> String {
        until(&mut self.logged, words)
    }

    /// SIGTERM.
    pub fn terminate(&self) {
        self.signal(Signal::TERM);
    }

    /// Ctrl-C.
    pub fn interrupt(&self) {
        self.signal(Signal::INT);
    }

    /// Whether it ended by itself, and well.
    pub fn ended_well(&mut self) -> bool {
        self.child.wait().expect("it can be waited for").success()
    }

    fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        kill_process(id.expect("a process id"), signal).expect("it can be told");
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended already; there is nobody left to tell.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Only this user may read a file.
pub fn private(path: &Path) {
    set_permissions(path, Permissions::from_mode(0o600)).expect("permissions");
}

/// Everybody may read a file.
pub fn public(path: &Path) {
    set_permissions(path, Permissions::from_mode(0o644)).expect("permissions");
}

fn until(lines: &mut impl std::io::BufRead, words: &str) -> String {
    let mut line = String::new();
    while !line.contains(words) {
        line.clear();
        let read = lines.read_line(&mut line).expect("it speaks UTF-8");
        assert!(read > 0, "it ended without saying `{words}`");
    }
    line
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tifli"));
    command.args(arguments).stdin(Stdio::null());
    command
}
