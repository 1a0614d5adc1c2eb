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
    pub fn python(program: &str) -> Option<Self> {
        let mut python = Command::new(named("TIFLI_PEERS_PYTHON").unwrap_or("python3".into()));
        python.args(["-u", "-c", &format!("{LOOP}\n{program}\nserve()")]);
        Self::start(python)
    }

    /// One in JavaScript, which reads its questions by itself.
    pub fn node(program: &str) -> Option<Self> {
        let mut node = Command::new("node");
        node.args(["-e", program]);
        if let Some(folder) = named("TIFLI_PEERS_NODE") {
            node.current_dir(folder);
        }
        Self::start(node)
    }

    #[expect(
        clippy::print_stderr,
        reason = "a test says past its own capture what it leaves out"
    )]
    fn start(mut program: Command) -> Option<Self> {
        if named("TIFLI_PEERS").is_none_or(|asked| asked != "1") {
            eprintln!("left out: TIFLI_PEERS is not 1");
            return None;
        }
        program.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = program.spawn().expect("the peer is installed");
        let answers = BufReader::new(child.stdout.take().unwrap());
        Some(Self { child, answers })
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
