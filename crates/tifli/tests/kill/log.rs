//! The program's own log, read after a kill: which stages it had begun, and which it says are durable.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

/// What is logged: the stages, and what goes wrong.
pub const FILTER: &str = "warn,tifli_app::stages=debug";

/// The log of all lives of a process, read from a mark on.
pub struct Log {
    path: PathBuf,
    mark: usize,
}

/// What the log says of one stretch of a life.
#[derive(Debug)]
pub struct Told(Vec<Line>);

#[derive(Debug)]
struct Line {
    word: Word,
    stage: String,
    id: String,
    count: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Begun,
    Committed,
    GivenUp,
}

impl Log {
    pub fn new(path: PathBuf) -> Self {
        Self { path, mark: 0 }
    }

    /// From now on what was said so far is left out.
    pub fn mark(&mut self) {
        self.mark = self.bytes().len();
    }

    /// What was said since the mark.
    pub fn read(&self) -> Told {
        let bytes = self.bytes();
        let text = String::from_utf8_lossy(&bytes[self.mark..]).into_owned();
        Told(text.lines().filter_map(Line::parse).collect())
    }

    /// Waits until a stage is said to have begun.
    pub async fn until_begun(&self, stage: &str) {
        for _ in 0..60_000 {
            if self.read().begun(stage) > 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        panic!("{stage} did not begin within a minute");
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.path).expect("the log can be read")
    }
}

impl Told {
    /// How many were begun of a stage, all counts together.
    pub fn begun(&self, stage: &str) -> usize {
        self.sum(stage, Word::Begun)
    }

    /// How many of a stage are durable by the log.
    pub fn committed(&self, stage: &str) -> usize {
        self.sum(stage, Word::Committed)
    }

    /// How many of a stage were begun, and neither committed nor given up.
    pub fn open(&self, stage: &str) -> usize {
        let mut open: HashMap<&str, usize> = HashMap::new();
        for line in self.0.iter().filter(|line| line.stage == stage) {
            match line.word {
                Word::Begun => open.insert(&line.id, line.count),
                Word::Committed | Word::GivenUp => open.remove(line.id.as_str()),
            };
        }
        open.values().sum()
    }

    fn sum(&self, stage: &str, word: Word) -> usize {
        let fits = |line: &&Line| line.stage == stage && line.word == word;
        self.0.iter().filter(fits).map(|line| line.count).sum()
    }
}

impl Line {
    fn parse(text: &str) -> Option<Self> {
        let (_, said) = text.split_once("tifli_app::stages: ")?;
        let mut parts = said.split_whitespace();
        let word = match parts.next()? {
            "begun" => Word::Begun,
            "committed" => Word::Committed,
            "given_up" => Word::GivenUp,
            _ => return None,
        };
        let fields: HashMap<_, _> = parts.filter_map(|part| part.split_once('=')).collect();
        Some(Self {
            word,
            stage: (*fields.get("stage")?).to_owned(),
            id: (*fields.get("id")?).to_owned(),
            count: fields.get("count")?.parse().ok()?,
        })
    }
}
