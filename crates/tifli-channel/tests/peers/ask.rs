//! Asking a peer: a program that answers one line of JSON with another.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

/// A running peer. It ends when it is dropped.
pub struct Peer {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    /// One in Python, which defines `answer`; `None`, and a word about it, where outsiders are not asked for.
    pub fn python(what: &str, program: &str) -> Option<Self> {
        if !is_asked(what) {
            return None;
        }
        let mut python = Command::new(named("TIFLI_PEERS_PYTHON").unwrap_or("python3".into()));
        python.args(["-u", "-c", &format!("{LOOP}\n{program}\nserve()")]);
        Some(Self::start(python))
    }

    /// One in JavaScript, which reads its questions by itself.
    pub fn node(what: &str, program: &str) -> Option<Self> {
        if !is_asked(what) {
            return None;
        }
        let mut node = Command::new("node");
        node.args(["-e", program]);
        if let Some(folder) = named("TIFLI_PEERS_NODE") {
            node.current_dir(folder);
        }
        Some(Self::start(node))
    }

    fn start(mut program: Command) -> Self {
        program.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = program.spawn().expect("the peer is installed");
        let answers = BufReader::new(child.stdout.take().unwrap());
        Self { child, answers }
    }

    /// One question, one answer.
    pub fn say(&mut self, question: &Value) -> Value {
        let input = self.child.stdin.as_mut().unwrap();
        writeln!(input, "{question}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        answer.parse().expect("the peer answers one line of JSON")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether the peers are to be asked; says what is left out if not. The line goes past the test
/// program's own capture, to whoever started it.
fn is_asked(what: &str) -> bool {
    let asked = named("TIFLI_PEERS").is_some_and(|value| value == "1");
    if !asked {
        let line = format!("\nleft out: tifli-channel, {what}\n");
        std::io::stdout().write_all(line.as_bytes()).expect("said");
    }
    asked
}

#[expect(
    clippy::disallowed_methods,
    reason = "who runs the tests says in the environment whether outsiders take part"
)]
fn named(variable: &str) -> Option<OsString> {
    std::env::var_os(variable)
}

const LOOP: &str = r#"
import json, sys
def serve():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
"#;
