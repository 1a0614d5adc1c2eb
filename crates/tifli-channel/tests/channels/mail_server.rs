//! A mail server on loopback that answers each command by its script.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// What it does at a step instead of the usual.
#[derive(Clone)]
pub enum Trouble {
    /// Says this line.
    Say(&'static str),
    /// Closes the connection.
    Cut,
    /// Says nothing more.
    Silence,
}

/// A letter it took: the envelope, and the bytes between DATA and the dot.
#[derive(Clone, Debug)]
pub struct Taken {
    pub sender: String,
    pub recipient: String,
    pub text: String,
}

/// A running server. It ends with the test's runtime.
pub struct MailServer {
    pub address: SocketAddr,
    taken: Arc<Mutex<Vec<Taken>>>,
    /// How far conversations came: the last step each of them reached.
    steps: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    /// `script`: by step (`greeting`, `EHLO`, `MAIL`, `RCPT`, `DATA`, `.`) what it does otherwise.
    pub async fn start(script: &[(&'static str, Trouble)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            taken: Arc::default(),
            steps: Arc::default(),
        };
        let script: HashMap<_, _> = script.iter().cloned().collect();
        let (taken, steps) = (Arc::clone(&server.taken), Arc::clone(&server.steps));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let talk = Talk::new(socket, script.clone());
                let (taken, steps) = (Arc::clone(&taken), Arc::clone(&steps));
                tokio::spawn(async move {
                    let (letter, last) = talk.run().await;
                    taken.lock().unwrap().extend(letter);
                    steps.lock().unwrap().push(last);
                });
            }
        });
        server
    }

    /// What it took, after so many conversations ended.
    pub async fn taken(&self, ended: usize) -> Vec<Taken> {
        while self.steps.lock().unwrap().len() < ended {
            tokio::task::yield_now().await;
        }
        self.taken.lock().unwrap().clone()
    }

    /// The last step of each ended conversation, after so many ended.
    pub async fn steps(&self, ended: usize) -> Vec<String> {
        self.taken(ended).await;
        self.steps.lock().unwrap().clone()
    }
}

struct Talk {
    read: BufReader<OwnedReadHalf>,
    write: OwnedWriteHalf,
    script: HashMap<&'static str, Trouble>,
    last: String,
}

impl Talk {
    fn new(socket: TcpStream, script: HashMap<&'static str, Trouble>) -> Self {
        let (read, write) = socket.into_split();
        Self {
            read: BufReader::new(read),
            write,
            script,
            last: String::new(),
        }
    }

    async fn run(mut self) -> (Option<Taken>, String) {
        let taken = self.talk().await;
        (taken, self.last)
    }

    async fn talk(&mut self) -> Option<Taken> {
        let mut envelope = (String::new(), String::new());
        let mut taken = None;
        self.answer("greeting", "220 here").await?;
        loop {
            let Some(line) = self.line().await else {
                return taken;
            };
            let step = line.split([' ', ':']).next()?.to_ascii_uppercase();
            let usual = match step.as_str() {
                "EHLO" => "250-here\r\n250 8BITMIME",
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 fine",
            };
            match step.as_str() {
                "MAIL" => envelope.0 = path(&line),
                "RCPT" => envelope.1 = path(&line),
                _ => {}
            }
            let Some(said) = self.answer(&step, usual).await else {
                return taken;
            };
            if step == "DATA" && said.starts_with("354") {
                let text = self.letter().await?;
                taken = Some(Taken {
                    sender: envelope.0.clone(),
                    recipient: envelope.1.clone(),
                    text,
                });
                self.answer(".", "250 2.0.0 Ok: queued as 4F9D-1").await;
            }
        }
    }

    /// Says the usual or what the script has; `None` when the conversation is over.
    async fn answer(&mut self, step: &str, usual: &'static str) -> Option<&'static str> {
        self.last = step.to_owned();
        let said = match self.script.get(step) {
            None => usual,
            Some(Trouble::Say(line)) => line,
            Some(Trouble::Cut) => {
                self.write.shutdown().await.ok()?;
                return None;
            }
            Some(Trouble::Silence) => {
                while self.line().await.is_some() {}
                return None;
            }
        };
        let line = format!("{said}\r\n");
        self.write.write_all(line.as_bytes()).await.ok()?;
        Some(said)
    }

    async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.read.read_line(&mut line).await.ok()?;
        (read > 0).then(|| line.trim_end_matches("\r\n").to_owned())
    }

    async fn letter(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            let line = self.line().await?;
            if line == "." {
                return Some(text);
            }
            text.push_str(line.strip_prefix('.').unwrap_or(&line));
            text.push_str("\r\n");
        }
    }
}

fn path(line: &str) -> String {
    let (_, rest) = line.split_once('<').unwrap();
    rest.split('>').next().unwrap().to_owned()
}
